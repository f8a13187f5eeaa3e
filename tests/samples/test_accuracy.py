"""The scorer finds every kind of planted error, and tells silent ones from flagged ones."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from samples.accuracy import __main__, files, record, table
from samples.accuracy.files import Invented, Printed
from samples.accuracy.questions import CORE, FIELDS, Cited, answers, cited_alike
from samples.accuracy.run import marked, marks_of
from samples.accuracy.scores import Mark, mark, score
from samples.dumps import STYLES

Json = dict[str, Any]
Change = Callable[[Json], object]

KNEE: Json = {
    "source": "MTUS",
    "guideline": "mtus-knee",
    "title": "Knee Complaints",
    "year": 2004,
    "sections": ["Initial Care"],
    "pages": "334-339, 341",
}
ODG: Json = {
    "source": "ODG",
    "guideline": "odg",
    "title": "Official Disability Guidelines",
    "year": 2016,
    "sections": ["Imaging"],
    "pages": None,
}


def item(service: str, outcome: str) -> Json:
    return {
        "service": service,
        "requested": f"2 of {service}",
        "authorized": f"1 of {service}",
        "disputed": f"1 more of {service}",
        "outcome": outcome,
        "category": "diagnostic",
        "administrator": {"basis": "outside", "citations": [ODG]},
        "expert": {"basis": "mtus", "citations": [KNEE]},
        "rationale": "Pain is rated 2/10. The request is not medically necessary.",
    }


LABELS: Json = {
    "file": "letter.pdf",
    "generation": "G5",
    "case_number": "CM16-9000001",
    "dates": dict.fromkeys(
        ("assigned", "injury", "decision", "ur_denial", "received"), "2016-01-02"
    ),
    "priority": "standard",
    "reviewer": {"licensed_in": ["Texas", "Utah"], "specialties": ["Pain Management"]},
    "worker": {"age": 57, "sex": "female"},
    "clinical_summary": "The injured worker is a 57 year old female.",
    "diagnoses": ["sciatica", "lumbago"],
    "outcome": "partially overturned",
    "items": [item("MRI of the left knee", "upheld"), item("X-ray, left knee", "overturned")],
}


def read(change: Change, flags: tuple[str, ...] = ()) -> Mark:
    """The mark of a reading that is right but for this change."""
    reading = deepcopy(LABELS) | {"flags": list(flags)}
    change(reading)
    return mark("a letter", LABELS, reading)


def cited(reading: Json, **change: Any) -> None:
    reading["items"][0]["expert"]["citations"][0].update(change)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda r: r.update(case_number="CM16-9000002"), {"case_number"}),
        (lambda r: r["dates"].update(injury=None), {"dates.injury"}),
        (lambda r: r.update(priority=None), {"priority"}),
        (lambda r: r["reviewer"].update(licensed_in=["Texas"]), {"reviewer.licensed_in"}),
        (lambda r: r["worker"].update(age=75), {"worker.age"}),
        (lambda r: r.update(clinical_summary="She is 57."), {"clinical_summary"}),
        (lambda r: r.update(diagnoses=["lumbago"]), {"diagnoses"}),
        (lambda r: r.update(outcome="upheld"), {"outcome"}),
        (lambda r: r["items"][1].update(outcome="upheld"), {"item.outcome"}),
        (lambda r: r["items"][0].update(service="MRI of the knee"), {"item.service"}),
        (lambda r: r["items"][0].update(disputed="MRI"), {"item.disputed"}),
        (lambda r: r["items"][0].update(rationale=None), {"item.rationale"}),
        (lambda r: r["items"][0].update(category="dme"), {"item.category"}),
        (lambda r: r["items"][0]["expert"].update(basis="none"), {"item.expert.basis"}),
        (lambda r: cited(r, pages="334-339"), {"item.expert.citations"}),
        (lambda r: cited(r, pages="334, 339, 341"), {"item.expert.citations"}),
        (lambda r: cited(r, year=2007), {"item.expert.citations"}),
        (lambda r: cited(r, guideline=None), {"item.expert.citations"}),
        (lambda r: cited(r, sections=["Surgery"]), {"item.expert.sections"}),
        (lambda r: r["items"].pop().clear(), {field for field in FIELDS if field[:4] == "item"}),
        (lambda r: r["items"].append(item("EMG", "upheld")), {"items.count"}),
        (dict.clear, set(FIELDS)),
    ],
)
def test_a_planted_error_is_found(change: Change, wrong: set[str]) -> None:
    found = read(change)
    assert {answer.field for answer in found.wrong} == wrong


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r["reviewer"]["licensed_in"].reverse(),
        lambda r: r["diagnoses"].reverse(),
        lambda r: r["items"][0].update(service="MRI  of the left-\nknee "),
        lambda r: cited(r, pages="334–339,341", title="ACOEM", sections=["initial care"]),
        lambda r: r["items"][0]["administrator"]["citations"][0].update(guideline="odg-knee"),
        lambda r: r["items"][0]["administrator"]["citations"][0].update(year=2015),
        lambda r: r.update(notices=["page-outside"], sections=[["header", 0, 9]]),
    ],
)
def test_what_does_not_count_is_right(change: Change) -> None:
    assert read(change).wrong == ()


def test_what_labels_leave_open_is_not_asked() -> None:
    labels = deepcopy(LABELS) | {"clinical_summary": None}
    labels["dates"]["injury"] = "?"
    labels["items"] = []
    asked = {answer.field for answer in answers(labels, LABELS)}
    left_open = {"dates.injury", "clinical_summary"}
    assert asked == {field for field in FIELDS if not field.startswith("item.")} - left_open


@pytest.mark.parametrize(
    ("flags", "change", "wholly_right", "silent", "needless"),
    [
        ((), lambda r: None, True, False, False),
        (("verdict-differs",), lambda r: None, True, False, True),
        ((), lambda r: r.update(outcome="upheld"), False, True, False),
        (("verdict-differs",), lambda r: r.update(outcome="upheld"), False, False, False),
        ((), lambda r: r.update(diagnoses=[]), True, False, False),  # soft: no fault
        (("diagnosis-unsure",), lambda r: r.update(diagnoses=[]), True, False, True),
    ],
)
def test_silent_and_needless(
    flags: tuple[str, ...], change: Change, wholly_right: bool, silent: bool, needless: bool
) -> None:
    found = read(change, flags)
    assert (found.wholly_right, found.silent, found.needless) == (wholly_right, silent, needless)


def cite(guideline: str, source: str = "ODG", pages: str = "") -> Cited:
    return Cited(source, guideline, 0, pages)


@pytest.mark.parametrize(
    ("wanted", "got", "alike"),
    [
        ([cite("odg"), cite("odg-knee")], [cite("odg-knee"), cite("odg")], True),
        ([cite("odg"), cite("odg-knee")], [cite("odg-knee"), cite("odg-pain")], True),
        ([cite("odg-knee")], [cite("odg")], False),
        ([cite("odg")], [cite("mtus-knee", "MTUS")], False),
        ([cite("odg-knee")], [cite("odg-knee"), cite("odg-knee")], False),
        ([cite("odg-knee"), cite("odg-knee")], [cite("odg-knee")], False),
    ],
)
def test_citations_alike(wanted: list[Cited], got: list[Cited], alike: bool) -> None:
    assert cited_alike(wanted, got) is alike


def test_letters_without_a_reading_and_readings_too_many() -> None:
    two = Printed(b"", (("first", LABELS), ("second", LABELS)))
    short, long = marked(two, [LABELS]), marked(two, [LABELS] * 4)
    assert [one.read for one in short] == [True, False]
    assert short[1].silent and {a.field for a in short[1].wrong} == set(FIELDS)
    assert (score(short).all.unread, score(long).all.extra) == (1, 2)


def test_a_score_adds_up_by_field_generation_and_flag() -> None:
    marks = [
        read(lambda r: None),
        read(lambda r: r["items"][1].update(outcome="upheld")),
        read(lambda r: None, ("verdict-differs",)),
    ]
    found = score(marks)
    assert found.fields["item.outcome"] == (5, 6)
    assert found.core[1] - found.core[0] == 1
    assert found.flags == {"verdict-differs": (1, 1)}
    assert table.kinds(found.generations["G5"]) == table.kinds(found.all)
    assert list(table.kinds(found.all).values()) == [3, 2, 1, 1, 1]
    assert "item.outcome" in CORE and "item.category" not in CORE


def test_a_share_is_rounded_down() -> None:
    assert table.share(99_999, 100_000) == "99.99 %"
    assert (table.share(3, 3), table.share(0, 0)) == ("100.00 %", "-")


def run(*changed: Change) -> record.Run:
    return record.run_of([read(change) for change in changed], "1", seed=7)


def test_changes_tell_gains_and_losses() -> None:
    right, wrong = run(lambda r: None), run(lambda r: r.update(priority=None))
    assert list(record.changes(right, right)) == []
    lost = "\n".join(record.changes(right, wrong))
    assert "priority: 1 / 1 = 100.00 % -> 0 / 1 = 0.00 %" in lost
    assert "all, silent: 0 -> 1" in lost and "G5, wholly right: 1 -> 0" in lost
    assert "lost: a letter: priority" in lost
    assert "gained: a letter: priority" in "\n".join(record.changes(wrong, right))
    others = list(record.changes(right, run(lambda r: None, lambda r: r.update(priority=None))))
    assert "of others" in others[0] and others[1:] == ["  priority: 100.00 % -> 50.00 %"]


def test_a_record_is_read_back_and_printed_between_its_markers(tmp_path: Path) -> None:
    kept, docs = tmp_path / "accuracy.json", tmp_path / "accuracy.md"
    docs.write_text("Before\n<!-- invented -->\nold\n<!-- end of invented -->\nAfter\n")
    made = run(lambda r: None, lambda r: r.update(priority=None))
    for _ in range(2):
        record.save(made, kept, docs)
    assert record.load_all(kept) == {"invented": made}
    text = docs.read_text()
    assert text.startswith("Before\n") and text.endswith("\nAfter\n") and "old" not in text
    assert text.count("| priority | 1 | 2 | 50.00 % |") == 1


def test_the_docs_print_the_recorded_runs() -> None:
    docs = record.DOCS.read_text(encoding="utf-8")
    recorded = record.load_all()
    assert recorded.keys() == {"invented", "labelled"}
    assert recorded["invented"].count >= 2000
    assert recorded["labelled"].wrong == ()  # other people's letters are not named
    for one in recorded.values():
        assert record.printed(docs, one) == docs


def test_the_files_hold_every_style_several_letters_and_the_count() -> None:
    made = list(files.invented(2000, 1))
    assert sorted(seed for one in made for seed in one.seeds) == list(range(1_000_000, 1_002_000))
    assert {one.style for one in made} == {"", *STYLES}
    assert {len(one.seeds) for one in made} == {1, 2, 3, 4}
    assert {bool(one.style) for one in made if len(one.seeds) > 1} == {True, False}
    assert any(one.cut for one in made) and made == list(files.invented(2000, 1))


@pytest.mark.parametrize(
    "file",
    [
        Invented((1_000_001,)),
        Invented((1_000_002,), "spaced", cut=True),
        Invented((1_000_003, 1_000_004)),
        Invented((1_000_003, 1_000_004), "solid"),
    ],
)
def test_an_invented_file_is_read_and_marked(file: Invented) -> None:
    found = marks_of(file)
    assert len({one.name for one in found}) == len(file.seeds)
    assert all(one.read and not one.extra and one.asked["items.count"] for one in found)


def test_labels_meet_their_letters_by_file_and_place(tmp_path: Path) -> None:
    letters, labels = tmp_path / "letters", tmp_path / "labels"
    letters.mkdir()
    labels.mkdir()
    for name in ("one.txt", "two.txt", "unlabelled.txt"):
        (letters / name).write_text("Nothing to read")
    places: dict[str, Json] = {
        "a": {"file": "two.txt", "place": 2},
        "b": {"file": "two.txt", "place": 1},
        "c": {"file": "one.txt"},
        "d": {"file": "gone.pdf"},
    }
    for name, told in places.items():
        (labels / f"{name}.json").write_text(json.dumps(LABELS | told))
    found = list(files.labelled([letters], labels))
    assert [(f.path and f.path.name, [p.stem for p in f.labels]) for f in found] == [
        ("two.txt", ["b", "a"]),
        ("one.txt", ["c"]),
        (None, ["d"]),
    ]
    assert [one.read for one in marks_of(found[2])] == [False]


def test_a_report_tells_the_table_and_the_first_differences() -> None:
    marks = [read(lambda r: r["items"][1].update(outcome="upheld"))] * 3
    printed = list(__main__.report(record.run_of(marks, "1", seed=7), marks, most=2))
    assert sum(line.startswith("- item.outcome: a letter item 2") for line in printed) == 2
    assert "    letter  overturned" in printed and "    reader  upheld" in printed
    assert "silent errors (something wrong, no flag): 3" in printed


@pytest.mark.parametrize("arguments", [["--folder", "."], ["--answers", "."], ["--count", "0"]])
def test_arguments_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        __main__.parsed(arguments)
