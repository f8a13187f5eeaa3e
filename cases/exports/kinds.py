"""What a row can be: a case, an item or a citation."""

from collections.abc import Iterable
from typing import NamedTuple

from cases.exports import columns as all_columns
from cases.exports.columns import Column


class Kind(NamedTuple):
    """`usual` columns are those of its plain address, `more` can be chosen beside them."""

    key: str
    one: str
    many: str
    about: str
    usual: list[Column]
    more: list[Column]

    @property
    def columns(self) -> dict[str, Column]:
        return {column.key: column for column in (*self.usual, *self.more)}

    def chosen(self, keys: Iterable[str], *, nested: bool = True) -> list[Column]:
        """The columns of these keys in this order; for none, the usual ones and what is nested."""
        known = [self.columns[key] for key in dict.fromkeys(keys) if key in self.columns]
        found = known or [*self.usual, *(column for column in self.more if column.nested)]
        return [column for column in found if nested or not column.nested]

    def words(self, count: int) -> str:
        return f"{count:,} {self.one if count == 1 else self.many}"


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "cases",
            "case",
            "cases",
            "A row a case, its items counted and named in columns.",
            all_columns.CASE_COLUMNS,
            all_columns.MORE_CASE_COLUMNS,
        ),
        Kind(
            "items",
            "item",
            "items",
            "A row a disputed item, the citations of both sides in columns.",
            all_columns.ITEM_COLUMNS,
            all_columns.MORE_ITEM_COLUMNS,
        ),
        Kind(
            "citations",
            "citation",
            "citations",
            "A row a citation of a guideline, with its item and its case.",
            all_columns.CITATION_COLUMNS,
            all_columns.MORE_CITATION_COLUMNS,
        ),
    )
}
