"""Guidelines named in a statement or a sentence: which names count, and what they name."""

import re
from dataclasses import dataclass, replace
from functools import cache

from reviews.reading import catalogue, names, pages
from reviews.reading.draft import tidy
from reviews.reading.values import MONTH

# `9792.20-.26`, `§§9792.20 - 9792.26`, `8 C.C.R. 9792.24.2`: the regulation, not pages.
REGULATION = re.compile(
    r"(?:California\s+Code\s+of\s+Regulations,?\s*)?(?:Title\s+(?=8))?"
    r"(?:8\s?C\.?\s?C\.?\s?R\.?,?\s?)?(?:§\s?)*(?:sections?\s)?9792\.\d+(?:\.\d+)*"
    r"(?:\s?[-–—]+\s?(?:§\s?)*(?:9792)?\.?\d+(?:\.\d+)*|\s\.\d+)?",
    re.IGNORECASE,
)
EFFECTIVE = re.compile(
    r"\(?\s?(?:MTUS\s?)?\(?(?:Effective|Eff\.)\s*(?:Date\s*:?\s*)?[A-Z][a-z]+\s\d{1,2},?\s?"
    r"(?P<year>\d{4})\s?\)?\)?"
)
# Words around a guideline's name that are neither section nor title.
FILLER = re.compile(
    r"\b(?:(?:which\s+(?:is|are)\s+)?(?:not\s+)?(?:a\s+)?part\s+of(?:\s+the)?\s*\Z"
    r"|(?:which\s+(?:is|are)\s+)?(?:not\s+)?(?:a\s+)?part\s+of\s+the\s+(?:MTUS|Medical\s+Treatment\s+Utilization"
    r"\s+Schedule)(?:\s*\(MTUS\))?|Medical\s+Treatment\s+Utilization\s+Schedule(?:\s*\(MTUS\))?"
    r"|(?:California\s+)?MTUS(?:\s+guidelines?)?|(?:CA|California)\b)",
    re.IGNORECASE,
)
# The kind of guideline, misspelt: a word right after the name. Example: `Knee Complants 2004`.
_KIND = r"(?<![,(]\s)(?<![,(])[A-Za-z]{{5,11}}"
# An edition. Examples: `2004`, `(2009)`, `, 2016`, `(May, 2009)`, `(Revised 2007)`.
_YEAR = (
    rf"(?:\s?,?\s?\(?(?:(?:{MONTH}|Revised|{_KIND}),?\s)?"
    + r"(?P<{name}>(?:19|20)\d\d)(?!\d|\s?[-–/])\s?\)?)"
)
_EDITION = r"(?:\s?,?\s?\(?(?:2nd|Second|3rd|Third)\s+Ed(?:ition|\.)?\s?\)?,?)?"
# `Low Back Complaints (ACOEM Practice Guidelines, 2nd Edition (2004))`.
_WITHIN = r"(?:\s?\(\s?ACOEM[^()]{0,60}(?:\(?(?P<within_year>(?:19|20)\d\d)\)?)?[^()]{0,20}\)+)?"
_ACOEM = (
    r"(?:American\s+College\s+of\s+Occupational\s+and\s+Environmental\s+Medicine\s?(?:\(ACOEM\))?"
    r"|ACOEM)(?:\s+(?:Occupational\s+Medicine\s+)?Practice)?(?:\s+Guidelines?)?"
)
_CHAPTER = r"(?:Chapters?|Chap\.?|Ch\.?)\s?(?P<{name}>\d{{1,2}})(?!\d)\s?[,:(–-]*\s?"
# A chapter whose name is also a section's in the others. Example: `Chapter 11 Work-Relatedness`.
_IN_EVERY_CHAPTER = "mtus-work-relatedness"
# Where the edition may stand, the surest first.
_YEARS = (
    *("strong_year", "strong_late", "chapter_year", "weak_year", "weak_late", "number_year"),
    *("bare_year", "acoem_year", "within_year", "acoem_b_year", "acoem_c_year"),
)

# Guidelines of the MTUS that were never chapters of ACOEM's.
_NOT_ACOEM = frozenset(
    ["mtus-chronic-pain", "mtus-opioids", "mtus-acupuncture", "mtus-postsurgical"]
)
# Short names that no section of another guideline bears alone.
_WHOLE = frozenset(
    [
        "mtus-neck-upper-back",
        "mtus-shoulder",
        "mtus-elbow",
        "mtus-forearm-wrist-hand",
        "mtus-low-back",
        "mtus-knee",
        "mtus-ankle-foot",
        "mtus-chronic-pain",
    ]
)
# The general chapters, which later became sections of the General Approaches.
_GENERAL = frozenset(
    [
        "mtus-general-assessment",
        "mtus-initial-approaches",
        "mtus-cornerstones",
        "mtus-pain-suffering",
        "mtus-consultations",
    ]
)
# `MTUS 2009, Chronic Pain`, `MTUS (Effective July 18, 2009) Chronic Pain ...`.
LEADING_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_LONGEST_LEAD = 200  # what leads to the first name
LISTED = re.compile(r"\bSections?\s?(?:\(s\))?\s?:", re.IGNORECASE)

# What parts a short name from what was before, and pages right before one.
_PARTED = re.compile(r"[;,.]\s*(?:and\s+)?\Z")
_AFTER_PAGES = re.compile(r"\d\s?\)?[;,.]?\s*(?:and\s+)?\Z")
# What ends a short name, and what makes it one. Examples: `Chronic Pain, page 64`, `Knee Chapter`,
# `Chronic Pain 9792.20-.26`.
_AFTER = re.compile(
    r"\s*(?:(?P<sure>Chapter\b(?!\s\d)|\(?(?:8\s?C\.?\s?C|§|9792))"
    r"|[,;.(]|\Z|(?:Pages?|pgs?|pp?)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A guideline named at clean characters `start` up to `end`."""

    start: int
    end: int
    slug: str | None
    title: str
    year: int | None
    chapter: int | None
    rule: str
    sure: bool = True  # a name that is a guideline wherever it stands


def mentions(text: str, start: int, end: int, *, prose: bool = False) -> list[Mention]:
    """The guidelines named in an MTUS statement, in order."""
    found: list[Mention] = []
    for match in _pattern().finditer(text, start, end):
        if not _counts(text, match, found, start, prose=prose):
            continue
        mention = _mention(match)
        if alone := _alone(match, mention):
            _add(text, found, alone)
            mention = replace(mention, start=alone.end, title=_named(match), chapter=None)
        _add(text, found, mention)
    return found


def _add(text: str, found: list[Mention], mention: Mention) -> None:
    """One more mention; where it only says the one before again, both are one."""
    if found and _repeats(text, found[-1], mention):
        before = found.pop()
        mention = replace(mention, start=before.start, year=mention.year or before.year)
    found.append(mention)


def _repeats(text: str, before: Mention, mention: Mention) -> bool:
    """Whether a name only says the one before again, with nothing between."""
    between = text[before.end : mention.start]
    return before.slug == mention.slug and not re.search(r"[\w,;]", FILLER.sub("", between))


def _alone(match: re.Match[str], mention: Mention) -> Mention | None:
    """`ACOEM,` or `ACOEM Chapter 9` before a guideline that is none of its chapters: cited by
    itself. Example: `ACOEM Chapter 9, Chronic Pain Treatment Guidelines`."""
    if mention.slug not in _NOT_ACOEM:
        return None
    start = match.start()
    end = match.start("strong") if match["strong"] else match.start("weak_named")
    if number := match["strong_chapter"] or match["weak_chapter"]:
        slug, title = _of_chapter(int(number)), tidy(match.string[start:end])
        return Mention(start, end, slug, title, None, int(number), "mtus:chapter")
    if match["acoem"] and re.search(r"[,;]\s*\Z", match["acoem"]):
        return Mention(start, end, None, "ACOEM", None, None, "mtus:acoem")
    return None


def _named(match: re.Match[str]) -> str:
    return match["strong"] or match["weak_named"] or match["weak"] or ""


def _counts(
    text: str, match: re.Match[str], found: list[Mention], start: int, *, prose: bool
) -> bool:
    """Whether a name is a guideline here, or only the name of a section."""
    if match["strong"] or match["number"]:
        return not _is_section(text, match, found)
    before = text[max(start, match.start() - _LONGEST_LEAD) : match.start()]
    at_start = not found and len(before) < _LONGEST_LEAD and not re.search(r"\w", bare(before))
    if match["bare"]:
        return True
    if match["weak_chapter"]:
        return True
    if names.slug("weak", match["weak"]) in _GENERAL and not prose:
        listed = LISTED.search(text, found[-1].end if found else start, match.start())
        return not listed or bool(match["weak_year"] or match["weak_late"])
    if not prose and (_whole_piece(text, match, found) or _is_treatment(text, match, found)):
        return True
    if match["weak_year"] or match["weak_late"]:
        return at_start or bool(re.search(r"(?:[,;.)]|\band|\d)\s*\Z", before))
    return at_start or bool(match["acoem_weak"])


def _is_section(text: str, match: re.Match[str], found: list[Mention]) -> bool:
    """Whether a full name is one of the sections that a guideline's own list names.

    Example: `Chronic Pain 2017, Section(s): Low Back Disorders, Exercise`.
    """
    if not found or match["number"] or match["acoem"] or match["strong_chapter"]:
        return False
    if match["strong_year"] or match["strong_late"] or match["guidelines"]:
        return False
    listed = LISTED.search(text, found[-1].end, match.start())
    return bool(listed) and not text[found[-1].end : match.start()].endswith(" and ")


def _whole_piece(text: str, match: re.Match[str], found: list[Mention]) -> bool:
    """Whether a short name stands between separators after another guideline's pages.

    Example: `ACOEM Chapter 12, page 308; Chronic Pain, page 64`.
    """
    slug = names.slug("weak", match["weak"])
    if not found or match["weak_year"] or slug not in _WHOLE or slug == found[-1].slug:
        return False
    between = text[found[-1].end : match.start()]
    if LISTED.search(between):
        return False
    paged = pages.PAGES.search(between)
    named_so = slug == "mtus-chronic-pain"  # no section of any other guideline
    if named_so and paged and _AFTER_PAGES.search(between):
        return True
    after = _AFTER.match(text, match.end())
    return bool(after and _PARTED.search(between) and (after["sure"] or paged or named_so))


def _is_treatment(text: str, match: re.Match[str], found: list[Mention]) -> bool:
    """Whether it is a guideline's name but for the last word. Example: `Chronic Pain Treatment`."""
    between = text[found[-1].end : match.start()] if found else ""
    return "treatment" in match["weak"].lower() and not LISTED.search(between)


@cache
def _pattern() -> re.Pattern[str]:
    """Every way to name a guideline. Examples: `ACOEM Chapter 12 Low Back Complaints`, `Chapter 9
    (Shoulder Complaints)`, `Knee Complaints 2004`, `Opioids 2017`, `ACOEM`."""
    strong, weak = names.pattern("strong"), names.pattern("weak")
    acoem = rf"(?P<acoem>{_ACOEM}{_EDITION}(?:\s?,?\s?\(?(?P<acoem_year>(?:19|20)\d\d)\)?)?"
    acoem += r"\s?[,:;–-]*\s?)"
    guidelines = r"\s?\)?\s?(?:Medical\s+)?(?:Treatment\s+)?Guidelines?\b"
    return re.compile(
        rf"\b{acoem}?(?:{_CHAPTER.format(name='strong_chapter')})?(?P<strong>{strong})(?!\w)\s?\)?"
        rf"{_WITHIN}{_YEAR.format(name='strong_year')}?"
        rf"(?P<guidelines>{guidelines}{_YEAR.format(name='strong_late')}?)?"
        rf"|\b{acoem.replace('acoem', 'acoem_b')}?"
        rf"{_CHAPTER.format(name='weak_chapter')}(?P<weak_named>{weak})(?!\w)\s?\)?"
        rf"{_YEAR.format(name='chapter_year')}?"
        rf"|\b(?P<acoem_weak>{_ACOEM}\s?[,:;–-]*\s?)?(?P<weak>{weak})(?!\w)"
        rf"{_YEAR.format(name='weak_year')}?(?:{guidelines}{_YEAR.format(name='weak_late')}?)?"
        rf"|\b{acoem.replace('acoem', 'acoem_c')}?{_CHAPTER.format(name='number')}"
        rf"{_YEAR.format(name='number_year')}?"
        rf"|\b(?P<bare>{_ACOEM})(?:\s?\((?P<bare_year>(?:19|20)\d\d)\))?",
        re.IGNORECASE,
    )


def _mention(match: re.Match[str]) -> Mention:
    chapter = match["strong_chapter"] or match["weak_chapter"] or match["number"]
    year = next((match[name] for name in _YEARS if match[name]), None)
    end = match.end()
    if match["strong"]:
        slug, rule = names.slug("strong", match["strong"]), "mtus:name"
    elif match["weak_named"] or match["weak"]:
        slug, rule = names.slug("weak", match["weak_named"] or match["weak"]), "mtus:short-name"
        if slug == _IN_EVERY_CHAPTER and chapter and _of_chapter(int(chapter)) != slug:
            slug, rule, end = _of_chapter(int(chapter)), "mtus:chapter", match.start("weak_named")
    elif chapter:
        slug, rule = _of_chapter(int(chapter)), "mtus:chapter"
    else:
        slug, rule = None, "mtus:acoem"
    return Mention(
        match.start(),
        end,
        slug,
        tidy(match.string[match.start() : end]),
        int(year) if year else None,
        int(chapter) if chapter else None,
        rule,
        sure=not match["weak"] or bool(match["weak_year"] or match["weak_late"]),
    )


@cache
def _chapters() -> dict[int, str]:
    return {row.chapter: slug for slug, row in catalogue.guidelines().items() if row.chapter}


def _of_chapter(number: int) -> str | None:
    return _chapters().get(number)


def bare(printed: str) -> str:
    """What is said before the first guideline, without words that only lead to it."""
    plain = FILLER.sub(" ", REGULATION.sub(" ", EFFECTIVE.sub(" ", printed)))
    plain = LEADING_YEAR.sub(" ", plain)
    return re.sub(r"\b(?:the|Guidelines?|Citation|by|on|and)\b", " ", plain, flags=re.IGNORECASE)
