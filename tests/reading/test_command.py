"""`manage.py read_letter`: readings without storing, and what it says of files it cannot read."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.reading.invented import Letter


def run(*arguments: str) -> tuple[str, str, bool]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("read_letter", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", True
    return out.getvalue(), err.getvalue(), False


@pytest.fixture
def letter(tmp_path: Path) -> str:
    path = tmp_path / "letter.txt"
    path.write_text(Letter().printed())
    return str(path)


def test_json_is_one_object_a_letter(letter: str) -> None:
    out, _, failed = run("--json", letter, letter)
    first, second = map(json.loads, out.splitlines())
    assert first == second and not failed
    assert first["file"] == "letter.txt"
    assert first["case_number"] == "CM15-0900001"
    assert first["dates"]["injury"] == "2012-05-06"
    assert first["worker"] == {"age": 44, "sex": "female"}
    assert first["diagnoses"] == ["left knee strain", "right wrist sprain"]
    (item,) = first["items"]
    assert item["outcome"] == "upheld" and item["requested"] is None
    assert item["expert"]["basis"] == "mtus"
    assert item["expert"]["citations"][0]["sections"] == ["Special Studies"]
    assert first["flags"] == [] and first["notices"] == []
    assert first["receipts"]["age"]["rule"] == "summary:age"


def test_people_get_a_summary(letter: str) -> None:
    out, _, _ = run(letter)
    assert "CM15-0900001, 2015-04-01, upheld (44, female)" in out
    assert "1. MRI of the left knee: upheld [diagnostic]" in out


def test_a_bad_file_is_told_and_the_others_are_read(letter: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 no more")
    out, err, failed = run("--json", str(broken), str(tmp_path / "absent.txt"), letter)
    assert len(out.splitlines()) == 1 and failed
    assert "broken.pdf: damaged" in err and "absent.txt: No such file" in err
    assert "2 of 3 files could not be read" in err
