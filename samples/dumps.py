"""Text dumps of set pages, as different extractors make them."""

from dataclasses import dataclass

from samples.typeset import Page, SetLine

HOW = "HOW THE IMR FINAL DETERMINATION WAS MADE"


@dataclass(frozen=True, slots=True)
class Style:
    """How an extractor prints lines.

    `blank` is printed after every line, `gap` where a paragraph ends, `hyphen` where a line ends
    in a hyphen within a word. `table`: "rows", "labels" (all before the values) or "columns".
    """

    newline: str = "\n"
    trail: str = ""
    blank: str = ""
    gap: str = ""
    page: str = ""
    hyphen: str = "-\n"
    table: str = "rows"
    flowing: bool = False  # a paragraph is one long line
    by_word: bool = False  # one word a line


STYLES = {
    "spaced": Style(trail=" ", blank="\n", gap=" \n\n", page="\n\n\n"),
    "solid": Style(trail=" "),
    "paragraphs": Style(gap="\n"),
    "windows": Style(newline="\r\n", trail=" ", hyphen="\ufffe"),
    "joined": Style(gap="\n", hyphen="\ufffe"),
    "labels first": Style(gap="\n", table="labels", page="\f"),
    "columns": Style(trail=" ", table="columns"),
    "form feeds": Style(gap="\n", page="\f"),
    "soft": Style(gap="\n", hyphen="- "),
    "flowing": Style(gap="\n", hyphen="- ", flowing=True),
    "words": Style(gap=" \n", by_word=True),
}
USUAL = ("spaced",) * 6 + tuple(style for style in STYLES if style != "words")


def dump(pages: list[Page], style: str, *, cut: bool = False) -> str:
    """The pages' text in one of `STYLES`; `cut` leaves out all before how it was determined."""
    how = STYLES[style]
    kept = after_header(pages) if cut else pages
    printed = [" "] if cut else []
    for number, page in enumerate(kept):
        if number and how.page:
            printed.append(how.page)
        lines = page.lines + ([page.footer] if page.footer else [])
        cells = [line for line in lines if line.cell]
        printed += [printed_line(text, how) for text in table_rows(cells, how.table)]
        if cells:
            printed.append(how.gap.replace("\n", how.newline))
        printed += [written(line, how) for line in lines if not line.cell]
    return "".join(printed)


def can_cut(pages: list[Page]) -> bool:
    return any(line.text == HOW for page in pages for line in page.lines)


def after_header(pages: list[Page]) -> list[Page]:
    """The pages from the first heading on, without footers, which would tell the case number."""
    heading = next(line for page in pages for line in page.lines if line.text == HOW)
    first = next(n for n, page in enumerate(pages) if heading in page.lines)
    kept = [Page(page.lines) for page in pages[first:]]
    kept[0].lines = kept[0].lines[kept[0].lines.index(heading) :]
    return kept


def written(line: SetLine, how: Style) -> str:
    """One line with what its extractor puts after it."""
    if line.cut and how.hyphen != "-\n":
        return line.text[:-1] + how.hyphen
    if how.flowing and not line.ends:
        return line.text + " "
    text = printed_line(line.text, how)
    return text + how.gap.replace("\n", how.newline) if line.ends else text


def printed_line(text: str, how: Style) -> str:
    if how.by_word:
        return "".join(f"{word}\n" for word in text.split())
    return text + how.trail + how.newline + how.blank.replace("\n", how.newline)


def table_rows(cells: list[SetLine], order: str) -> list[str]:
    """The header's cells as lines of text."""
    if order == "rows":
        rows: list[str] = []
        level = None
        for cell in cells:
            if cell.y == level:
                rows[-1] += " " + cell.text
            else:
                rows.append(cell.text)
            level = cell.y
        return rows
    labels = [cell.text for cell in cells if cell.cell == "label"]
    values = [cell.text for cell in cells if cell.cell == "value"]
    if order == "labels":
        return labels + values
    middle = min((cell.runs[0].x for cell in cells), default=0.0) + 200
    halves = ([c for c in cells if (c.runs[0].x > middle) == right] for right in (False, True))
    return [
        cell.text
        for half in halves
        for kind in ("label", "value")
        for cell in half
        if cell.cell == kind
    ]
