"""What holds of every letter, however mangled: nothing is lost, and every value has its receipt."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews import reading
from reviews.reading.text import from_string
from reviews.reading.types import Citation, Found, LetterText
from reviews.reading.values import as_date
from tests.reading.invented import EARLY_DECISIONS, NUMBERED, ONE_ISSUE, Invented, Letter

ITEMS = [
    Invented(),
    Invented(
        "Loom, and all that: goes with it: Overturned", rationale="It is medically necessary."
    ),
    Invented(
        "Tea 12 cups was the original request. Tea 6 cups was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, Tea 6 cups is: "
        "Upheld",
        "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 64-66.",
        "Decision based on Non-MTUS Citation ODG, Pain (Chronic): Tea; Low Back, Tea.",
    ),
]
WHOLE = [
    Letter().printed(),
    Letter(items=ITEMS).printed(),
    Letter(items=ITEMS, header="").printed(),
    EARLY_DECISIONS,
    ONE_ISSUE,
    NUMBERED,
]
# Values that are what the words mean, not the words.
MEANT = (
    *("heading:outcome", "sentence:outcome", "cover", "header:priority"),
    *("summary:sex", "summary:pronoun", "heading:form", "heading:body-part", "heading:side"),
    *("heading:quantity", "heading:refills", "heading:sessions"),
)
NOISE = ["\n", "\f", " ", "\t", "\u00a0", "\ufffe", "-\n", "Page 2 of 3\n", ":", ".", "(", "Upheld"]


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A letter, or two, with characters and lines dropped, doubled, moved or put in."""
    text = "\f".join(draw(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=2)))
    chance = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(0, 12))):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice((1, 3, 40, 400)))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[to:]
        elif kind == 1:
            text = text[:at] + chance.choice(NOISE) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at:to] * 2 + text[to:]
        elif kind == 3:
            text = text[:at] + text[at:to].replace(" ", "\n") + text[to:]
        else:
            text = text[:at] + text[at:to].replace("\n", "") + text[to:]
    return text


quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(mangled())
def test_the_sections_join_to_the_letter(printed: str) -> None:
    text = from_string(printed)
    for found in ([reading.read(text)], reading.read_all(text)):
        spans = [section.span for determination in found for section in determination.sections]
        assert "".join(text.text[span.start : span.end] for span in spans) == text.text
        assert all(span.start < span.end for span in spans) or not text.text


@quick
@given(mangled())
def test_every_value_stands_where_its_receipt_says(printed: str) -> None:
    text = from_string(printed)
    for determination in reading.read_all(text):
        for found in values(determination):
            assert 0 <= found.span.start <= found.span.end <= len(text.text)
            assert 1 <= found.page <= len(text.page_starts)
            assert text.page_starts[found.page - 1] <= found.span.start
            if isinstance(found, Found):
                assert stands(found, text), found


@quick
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_no_text_makes_the_reader_raise(printed: str) -> None:
    text = from_string(printed)
    for determination in reading.read_all(text):
        reading.as_json(determination, "any.txt")


def values(value: Any) -> Iterator[Found[Any] | Citation]:
    if isinstance(value, Found | Citation):
        yield value
    if isinstance(value, tuple):
        for part in value:
            yield from values(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from values(getattr(value, part.name))


def stands(found: Found[Any], text: LetterText) -> bool:
    """Whether the words at the span say the value, white space and hyphens aside."""
    printed = text.text[found.span.start : found.span.end]
    value = found.value
    if isinstance(value, date):
        return as_date(" ".join(re.sub(r"-\s+", "-", printed).split())) == value
    if found.rule in MEANT:
        return bool(plain(printed))  # the value is what these words mean
    return in_order(plain(str(value)), plain(printed))


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).lower())


def in_order(value: str, printed: str) -> bool:
    """Whether the value's letters stand in order; a page's own footing may stand between."""
    at = iter(printed)
    return all(letter in at for letter in value)
