"""Where letters' and exports' files are kept: whole or not at all, each name for one content."""

import os
import tempfile
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class LetterStorage(FileSystemStorage):
    """Files that appear under their name only when every byte is on the disk.

    Letters' names are made of the content's hash, so one that exists already holds the same bytes.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        if target.exists():
            return name
        self._make_folder(target.parent)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".arriving-")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(self.file_permissions_mode or 0o600)
            Path(temporary).rename(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._sync_folder(target.parent)
        return name

    def _make_folder(self, folder: Path) -> None:
        mode = self.directory_permissions_mode or 0o700
        missing = [part for part in (folder, *folder.parents) if not part.exists()]
        for part in reversed(missing):
            part.mkdir(mode=mode, exist_ok=True)

    def _sync_folder(self, folder: Path) -> None:
        """A rename survives a power cut only once its folder is written."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
