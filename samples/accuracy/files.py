"""The files to read: letters the writer invents from a seed, or folders of letters with labels."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from samples import dumps
from samples.accuracy.questions import Json
from samples.letter import Letter, bundle, invent

PDF, BUNDLES = 0.5, 0.08  # shares of the files
STYLES = (*dumps.USUAL, "words")


@dataclass(frozen=True, slots=True)
class Printed:
    """A file's bytes, and the name and labels of each letter in it, in their order."""

    data: bytes | None  # None where the labels tell of a file that is not there
    letters: tuple[tuple[str, Json], ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """A file of invented letters: which, and printed how. `style` is "" for a PDF."""

    seeds: tuple[int, ...]
    style: str = ""
    cut: bool = False

    def printed(self) -> Printed:
        letters = [invent(seed) for seed in self.seeds]
        cut = self.cut and dumps.can_cut(letters[0].pages)
        told = [(self.name(n, cut), one.answers_for("", cut=cut)) for n, one in enumerate(letters)]
        return Printed(self.data(letters, cut), tuple(told))

    def data(self, letters: list[Letter], cut: bool) -> bytes:
        if self.style:
            pages = [page for letter in letters for page in letter.pages]
            return dumps.dump(pages, self.style, cut=cut).encode()
        return letters[0].pdf() if len(letters) == 1 else bundle(letters)

    def name(self, place: int, cut: bool) -> str:
        """Python that writes the letter again, and its place among several."""
        how = f".dump({self.style!r}{', cut=True' if cut else ''})" if self.style else ".pdf()"
        if len(self.seeds) == 1:
            return f"invent({self.seeds[0]}){how}"
        return f"letter {place + 1} of invent({self.seeds[0]}..{self.seeds[-1]}){how}"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file of somebody's letters, and the labels of each letter in it."""

    path: Path | None
    labels: tuple[Path, ...]

    def printed(self) -> Printed:
        told = [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in self.labels]
        return Printed(self.path.read_bytes() if self.path else None, tuple(told))


def invented(number: int, seed: int) -> Iterator[Invented]:
    """Files with this many letters in all: PDFs, dumps of every style, several letters in one."""
    rng = Random(f"files {seed}")
    first, end = seed * 1_000_000, seed * 1_000_000 + number
    while first < end:
        several = rng.random() < BUNDLES
        size = min(rng.randint(2, 4) if several else 1, end - first)
        style = "" if rng.random() < PDF else rng.choice(STYLES)
        cut = bool(style) and not several and rng.random() < 0.4
        yield Invented(tuple(range(first, first + size)), style, cut)
        first += size


def labelled(folders: Iterable[Path], labels: Path) -> Iterator[Labelled]:
    """A file for every `file` that the labels name; letters without labels are left out.

    Several labels for one file tell their letter's `place` in it, from 1.
    """
    paths = {path.stem: path for folder in folders for path in folder.iterdir()}
    named = defaultdict(list)
    for path in sorted(labels.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        named[Path(told["file"]).stem].append((told.get("place", 1), path))
    for stem, found in named.items():
        yield Labelled(paths.get(stem), tuple(path for _, path in sorted(found)))
