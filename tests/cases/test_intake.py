"""Every file gets an answer; what is taken is stored once, under its hash."""

import io
import zipfile
from pathlib import Path

import pytest

from cases.intake import clean_name, receive
from cases.models import Letter
from tests.letters import letter

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def answers(data: bytes, name: str = "letter.txt") -> list[tuple[str, str]]:
    return [(a.verdict, a.sentence) for a in receive(io.BytesIO(data), name)]


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "verdict", "words"),
    [
        (letter(), "received", "waiting to be read"),
        (PDF, "received", "waiting to be read"),
        ("Müller, “quoted”".encode("cp1252") * 20, "received", "waiting"),
        (letter().decode().encode("utf-16"), "received", "waiting"),
        (b"", "refused", "empty"),
        (b" \n\n ", "refused", "neither a PDF nor text"),
        (b"\x7fELF" + bytes(range(256)) * 8, "refused", "neither a PDF nor text"),
        (PDF.replace(b"%%EOF", b""), "refused", "cut off"),
        (b"x" * (10 * 1024 * 1024 + 1), "refused", "larger than"),
        (b"PK\x03\x04 not a zip at all", "refused", "damaged"),
    ],
)
def test_judged_by_its_bytes(db: None, data: bytes, verdict: str, words: str) -> None:
    # The name lies on purpose: an executable named .pdf stays one.
    ((got, sentence),) = answers(data, "anything.pdf")
    assert got == verdict
    assert words in sentence
    assert Letter.objects.count() == (verdict == "received")


def test_the_same_bytes_again_are_here_already(db: None, letters_folder: Path) -> None:
    answers(letter(), "first.txt")
    (again,) = receive(io.BytesIO(letter()), "second.txt")
    assert again.verdict == "here"
    assert again.letter is not None
    assert again.letter.name == "first.txt"
    assert Letter.objects.count() == 1
    assert len([f for f in letters_folder.rglob("*") if f.is_file()]) == 1


def test_stored_privately_under_its_hash(db: None, letters_folder: Path) -> None:
    answers(letter())
    found = Letter.objects.get()
    path = Path(found.file.path)
    assert path == letters_folder / found.sha256[:2] / f"{found.sha256}.txt"
    assert path.read_bytes() == letter()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_zip_answers_for_each_file(db: None) -> None:
    data = zipped(
        {
            "one.txt": letter("CM17-9000001"),
            "folder/two.txt": letter("CM17-9000002"),
            "../../twin.txt": letter("CM17-9000001"),
            "empty.txt": b"",
            "nested.zip": zipped({"a.txt": b"x"}),
            "__MACOSX/._one.txt": b"clutter",
        }
    )
    found = {a.name: a.verdict for a in receive(io.BytesIO(data), "batch.zip")}
    assert found == {
        "one.txt": "received",
        "two.txt": "received",
        "twin.txt": "here",
        "empty.txt in batch.zip": "refused",
        "nested.zip in batch.zip": "refused",
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({"bomb.txt": b"a" * 5_000_000}), "far more"),
        (zipped({f"{n}.txt": b"x%d" % n for n in range(201)}), "at most 200"),
        (zipped({}), "no files"),
    ],
)
def test_a_zip_that_expands_too_far_is_refused(db: None, data: bytes, words: str) -> None:
    ((verdict, sentence),) = answers(data, "bomb.zip")
    assert verdict == "refused"
    assert words in sentence
    assert not Letter.objects.exists()


def test_one_damaged_entry_costs_only_itself(db: None) -> None:
    data = bytearray(zipped({"good.txt": letter(), "bad.txt": letter("CM17-9000009") * 3}))
    at = data.index(b"bad.txt") + len("bad.txt") + 20
    data[at : at + 8] = b"\x00" * 8
    assert sorted(verdict for verdict, _ in answers(bytes(data), "b.zip")) == [
        "received",
        "refused",
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\letters\\a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202egnp.pdf", "abgnp.pdf"),
        ("", "unnamed"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_lose_paths_and_tricks(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    assert len(clean_name(given)) <= 255
