"""What somebody brings in at once: one batch, in however many requests it comes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models.functions import Now

from cases.intake import Answer, clean_name, receive_all
from cases.models import Batch

LONGEST = timedelta(days=1)  # a batch older than this takes no more letters


@dataclass(frozen=True)
class Upload:
    """An answer for every file, and the batch of those received; none where none was."""

    answers: list[Answer]
    batch: Batch | None

    @property
    def received(self) -> int:
        return sum(answer.verdict == "received" for answer in self.answers)


def upload(
    files: list[UploadedFile], user_id: int | None, batch: int | None = None, of: int = 0
) -> Upload:
    """Take these files in. `batch` is the key of the one that they go on with, if it is the
    user's own and young; `of` is how many files it will have when all requests have come.
    """
    found = _open_batch(batch, user_id)
    home = found or Batch.objects.create(name=batch_name(files, of), made_by_id=user_id)
    named: Any = [(file, file.name) for file in files]  # an uploaded file reads like any other
    answers = list(receive_all(named, user_id, home))
    upload = Upload(answers, home)
    if found or upload.received:
        return upload
    home.delete()
    return Upload(answers, None)


def _open_batch(key: int | None, user_id: int | None) -> Batch | None:
    mine = Batch.objects.filter(made_by_id=user_id, made_at__gt=Now() - LONGEST)
    return mine.filter(pk=key).first() if key else None


def batch_name(files: list[UploadedFile], of: int = 0) -> str:
    first = clean_name(files[0].name or "")
    count = max(len(files), of)
    return first if count == 1 else f"{first[:200]} and {count - 1} more"


def as_json(answer: Answer) -> dict[str, Any]:
    """What became of one file, for programs: verdict, reason with its code, and the letter."""
    letter = answer.letter
    return {
        "name": answer.name,
        "verdict": answer.verdict,
        "sentence": answer.sentence,
        "code": answer.code,
        "letter": {"id": letter.pk, "url": letter.get_absolute_url()} if letter else None,
    }
