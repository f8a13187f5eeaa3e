"""Where words of a scan stand on the page as it is drawn, however the sheet lay."""

import io
import json
from collections.abc import Callable

import pypdfium2
import pytest
from django.test import Client
from PIL import Image, ImageDraw

from cases.drawing import boxes
from cases.intake import receive
from cases.models import Case, Letter
from cases.places import places_of
from cases.reader import read_letter
from reviews.models import Transcript
from reviews.reading.ocr import _upright
from reviews.reading.scan import letter_text
from reviews.reading.sheets import boxes as sheet_boxes
from reviews.reading.sheets import on_page, packed, unpacked
from reviews.reading.types import Posture, Sheet
from samples.writer import Letter as Invented
from samples.writer import invent
from tests.ocr.scans import scan, scan_in_part
from tests.ocr.test_slips import FLAT, Page, line

Rectangle = tuple[float, float, float, float]
CLEAR = invent(300)


@pytest.mark.parametrize("tilt", [0.0, 1.7, -2.5])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_place_is_turned_back_as_the_page_was_turned_upright(quarters: int, tilt: float) -> None:
    page = Image.new("L", (850, 1100), 255)
    drawn = (500, 250, 620, 280)
    ImageDraw.Draw(page).rectangle(drawn, fill=0)
    upright = _upright(page, quarters, tilt)
    found = upright.point(lambda level: 255 * (level < 128)).getbbox()
    assert found
    left, top, right, bottom = found
    posture = Posture(quarters, tilt, upright.width, upright.height)
    low, high = upright.height - bottom, upright.height - top
    x, y, across, down = on_page(posture, left, low, right, high)
    middle = ((x + across / 2) * 850, (y + down / 2) * 1100)
    assert middle == pytest.approx(((500 + 621) / 2, (250 + 281) / 2), abs=1.5)
    if not tilt:
        assert (across * 850, down * 1100) == pytest.approx((121, 31), abs=1)


def sheet(posture: Posture = FLAT) -> tuple[str, Sheet]:
    words = (line("One", "two", "three"), line("Up", "held", foot=680))
    text = letter_text([Page(words, 1, posture)])
    assert text.text == "One two three\nUpheld\n"
    (found,) = text.sheets
    assert found
    return text.text, found


def lefts(found: list[Rectangle]) -> list[tuple[int, int]]:
    """Left and right in points of the page's width."""
    return [(round(612 * x), round(612 * (x + across))) for x, _y, across, _down in found]


def test_words_of_a_line_have_one_box_and_are_marked_whole() -> None:
    text, found = sheet()
    assert lefts(sheet_boxes(found, text, 0, 3)) == [(72, 108)]
    assert lefts(sheet_boxes(found, text, 5, 9)) == [(112, 188)]  # "wo t"
    assert lefts(sheet_boxes(found, text, 3, 4)) == []  # the space between
    # A line whose words mending made fewer has a box as a whole.
    assert lefts(sheet_boxes(found, text, 8, 18)) == [(152, 188), (72, 148)]
    assert sheet_boxes(found, text, 40, 50) == []


def test_words_of_a_line_askew_have_a_box_each() -> None:
    text, found = sheet(Posture(0, 1.5, 612, 792))
    assert len(sheet_boxes(found, text, 0, 7)) == 2


def test_a_sheet_is_packed_to_tenths_of_points() -> None:
    _text, found = sheet(Posture(3, -1.25, 612.04, 792))
    short = json.loads(json.dumps(packed(found)))
    assert short["posture"] == [3, -1.25, 6120, 7920]
    assert packed(unpacked(short)) == short
    assert unpacked(short).lines[0].words == found.lines[0].words


def read(data: bytes) -> Case:
    (answer,) = receive(io.BytesIO(data), "scan.pdf")
    assert answer.letter
    read_letter(answer.letter.pk)
    read_letter(answer.letter.pk, scan=True)
    return Case.objects.get()


def printed_under(invented: Invented, page: int, turn: int, box: Rectangle) -> str:
    """What the letter prints where the box lies on its scan, turned to the left by `turn`."""
    x, y, across, down = box
    for _ in range(turn // 90):  # to the right again
        x, y, across, down = 1 - y - down, x, down, across
    with pypdfium2.PdfDocument(invented.pdf()) as document:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        top, bottom = height * (1 - y), height * (1 - y - down)
        return str(
            sheet.get_textpage().get_text_bounded(x * width, bottom, (x + across) * width, top)
        )


def bare(words: str) -> str:
    return "".join(filter(str.isalnum, words))


@pytest.mark.processes
@pytest.mark.parametrize(
    ("data", "turns"),
    [
        (scan(CLEAR, noise=10), (0, 0, 0, 0)),
        (scan(CLEAR, noise=10, turns=(90, 270, 180, 90)), (90, 270, 180, 90)),
        (scan_in_part(CLEAR, [1]), (0, 0, 0, 0)),
        (scan_in_part(CLEAR, [2]), (0, 0, 0, 0)),
    ],
    ids=["upright", "turned", "first page", "second page"],
)
def test_values_of_a_scan_stand_where_they_are_printed(
    db: None, data: bytes, turns: tuple[int, ...]
) -> None:
    case = read(data)
    review = case.review
    letter, transcript = review.reading.letter, review.transcript
    places = [place for place in places_of(review) if not place.long]
    assert len(places) > 8
    for place in places:
        under = ""
        for box in boxes(letter, transcript, place.start, place.end):
            turn = turns[box["page"] - 1]
            sides = (box["left"], box["top"], box["width"], box["height"])
            under += printed_under(CLEAR, box["page"], turn, sides)
        # Words are marked whole: behind a date may stand a comma.
        assert bare(transcript.text[place.start : place.end]) in bare(under), place.key
    size = len(json.dumps(transcript.sheets))
    assert size < 8_000 * len(transcript.page_starts)


@pytest.mark.processes
def test_an_old_scan_says_that_nothing_can_be_marked(db: None, viewer: Client) -> None:
    case = read(scan(CLEAR))
    address = case.get_absolute_url()
    page = viewer.get(address).content.decode()
    assert "% sure" in page
    assert "until it is read again" not in page
    values = viewer.get(f"{address}values-1.json").json()["boxes"]
    assert {"decision_date", "case_number"} & {box["value"] for box in values}
    Transcript.objects.update(sheets=None)
    assert "until it is read again" in viewer.get(address).content.decode()
    assert viewer.get(f"{address}values-1.json").json() == {"boxes": []}
    assert viewer.get(f"{address}boxes.json?start=0&end=9").json() == {"boxes": []}


def test_a_letter_with_text_keeps_no_sheets(db: None, take: Callable[..., Letter]) -> None:
    take(invent(11, generation="G4").pdf(), "text.pdf")
    assert Transcript.objects.get().sheets is None
