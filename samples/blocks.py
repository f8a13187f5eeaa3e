"""What a letter is made of before it is set: a header table, headings, paragraphs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The header table: rows of one or two (label, value) pairs, labels in grey cells."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold line, centred unless told otherwise."""

    text: str
    size: float = 12
    centred: bool = True


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: a bold beginning, then regular text; "\\n" breaks the line in either."""

    bold: str = ""
    text: str = ""
    tight: bool = False  # no empty line after it


@dataclass(frozen=True, slots=True)
class Break:
    """A new page; `first` ones begin a letter of their own, with a mark at the top."""

    first: bool = False


Block = Table | Heading | Para | Break
