"""Invents what a side relied on, in the words of letters of 2013 and early 2014."""

from collections.abc import Callable
from random import Random

from samples.citing_outside import chapter_names
from samples.kinds import KINDS, Kind
from samples.model import Cited, Relied, Request
from samples.pages import spread
from samples.regions import REGIONS, Region

LEADS = {
    ("G1", "administrator"): "The Claims Administrator based its decision on the ",
    ("G1", "expert"): "The Expert Reviewer based his/her decision on the ",
    ("G3", "administrator"): "The Claims Administrator based its decision on the ",
    ("G3", "expert"): "The Physician Reviewer based his/her decision on the ",
    ("G2", "expert"): "",
}
PART_OF = {
    "G1": ", which is part of the Medical Treatment Utilization Schedule (MTUS)",
    "G3": ", which is part of the MTUS",
    "G2": ", part of the MTUS",
}
NOT_PART = ", which is not part of the MTUS"
SILENT = "The Claims Administrator did not cite any medical evidence for its decision."


def relied_early(rng: Random, generation: str, side: str, request: Request) -> Relied:
    """What this side cites. Letters of G2 tell only the reviewer's guidelines."""
    if side == "administrator":
        if generation == "G2":
            return Relied("")
        if rng.random() < 0.15:
            return Relied(SILENT)
    found = citation(rng, generation, request)
    lead = LEADS[generation, side]
    traps = {*found.traps, "which is (not) part of the MTUS"}
    return Relied(f"{lead}{found.text}.", found.citations, tuple(sorted(traps)))


def citation(rng: Random, generation: str, request: Request) -> Relied:
    """One guideline, or two joined by " and the "."""
    kind = KINDS[request.kind]
    region = next(region for region in REGIONS if region.name == request.region)
    makers: list[Callable[[], Relied]] = []
    if kind.topics:
        makers.append(lambda: chronic_pain(rng, kind, generation))
    if kind.section:
        makers.append(lambda: chapter(rng, region, generation))
    if not makers or rng.random() < 0.2:
        makers.append(lambda: odg(rng, request))
    count = 2 if len(makers) > 1 and rng.random() < 0.25 else 1
    found = [maker() for maker in rng.sample(makers, count)]
    citations = tuple(c for part in found for c in part.citations)
    traps = tuple(sorted({trap for part in found for trap in part.traps}))
    return Relied(" and the ".join(part.text for part in found), citations, traps)


def placed(rng: Random, first: int, last: int) -> tuple[str | None, str]:
    """Pages and how they are printed: ", page 80", ", pages 98-99", "" for none."""
    if rng.random() < 0.15:
        return None, ""
    pages = spread(rng, first, last)
    many = "-" in pages or "," in pages
    return pages, f", {rng.choice(('pages', 'pgs.')) if many else 'page'} {pages}"


def chronic_pain(rng: Random, kind: Kind, generation: str) -> Relied:
    topic, first, last = rng.choice(kind.topics)
    pages, suffix = placed(rng, first, last)
    year, dated = rng.choice(((None, ""), (None, ""), (2009, " (2009)"), (2009, " (May, 2009)")))
    sections = (topic,) if rng.random() < 0.6 else ()
    about = f", {topic}" if sections else ""
    mtus = generation != "G1" and rng.random() < 0.5
    name = f"{'MTUS ' if mtus else ''}Chronic Pain Medical Treatment Guidelines{dated}"
    text = name + about + suffix + ("" if mtus else PART_OF[generation])
    cited = Cited(
        "MTUS", "mtus-chronic-pain", "Chronic Pain Medical Treatment", year, sections, pages
    )
    return Relied(text, (cited,), ("pages",) if pages else ())


def chapter(rng: Random, region: Region, generation: str) -> Relied:
    pages, suffix = placed(rng, *region.pages)
    year, name = rng.choice(
        (
            (None, f"ACOEM Guidelines, Chapter {region.chapter}, {region.title}"),
            (None, f"ACOEM Guidelines, Chapter {region.chapter} ({region.title})"),
            (2004, f"ACOEM Practice Guidelines, 2nd Edition (2004), Chapter {region.chapter}"),
            (2004, f"{region.title} (ACOEM Practice Guidelines, 2nd Edition (2004))"),
        )
    )
    text = name + suffix + PART_OF[generation]
    cited = Cited("MTUS", region.mtus, name, year, (), pages)
    return Relied(text, (cited,), ("pages",) if pages else ())


def odg(rng: Random, request: Request) -> Relied:
    slug, names = chapter_names(request)
    name = rng.choice(names)
    topics = KINDS[request.kind].odg_topics[: rng.randint(0, 1)]
    about = f", {topics[0]}" if topics else ""
    chapter_word = "" if name.endswith(")") else " Chapter"
    text = f"Official Disability Guidelines (ODG), {name}{chapter_word}{about}{NOT_PART}"
    cited = Cited("ODG", slug, name.removesuffix(" (Chronic)"), None, topics)
    return Relied(text, (cited,), ("Non-MTUS",))
