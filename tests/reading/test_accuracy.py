"""The count of right answers: what is alike, what is silent, what is lost."""

import json
from pathlib import Path

import pytest

from reviews import reading
from reviews.reading import accuracy, bench
from reviews.reading.text import from_string
from tests.reading.invented import Letter

ODG = ("ODG", "odg", 0, "")
PAIN = ("ODG", "odg-pain", 0, "")
KNEE = ("MTUS", "mtus-knee", 2004, "")


@pytest.mark.parametrize(
    ("want", "got", "alike"),
    [
        ("a", "a", True),
        ("a", None, False),
        (["a", "b"], ["a", "b"], True),
        ([KNEE, ODG], [KNEE, PAIN], True),  # the label leaves ODG's chapter open
        ([KNEE, PAIN], [KNEE, ODG], False),
        ([KNEE], [KNEE, KNEE], False),
        ([ODG], [], False),
        ([], [ODG], False),
    ],
)
def test_what_is_alike(want: object, got: object, alike: bool) -> None:
    assert accuracy.same(want, got) is alike


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    letters, labels = tmp_path / "letters", tmp_path / "labels"
    letters.mkdir()
    labels.mkdir()
    printed = Letter().printed()
    for name in ("right", "wrong"):
        (letters / f"{name}.txt").write_text(printed)
        label = reading.as_json(reading.read(from_string(printed)), f"{name}.txt")
        if name == "wrong":
            label["worker"]["age"] = 45
            label["priority"] = "?"  # not asked
        (labels / f"{name}.json").write_text(json.dumps(label))
    return letters, labels


def test_a_silent_error_is_counted(folders: tuple[Path, Path]) -> None:
    score = accuracy.measure(*folders)
    assert (score.letters, score.whole, score.silent) == (2, 1, ["wrong"])
    assert (score.right["worker.age"], score.asked["worker.age"]) == (1, 2)
    assert score.asked["priority"] == 1


def test_gains_and_losses(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(["right: outcome"]))
    assert accuracy.main([*map(str, folders), "--record", str(record)]) == 0
    out = capsys.readouterr().out
    assert "1 gained, 1 lost" in out and "lost wrong: worker.age" in out
    assert json.loads(record.read_text()) == ["wrong: worker.age"]


def test_the_bench_prints_letters_a_second(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main([str(folders[0])]) == 0
    assert "reader: text to determination" in capsys.readouterr().out
    assert bench.main([str(tmp_path / "labels" / "none")]) == 1
