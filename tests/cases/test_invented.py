"""Invented cases are what recording and settling would have made."""

from importlib import import_module
from unittest.mock import patch

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count
from django.test import TestCase

from cases.bench import fill as filling
from cases.bench.copies import COPIED
from cases.bench.fill import fill
from cases.bench.words import rare
from cases.models import Case, Deadline, Letter
from cases.settle import resettle
from reviews.models import DisputedItem, Review, Transcript
from reviews.searchable import refresh

CASES = 400


def everything() -> list[dict[str, object]]:
    return list(Case.objects.order_by("pk").values())


def deadlines() -> list[tuple[object, ...]]:
    return list(Deadline.objects.order_by("case").values_list("case", "kind", "due_on", "done_on"))


def test_copies_are_cases_like_the_first_ones(db: None) -> None:
    with patch.object(filling, "INVENTED", 100):
        fill(300, fullness=0.1)
    before, due = everything(), deadlines()
    resettle(Case.objects.values_list("pk", flat=True))
    assert len(before) == 300
    assert everything() == before
    assert due and deadlines() == due
    for model in COPIED:
        rows = model._default_manager.all()
        rows = rows.exclude(readings=None) if model is Letter else rows
        assert rows and rows.count() % 3 == 0, model
    for case in Case.objects.filter(pk__in=(7, 107, 207)):
        read = case.review
        assert case.name == read.case_number == Letter.objects.get(readings__review=read).name[:12]
        assert int(case.name[5:]) == case.pk
    texts = Transcript.objects.values_list("text", flat=True)
    assert texts.distinct().count() == texts.count() / 3


class InventedCases(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill(CASES, fullness=0.1)

    def test_settling_a_case_again_changes_nothing(self) -> None:
        before, due = everything(), deadlines()
        resettle(Case.objects.values_list("pk", flat=True))
        assert len(before) == CASES
        assert everything() == before
        assert due and deadlines() == due

    def test_the_migration_fills_in_the_outcomes_that_settling_does(self) -> None:
        before = everything()
        assert {row["outcome"] for row in before} == {
            *("upheld", "overturned", "partially-overturned", "")
        }
        Case.objects.update(outcome="")
        with connection.cursor() as cursor:
            cursor.execute(import_module("cases.migrations.0012_outcome_of_every_case").FILL)
        assert everything() == before

    def test_some_cases_have_an_earlier_determination(self) -> None:
        assert Case.objects.annotate(n=Count("readings")).filter(n__gt=1).exists()

    def test_the_search_column_is_the_one_of_recording(self) -> None:
        before = list(Review.objects.order_by("pk").values_list("pk", "search"))
        refresh(key for key, _ in before)
        assert list(Review.objects.order_by("pk").values_list("pk", "search")) == before

    def test_indexes_and_constraints_are_made_again(self) -> None:
        with connection.cursor() as cursor:
            now = {
                name
                for table in (
                    "cases_case",
                    "reviews_review",
                    "reviews_disputeditem",
                    "cases_reading",
                )
                for name, each in connection.introspection.get_constraints(cursor, table).items()
                if each["index"] or each["foreign_key"] or each["unique"]
            }
        assert {index.name for index in (*Case._meta.indexes, *Review._meta.indexes)} <= now
        assert any(
            name.startswith("reviews_disputeditem_review_id") and "_fk_" in name for name in now
        )
        assert "reading_once" in now

    def test_rows_added_later_get_keys_of_their_own(self) -> None:
        last = Letter.objects.latest("pk").pk
        new = Letter.objects.create(
            name="new.pdf", sha256="new", kind="pdf", size=1, file="new.pdf"
        )
        assert new.pk > last

    def test_what_is_common_is_common_and_what_is_rare_is_rare(self) -> None:
        items = DisputedItem.objects
        assert 0.8 < items.filter(outcome="upheld").count() / items.count() < 0.95
        assert Case.objects.filter(doubts__gt=0).count() < CASES / 8
        found = [Review.objects.filter(search=SearchQuery(rare(n))).count() for n in range(100)]
        assert 0 < max(found) < CASES / 8
