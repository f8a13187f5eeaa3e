"""The letters the project writes itself: repeatable, complete, and with answers that hold."""

import json
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from samples.dumps import STYLES
from samples.facts import GENERATIONS
from samples.letter import bundle
from samples.writer import Letter, invent, write_letters

HERE = Path(__file__).parents[2] / "samples"
KEYS = {
    "file",
    "case_number",
    "dates",
    "priority",
    "reviewer",
    "worker",
    "clinical_summary",
    "diagnoses",
    "items",
    "outcome",
}
# What real letters have been seen to do, and what is known of them without having been seen.
TRAPS = {
    "ACOEM outside",
    "Non-MTUS",
    "age: dash",
    "age: dash-less now",
    "age: space",
    "argues one way",
    "bare number as a section",
    "colon in a heading",
    "commas in a name",
    "cover letter",
    "credentials missing",
    "cut down, all decided",
    "cut down, the rest decided",
    "date in a heading",
    "denied in the summary",
    "footer within a paragraph",
    "full stop in a heading",
    "glued words",
    "injury dates differ",
    "long heading",
    "no evidence cited",
    "no injury date in the summary",
    "no verdict sentence",
    "numbered opioid sections",
    "outcome on its own line",
    "outside of the MTUS",
    "overturned only",
    "page outside the guideline",
    "pages",
    "part of the header missing",
    "partial overturn",
    "range of regulations",
    "several ODG chapters",
    "several guidelines",
    "summary missing",
    "tapering notice",
    "verdict contradicts the heading",
    "web address",
    "which is (not) part of the MTUS",
    "worker called applicant",
    "worker called claimant",
    "worker called injured worker",
    "worker called patient",
    "years that are no age",
}


def plain(text: str) -> str:
    """Letters and digits alone: what is left of a text whatever an extractor did to it."""
    return "".join(c for c in text.lower() if c.isalnum())


def printed(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    return [invent(seed) for seed in range(300)]


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        write_letters(out, 12, seed=3, kind="both")
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert len(files) == 24
    for name in files:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_letters_and_answers_share_their_stems(tmp_path: Path) -> None:
    write_letters(tmp_path, 10, seed=1, kind="text")
    answered = {path.stem for path in (tmp_path / "gold").iterdir()}
    assert answered == {path.stem for path in (tmp_path / "letters").iterdir()}


def test_a_pdf_opens_with_no_password_and_prints_each_service(letters: list[Letter]) -> None:
    for letter in letters[:25]:
        data = letter.pdf(sealed=True)
        reader = PdfReader(BytesIO(data))
        assert reader.is_encrypted and len(reader.pages) > 0
        text = plain(printed(data))
        for item in letter.answers["items"]:
            assert plain(item["service"]) in text


@pytest.mark.parametrize("style", STYLES)
def test_every_dump_holds_the_whole_letter(letters: list[Letter], style: str) -> None:
    for letter in letters[:60]:
        if letter.traps & {"footer within a paragraph", "summary missing"}:
            continue
        text, answers = plain(letter.dump(style)), letter.answers
        assert plain(answers["clinical_summary"]) in text
        for item in answers["items"]:
            assert plain(item["service"]) in text
            assert plain(letter.facts.case_number) in text


@pytest.mark.parametrize("style", STYLES)
def test_a_cut_dump_begins_after_the_header(letters: list[Letter], style: str) -> None:
    letter = next(letter for letter in letters if "cover letter" in letter.traps)
    text = letter.dump(style, cut=True)
    assert " ".join(text.split()).startswith("HOW THE IMR FINAL DETERMINATION WAS MADE")
    assert letter.facts.case_number not in text


def test_answers_have_the_shape_of_a_reading(letters: list[Letter]) -> None:
    for letter in letters:
        answers = letter.answers
        assert answers.keys() >= KEYS
        assert answers["outcome"] in ("upheld", "overturned", "partially overturned")
        for item in answers["items"]:
            assert item["outcome"] in ("upheld", "overturned")
            assert not item["service"].endswith((":", " is"))
            assert (item["requested"] is None) == (item["disputed"] is None)
            for side in ("administrator", "expert"):
                sources = {cited["source"] for cited in item[side]["citations"]}
                assert sources <= {"MTUS", "ODG", "ACOEM", "other"}
                basis = "none" if not sources else "mtus" if "MTUS" in sources else "outside"
                assert item[side]["basis"] == basis


def test_cited_pages_stand_in_the_letter(letters: list[Letter]) -> None:
    for letter in letters:
        for item in letter.facts.items:
            for side in (item.administrator, item.expert):
                assert all(cited.pages in side.text for cited in side.citations if cited.pages)


def test_three_hundred_letters_hold_every_generation_and_every_trap(letters: list[Letter]) -> None:
    assert {letter.facts.generation for letter in letters} == set(GENERATIONS)
    found = set[str]().union(*(letter.traps | letter.facts.oddities for letter in letters))
    assert found >= TRAPS, TRAPS - found
    outcomes = {letter.facts.outcome for letter in letters}
    assert outcomes == {"upheld", "overturned", "partially overturned"}
    categories = {item["category"] for letter in letters for item in letter.answers["items"]}
    assert len(categories) == 12


def test_several_letters_in_one_pdf(letters: list[Letter]) -> None:
    text = plain(printed(bundle(letters[:3])))
    assert all(plain(letter.name) in text for letter in letters[:3])


def test_about_nine_in_ten_are_upheld(letters: list[Letter]) -> None:
    outcomes = [item.outcome for letter in letters for item in letter.facts.items]
    assert 0.85 < outcomes.count("upheld") / len(outcomes) < 0.93


def test_case_numbers_are_invented_and_never_twice(letters: list[Letter]) -> None:
    names = [letter.name for letter in letters]
    assert len(set(names)) == len(names)
    assert all(name[4:6] == "-9" and len(name) == 12 for name in names)


def test_the_committed_letters_have_answers_and_stay_small() -> None:
    files = sorted((HERE / "letters").iterdir())
    assert 12 <= len(files) <= 20
    assert sum(path.stat().st_size for path in files) < 600_000
    for path in files:
        answers = json.loads((HERE / "answers" / f"{path.stem}.json").read_text(encoding="utf-8"))
        assert answers["file"] == path.name
        data = path.read_bytes()
        text = plain(printed(data) if path.suffix == ".pdf" else data.decode())
        for item in answers["items"]:
            assert plain(item["service"]) in text
