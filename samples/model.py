"""What the writer invents: the facts of one letter, as plain frozen values.

Printed text and right answers are both made from these, so the answers are exact.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as the answers give it; `pages` as printed, `year` an edition's."""

    source: str
    guideline: str | None
    title: str | None = None
    year: int | None = None
    sections: tuple[str, ...] = ()
    pages: str | None = None


@dataclass(frozen=True, slots=True)
class Relied:
    """What one side relied on: the words after the label, and the citations they hold."""

    text: str
    citations: tuple[Cited, ...] = ()
    traps: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        if not self.citations:
            return "none"
        return "mtus" if any(c.source == "MTUS" for c in self.citations) else "outside"


@dataclass(frozen=True, slots=True)
class Worker:
    age: int
    sex: str
    called: str  # "injured worker", "applicant", "patient" or "claimant"

    @property
    def they(self) -> str:
        return "She" if self.sex == "female" else "He"


@dataclass(frozen=True, slots=True)
class Reviewer:
    licensed_in: tuple[str, ...]
    specialties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """The header's dates; `told_injury` is the one the summary tells, None when it tells none."""

    assigned: date
    injury: date
    decision: date
    ur_denial: date
    received: date
    told_injury: date | None


@dataclass(frozen=True, slots=True)
class Request:
    """A requested service before anyone decided on it, with what it is told by."""

    service: str
    category: str
    kind: str
    short: str  # how a rationale names it: "physical therapy", "Tramadol"
    region: str
    traps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A disputed item: the whole heading, its parts when it was cut down, and the decision."""

    request: Request
    service: str
    outcome: str
    administrator: Relied
    expert: Relied
    rationale: str
    ending: str = ""  # " is" in headings of cut-down requests
    lone_outcome: bool = False
    requested: str | None = None
    authorized: str | None = None
    disputed: str | None = None

    @property
    def decided(self) -> str:
        """The part that was decided, for prose that names it."""
        return self.disputed or self.request.service


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one letter says. `traps` and `oddities` name what is hard or odd in it."""

    seed: int
    generation: str
    case_number: str
    priority: str
    dates: Dates
    worker: Worker
    reviewer: Reviewer
    summary: str
    diagnoses: tuple[str, ...]
    items: tuple[Item, ...]
    wide: bool = False  # two spaces after a full stop
    traps: frozenset[str] = field(default=frozenset())
    oddities: frozenset[str] = field(default=frozenset())

    @property
    def outcome(self) -> str:
        outcomes = {item.outcome for item in self.items}
        return outcomes.pop() if len(outcomes) == 1 else "partially overturned"
