"""Invents what a side relied on, in the words of letters of 2014 and later, with the answers."""

from collections.abc import Callable
from random import Random

from samples.citing_outside import outside
from samples.citing_rare import rare_2014, rare_2016, rare_2018
from samples.kinds import KINDS, Kind
from samples.model import Cited, Relied, Request
from samples.pages import cited_pages, stray_pages
from samples.regions import LOW_BACK, NECK, REGIONS, Region

SIDES = {"administrator": "The Claims Administrator", "expert": "The Expert Reviewer"}
CHAPTER_SECTIONS = ("Summary", "Diagnostic Criteria", "Surgical Considerations", "Initial Care")
POSTSURGICAL = ("Shoulder", "Knee", "Forearm, Wrist, & Hand", "Elbow & Upper Arm", "Low Back")


def region_of(request: Request) -> Region:
    return next(region for region in REGIONS if region.name == request.region)


def relied(rng: Random, generation: str, side: str, request: Request) -> Relied:
    """What this side cites for this request, as a letter of this generation prints it."""
    if rng.random() < (0.16 if side == "administrator" else 0.02):
        return Relied(f"{SIDES[side]} did not cite any medical evidence for its decision.")
    makers = {"G4": mtus_2014, "G5": mtus_2016, "G6": mtus_2018}
    mtus = makers[generation](rng, request) if rng.random() < 0.75 else None
    other = outside(rng, request, generation) if mtus is None or rng.random() < 0.3 else None
    parts: list[str] = []
    citations: list[Cited] = []
    traps: set[str] = set()
    if mtus is None:
        basis = "based their decision on recommendation(s) outside of the MTUS Guidelines."
        parts.append(f"{SIDES[side]} {basis}")
        traps.add("outside of the MTUS")
    for found in (mtus, other):
        if found is not None:
            parts.append(f"Decision based on {found.text}.")
            citations += found.citations
            traps |= set(found.traps)
    return Relied(" ".join(parts), tuple(citations), tuple(sorted(traps)))


# 2016 and 2017: names with years, `Section(s): ...`


def mtus_2016(rng: Random, request: Request) -> Relied | None:
    """One to three guidelines, each `<name> <year>[, Section(s): a, b]`, joined by ", and "."""
    found = choices_2016(rng, request)
    if rng.random() < 0.05:
        found.append(rare_2016(rng))
    if not found:
        return None
    count = min(len(found), rng.choice((1, 1, 1, 1, 2, 2, 3)))
    guides = " Guidelines" if rng.random() < 0.12 else ""
    picked = rng.sample(found, count)
    texts = [with_sections(f"{c.title} {c.year}{guides}", c.sections) for c in picked]
    traps = {trap for c in picked for trap in section_traps(c)}
    if count > 1:
        traps.add("several guidelines")
    return Relied("MTUS " + ", and ".join(texts), tuple(picked), tuple(sorted(traps)))


def with_sections(name: str, sections: tuple[str, ...]) -> str:
    return f"{name}, Section(s): {', '.join(sections)}" if sections else name


def section_traps(cited: Cited) -> set[str]:
    """What is hard in this citation's own names."""
    traps = set()
    if "," in (cited.title or "") or any("," in s for s in cited.sections):
        traps.add("commas in a name")
    if any(s[0].isdigit() and ":" in s for s in cited.sections):
        traps.add("numbered opioid sections")
    if any(s.isdigit() for s in cited.sections):
        traps.add("bare number as a section")
    return traps


def choices_2016(rng: Random, request: Request) -> list[Cited]:
    """Every guideline of 2016 that could be cited for the request."""
    kind, region = KINDS[request.kind], region_of(request)
    found = []
    if kind.section:
        found.append(chapter_2016(rng, region, kind))
    if kind.later:
        year = 2009 if rng.random() < 0.12 else 2016
        names = kind.later if year == 2016 else tuple(t[0] for t in kind.topics) or kind.later
        sections = some(rng, names)
        found.append(
            Cited("MTUS", "mtus-chronic-pain", "Chronic Pain Medical Treatment", year, sections)
        )
    if kind.opioid_sections:
        sections = some(rng, kind.opioid_sections)
        found.append(Cited("MTUS", "mtus-opioids", "Opioid Treatment", 2016, sections))
    if kind.name == "acupuncture":
        return [Cited("MTUS", "mtus-acupuncture", "Acupuncture Treatment", 2007)]
    if request.service.startswith(("Post-op", "Associated surgical service: Physical")):
        section = (rng.choice(POSTSURGICAL),)
        found.append(Cited("MTUS", "mtus-postsurgical", "Postsurgical Treatment", 2009, section))
    if kind.category == "evaluation":
        section = ("General Approach to Initial Assessment and Documentation",)
        found.append(Cited("MTUS", "mtus-general-approaches", "General Approaches", 2004, section))
    return found


def chapter_2016(rng: Random, region: Region, kind: Kind) -> Cited:
    year = 2007 if region.mtus == "mtus-elbow" else 2004
    sections = some(rng, tuple(dict.fromkeys((kind.section, *CHAPTER_SECTIONS))))
    if region.mtus == "mtus-elbow" and rng.random() < 0.3:
        sections = ("326", *sections[:1]) if rng.random() < 0.5 else ("326",)
    return Cited("MTUS", region.mtus, region.title, year, sections)


def some(rng: Random, names: tuple[str, ...]) -> tuple[str, ...]:
    """None, the first, or a few of these names, in their order."""
    count = rng.choice((0, 1, 1, 1, 1, 2, 3))
    if count <= 1:
        return names[:count]
    picked = rng.sample(range(len(names)), min(count, len(names)))
    return tuple(names[n] for n in sorted(picked))


# After 2017: the names that end in "Disorders"


def mtus_2018(rng: Random, request: Request) -> Relied | None:
    """As in 2016, with the guidelines in force since December 2017."""
    kind, region = KINDS[request.kind], region_of(request)
    found = []
    if kind.category not in ("pharmaceutical", "mental_health", "dental", "other"):
        year = rng.choice(region.disorder_years)
        found.append(Cited("MTUS", region.mtus, region.disorders, year, some(rng, kind.newest)))
    if kind.odg == "odg-pain" or kind.category in ("pharmaceutical", "program"):
        found.append(
            Cited("MTUS", "mtus-chronic-pain", "Chronic Pain", 2017, some(rng, kind.newest))
        )
    if kind.name in ("opioid", "drug test"):
        found.append(Cited("MTUS", "mtus-opioids", "Opioids", 2017, some(rng, kind.newest)))
    if kind.category == "mental_health":
        names = ("Depressive Disorders", 2020), ("Anxiety Disorders", 2021)
        name, year = rng.choice(names)
        title = f"Workplace Mental Health: {name}"
        found.append(Cited("MTUS", "mtus-mental-health", title, year, some(rng, kind.newest)))
    if rng.random() < 0.08:
        found.append(rare_2018(rng))
    if not found:
        return None
    picked = rng.sample(found, min(len(found), rng.choice((1, 1, 2))))
    texts = [with_sections(f"{c.title} {c.year}", c.sections) for c in picked]
    traps = {"several guidelines"} if len(picked) > 1 else set()
    traps |= {trap for c in picked for trap in section_traps(c)}
    return Relied("MTUS " + ", and ".join(texts), tuple(picked), tuple(sorted(traps)))


# 2014 and 2015: chapters and page numbers, run together


def mtus_2014(rng: Random, request: Request) -> Relied | None:
    """One to three guidelines in one sentence, each with or without pages."""
    kind, region = KINDS[request.kind], region_of(request)
    makers: list[Callable[[], Relied]] = []
    if kind.section:
        makers.append(lambda: chapter_2014(rng, region))
        if rng.random() < 0.2:
            makers.append(lambda: chapter_2014(rng, NECK if region is not NECK else LOW_BACK))
    if kind.topics:
        makers.append(lambda: chronic_pain_2014(rng, kind))
    if kind.name == "acupuncture":
        makers = [lambda: whole_2014(rng, "mtus-acupuncture", "Acupuncture Treatment")]
    if request.service.startswith("Post-operative"):
        makers.append(lambda: whole_2014(rng, "mtus-postsurgical", "Postsurgical Treatment"))
    if rng.random() < 0.06:
        makers.insert(0, lambda: rare_2014(rng))
    if not makers:
        return None
    count = min(len(makers), rng.choice((1, 1, 1, 2, 2, 3)))
    parts = [maker() for maker in makers[:count]]
    glue = rng.choice((", ", ", ", "; ", " and ", " "))
    traps = {trap for part in parts for trap in part.traps}
    if len(parts) > 1:
        traps.add("several guidelines")
    citations = tuple(c for part in parts for c in part.citations)
    text = "MTUS " + glue.join(part.text for part in parts)
    return Relied(text, citations, tuple(sorted(traps)))


def chapter_2014(rng: Random, region: Region) -> Relied:
    """An ACOEM chapter of 2004 in one of the forms of those years."""
    number, title = region.chapter, region.title
    names = (
        f"ACOEM Chapter {number} {title}",
        f"ACOEM Chapter {number} {title}",
        f"ACOEM Chapter {number} {title}",
        f"ACOEM Practice Guidelines, Chapter {number} {title}",
        f"ACOEM Guidelines, Chapter {number} ({title})",
        title,
    )
    name, traps = rng.choice(names), set()
    pages, printed = cited_pages(rng, *region.pages)
    if pages and rng.random() < 0.06:
        pages, printed = stray_pages(rng)
        traps.add("page outside the guideline")
    if "," in title:
        traps.add("commas in a name")
    if pages:
        traps.add("pages")
    cited = Cited("MTUS", region.mtus, name, None, (), pages)
    return Relied(name + printed, (cited,), tuple(sorted(traps)))


def chronic_pain_2014(rng: Random, kind: Kind) -> Relied:
    """The chronic-pain guideline of 2009: its regulation numbers, a topic, pages, in any mix."""
    topic, first, last = rng.choice(kind.topics)
    code = rng.choice(("", "", " 9792.20-.26", " 8 C.C.R. 9792.20 - 9792.26"))
    year = None
    if code.startswith(" 8") or rng.random() < 0.05:
        code, year = f"{code} (Effective July 18, 2009)", 2009
    sections = (topic,) if not code or rng.random() < 0.15 else ()
    pages, printed = cited_pages(rng, first, last)
    name = rng.choice(("Chronic Pain Treatment", "Chronic Pain Treatment", "Chronic Pain Medical"))
    name = name if name.endswith("Treatment") else "Chronic Pain Medical Treatment"
    comma = rng.choice((" ", " ", ", ")) if sections else ""
    text = f"{name} Guidelines{code}{comma}{''.join(sections)}{printed}"
    cited = Cited("MTUS", "mtus-chronic-pain", name, year, sections, pages)
    traps = section_traps(cited)
    if code.strip().startswith(("9792", "8")):
        traps.add("range of regulations")
    if pages:
        traps.add("pages")
    return Relied(text, (cited,), tuple(sorted(traps)))


def whole_2014(rng: Random, slug: str, title: str) -> Relied:
    """A guideline cited by its name alone."""
    return Relied(f"{title} Guidelines", (Cited("MTUS", slug, title),))
