"""The table at a letter's head: labels and values, in whatever order an extractor gives them."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reviews.reading.clean import Clean
from reviews.reading.types import Doubt, Found
from reviews.reading.values import DATE, as_date, found

# A label, the field it fills, and the kind of value that fills it.
# Examples: `Date Assigned:`, `IMR Application Received:`, `Date of UR Decision:`, `Dated:`.
_LABELS = (
    ("case_number", "number", r"(?:MAXIMUS\s*)?Case\s*(?:Number|No\.?)"),
    ("assigned", "date", r"Date\s*Assigned"),
    ("injury", "date", r"Date\s*of\s*Injury"),
    ("decision", "date", r"Decision\s*Date|Dated|Date\s*of\s*Decision"),
    ("ur_denial", "date", r"UR\s*Denial\s*Date|Date\s*of\s*UR\s*(?:Decision|Denial)"),
    ("priority", "word", r"Priority"),
    ("received", "date", r"(?:IMR\s*)?Application\s*Received(?:\s*Date)?"),
)
_KIND = {name: kind for name, kind, _ in _LABELS}
_CASE = r"CM\s?\d{2}\s?[-–]?\s?\d{6,8}(?!\d)"
# A label printed around its value: `Application 02/20/2015 Received:`.
_AROUND = rf"(?P<before>Application(?=\s*{DATE}\s*Received\s*:))|(?P<after>\bReceived\s*:)"
_TOKEN = re.compile(
    "|".join(f"(?P<{name}>(?:{label})\\s*:)" for name, _, label in _LABELS)
    + rf"|{_AROUND}|(?P<number>{_CASE})|(?P<date>{DATE})"
    + r"|(?P<word>\b(?:Standard|Expedited|Regular)\b)",
    re.IGNORECASE,
)
_RUN = re.compile(r"[A-Z]{2}\s?\d{2}\s?[-–]?\s?\d{6,8}", re.IGNORECASE)
_APART = 20  # between a value and the next label of one table
_FURTHEST = 4000  # a header ends within so many characters


@dataclass(slots=True)
class Header:
    """What the header says, by field; `start` and `end` are clean characters."""

    values: dict[str, Found[Any]] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    flags: list[Doubt] = field(default_factory=list)
    labels: int = 0


_Token = tuple[str, str, int, int]  # kind, words, start, end


@dataclass(slots=True)
class _Label:
    name: str
    start: int
    end: int
    value: tuple[str, int, int] | None = None


def read_header(clean: Clean, end: int) -> Header:
    """The header, looked for in the clean text before `end`."""
    tokens, after = _tokens(clean, min(end, _FURTHEST))
    labels = [_Label(name, start, stop) for name, _, start, stop in tokens if name in _KIND]
    header = Header(labels=len(labels))
    if not labels:
        return header
    values = [token for token in tokens if token[0] not in _KIND and token[2] > labels[0].start]
    for kind in ("number", "date", "word"):
        wanting = [label for label in labels if _KIND[label.name] == kind]
        offered = [token[1:] for token in values if token[0] == kind]
        _pair(clean, header, wanting, offered)
    header.start = _first(labels)
    header.end = max(
        [label.end for label in labels]
        + [label.value[2] for label in labels if label.value]
        + [after]
    )
    for label in labels:
        _take(clean, header, label)
    _leftover(clean, header, values, labels)
    return header


def _tokens(clean: Clean, end: int) -> tuple[list[_Token], int]:
    """Labels and values in their order, and the end of a label printed around its value, or 0."""
    found = [
        (match.lastgroup or "", match.group(), match.start(), match.end())
        for match in _TOKEN.finditer(clean.text, 0, end)
    ]
    around = {kind: stop for kind, _, _, stop in found if kind in ("before", "after")}
    tokens = [
        ("received" if kind == "before" else kind, printed, start, stop)
        for kind, printed, start, stop in found
        if kind != "after"
    ]
    return tokens, around["after"] if len(around) == 2 else 0


def _leftover(clean: Clean, header: Header, values: list[_Token], labels: list[_Label]) -> None:
    """A value inside the table that no label asks for: its label may be lost."""
    taken = {label.value[1] for label in labels if label.value}
    for _, printed, start, end in values:
        if header.start <= start < header.end and start not in taken:
            sentence = f"No label of the header belongs to {printed!r}."
            header.flags.append(Doubt("header-unlabelled", sentence, clean.span(start, end)))


def _first(labels: list[_Label]) -> int:
    """Where the letter's own header begins: a cover letter before it has labels too, so the last
    case number that further labels follow."""
    numbers = [label.start for label in labels if label.name == "case_number"]
    numbers = [start for start in numbers if any(label.start > start for label in labels)]
    own = {label.name for label in labels if numbers and label.start >= numbers[-1]}
    if not (numbers and "assigned" in own):
        return labels[0].start
    start = numbers[-1]
    for label in reversed([label for label in labels if label.end <= start]):
        value_end = label.value[2] if label.value else label.end
        if label.name in own or start - value_end > _APART:
            break
        own.add(label.name)
        start = label.start
    return start


def _pair(
    clean: Clean, header: Header, labels: list[_Label], values: list[tuple[str, int, int]]
) -> None:
    """Values to labels: in order when there are as many, else to the label just before."""
    if len(labels) == len(values):
        for label, value in zip(labels, values, strict=True):
            label.value = value
        return
    for value in values:
        before = [label for label in labels if label.end <= value[1]]
        nearest = before[-1] if before else None
        if nearest and nearest.value is None:
            nearest.value = value
    empty = [label for label in labels if label.value is None]
    spare = len(values) - (len(labels) - len(empty))
    if empty and spare:
        names = ", ".join(label.name.replace("_", " ") for label in empty)
        _flag(clean, header, "header-order", f"Which value belongs to {names} is not clear.", empty)


def _take(clean: Clean, header: Header, label: _Label) -> None:
    if label.value is None:
        name = label.name.replace("_", " ")
        sentence = f"The header names {name} and gives no value that can be read."
        _flag(clean, header, "header-value", sentence, [label])
        return
    printed, start, end = label.value
    value = _value(_KIND[label.name], printed)
    if value is None:
        sentence = f"The header's {printed!r} cannot be read as {label.name.replace('_', ' ')}."
        header.flags.append(Doubt("header-value", sentence, clean.span(start, end)))
        return
    before = header.values.get(label.name)
    if before is not None and before.value != value:
        sentence = f"The header gives {label.name.replace('_', ' ')} twice, and not alike."
        header.flags.append(Doubt("header-twice", sentence, clean.span(start, end)))
        return
    header.values[label.name] = found(clean, value, start, end, f"header:{label.name}")


def _value(kind: str, printed: str) -> date | str | None:
    if kind == "date":
        return as_date(printed)
    if kind == "word":
        return "expedited" if printed.lower() == "expedited" else "standard"
    digits = re.sub(r"\D", "", printed)
    return f"CM{digits[:2]}-{digits[2:]}" if len(digits) == 9 else None


def _flag(clean: Clean, header: Header, code: str, sentence: str, labels: list[_Label]) -> None:
    header.flags.append(Doubt(code, sentence, clean.span(labels[0].start, labels[0].end)))
