"""Writes sample letters with their right answers beside them.

    python -m samples.writer OUTDIR --count 2000 --seed 1 [--kind pdf|text|both] [--generation G5]
    python -m samples.writer OUTDIR --count 100 --bundles
    python -m samples.writer --samples

The first writes OUTDIR/letters/* and OUTDIR/gold/*.json; the second PDFs of two to four letters
each; the third the project's own dozen, samples/letters and samples/answers, anew. The same seed
gives the same bytes.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from samples.facts import GENERATIONS
from samples.letter import Letter, invent, write_bundle, write_letter
from samples.showcase import write_samples

__all__ = ["Letter", "invent", "write_letter", "write_letters"]

HERE = Path(__file__).parent


def write_letters(
    out: Path, count: int, seed: int, kind: str = "pdf", generation: str | None = None
) -> list[Path]:
    """Writes `count` letters with their answers; the same arguments write the same bytes."""
    return [write_letter(letter, out, kind) for letter in invented(out, count, seed, generation)]


def write_bundles(out: Path, count: int, seed: int, generation: str | None = None) -> list[Path]:
    """Writes `count` letters as PDFs of two to four, with the answers to each."""
    letters = list(invented(out, count, seed, generation))
    written = []
    while letters:
        size = 2 + letters[0].facts.seed % 3
        written.append(write_bundle(letters[:size], out))
        del letters[:size]
    return written


def invented(out: Path, count: int, seed: int, generation: str | None) -> Iterator[Letter]:
    """The letters of a seed; makes their folders first."""
    for folder in ("letters", "gold"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for number in range(seed * 1_000_000, seed * 1_000_000 + count):
        yield invent(number, generation)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("pdf", "text", "both"), default="both")
    parser.add_argument("--generation", choices=GENERATIONS)
    parser.add_argument("--bundles", action="store_true", help="several letters in a PDF")
    parser.add_argument("--samples", action="store_true", help="write the project's own dozen")
    args = parser.parse_args()
    if args.samples:
        written = write_samples(HERE)
    elif args.out and args.bundles:
        written = write_bundles(args.out, args.count, args.seed, args.generation)
    elif args.out:
        written = write_letters(args.out, args.count, args.seed, args.kind, args.generation)
    else:
        parser.error("say where: OUTDIR, or --samples")
    print(f"{len(written)} letters in {written[0].parent}")


if __name__ == "__main__":
    main()
