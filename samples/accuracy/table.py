"""A score in print: for people at a terminal, and in Markdown."""

from collections.abc import Iterator

from samples.accuracy.questions import CORE, FIELDS, SOFT
from samples.accuracy.scores import Count, Mark, Score

KINDS = ("letters", "wholly right", "silent", "flagged", "needlessly")


def share(right: int, asked: int) -> str:
    """Per cent, rounded down: 100 means that nothing is wrong."""
    return f"{right * 10_000 // asked / 100:.2f} %" if asked else "-"


def table(score: Score) -> Iterator[str]:
    """The lines of the whole table."""
    for group, fields in (("core", CORE), ("soft", SOFT)):
        yield group
        for field in fields:
            if field in score.fields:
                right, asked = score.fields[field]
                yield f"  {field:28} {right:6} / {asked:<6} {share(right, asked):>8}"
    right, asked = score.core
    yield f"core answers right: {right} / {asked} = {share(right, asked)}"
    yield from totals(score.all)
    yield f"{'by generation':15}" + "".join(f"{kind:>15}" for kind in KINDS)
    for name, count in score.generations.items():
        yield f"  {name:13}" + "".join(f"{number:15}" for number in kinds(count).values())
    if score.flags:
        yield f"{'by flag':30}{'letters':>15}{'needlessly':>15}"
    for code, (letters, needless) in score.flags.items():
        yield f"  {code:28}{letters:15}{needless:15}"


def totals(count: Count) -> Iterator[str]:
    letters = count.letters
    right = share(count.wholly_right, letters)
    yield f"letters wholly right: {count.wholly_right} / {letters} = {right}"
    yield f"silent errors (something wrong, no flag): {count.silent}"
    needless = share(count.needless, letters)
    yield f"flagged: {count.flagged}; needlessly (nothing wrong): {count.needless} = {needless}"
    if count.unread or count.extra:
        yield f"letters without a reading: {count.unread}; readings too many: {count.extra}"


def kinds(count: Count) -> dict[str, int]:
    """How many letters there are of each of `KINDS`, in their order."""
    told = (count.letters, count.wholly_right, count.silent, count.flagged, count.needless)
    return dict(zip(KINDS, told, strict=True))


def differences(marks: list[Mark], most: int) -> Iterator[str]:
    """The first differences of every field, the silent letters, and those flagged for nothing."""
    for kind, told in (
        ("silent", [mark.name for mark in marks if mark.silent]),
        ("needlessly flagged", [f"{m.name}: {', '.join(m.flags)}" for m in marks if m.needless]),
    ):
        yield from (f"- {kind}: {name}" for name in told[:most])
    for field in FIELDS:
        found = [(m, answer) for m in marks for answer in m.wrong if answer.field == field]
        for mark, answer in found[:most]:
            flagged = ", ".join(mark.flags) or "no flag"
            yield f"- {field}: {mark.name} {answer.where} ({flagged})"
            yield f"    letter  {str(answer.wanted)[:300]}"
            yield f"    reader  {str(answer.got)[:300]}"


def markdown(score: Score) -> Iterator[str]:
    """The figures as Markdown tables: fields, letters by generation, and flags."""
    yield "| field | right | asked | share |"
    yield "|---|---:|---:|---:|"
    for field, (right, asked) in score.fields.items():
        mark = "" if field in CORE else " (soft)"
        yield f"| {field}{mark} | {right} | {asked} | {share(right, asked)} |"
    right, asked = score.core
    yield f"| **all core answers** | {right} | {asked} | {share(right, asked)} |"
    yield ""
    yield f"| generation | {' | '.join(KINDS)} |"
    yield "|---|" + "---:|" * len(KINDS)
    for name, count in (*score.generations.items(), ("all", score.all)):
        yield f"| {name} | {' | '.join(map(str, kinds(count).values()))} |"
    if score.flags:
        yield from ("", "| flag | letters | needlessly |", "|---|---:|---:|")
    for code, (letters, needless) in score.flags.items():
        yield f"| `{code}` | {letters} | {needless} |"
