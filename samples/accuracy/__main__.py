"""How much of letters the reader gets right.

    python -m samples.accuracy [--count 2000] [--seed 1] [--show 5] [--record]
    python -m samples.accuracy --folder LETTERS... --answers LABELS [--show 5] [--record]

The first over letters that the writer invents from the seed; the second over letters with labels,
one JSON each, shaped as samples/answers. `--record` keeps the figures in samples/accuracy.json and
docs/accuracy.md, which later runs are compared with.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from reviews.reading import VERSION
from samples.accuracy import files, record, table
from samples.accuracy.run import marks
from samples.accuracy.scores import Mark


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m samples.accuracy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=2000, help="letters to invent")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, nargs="+", help="letters to read instead")
    parser.add_argument("--answers", type=Path, help="the folder of their labels")
    parser.add_argument("--show", type=int, default=0, help="differences to print of each field")
    parser.add_argument("--record", action="store_true", help="compare later runs with this one")
    args = parser.parse_args(arguments)
    if bool(args.folder) != bool(args.answers):
        parser.error("--folder and --answers go together")
    if missing := [str(f) for f in (*(args.folder or ()), args.answers) if f and not f.is_dir()]:
        parser.error(f"no such folder: {', '.join(missing)}")
    if args.count < 1:
        parser.error("--count is one letter or more")
    return args


def report(run: record.Run, found: list[Mark], most: int) -> Iterator[str]:
    """All that a run prints."""
    yield f"{run.told}:"
    yield from table.table(run.score)
    yield from table.differences(found, most)
    before = record.load_all().get(run.kind)
    if before is None:
        yield "No run of this kind is recorded yet."
    elif changed := list(record.changes(before, run)):
        yield "since the recorded run:"
        yield from changed


def main() -> None:
    args = parsed()
    if args.folder:
        found = marks(files.labelled(args.folder, args.answers))
    else:
        found = marks(files.invented(args.count, args.seed))
    run = record.run_of(found, VERSION, None if args.folder else args.seed)
    for line in report(run, found, args.show):
        print(line)
    if args.record:
        record.save(run)


if __name__ == "__main__":
    main()
