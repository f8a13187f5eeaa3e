"""Invented cases with the shares of real ones: what is common is common, what is rare is rare.

Rows are dictionaries by column. Keys are numbers that follow from the case's own, so that pieces
of the whole can be made by several processes at once.
"""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from cases.bench.shares import (
    GUIDELINES,
    SPECIALTIES,
    STATES,
    YEARS,
    Shares,
    guidelines,
    treatments,
)
from cases.bench.words import Words
from reviews.models import together
from reviews.traits import traits

PATTERNS = 5_000  # items that differ; each comes back in other cases
MOST_ITEMS = 8
EARLIER, UNREAD = 10**9, 2 * 10**9  # keys of earlier determinations, of letters not read
ITEMS = (38, 24, 14, 9, 6, 4, 3, 2)  # cases in a hundred with one, two, ... items
SIDES = {"administrator": (0, 1, 1, 1, 2), "expert": (0, 1, 1, 2, 2, 3), "rationale": (0, 0, 0, 1)}
DIAGNOSES = ("lumbar strain", "sciatica", "knee pain", "cervicalgia", "carpal tunnel syndrome")
PARTS = ("lumbar spine", "right knee", "left shoulder", "neck")
RECEIPT = [90, 114, 1, "label"]
RECEIPTS = dict.fromkeys(("case_number", "injury", "decision", "assigned", "age", "sex"), RECEIPT)
FLAG = {"code": "outcome-unclear", "sentence": "The outcome is not clear.", "span": None}
# What every row has alike.
READ = {
    "reader_version": "bench",
    "generation": "G5",
    "date_assigned": date(2016, 3, 1),
    "ur_denial_date": date(2016, 1, 5),
    "application_received": date(2016, 1, 20),
    "priority": "standard",
}
LETTER = {"kind": "pdf", "file": "none.pdf", "state": "read", "code": "", "attempts": 1}
ATTEMPT = {"worker": "bench", "reader_version": "bench", "code": "read", "seconds": 0.3}
LATELY = date(2026, 9, 1)  # what was decided before it has nearly always been answered
ANSWER = {"kind": "authorize", "how": "done", "entered_at": datetime(2026, 9, 1, tzinfo=UTC)}
FIRST_ARRIVAL, APART = datetime(2024, 1, 2, 8, tzinfo=UTC), timedelta(seconds=20)


def _words(citation: "Columns") -> str:
    """Of a citation, what search looks at."""
    return (
        f"{citation['source']} {guidelines().get(citation['guideline_id'], '')} {citation['title']}"
    )


Columns = dict[str, Any]
NOTHING: Columns = {}


class Batch:
    """Rows by table: the columns that differ from row to row, and those of a pattern they share."""

    def __init__(self) -> None:
        self.tables: dict[str, list[tuple[Columns, Columns]]] = defaultdict(list)

    def add(self, table: str, columns: Columns, pattern: Columns = NOTHING) -> None:
        self.tables[table].append((columns, pattern))


class Item(NamedTuple):
    """The pattern of a disputed item, and those of its citations."""

    pattern: Columns
    citations: list[Columns]


class Inventor:
    """Makes the rows of cases by number. `fullness` shortens texts, for tests that have no time."""

    def __init__(self, cases: int, fullness: float = 1.0) -> None:
        self.cases, self.fullness = cases, fullness
        self.words = Words(cases)
        self.treatments, self.guidelines = Shares(treatments()), Shares(GUIDELINES)
        self.specialties, self.states = Shares(SPECIALTIES), Shares(STATES)
        self.years, self.counts = Shares(YEARS), Shares(dict(enumerate(ITEMS, 1)))
        rng = Random(5)
        self.items = [self._item(rng) for _ in range(PATTERNS)]

    def piece(self, first: int, last: int) -> Batch:
        """The cases from `first` up to and including `last`: the same ones each time."""
        rng, batch = Random(first), Batch()
        for number in range(first, last + 1):
            self._case(rng, batch, number)
        return batch

    def _case(self, rng: Random, batch: Batch, n: int) -> None:
        review = self._review(rng, n)
        items = self._read(rng, batch, n, review)
        outcomes = {item.pattern["outcome"] for item in items}
        if "overturned" in outcomes and review["decision_date"] < LATELY and rng.random() < 0.95:
            answer = {"case_id": n, "done_on": review["decision_date"] + timedelta(7)}
            batch.add("cases_answer", answer, ANSWER)
        batch.add(
            "cases_case",
            {
                "id": n,
                "number": review["case_number"],
                "name": review["case_number"],
                "review_id": n,
                "decided_on": review["decision_date"],
                "injured_on": review["date_of_injury"],
                "age": review["age"],
                "doubts": review["flags"].count("code"),
                "outcome": together(outcomes).replace(" ", "-"),
                "traits": json.dumps(traits(review, items)),
            },
        )
        if rng.random() < 0.02:
            before = review["decision_date"] - timedelta(rng.randint(30, 400))
            other = self._review(rng, n) | {"id": EARLIER + n, "decision_date": before}
            self._read(rng, batch, n, other | {"case_number": review["case_number"]})

    def _read(self, rng: Random, batch: Batch, case: int, review: Columns) -> list["Item"]:
        """A letter of the case, and everything that is read from it; the items' patterns."""
        key = review["id"]
        items = rng.choices(self.items, k=self.counts.pick(rng))
        services = " ".join(item.pattern["service"] for item in items)
        rationales = " ".join(item.pattern["rationale"] for item in items)
        parts = [services, review["clinical_summary"], rationales]
        receipts = _receipts(items, parts)
        for position, (item, receipt) in enumerate(zip(items, receipts, strict=True), 1):
            item_id = key * MOST_ITEMS + position - 1
            place = {"id": item_id, "review_id": key, "position": position, "receipts": receipt}
            batch.add("reviews_disputeditem", place, item.pattern)
            for citation in item.citations:
                batch.add("reviews_citation", {"item_id": item_id}, citation)
        cited = " ".join(_words(each) for item in items for each in item.citations)
        texts = {"services": services, "rationales": rationales, "cited": cited}
        summary = [len(services) + 1, len(services) + 1 + len(review["clinical_summary"]), 1, "s"]
        told = {"receipts": json.dumps(RECEIPTS | {"clinical_summary": summary})}
        batch.add("reviews_review", review | texts | told, READ)
        self._letter(rng, batch, case, review)
        self._transcript(rng, batch, key, parts)
        return items

    def _length(self, sentences: int) -> int:
        return max(1, round(sentences * self.fullness))

    def _review(self, rng: Random, n: int) -> Columns:
        decided = date(self.years.pick(rng), 1, 1) + timedelta(int(rng.random() * 365))
        flags = rng.randint(1, 4) if rng.random() < 0.05 else 0
        states = {self.states.pick(rng) for _ in range(rng.choice((1, 1, 1, 2)))}
        injured = decided - timedelta(int(rng.expovariate(1 / 1300)) + 40)
        return {
            "id": n,
            "recorded_at": FIRST_ARRIVAL + n * APART,
            "case_number": f"CM{decided.year % 100}-{n:07}",
            "date_of_injury": injured if rng.random() > 0.01 else None,
            "decision_date": decided,
            "licensed_in": sorted(states),
            "specialties": list(self.specialties.pick(rng)),
            "age": min(82, max(18, round(rng.gauss(47, 11)))) if rng.random() > 0.02 else None,
            "sex": rng.choice(("female", "male")),
            "clinical_summary": self.words.summary(rng, self._length(10)),
            "diagnoses": rng.sample(DIAGNOSES, rng.randint(1, 3)),
            "flags": json.dumps([FLAG] * flags),
            "flagged": bool(flags),
        }

    def _item(self, rng: Random) -> Item:
        slug, name, category = self.treatments.pick(rng)
        cites = {side: self._citations(rng, side) for side in SIDES}
        printed = {side: "; ".join(c["title"] for c in found) for side, found in cites.items()}
        dose, part = rng.choice((30, 60, 60, 90, 120)), rng.choice(PARTS)
        pattern = {
            "service": f"{name} #{dose}" if category == "pharmaceutical" else f"{name}, {part}",
            "outcome": rng.choices(("upheld", "overturned", ""), (880, 117, 3))[0],
            "category": category,
            "treatment_id": slug or None,
            "administrator_basis": "mtus" if cites["administrator"] else "none",
            "expert_basis": "mtus" if cites["expert"] else "none",
            "administrator_text": "The claims administrator based its decision on the MTUS.",
            "expert_text": "The expert reviewer based the decision on the MTUS.",
            "administrator_cites": printed["administrator"],
            "expert_cites": printed["expert"],
            "rationale": self.words.text(rng, self._length(7)),
        }
        return Item(pattern, [citation for found in cites.values() for citation in found])

    def _citations(self, rng: Random, side: str) -> list[Columns]:
        found = []
        for position in range(1, rng.choice(SIDES[side]) + 1):
            slug = self.guidelines.pick(rng)
            page = min(127, 1 + int(rng.expovariate(1 / 40)))
            pages = list(range(page, page + rng.choice((1, 1, 2, 3)))) if rng.random() < 0.7 else []
            printed = "-".join(str(each) for each in sorted({pages[0], pages[-1]})) if pages else ""
            found.append(
                {
                    "side": side,
                    "position": position,
                    "source": slug.split("-")[0].upper() if slug else "OTHER",
                    "guideline_id": slug,
                    "title": slug or "A journal's article",
                    "printed_pages": printed,
                    "pages": pages,
                    "receipt": json.dumps(RECEIPT),
                }
            )
        return found

    def _letter(self, rng: Random, batch: Batch, case: int, review: Columns) -> None:
        key, read = review["id"], review["recorded_at"]
        letter = {
            "id": key,
            "sha256": f"{key:064x}",
            "name": f"{review['case_number']}.pdf",
            "size": rng.randint(20_000, 60_000),
            "received_at": read - timedelta(seconds=8),
            "read_at": read,
        }
        batch.add("cases_letter", letter, LETTER)
        times = {"started_at": read - timedelta(seconds=1), "ended_at": read}
        token = f"00000000-0000-4000-8000-{key:012x}"
        batch.add("cases_attempt", {"letter_id": key, "token": token, **times}, ATTEMPT)
        keys = {"letter_id": key, "case_id": case, "review_id": key}
        batch.add("cases_reading", keys, {"part": 1})

    def _transcript(self, rng: Random, batch: Batch, review: int, parts: list[str]) -> None:
        """The letter's whole text, some 6,000 characters."""
        body = "\n".join(parts)
        missing = max(0, round(6000 * self.fullness) - len(body)) // 130
        text = f"{body}\n{self.words.text(rng, missing)}"
        sections = [["notice", 0, len(body)], ["rationale", len(body), len(text)]]
        batch.add(
            "reviews_transcript",
            {
                "review_id": review,
                "text": text,
                "page_starts": list(range(0, len(text), 2400)),
                "sections": json.dumps(sections),
            },
        )


def _receipts(items: list[Item], parts: list[str]) -> list[str]:
    """Of each item, where its service and rationale stand: see `_transcript`."""
    found = []
    at, told = 0, len(parts[0]) + len(parts[1]) + 2
    for item in items:
        ends = at + len(item.pattern["service"]), told + len(item.pattern["rationale"])
        places = {"service": [at, ends[0], 1, "s"], "rationale": [told, ends[1], 2, "r"]}
        found.append(json.dumps(RECEIPTS | places))
        at, told = ends[0] + 1, ends[1] + 1
    return found


def unread_letters(cases: int) -> Batch:
    """Letters that wait or could not be read, one for two hundred cases."""
    batch = Batch()
    ends = [
        {"state": "received", "code": "", "attempts": 0},
        *[{"state": "unreadable", "code": "not-a-determination", "attempts": 1}] * 6,
        *[{"state": "failed", "code": "gave-up", "attempts": 4}] * 3,
    ]
    for n in range(max(20, cases // 200)):
        key = UNREAD + n
        letter = {
            "id": key,
            "sha256": f"{key:064x}",
            "name": f"scan {n}.pdf",
            "size": 30_000,
            "received_at": FIRST_ARRIVAL + timedelta(seconds=4000 * n),
        }
        batch.add("cases_letter", letter, LETTER | ends[n % len(ends)])
    return batch
