"""What of the list's address was passed over, said gently: nothing is wrong with what is shown."""

from dataclasses import dataclass
from datetime import datetime

from cases.filters import PATIENT, CaseFilter, patience

# Parameters of one look at the list, not of what it shows.
PASSING = ("page", "count", "facets", "look")

ONLY = {"count": "all", "facets": "show", "look": "all"}


@dataclass(frozen=True)
class Looked:
    """In how many letters a search looked: the latest `cases`, or in all, at a time `at`.

    `query` leads to the same list with all looked through; "" where that takes too long as well.
    """

    cases: int
    at: datetime | None
    query: str
    seconds: float = PATIENT


def looked_of(found: CaseFilter) -> Looked | None:
    """None for a search that an index answers, and for none at all."""
    if not (found.is_valid() and found.sought):
        return None
    if found.partly:
        whole = found.query("look", ["all"])
        return Looked(found.partly, None, "" if patience(found.data) else whole)
    return Looked(0, found.sought.at, "") if found.sought.at else None


def remarks_of(found: CaseFilter) -> list[str]:
    known = {*found.form.fields, *PASSING}
    remarks = [
        f"No filter is called “{name}”: it changes nothing." for name in found.data.keys() - known
    ]
    page = found.data.get("page", "")
    if page and not page.isdecimal() and page != "last":
        remarks.append(f"“{page}” is no page: this is the first one.")
    for name, word in ONLY.items():
        if found.data.get(name, word) != word:
            remarks.append(f"“{name}” takes the word “{word}” only: it changes nothing.")
    return sorted(remarks)
