"""The database takes the indexes that pages were built for: asked of it on a modest table."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from cases import counting, facets, sampling
from cases.bench.fill import fill
from cases.bench.words import rare
from cases.filters import SORTS, CaseFilter
from cases.models import Case
from reviews.models import Citation, DisputedItem, Review, Transcript

CASES = 12_000  # above `MOST`: the list walks
LARGE = {model._meta.db_table for model in (Case, Review, DisputedItem, Citation, Transcript)}
DENIED, BURNS = {"items": [["upheld"]]}, {"items": [[["odg-burns"]]]}
BY_TRAITS = '"cases_case"."traits" @>'
BY_OUTCOME = '"cases_case"."outcome" IN '


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


class Plans(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill(CASES, fullness=0.05)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        cls.user = User.objects.create_user("analyst")
        cls.user.groups.add(Group.objects.get(name="analyst"))

    def plans(self, address: str) -> list[tuple[str, list[dict[str, Any]]]]:
        """The page's queries, each with the nodes of its plan."""
        client = Client()
        client.force_login(self.user, "django.contrib.auth.backends.ModelBackend")
        client.get(address)  # fills the cache of choices
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
        return [(sql, self.explained(sql)) for sql in asked]

    def explained(self, sql: str) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            plan = cursor.fetchone()[0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        return list(nodes(plan[0]["Plan"]))

    def assert_no_whole_table(self, address: str) -> None:
        for sql, found in self.plans(address):
            read = {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"}
            assert not read & LARGE or "LIMIT" in sql, f"{address}: {sql}"

    def test_every_order_is_walked_and_nothing_sorted(self) -> None:
        for sort in SORTS:
            for sql, found in self.plans(f"/cases/?sort={sort}&page=20"):
                if "ORDER BY" in sql and sql.startswith('SELECT "cases_case"'):
                    kinds = {node["Node Type"] for node in found}
                    walked = kinds & {"Index Scan", "Index Only Scan"}
                    assert walked and "Sort" not in kinds, f"{sort}: {sql}"

    def test_few_matches_are_found_by_their_index(self) -> None:
        for query in (f"q={rare(5)}", "q=zyxomatic", "q=CM15-0001234", "treatment=x-ray"):
            self.assert_no_whole_table(f"/cases/?{query}")

    def test_an_outcome_is_found_by_its_index(self) -> None:
        asked = [each for each in self.plans("/cases/?outcome=overturned") if BY_OUTCOME in each[0]]
        assert asked
        for sql, found in asked:
            assert {"case_outcome"} == {n["Index Name"] for n in found if "Index Name" in n}, sql

    def test_few_by_what_items_say_are_found_by_one_index(self) -> None:
        for query in (
            "guideline=odg-burns",
            "guideline=odg-hernia&cited_page=40&relied_on_by=expert",
            "treatment=x-ray&item_outcome=overturned&item_outcome=upheld",
            "category=home_health",
            "specialty=Ophthalmology",
            "licensed_in=Alaska",
        ):
            asked = [each for each in self.plans(f"/cases/?{query}") if BY_TRAITS in each[0]][:1]
            assert asked
            for sql, found in asked:
                assert {"case_traits"} == {n["Index Name"] for n in found if "Index Name" in n}, sql

    def test_the_index_knows_what_stands_together(self) -> None:
        for query in (
            "guideline=mtus-chronic-pain&cited_page=9",
            "treatment=mri&item_outcome=overturned",
            "category=dme&item_outcome=overturned",
        ):
            keys = CaseFilter(QueryDict(query)).qs.order_by().values("pk")
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                plan = json.loads(keys.explain(format="json", analyze=True))
                cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
            (heap,) = (n for n in nodes(plan[0]["Plan"]) if n["Node Type"] == "Bitmap Heap Scan")
            assert heap["Actual Rows"] > 10, query
            assert heap["Rows Removed by Index Recheck"] < heap["Actual Rows"] / 2, query

    def test_many_by_what_items_say_are_walked(self) -> None:
        for query in ("guideline=mtus-chronic-pain", "category=pharmaceutical&sex=female"):
            with patch.object(counting, "MOST", 1000):
                plans = self.plans(f"/cases/?{query}&page=3")
            # Not the one that gathers few matches, whose sort is part of it.
            asked = [e for e in plans if BY_TRAITS in e[0] and "ARRAY_AGG" not in e[0]]
            assert asked
            for sql, found in asked:
                assert {node["Relation Name"] for node in found if "Relation Name" in node} == {
                    "cases_case"
                }
                assert "Sort" not in {node["Node Type"] for node in found}, sql

    def test_some_rows_tell_what_there_is_more_of(self) -> None:
        with patch.object(sampling, "SMALL_CASES", 0):
            for asked, more in ((DENIED, True), ({"sex": "female"}, True), (BURNS, False)):
                cases = Case.objects.filter(traits__contains=asked)
                assert sampling.surely_more(cases, CASES // 4) is more
                assert not sampling.surely_more(cases, cases.count())

    def test_some_cases_spare_counting_what_there_surely_are_many_of(self) -> None:
        for query in ("sex=female", "item_outcome=upheld&cited_page=9"):
            told, queries = [], []
            for small in (0, 10**9):
                found = CaseFilter(QueryDict(query), seconds=0)
                with (
                    patch.object(sampling, "SMALL_CASES", small),
                    patch.object(counting, "MOST", 100),
                    patch.object(facets, "PATIENCE", (60, 60)),
                    CaptureQueriesContext(connection) as captured,
                ):
                    cache.clear()
                    told.append(facets.facets_of(found))
                queries.append(len(captured))
            assert told[0] == told[1]
            assert queries[0] < queries[1] - 10

    def test_a_case_reads_its_own_rows(self) -> None:
        self.assert_no_whole_table(f"/cases/{CASES // 2}/")
