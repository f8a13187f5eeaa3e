"""Folders, ZIPs and watch folders; and stored files held against what is known of them."""

import csv
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from cases.consuming import WatchFolder
from cases.models import Batch, Letter
from cases.progress import Progress, clock
from tests.letters import letter


def run(name: str, *arguments: object, code: int = 0) -> str:
    """What the command says; it must end with this code."""
    out = io.StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=out)
        ended = 0
    except SystemExit as end:
        ended = int(end.code or 0)
    assert ended == code
    return out.getvalue()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two letters, one of them twice, a ZIP of two more, and two files that are no letters."""
    place = tmp_path / "in"
    (place / "deeper").mkdir(parents=True)
    (place / "one.txt").write_bytes(letter("CM17-9000001"))
    (place / "deeper" / "two.txt").write_bytes(letter("CM17-9000002"))
    (place / "deeper" / "again.txt").write_bytes(letter("CM17-9000001"))
    (place / "deeper" / ".hidden.txt").write_bytes(letter("CM17-9000009"))
    (place / "tool.pdf").write_bytes(b"\x7fELF" + bytes(2000))
    with zipfile.ZipFile(place / "more.zip", "w") as archive:
        archive.writestr("three.txt", letter("CM17-9000003"))
        archive.writestr("four.txt", letter("CM17-9000004"))
        archive.writestr("empty.txt", b"")
    (place / "link.txt").symlink_to("/etc/passwd")
    return place


def test_a_folder_is_imported_and_what_is_refused_is_listed(
    db: None, folder: Path, tmp_path: Path
) -> None:
    said = run("import_letters", folder, "--refused", tmp_path / "refused.csv", code=1)
    assert "5 files: 4 received, 1 were here already, 2 refused." in said
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig") as file:
        rows = [(row["Path"], row["File"], row["Code"]) for row in csv.DictReader(file)]
    assert rows == [
        (str(folder / "more.zip"), "empty.txt in more.zip", "empty"),
        (str(folder / "tool.pdf"), "tool.pdf", "no-letter"),
    ]
    assert Batch.objects.get().letters.count() == 4
    assert Batch.objects.get().name == "in"


def test_an_import_is_run_again_without_harm(db: None, folder: Path) -> None:
    run("import_letters", folder / "deeper")
    run("import_letters", folder, code=1)
    said = run("import_letters", folder / "deeper", folder / "one.txt")
    assert "3 files: 0 received, 3 were here already, 0 refused." in said
    assert Letter.objects.count() == 4
    assert Batch.objects.count() == 2  # the third brought nothing


def test_an_import_of_nothing_is_said(db: None, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(CommandError) as told:
            call_command("import_letters", str(path))
        assert told.value.returncode == 2


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    return place


def test_a_file_is_taken_when_it_stands_still(db: None, inbox: Path) -> None:
    watched, path = WatchFolder(inbox), inbox / "scan.txt"
    path.write_bytes(letter()[:300])
    assert not watched.look().verdicts  # seen for the first time
    path.write_bytes(letter())
    assert not watched.look().verdicts  # still growing
    assert watched.look().verdicts == {"received": 1}
    assert names_in(inbox) == ["taken"]
    assert (inbox / "taken" / "scan.txt").read_bytes() == letter()
    assert not watched.look().verdicts
    assert Letter.objects.get().size == len(letter())


def test_a_refused_file_is_put_aside_with_the_reason(db: None, inbox: Path) -> None:
    watched = WatchFolder(inbox)
    for _ in range(2):
        (inbox / "tool.pdf").write_bytes(b"\x7fELF" + bytes(2000))
        watched.look()
        assert watched.look().codes == {"no-letter": 1}
        watched.look()
    assert names_in(inbox) == ["refused"]
    assert names_in(inbox / "refused") == [
        "tool-2.pdf",
        "tool-2.pdf.why.txt",
        "tool.pdf",
        "tool.pdf.why.txt",
    ]
    assert "neither a PDF nor text" in (inbox / "refused" / "tool.pdf.why.txt").read_text()


def test_a_file_that_cannot_be_stored_waits_in_the_folder(
    db: None, inbox: Path, letters_folder: Path
) -> None:
    letters_folder.parent.joinpath("letters").write_text("a file where the folder should be")
    (inbox / "one.txt").write_bytes(letter())
    watched = WatchFolder(inbox)
    watched.look()
    assert watched.look().codes == {"not-stored": 1}
    letters_folder.unlink()
    assert watched.look().verdicts == {"received": 1}
    assert names_in(inbox) == ["taken"]


def test_files_are_verified(db: None, folder: Path, letters_folder: Path) -> None:
    run("import_letters", folder, code=1)
    assert "4 letters: 0 missing, 0 changed, 0 orphan; 0 orphans deleted." in run("verify_files")
    missing, changed = Letter.objects.order_by("pk")[:2]
    (letters_folder / str(missing.file)).unlink()
    (letters_folder / str(changed.file)).write_bytes(b"something else")
    said = run("verify_files", code=1)
    assert f"letter {missing.pk}: its file {missing.file} is missing" in said
    assert f"letter {changed.pk}: its file {changed.file} is not what arrived" in said


def test_orphans_are_swept_when_they_are_a_day_old(
    db: None, folder: Path, letters_folder: Path
) -> None:
    run("import_letters", folder / "one.txt")
    shelf = letters_folder / "ab"
    shelf.mkdir()
    names = [f"{'ab' * 32}.pdf", ".arriving-x1", "fresh.pdf"]
    for name in names:
        (shelf / name).write_bytes(b"nobody's")
    for name in names[:2]:
        os.utime(shelf / name, (1, 1))
    os.utime(Letter.objects.get().file.path, (1, 1))
    assert "2 orphan; 0 orphans deleted" in run("verify_files")
    assert "2 orphan; 2 orphans deleted" in run("verify_files", "--sweep-orphans")
    assert names_in(shelf) == ["fresh.pdf"]
    assert Path(Letter.objects.get().file.path).exists()


def test_the_sweep_tells_the_oldest(db: None, folder: Path) -> None:
    assert "No letter waits." in run("sweep")
    run("import_letters", folder / "one.txt")
    assert f"1 wait; the oldest, letter {Letter.objects.get().pk}, for 0:00:0" in run("sweep")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_and_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for out, expected in ((Terminal(), "\r[###"), (io.StringIO(), "5 of 10 files, 1/s, 0:05 left")):
        now = iter(range(1000, 1100, 1))
        monkeypatch.setattr("cases.progress.time.monotonic", lambda now=now: float(next(now)))
        monkeypatch.setattr("cases.progress.LINE_SECONDS", 5.0)
        progress = Progress(out, 10, "files")
        for _ in range(5):
            progress.advance()
        assert expected in out.getvalue()
    assert [clock(each) for each in (5, 65, 3723)] == ["0:05", "1:05", "1:02:03"]


def test_the_folder_of_stored_letters_is_not_consumed(settings: Settings, inbox: Path) -> None:
    settings.LETTERS_DIR = inbox / "letters"
    with pytest.raises(CommandError, match="stored letters"):
        call_command("consume_folder", str(inbox))
