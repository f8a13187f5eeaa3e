"""Letters by the folder: taken in once, answered for each, and every stored file checked."""

import csv
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import Batch, Letter
from tests.letters import letter

Take = Callable[..., Letter]
WEEK = 7 * 86400


def told(*args: object) -> str:
    out = io.StringIO()
    call_command(*map(str, args), stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three letters, one of them twice and one in a ZIP, and what is no letter."""
    found = tmp_path / "in"
    (found / "deep" / "er").mkdir(parents=True)
    (found / "one.txt").write_bytes(letter("CM17-9000001"))
    (found / "deep" / "er" / "two.txt").write_bytes(letter("CM17-9000002"))
    (found / "deep" / "twin.txt").write_bytes(letter("CM17-9000001"))
    with zipfile.ZipFile(found / "more.zip", "w") as archive:
        archive.writestr("three.txt", letter("CM17-9000003"))
    return found


def test_a_folder_is_taken_in_and_can_be_again(db: None, folder: Path) -> None:
    assert told("import_letters", folder) == "4 files: 3 received, 1 already here, 0 refused.\n"
    assert set(Letter.objects.values_list("batch__name", flat=True)) == {"in"}
    assert told("import_letters", folder) == "4 files: 0 received, 4 already here, 0 refused.\n"
    assert Batch.objects.count() == 1


def test_what_was_refused_is_told_and_listed(db: None, folder: Path, tmp_path: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "tool.exe").write_bytes(b"\x7fELF" + bytes(999))
    refused = tmp_path / "refused.csv"
    with pytest.raises(CommandError, match="2 were refused"):
        told("import_letters", folder, "--refused", refused)
    rows = list(csv.DictReader(refused.open()))
    assert [(row["File"], row["Code"]) for row in rows] == [
        ("empty.pdf", "empty"),
        ("tool.exe", "no-letter"),
    ]
    assert Letter.objects.count() == 3


def test_a_path_that_leads_nowhere_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is nothing at"):
        told("import_letters", tmp_path / "none")


def test_a_watched_folder_is_emptied(db: None, folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    told("consume_folder", folder, "--once", "--every", "0.01")
    assert Letter.objects.count() == 3
    taken = {path.name for path in (folder / "taken").iterdir()}
    assert taken == {"one.txt", "two.txt", "twin.txt", "more.zip"}
    assert {path.name for path in (folder / "refused").iterdir()} == {
        "empty.pdf",
        "empty.pdf.reason.txt",
    }
    assert "empty" in (folder / "refused" / "empty.pdf.reason.txt").read_text()


def test_a_file_that_still_grows_is_left_alone(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = tmp_path / "growing.txt"
    growing.write_bytes(letter()[:100])
    rounds = []

    def grow(_seconds: float) -> None:
        rounds.append(Letter.objects.count())
        if len(rounds) <= 3:
            growing.write_bytes(letter()[: 100 + 50 * len(rounds)])
        elif len(rounds) == 4:
            growing.write_bytes(letter())

    monkeypatch.setattr(time, "sleep", grow)
    told("consume_folder", tmp_path, "--once")
    assert rounds == [0] * len(rounds)
    assert Letter.objects.get().size == len(letter())


def test_files_that_are_as_they_came(take: Take) -> None:
    take(letter())
    assert told("verify_files") == "1 letters checked: every file is there and as it came.\n"


def test_missing_changed_and_orphaned_files_are_told(take: Take, letters_folder: Path) -> None:
    gone, changed = take(letter("CM17-9000001"), "gone.txt"), take(letter("CM17-9000002"), "c.txt")
    Path(gone.file.path).unlink()
    Path(changed.file.path).write_bytes(b"something else")
    old, young = letters_folder / "ab" / ("ab" * 32), letters_folder / "ab" / ("ac" * 32)
    old.parent.mkdir(exist_ok=True)
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - WEEK,) * 2)
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 letters checked: 1 missing, 1 changed, 1 orphan"):
        call_command("verify_files", stdout=out)
    assert "missing: gone.txt" in out.getvalue()
    assert "changed: c.txt" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_files", "--sweep-orphans", stdout=out)
    assert not old.exists()
    assert young.exists()  # its row may be on the way


def test_a_sweep_by_hand_tells_what_waits(take: Take) -> None:
    take(letter())
    assert told("sweep") == "0 taken back from lost readers, 0 rung for, 0 waiting.\n"
