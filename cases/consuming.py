"""A watch folder: a file is taken in when it has stood still, and then moved aside."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from cases.importing import Tally, find, take

logger = logging.getLogger(__name__)

TAKEN, REFUSED = "taken", "refused"  # folders in the watch folder: where its files go


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
        return path.relative_to(self.folder).parts[0] not in {TAKEN, REFUSED}

    def _consume(self, path: Path, tally: Tally) -> None:
        """Nothing is deleted: the file is moved, to where one sees what became of it."""
        answers = list(take(path))
        for answer in answers:
            tally.count(answer)
        bad = [answer for answer in answers if answer.code]
        if any(answer.code == "not-stored" for answer in bad):
            return  # our trouble: the file stays, and is tried again at the next look
        moved = _free(self.folder / (REFUSED if bad else TAKEN) / path.name)
        moved.parent.mkdir(exist_ok=True)
        path.rename(moved)
        if bad:
            lines = [f"{answer.name}: {answer.sentence}\n" for answer in bad]
            moved.with_name(f"{moved.name}.why.txt").write_text("".join(lines))
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
