"""The columns of the list: what they are called, what sorts them, and their heads."""

from typing import Any, NamedTuple

from cases.filters import SORTS, CaseFilter


class Column(NamedTuple):
    """`sort` is what a first click on the head asks for; "" cannot be sorted."""

    key: str
    label: str
    sort: str = ""


CASE = Column("case", "Case", "number")  # every row is named by it
COLUMNS = [
    Column("worker", "Worker", "age"),
    Column("injury", "Injury", "-injured"),
    Column("decision", "Decision", "-decided"),
    Column("specialty", "Specialty"),
    Column("licensed", "Licensed in"),
    Column("items", "Disputed items"),
    Column("guidelines", "Guidelines"),
    Column("doubts", "To check", "-doubts"),
]
DEFAULT = ["worker", "injury", "decision", "specialty", "items", "guidelines"]


def chosen(keys: list[str]) -> list[Column]:
    """The case, and those chosen in the table's own order."""
    return [CASE, *(column for column in COLUMNS if column.key in keys)]


def heads_of(columns: list[Column], found: CaseFilter) -> list[dict[str, Any]]:
    """For each column its label, and where it sorts: the query, the direction now, a sentence."""
    now = found.sorted_by()
    return [{"column": column} | _sorting(column.sort, now, found) for column in columns]


def _sorting(first: str, now: str, found: CaseFilter) -> dict[str, Any]:
    if not first:
        return {}
    following = first if now != first else _turned(first)
    sorted_now = now.strip("-") == first.strip("-")
    return {
        "query": found.query("sort", [following]),
        "direction": ("descending" if now.startswith("-") else "ascending") if sorted_now else "",
        "sentence": SORTS[following][0],
    }


def _turned(sort: str) -> str:
    return sort[1:] if sort.startswith("-") else f"-{sort}"
