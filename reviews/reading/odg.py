"""Official Disability Guidelines: chapters and topics under any separator.

Examples: `Official Disability Guidelines (ODG), Knee and Leg (Acute & Chronic): Topic`, `ODG Pain
Chapter - Topic`, `(ODG) Knee/DME, Low Back Lumbar and Thoracic/Mattress selection`.
"""

import difflib
import re
from dataclasses import dataclass, replace
from functools import cache

from reviews.reading import catalogue, names, pages, split
from reviews.reading.draft import Draft, tidy

# Workers' compensation, in the title of the guidelines' edition.
_COMP = r"(?:Treatment\s+(?:in|for|of)\s+)?Workers?['’]?s?['’]?\s+Comp(?:ensation\b|\b\.?)"
NAME = (
    r"(?:Work\s+Loss\s+Data\s+Institute[\s,.:;-]*)?"
    r"(?:Official\s+Disability\s+Guidelines?(?:\s*[,:-]?\s*\(?ODG(?:\s?-?\s?TWC)?\)?(?![A-Za-z]))?"
    r"|\bODG(?:\s?-?\s?TWC)?\b)"
    rf"(?:\s*[,–-]?\s*{_COMP})?(?:\s*\(?\bTWC\b\)?)?"
    r"(?:\s+Integrated\s+Treatment\s?/\s?Disability\s+Duration)?"
    r"(?:\s+Guidelines?\b(?!\s*:))?(?:\s*\(ODG(?:\s?-?\s?TWC)?\))?"
)
# Editions and ways of publication, which name neither chapter nor topic.
_FILLER = re.compile(
    r"\(?\b(?:\d{1,2}(?:st|nd|rd|th)\s+Ed(?:ition|\.)|(?:Online|Web|Internet|Current|Electronic)"
    r"\s+(?:Version|Edition)|last\s+updated?|updated?|accessed|revised|effective)\b\s*:?\s*"
    r"(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]+\s\d{1,2},?\s\d{4}|\d{4})?\s*\)?"
    r"|\((?:web|online|[^()]{0,30}updated[^()]{0,30})\)"
    r"|\b(?:which\s+(?:is|are)\s+)?(?:not\s+)?(?:a\s+)?part\s+of(?:\s+the)?(?:\s+MTUS\b|\s*\Z)"
    rf"|\bTreatment\s+Index\b|\b{_COMP}"
    r"|\bProcedure\s+Summary\b|(?:https?\s?://|www\.)\S+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\(?\b((?:19|20)\d\d)\b\)?(?!\s?[-–/]\d)")
# After a chapter's name. Examples: `Chapter`, `(Acute & Chronic)`, `section`, `(Chronic)`.
_AFTER = (
    r"(?:\s*\(\s*(?:(?:sub)?acute|chronic)(?:\s*(?:,|&|and|/)\s*(?:(?:sub)?acute|chronic))*\s*\)"
    r"|\s*\(\s*(?:last\s+)?(?:updated|online|web|internet)\b[^()]{0,40}\)"
    r"|\s*(?:Chapters?|sections?|Disorders|Complaints|Procedure\s+Summary)\b(?!\s+\d))*"
)
# `Chapter: Pain`, `the Pain Chapter`.
_LEAD = re.compile(r"\b(?:Chapters?|the|under|per|see)\b:?", re.IGNORECASE)
_ANY_CHAPTER = re.compile(r"(?<=[\w)])\s+Chapters?\b|\bChapters?\s*[:#]?\s*\w", re.IGNORECASE)
_ALIKE = 0.8
_LONGEST_LEAD = 200
_NEAR = 12  # what separates two names stands within so many characters
_CLOSED = re.compile(r"\s*(?:[;,/:]|\.\s|\.?\Z)|\s+[–-]\s")
_PIECE_END = re.compile(r"[,;:/]|\.\s|\.?\Z")
_NAME = re.compile(rf"[\s,;:.()–-]*(?:\b(?:or|the)\s+)?{NAME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Chapter:
    start: int
    end: int
    name: str
    slug: str


def begins_with_chapter(text: str, start: int, end: int) -> bool:
    """Whether a statement begins with a chapter's name and no source."""
    match = _chapter_pattern().match(text, start, end)
    return bool(match and re.match(r"\s*(?:[,;:/–-]|\Z)", text[match.end() : end]))


def chapter_after(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The slug and the end of a chapter named right after the guidelines."""
    match = re.compile(r"[\s,:;()–-]{0,4}").match(text, start, end)
    named = _chapter_pattern().match(text, match.end() if match else start, end)
    if named is None:
        return None
    return names.slug("odg", named["name"]) or "odg", named.end()


def read(text: str, start: int, end: int) -> list[Draft]:
    """The citations of one naming of the guidelines: one a chapter, or one without chapter."""
    body = start
    while named := _NAME.match(text, body, end):
        body = named.end()
    chapters = _chapters(text, body, end)
    if not chapters:
        drafts = [_draft(text, start, end, body, None)]
        said = _FILLER.sub(" ", text[body:end])
        if _ANY_CHAPTER.search(said) or _nearly_chapter(said):
            drafts[0].unsure = "This chapter of the guidelines is not in the catalogue."
        return drafts
    drafts = []
    leading = _plain(text[body : chapters[0].start])
    if split.sections(leading):
        drafts.append(_draft(text, start, chapters[0].start, body, None))
        drafts[0].unsure = "A topic stands before the chapter; which one it belongs to is not told."
    for number, chapter in enumerate(chapters):
        stop = chapters[number + 1].start if number + 1 < len(chapters) else end
        first = start if number == 0 and not drafts else chapter.start
        drafts.append(_draft(text, first, stop, chapter.end, chapter))
    years = _YEAR.findall(text[body : chapters[0].start])
    if years and drafts[0].year is None:
        drafts[0].year = int(years[0])
    return drafts


def _nearly_chapter(said: str) -> bool:
    """Whether the first word is almost a chapter's. Example: `Sholder/MR Arthrogram`."""
    word = re.match(r"[^A-Za-z]*([A-Za-z]{4,})", said)
    if word is None or word[1].lower() in _first_words():
        return False
    return bool(difflib.get_close_matches(word[1].lower(), _first_words(), 1, _ALIKE))


@cache
def _first_words() -> frozenset[str]:
    rows = [row for row in catalogue.rows("guideline_names.csv") if row["kind"] == "odg"]
    return frozenset(re.findall(r"[a-z]+", row["printed"].lower())[0] for row in rows)


def _draft(text: str, start: int, end: int, body: int, chapter: _Chapter | None) -> Draft:
    tail = text[body:end]
    page_lists = [match["list"] for match in pages.PAGES.finditer(tail)]
    years = _YEAR.findall(_FILLER.sub(" ", tail))
    draft = Draft(
        "ODG",
        chapter.slug if chapter else "odg",
        chapter.name if chapter else "",
        start,
        end,
        "odg:chapter" if chapter else "odg:no-chapter",
        year=int(years[0]) if years else None,
        page_lists=page_lists,
    )
    draft.sections = split.sections(re.sub(r"\s[/–-]\s|/ ", ", ", _plain(tail)))
    return draft


def _plain(tail: str) -> str:
    """What is left for topics."""
    bare = pages.EMPTY.sub(" , ", pages.PAGES.sub(" , ", tail))
    bare = _YEAR.sub(" ", _FILLER.sub(" ", bare))
    bare = re.sub(r"\(\s*ODG\s*\)|\A[\s.,:;)]*(?:Chapter|Guidelines?)\s*(?=[,:;]|\Z)", " ", bare)
    return re.sub(r"\A[\s,;:./–)-]+|[\s,;:./–-]+\Z", "", bare)


def _chapters(text: str, start: int, end: int) -> list[_Chapter]:
    found: list[_Chapter] = []
    for match in _chapter_pattern().finditer(text, start, end):
        if _stands(text, match, start, end, first=not found):
            slug = names.slug("odg", match["name"]) or "odg"
            chapter = _Chapter(match.start(), match.end(), tidy(match["name"]), slug)
            if found and _same(text, found[-1], chapter):
                chapter = replace(found.pop(), end=chapter.end)
            found.append(chapter)
    return found


def _same(text: str, before: _Chapter, chapter: _Chapter) -> bool:
    """Whether two names joined to each other name one chapter. Example: `Low Back & Lumbar`."""
    between = text[before.end : chapter.start]
    return before.slug == chapter.slug and bool(re.fullmatch(r"\s*(?:&|and|/|-)\s*", between))


def _stands(text: str, match: re.Match[str], start: int, end: int, *, first: bool) -> bool:
    """Whether a chapter's name is a chapter here, or a word of a topic (`MRI hand`)."""
    at = match.start()
    if at > start and text[at - 1].isalnum():
        return False
    if first and at - start < _LONGEST_LEAD and _leads(text[start:at]):
        return not _is_topic(text, match, end)
    if text.count("(", start, at) > text.count(")", start, at):
        return False
    near = text[max(start, at - _NEAR) : at]
    separated = re.search(r"[,;:./–-]\s*(?:(?:and|&)\s*)?\Z|(?:\band|&)\s*\Z", near)
    if match["after"]:
        return bool(separated)
    closed = _CLOSED.match(text, match.end(), end)
    return bool(separated and closed and not re.search(r"/\s*\Z", near))


def _leads(before: str) -> bool:
    """Whether what stands before a name only leads to it."""
    return not re.search(r"\w", _LEAD.sub(" ", _YEAR.sub(" ", _FILLER.sub(" ", before))))


def _is_topic(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a chapter's name only begins a known topic. Example: `Lumbar supports`."""
    stop = _PIECE_END.search(text, match.end(), end)
    piece = text[match.start() : stop.start() if stop else end]
    key = catalogue.key(piece)
    return key != catalogue.key(match["name"]) and key in names.sections()


@cache
def _chapter_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>{names.pattern('odg')})(?!\w|-(?-i:[a-z]))(?P<after>{_AFTER})", re.IGNORECASE
    )
