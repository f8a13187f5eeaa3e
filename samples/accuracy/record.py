"""The last recorded run: kept beside the letters, compared with, and printed in the docs."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from samples.accuracy.questions import FIELDS
from samples.accuracy.scores import Count, Mark, Score, score
from samples.accuracy.table import KINDS, kinds, markdown, share

HERE = Path(__file__).parents[2]
RECORD = HERE / "samples" / "accuracy.json"
DOCS = HERE / "docs" / "accuracy.md"
MOST = 20  # answers that a comparison names


@dataclass(frozen=True, slots=True)
class Run:
    """One run: of which reader, over which letters. `seed` is None for letters with labels.

    `wrong` names every wrong answer to invented letters; other people's letters are not named.
    """

    reader: str
    count: int
    seed: int | None
    score: Score
    wrong: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "labelled" if self.seed is None else "invented"

    @property
    def told(self) -> str:
        letters = "letters with labels" if self.seed is None else f"letters of seed {self.seed}"
        return f"{self.count} {letters}, reader {self.reader}"


def run_of(marks: list[Mark], reader: str, seed: int | None) -> Run:
    named = [] if seed is None else [(mark.name, answer) for mark in marks for answer in mark.wrong]
    wrong = tuple(f"{name}: {answer.field} {answer.where}".rstrip() for name, answer in named)
    return Run(reader, len(marks), seed, score(marks), wrong)


def save(run: Run, record: Path = RECORD, docs: Path = DOCS) -> None:
    """Records the run in place of the last one of its kind, and prints it in the docs."""
    kept = load_all(record) | {run.kind: run}
    told = {kind: asdict(kept[kind]) for kind in sorted(kept)}
    record.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    text = docs.read_text(encoding="utf-8")
    for each in kept.values():
        text = printed(text, each)
    docs.write_text(text, encoding="utf-8")


def printed(docs: str, run: Run) -> str:
    """The docs with this run's tables between the two markers of its kind."""
    start, end = f"<!-- {run.kind} -->", f"<!-- end of {run.kind} -->"
    before, rest = docs.split(start)
    _, after = rest.split(end)
    tables = "\n".join((f"{run.told}:", "", *markdown(run.score)))
    return f"{before}{start}\n{tables}\n{end}{after}"


def load_all(record: Path = RECORD) -> dict[str, Run]:
    """The recorded runs by kind; none before the first."""
    if not record.exists():
        return {}
    told = json.loads(record.read_text(encoding="utf-8"))
    return {kind: _run(one) for kind, one in told.items()}


def _run(told: dict[str, Any]) -> Run:
    known = told.pop("score")
    pairs = {part: {k: tuple(v) for k, v in known[part].items()} for part in ("fields", "flags")}
    generations = {name: Count(**one) for name, one in known["generations"].items()}
    wrong = tuple(told.pop("wrong"))
    found = Score(all=Count(**known["all"]), generations=generations, **pairs)
    return Run(**told, score=found, wrong=wrong)


def changes(before: Run, now: Run) -> Iterator[str]:
    """What is not as it was in the recorded run, a line each; nothing for equal."""
    same = (before.count, before.seed) == (now.count, now.seed)
    if not same:
        yield f"  the recorded run was of others, so shares alone are compared: {before.told}"
    for field in FIELDS:
        was, is_ = (_pair(one.score, field, with_counts=same) for one in (before, now))
        if was != is_:
            yield f"  {field}: {was} -> {is_}"
    if same:
        yield from _letters(before.score, now.score)
        yield from _told("gained", set(before.wrong) - set(now.wrong))
        yield from _told("lost", set(now.wrong) - set(before.wrong))


def _letters(before: Score, now: Score) -> Iterator[str]:
    for name in ("all", *sorted({*before.generations, *now.generations})):
        was, is_ = (_kinds(one, name) for one in (before, now))
        for kind in KINDS:
            if was[kind] != is_[kind]:
                yield f"  {name}, {kind}: {was[kind]} -> {is_[kind]}"


def _told(kind: str, answers: set[str]) -> Iterator[str]:
    """The first answers that were gained or lost, by name."""
    yield from (f"  {kind}: {answer}" for answer in sorted(answers)[:MOST])
    if len(answers) > MOST:
        yield f"  {kind}: {len(answers) - MOST} more"


def _pair(score: Score, field: str, *, with_counts: bool) -> str:
    right, asked = score.fields.get(field, (0, 0))
    return f"{right} / {asked} = {share(right, asked)}" if with_counts else share(right, asked)


def _kinds(score: Score, name: str) -> dict[str, int]:
    count = score.all if name == "all" else score.generations.get(name)
    return kinds(count) if count else dict.fromkeys(KINDS, 0)
