"""A watch folder: a file is taken in when it has stood still, and then goes from there."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from cases.importing import Tally, find, take

logger = logging.getLogger(__name__)

REFUSED = "refused"  # the folder, in the watch folder, where refused files go


@dataclass
class WatchFolder:
    """A folder and what each of its files looked like a moment ago."""

    folder: Path
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def look(self) -> Tally:
        """Take in every file that has the size and time that it had at the last look."""
        tally = Tally()
        now = {path: _look_of(path) for path in find([self.folder]) if self._is_new(path)}
        for path, look in now.items():
            # An empty file is one whose writer has only begun.
            if look and look[0] and self.seen.get(path) == look:
                self._consume(path, tally)
        self.seen = {path: look for path, look in now.items() if look}
        return tally

    def _is_new(self, path: Path) -> bool:
        return REFUSED not in path.relative_to(self.folder).parts[:-1]

    def _consume(self, path: Path, tally: Tally) -> None:
        """It is deleted only when all of it is stored here; else it is put aside."""
        answers = list(take(path))
        for answer in answers:
            tally.count(answer)
        bad = [answer for answer in answers if answer.code]
        if any(answer.code == "not-stored" for answer in bad):
            return  # our trouble: the file stays, and is tried again at the next look
        if not bad:
            path.unlink()
            return
        aside = _free(self.folder / REFUSED / path.name)
        aside.parent.mkdir(exist_ok=True)
        path.rename(aside)
        lines = [f"{answer.name}: {answer.sentence}\n" for answer in bad]
        aside.with_name(f"{aside.name}.why.txt").write_text("".join(lines))
        logger.warning("a file was refused: %s", ", ".join(sorted({a.code for a in bad})))


def _look_of(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _free(path: Path) -> Path:
    """This name, or one like it that no file has yet."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
