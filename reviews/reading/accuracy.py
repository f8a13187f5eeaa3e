"""What the reader gets right: `python -m reviews.reading.accuracy LETTERS LABELS`.

LETTERS is a folder of letters, LABELS one of JSON files, one a letter, in the shape that
`as_json` gives; they meet by the file's stem. Prints right answers by field, letters wholly
right, letters flagged, and silent errors: something wrong and no flag. With `--record FILE` the
answers are kept, and the next run prints gains and losses against them.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviews.reading.letters import read_all
from reviews.reading.shape import as_json
from reviews.reading.text import Unreadable, from_bytes

_UNASKED = "?"  # a label that leaves the answer open
_PLAIN = ("case_number", "priority", "outcome")
_DATES = ("assigned", "injury", "decision", "ur_denial", "received")
_SOFT = ("sections", "category", "diagnoses")  # where labels are a matter of judgement
_SHOWN = 20

Answers = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Right answers and questions by field, and the letters that met each fate."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    whole: int = 0
    flagged: int = 0
    needless: int = 0
    silent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, label: dict[str, Any], reading: dict[str, Any]) -> None:
        """Count one letter."""
        told, read = answers(label), answers(reading)
        faults = 0
        for question, want in told.items():
            if want == _UNASKED:
                continue
            name_of_field = re.sub(r" \d+", "", question)
            right = same(want, read.get(question))
            self.asked[name_of_field] += 1
            self.right[name_of_field] += right
            if not right:
                self.wrong.append(f"{name}: {question}")
                faults += not name_of_field.endswith(_SOFT)
        flagged = bool(reading.get("flags"))
        self.letters += 1
        self.whole += not faults
        self.flagged += flagged
        self.needless += flagged and not faults
        if faults and not flagged:
            self.silent.append(name)

    def printed(self) -> Iterator[str]:
        """The table, a line at a time."""
        for name, asked in self.asked.items():
            share = self.right[name] / asked
            yield f"{name:34} {self.right[name]:6} / {asked:<6} {share:8.2%}"
        yield f"letters wholly right: {self.whole} of {self.letters}"
        yield f"letters flagged: {self.flagged}, {self.needless} of them with nothing wrong"
        yield f"silent errors: {len(self.silent)} {' '.join(self.silent[:_SHOWN])}".rstrip()


def answers(reading: dict[str, Any]) -> Answers:
    """Every question about a letter and its comparable answer."""
    found: Answers = {name: reading.get(name) for name in _PLAIN}
    found |= {f"dates.{name}": (reading.get("dates") or {}).get(name) for name in _DATES}
    worker, reviewer = reading.get("worker") or {}, reading.get("reviewer") or {}
    found |= {f"worker.{name}": worker.get(name) for name in ("age", "sex")}
    for name in ("licensed_in", "specialties"):
        found[f"reviewer.{name}"] = sorted(map(_letters, reviewer.get(name) or []))
    found["clinical_summary"] = _letters(reading.get("clinical_summary"))
    found["diagnoses"] = sorted(map(_letters, reading.get("diagnoses") or []))
    items = reading.get("items") or []
    found["items.count"] = len(items)
    for number, item in enumerate(items, 1):
        found |= {f"item {number}.{name}": value for name, value in _item(item).items()}
    return found


def _item(item: dict[str, Any]) -> Answers:
    found: Answers = {
        "service": _letters(item.get("service")),
        "outcome": item.get("outcome"),
        "disputed": [_letters(item.get(n)) for n in ("requested", "authorized", "disputed")],
        "rationale": _letters(item.get("rationale")),
        "category": item.get("category"),
    }
    for side in ("administrator", "expert"):
        told = item.get(side) or {}
        citations = told.get("citations") or []
        found[f"{side}.basis"] = told.get("basis")
        found[f"{side}.citations"] = sorted(map(_citation, citations))
        names = [name for citation in citations for name in citation.get("sections") or []]
        found[f"{side}.sections"] = sorted(map(_letters, names))
    return found


def _citation(citation: dict[str, Any]) -> tuple[str, str, int, str]:
    """What makes a citation: source, guideline, an MTUS edition, pages."""
    source = citation.get("source") or ""
    year = citation.get("year") if source == "MTUS" else None
    pages = _letters(re.sub(r"[-–]", " to ", citation.get("pages") or "").replace(",", " and "))
    return source, citation.get("guideline") or "", year or 0, pages


def same(want: Any, got: Any) -> bool:
    """Whether two answers are alike; a label without ODG's chapter leaves the chapter open."""
    if want == got or not isinstance(want, list) or not isinstance(got, list):
        return bool(want == got)
    missing, extra = Counter(want) - Counter(got), Counter(got) - Counter(want)
    open_ = all(isinstance(one, tuple) and one[:2] == ("ODG", "odg") for one in missing)
    return open_ and missing.total() == extra.total() and all(one[0] == "ODG" for one in extra)


def _letters(text: str | None) -> str:
    """Letters and digits only: equal whatever was done to spaces, hyphens and quotes."""
    plain = unicodedata.normalize("NFKC", text or "").lower().replace("&", "and")
    return re.sub(r"[^a-z0-9%#]+", "", plain)


def measure(letters: Path, labels: Path) -> Score:
    """The score of every labelled letter of a folder."""
    files = {path.stem: path for path in letters.iterdir() if path.is_file()}
    score = Score()
    for path in sorted(labels.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        source = files.get(Path(label.get("file") or path.name).stem)
        if source is not None:
            score.add(path.stem, label, _reading(source))
    return score


def _reading(path: Path) -> dict[str, Any]:
    try:
        return as_json(read_all(from_bytes(path.read_bytes()))[0], path.name)
    except Unreadable:
        return {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare with the last record; 1 when nothing is labelled."""
    parser = argparse.ArgumentParser(prog="python -m reviews.reading.accuracy")
    parser.add_argument("letters", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--record", type=Path, help="compare with this file, then write it")
    options = parser.parse_args(arguments)
    score = measure(options.letters, options.labels)
    for line in score.printed():
        sys.stdout.write(f"{line}\n")
    if options.record:
        _compare(options.record, score.wrong, sys.stdout.write)
        options.record.write_text(json.dumps(score.wrong, indent=0), encoding="utf-8")
    return 0 if score.letters else 1


def _compare(record: Path, wrong: list[str], write: Callable[[str], Any]) -> None:
    before = set(json.loads(record.read_text(encoding="utf-8"))) if record.exists() else set(wrong)
    gains, losses = sorted(before - set(wrong)), sorted(set(wrong) - before)
    write(f"against the last record: {len(gains)} gained, {len(losses)} lost\n")
    for line in losses[:_SHOWN]:
        write(f"  lost {line}\n")


if __name__ == "__main__":
    sys.exit(main())
