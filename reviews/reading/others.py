"""Works that are neither MTUS nor ODG: ACOEM cited outside of the MTUS, addresses, and the rest."""

import re

from reviews.reading import pages, split
from reviews.reading.draft import Draft, tidy

ACOEM = (
    r"American\s+College\s+of\s+Occupational\s+and\s+Environmental\s+Medicine(?:\s*\(?ACOEM\)?)?"
    r"|\bACOEM\b|Harris\s+J[^.]{0,20}\.?,?\s*(?:\(Ed\)\s*,?\s*)?Occupational\s+Medicine\s+Practice"
)
MARKER = (
    r"(?:and\s+)?Other\s+Medical\s+Treatment\s+Guidelines?"
    r"(?:\s+or\s+Medical\s+Evidence)?\s*:?"
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_CHAPTER = re.compile(r"\bChapter\s?(\d{1,2})\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?\s?://|www\.)\S+", re.IGNORECASE)
# A further part of the same work. Examples: `Chapter 12-Surgery`, `40.1-Definition`, `page 3`.
_PART_OF = re.compile(
    r"(?:Chapter|Section|Table|Figure|Part|Volume|Vol\b|pages?\b|pp?\.|\d|Available|Accessed"
    r"|Retrieved|https?:|www\.)",
    re.IGNORECASE,
)
_LONGEST = 220


def read_acoem(text: str, start: int, end: int) -> Draft:
    """ACOEM's guidelines cited outside of the MTUS."""
    named = re.compile(ACOEM, re.IGNORECASE).match(text, start, end)
    body = re.sub(
        r"\A\s*(?:Occupational\s+Medicine\s+)?(?:Practice\s+)?Guidelines?\b",
        "",
        text[named.end() if named else start : end],
        flags=re.IGNORECASE,
    )
    chapter = _CHAPTER.search(body)
    year = _YEAR.search(pages.PAGES.sub(" ", body))
    title = tidy(pages.PAGES.sub(" ", _CHAPTER.sub(" ", body)))
    return Draft(
        "ACOEM",
        "acoem",
        re.sub(r"\s+", " ", title) or "ACOEM",
        start,
        end,
        "acoem:outside",
        year=int(year[1]) if year else None,
        chapter=int(chapter[1]) if chapter else None,
        page_lists=_page_lists(body),
    )


def read_address(text: str, start: int, end: int) -> Draft:
    """A web address; what follows it belongs to it."""
    match = _ADDRESS.match(text, start, end)
    stop = match.end() if match else end
    title = text[start:stop].rstrip(".,;)")
    draft = Draft("other", None, title, start, end, "other:address")
    if len(re.findall(r"[A-Za-z]{3,}", text[stop:end])) > 3:
        draft.unsure = "Words follow this address that may name another work."
    return draft


def read(text: str, start: int, end: int) -> list[Draft]:
    """A work that no catalogue knows, kept as printed; none when nothing is named."""
    body = re.sub(rf"\A{MARKER}", "", text[start:end], flags=re.IGNORECASE).strip(" .,;:")
    if not re.search(r"\w", body):
        return []
    lists = _page_lists(body)
    parts = [part.strip() for part in pages.PAGES.sub(" ", body).split(";")]
    title = tidy(re.split(r",\s*accessed\b", parts[0])[0]) or body
    draft = Draft("other", None, title, start, end, "other:printed", page_lists=lists)
    draft.sections = [name for part in parts[1:] for name in split.sections(part)]
    if _several(body):
        draft.unsure = "More than one work may be named here."
    return [draft]


def _several(body: str) -> bool:
    """Whether an unknown work's words may be those of several works."""
    if len(_ADDRESS.findall(body)) > 1 or len(body) > _LONGEST:
        return True
    parts = re.split(r";\s*|(?<=[a-z)\d])(?<!\bed)(?<!\bal)\.\s+(?=[A-Z])", body)
    return any(not _PART_OF.match(part) for part in parts[1:])


def _page_lists(body: str) -> list[str]:
    return [match["list"] for match in pages.PAGES.finditer(body)]
