"""Invents citations outside of the MTUS: ODG chapters, ACOEM's later editions, other works."""

from random import Random

from samples.kinds import KINDS
from samples.model import Cited, Relied, Request
from samples.regions import REGIONS

LEADS = (
    "Official Disability Guidelines (ODG), ",
    "Official Disability Guidelines (ODG), ",
    "Official Disability Guidelines (ODG) ",
    "Official Disability Guidelines (ODG) ",
    "Official Disability Guidelines, ",
    "Official Disability Guidelines: ",
    "Official Disability Guidelines - ",
    "ODG guidelines, ",
)
ODG_NAMES = {
    "odg-pain": ("Pain", "Pain (Chronic)"),
    "odg-mental-stress": ("Mental Illness & Stress", "Mental Illness and Stress"),
    "odg-fitness-for-duty": ("Fitness for Duty",),
    "odg-low-back": ("Low Back", "Low Back - Lumbar & Thoracic"),
    "odg-knee-leg": ("Knee & Leg", "Knee and Leg", "Knee"),
    "odg-head": ("Head",),
}
BESIDES = ("", "", " Chapter", " chapter", " (Acute & Chronic)", " (Acute and Chronic)")
VERSIONS = (" (updated 11/23/16)", " (updated 12/12/16)", " (online version)", " section")
BEFORE_TOPIC = (", ", ", ", ", ", ": ", " - ", "/ ", "/")
WORKS = (
    "Harborview Manual of Post-Injury Care, 4th Edition",
    "Journal of Work Medicine, Tendon disorders in laborers",
    "Practice parameter for electrodiagnostic medicine in the upper limb",
    "https://www.example.org/drug-facts/combination-creams.html",
    "https://www.example.com/payers/medical-policies/cold-therapy-after-joint-surgery",
    "Drug information: sleep aids, accessed from www.example.net on 3/14/2015",
)
ACOEM = (
    (
        "American College of Occupational and Environmental Medicine (ACOEM), 3rd Edition, "
        "Low Back Disorders",
        "Low Back Disorders",
    ),
    ("ACOEM 3rd ed., Chronic Pain", "Chronic Pain"),
    (
        "ACOEM Guidelines, Chapter 7, Independent Medical Examinations and Consultations",
        "Independent Medical Examinations and Consultations",
    ),
    ("ACOEM", "ACOEM"),
)
ACOEM_PAGES = {
    "127": ", page 127",
    "607": ", pg. 607",
    "301": ", p 301",
    "137-138": ", pp. 137-138",
}


def outside(rng: Random, request: Request, generation: str) -> Relied:
    """A sentence's worth of citations outside of the MTUS, after "Decision based on "."""
    citation = "Citation " if rng.random() < 0.97 else ""
    roll = rng.random()
    if roll < 0.86:
        found = odg(rng, request, generation)
    elif roll < 0.93:
        found = acoem(rng)
    else:
        found = other_work(rng)
    if roll < 0.08:
        other = other_work(rng)
        glue = " and Other Medical Treatment Guidelines "
        found = Relied(
            found.text + glue + other.text, found.citations + other.citations, found.traps
        )
    traps = {*found.traps, "Non-MTUS"}
    return Relied(f"Non-MTUS {citation}{found.text}", found.citations, tuple(sorted(traps)))


def chapter_names(request: Request) -> tuple[str, tuple[str, ...]]:
    """The slug of the ODG chapter that treats this request, and the names it goes by."""
    slug = KINDS[request.kind].odg
    if slug == "region":
        region = next(region for region in REGIONS if region.name == request.region)
        return region.odg, region.odg_names
    return slug, ODG_NAMES[slug]


def odg(rng: Random, request: Request, generation: str) -> Relied:
    """ODG with a chapter and a topic, in one of many punctuations; rarely two, or no chapter."""
    lead, topics = rng.choice(LEADS), KINDS[request.kind].odg_topics
    if rng.random() < 0.04:
        return Relied(lead.rstrip(" ,:-"), (Cited("ODG", "odg"),))
    chapter, cited = one_chapter(rng, request, topics, generation)
    if rng.random() >= 0.1:
        return Relied(lead + chapter, (cited,))
    second, more = rng.choice((("Pain", "odg-pain"), ("Low Back", "odg-low-back")))
    if more == cited.guideline:
        return Relied(lead + chapter, (cited,))
    other = Cited("ODG", more, second, None, topics[:1])
    if rng.random() < 0.4:  # one topic for two chapters: it goes with the nearer
        bare = Cited("ODG", cited.guideline, cited.title)
        text = f"{lead}{cited.title} Chapter, {second} Chapter, {topics[0]}"
        return Relied(text, (bare, other), ("several ODG chapters",))
    text = f"{lead}{chapter}; {second}, {topics[0]}"
    return Relied(text, (cited, other), ("several ODG chapters",))


def one_chapter(
    rng: Random, request: Request, topics: tuple[str, ...], generation: str
) -> tuple[str, Cited]:
    """A chapter as printed, with what stands beside its name, and one topic, two or none."""
    slug, names = chapter_names(request)
    name = rng.choice(names)
    beside = "" if name.endswith(")") else rng.choice(BESIDES)
    if generation != "G4" and rng.random() < 0.2:
        beside += rng.choice(VERSIONS) if not beside.endswith("apter") else ""
    count = rng.choice((0, 1, 1, 1, 2))
    picked = topics[:count] if count < 2 else tuple(rng.sample(topics, min(2, len(topics))))
    glue = rng.choice(BEFORE_TOPIC)
    if generation == "G4" and beside.endswith(")") and rng.random() < 0.3:
        glue = " "
    between = rng.choice(("; ", ", ")) if not any("," in t for t in picked) else "; "
    text = name + beside + (glue + between.join(picked) if picked else "")
    title = name.removesuffix(" (Chronic)")
    return text, Cited("ODG", slug, title, None, picked)


def acoem(rng: Random) -> Relied:
    """ACOEM outside of the MTUS: the third edition, chapter 7, or the bare name."""
    printed, title = rng.choice(ACOEM)
    if printed == "ACOEM" or rng.random() < 0.4:
        return Relied(printed, (Cited("ACOEM", "acoem", title),), ("ACOEM outside",))
    pages, suffix = rng.choice(list(ACOEM_PAGES.items()))
    cited = Cited("ACOEM", "acoem", title, None, (), pages)
    return Relied(printed + suffix, (cited,), ("ACOEM outside", "pages"))


def other_work(rng: Random) -> Relied:
    work = rng.choice(WORKS)
    traps = ("web address",) if work.startswith("http") else ()
    return Relied(work, (Cited("other", None, work.split(", accessed")[0]),), traps)
