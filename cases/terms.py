"""What was typed into the search box, as terms: words, "words in a row", -without, or."""

import re
from dataclasses import dataclass

LONGEST = 300  # characters of a search

# As `reviews.searchable` cuts letters: what joins words (x-ray, PT/OT, knee.The) separates them.
WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<row>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))')
_NUMBER = re.compile(r"cm\s?(\d\d)[\s-]?(\d{0,7})")


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands in what was typed."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand in a row, or, with `without`, must not."""

    words: tuple[Word, ...]
    without: bool = False

    @property
    def row(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in its parts; `alternatives` when it has an "or"."""

    typed: str
    terms: tuple[Term, ...]
    websearch: str
    apart: str
    alternatives: bool

    @property
    def sought(self) -> tuple[Term, ...]:
        """The terms that a letter may be found by."""
        return tuple(term for term in self.terms if not term.without)

    @property
    def has_rows(self) -> bool:
        """Whether words must, or must not, stand in a row: what the index cannot tell."""
        return any(len(term.words) > 1 for term in self.terms)

    @property
    def by_words(self) -> bool:
        """Whether an index of words leads to them: to what lacks a word none does."""
        return bool(self.sought) and not (self.alternatives and self.sought != self.terms)

    @property
    def number_start(self) -> str:
        """The beginning of a case number as numbers are stored, or "" for any other search."""
        found = _NUMBER.fullmatch(self.typed.lower())
        return f"CM{found[1]}-{found[2]}".removesuffix("-") if found else ""


def asked(typed: str) -> Asked:
    """Take apart; never fails. A quotation mark without its other half reaches to the end.

    `websearch` says the same to PostgreSQL, every term in quotation marks: nothing but "or" and
    minus can mean anything to its parser. `apart` says it for words that stand anywhere, and
    without what must not stand there: all that is found, and more.
    """
    typed = typed.strip()
    terms: list[Term] = []
    said: list[str] = []
    apart: list[str] = []
    for found in _TERM.finditer(typed):
        if found["bare"] and not found["minus"] and found["bare"].lower() == "or":
            said.append("or")
            apart.append("or")
        elif words := tuple(_words(found)):
            terms.append(Term(words, bool(found["minus"])))
            said.append(f'{found["minus"]}"{terms[-1].row}"')
            apart += [f'"{word.text}"' for word in words if not found["minus"]]
    return Asked(typed, tuple(terms), " ".join(said), " ".join(apart), "or" in said[1:-1])


def _words(found: re.Match[str]) -> list[Word]:
    part = "bare" if found["bare"] else "row"
    return [
        Word(word[0], word.start(), word.end())
        for word in WORD.finditer(found.string, *found.span(part))
    ]
