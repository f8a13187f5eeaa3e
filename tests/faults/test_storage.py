"""A disk that fills up, and files that go missing."""

import errno
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.storage import storages

from cases.intake import Answer, receive
from cases.models import Letter
from cases.storage import LetterStorage
from tests.faults.proof import assert_nothing_left, assert_sound, wait_until_ended
from tests.letters import letter
from tests.workers import working

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

ROOM = 64 * 1024


@pytest.fixture
def small_disk(letters_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A tmpfs where this machine allows one, else a storage that breaks off in the same way."""
    letters_folder.mkdir(mode=0o700)
    options = ["-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(letters_folder)]
    mount = shutil.which("mount")
    if mount and subprocess.run([mount, *options], capture_output=True).returncode == 0:
        yield letters_folder
        subprocess.run(["umount", "--lazy", str(letters_folder)], check=True)
        return
    save = LetterStorage._save

    def save_while_there_is_room(self: LetterStorage, name: str, content: File) -> str:
        taken = sum(path.stat().st_size for path in letters_folder.rglob("*") if path.is_file())
        if taken + content.size > ROOM:
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(self, name, content)

    monkeypatch.setattr(LetterStorage, "_save", save_while_there_is_room)
    yield letters_folder


def take_in(number: int) -> Answer:
    name = f"CM17-{9_200_000 + number}"
    (answer,) = receive(io.BytesIO(letter(name, summary="word " * 800)), f"{name}.txt")
    return answer


def test_the_disk_fills_up_and_is_given_room_again(small_disk: Path, broker: object) -> None:
    answers = [take_in(number) for number in range(30)]
    refused = [answer for answer in answers if answer.verdict == "refused"]
    taken = len(answers) - len(refused)
    assert 0 < taken < 30
    assert {answer.code for answer in refused} == {"not-stored"}
    assert Letter.objects.count() == taken
    assert_sound()  # no half of a file is left, and no row without its file
    with working() as worker:
        wait_until_ended()
        assert Letter.objects.filter(state="read").count() == taken
        for path in list(small_disk.rglob("*.txt"))[: taken // 2]:
            path.unlink()
        again = [take_in(number) for number in range(taken, taken + 3)]
        assert {answer.verdict for answer in again} == {"received"}
        wait_until_ended()
        assert Letter.objects.filter(state="read").count() == taken + 3
        assert_nothing_left(worker)


def test_a_file_that_is_gone_is_said_and_the_others_are_read(broker: object) -> None:
    lost, changed, kept = (take_in(number).letter for number in range(3))
    folder = Path(storages["letters"].location)
    (folder / str(lost.file)).unlink()
    (folder / str(changed.file)).write_bytes(letter("CM17-9999999"))
    with working(ATTEMPTS_MAX="1") as worker:
        wait_until_ended()
        found = dict(Letter.objects.values_list("pk", "code"))
        assert found == {lost.pk: "storage", changed.pk: "storage", kept.pk: ""}
        assert_nothing_left(worker)
