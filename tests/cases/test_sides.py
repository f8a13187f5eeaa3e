"""What both sides cite, side by side; and a case as plain text."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from cases.models import Case, Letter
from cases.plain import case_text
from reviews.models import Citation
from reviews.sides import in_common, side_by_side
from tests.letters import MTUS, item, letter

Take = Callable[..., Letter]
PAIN = "mtus-chronic-pain"


def cited(guideline: str = PAIN, pages: str = "", sections: str = "", year: int = 0) -> Citation:
    """One of the catalogue, or, with a title such as "ODG: Knee", one that it has no place for."""
    source, _colon, title = guideline.rpartition(": ")
    found = [section for section in sections.split("; ") if section]
    known = {} if source else {"guideline_id": guideline}
    numbers = [int(page) for page in pages.split()]
    return Citation(
        source=source, title=title, pages=numbers, sections=found, year=year or None, **known
    )


ONLY_A, ONLY_E = "only the claims administrator", "only the expert"
TABLE = [
    ([], [], [], ""),
    ([cited()], [], [(1, 0, ONLY_A)], ""),
    ([], [cited(), cited()], [(0, 2, ONLY_E)], ""),
    ([cited()], [cited()], [(1, 1, "both")], "the same guideline, at the same places"),
    ([cited(pages="1 2")], [cited(pages="2 1")], [(1, 1, "both, the same pages")], "same places"),
    ([cited(pages="1 2")], [cited(pages="2 3")], [(1, 1, "both, some pages the same")], "same"),
    ([cited(pages="1")], [cited(pages="3")], [(1, 1, "both, other pages")], "the same guideline."),
    # The pages of several citations count together.
    (
        [cited(pages="1 2")],
        [cited(pages="1"), cited(pages="2")],
        [(1, 2, "both, the same pages")],
        "same places",
    ),
    # Sections are asked only where pages do not tell.
    (
        [cited(pages="1", sections="Opioids")],
        [cited(sections="opioids.")],
        [(1, 1, "both, the same sections")],
        "same places",
    ),
    (
        [cited(sections="Opioids; NSAIDs")],
        [cited(sections="NSAIDs; Massage")],
        [(1, 1, "both, some sections the same")],
        "same guideline.",
    ),
    ([cited(sections="A")], [cited(sections="B")], [(1, 1, "both, other sections")], "same"),
    (
        [cited(pages="1")],
        [cited(sections="A")],
        [(1, 1, "both, but only the claims administrator tells where in it")],
        "the same guideline.",
    ),
    (
        [cited()],
        [cited(sections="A")],
        [(1, 1, "both, but only the expert tells where in it")],
        "the same guideline.",
    ),
    (
        [cited(pages="1", year=2009)],
        [cited(pages="1", year=2016)],
        [(1, 1, "both, the same pages, another edition")],
        "the same guideline.",
    ),
    ([cited(year=2009)], [cited()], [(1, 1, "both")], "same places"),  # one tells no edition
    # What both cite comes first.
    (
        [cited("mtus-knee"), cited(pages="9")],
        [cited("odg-pain"), cited(pages="9")],
        [(1, 1, "both, the same pages"), (1, 0, ONLY_A), (0, 1, ONLY_E)],
        "1 of 3 guidelines in common",
    ),
    ([cited("mtus-knee")], [cited()], [(1, 0, ONLY_A), (0, 1, ONLY_E)], "no guideline in common"),
    # A title that the catalogue has no place for is compared as printed, and never across sources.
    ([cited("ODG: Knee & Leg")], [cited("ODG: knee, leg")], [(1, 1, "both")], "same places"),
    (
        [cited("ODG: Knee")],
        [cited("other: Knee")],
        [(1, 0, ONLY_A), (0, 1, ONLY_E)],
        "no guideline in common",
    ),
]


@pytest.mark.parametrize(("administrator", "expert", "rows", "sentence"), TABLE)
def test_side_by_side(
    administrator: list[Citation],
    expert: list[Citation],
    rows: list[tuple[int, int, str]],
    sentence: str,
) -> None:
    found = side_by_side(administrator, expert)
    assert [(len(row.administrator), len(row.expert), row.sentence) for row in found] == rows
    said = in_common(found)
    assert sentence in said
    assert bool(said) == bool(sentence)


OTHER = "Decision based on MTUS Low Back Complaints 2004, Section(s): Surgical Considerations."
NONE = "The Claims Administrator did not cite any medical evidence for its decision."
LETTER = letter(
    items=(
        item("Norco 10/325mg #60", "Upheld", MTUS, OTHER),
        item("MRI of the <left> knee", "Overturned", NONE, MTUS),
    )
)


def test_the_page_shows_what_they_share(viewer: Client, take: Take) -> None:
    take(LETTER)
    page = viewer.get(Case.objects.get().get_absolute_url()).content.decode()
    assert "both, other sections" in page
    assert "Both sides cite the same guideline." in page
    assert "only the expert" in page


TEXT = """IMR case CM17-9000001
Decision date: 2017-02-01
Date of injury: 2016-03-04
Outcome: Partially overturned: some items are necessary, for others the denial stands

1. Norco 10/325mg #60
   Outcome: Upheld, the denial stands
   Claims administrator: MTUS Low Back (2004): Physical Methods
   Expert reviewer: MTUS Low Back (2004): Surgical Considerations

2. MRI of the <left> knee
   Outcome: Overturned, the treatment is necessary
   Claims administrator: cites no guideline
   Expert reviewer: MTUS Low Back (2004): Physical Methods
"""


def test_a_case_as_plain_text(viewer: Client, client: Client, take: Take) -> None:
    take(LETTER)
    case = Case.objects.get()
    case.review.flags = []
    assert case_text(case) == TEXT
    case.review.flags = [{"sentence": "Item 1 is odd."}] * 2
    assert case_text(case).endswith("\n\nTo check in the letter:\n- Item 1 is odd.\n")
    answer = viewer.get(f"{case.get_absolute_url()}summary.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith(TEXT.rstrip())
    copied = viewer.get(case.get_absolute_url()).content.decode()
    assert f'data-copy="{escape(answer.content.decode())}"' in copied
    assert client.get(f"{case.get_absolute_url()}summary.txt").status_code == 302
