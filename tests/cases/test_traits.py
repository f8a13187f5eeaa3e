"""What filters ask stands on the case as its review's rows say it, whatever happens to them."""

from collections.abc import Callable
from importlib import import_module
from itertools import combinations
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.test import TestCase

from cases.amend import withdraw
from cases.bench.fill import fill
from cases.filters import CaseFilter
from cases.models import Case, Letter
from reviews.models import Category, Guideline, Outcome, Side, Treatment
from reviews.traits import traits_of
from tests.cases.test_corrections import again, items_are, put
from tests.letters import MTUS, item, letter

Take = Callable[..., Letter]
PAGES = "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 64-66."
WHOLE: dict[str, Any] = {
    "sex": "female",
    "specialties": ["Occupational Medicine"],
    "licensed_in": ["California"],
    "items": [
        [
            *("upheld", "pharmaceutical", "carisoprodol"),
            ["mtus-chronic-pain", "expert", "64", "65", "66"],
            ["mtus-low-back", "administrator"],
        ],
        [
            *("overturned", "diagnostic", "mri"),
            ["mtus-low-back", "administrator"],
            ["mtus-low-back", "expert"],
        ],
    ],
    "overturned": ["diagnostic", "mri"],
    "pages": {"mtus-chronic-pain": ["64", "65", "66"]},
}
ITEMS = (
    item("Soma 350mg #60", "Upheld", MTUS, PAGES),
    item("MRI of the left knee", "Overturned"),
)


def traits() -> Any:
    """As they stand on the only case, after a look at whether its rows say the same."""
    case = Case.objects.get()
    assert case.traits == traits_of(case.review)
    return case.traits


def test_they_are_written_as_a_letter_is_read(take: Take) -> None:
    take(letter(items=ITEMS))
    assert traits() == WHOLE


def test_what_is_not_known_stands_nowhere(take: Take) -> None:
    take(letter(None, items=(item("Something odd", "perhaps", "", ""),), summary="Nothing."))
    assert traits() == {
        "specialties": ["Occupational Medicine"],
        "licensed_in": ["California"],
        "items": [["other"]],
    }


def test_they_follow_other_readings_and_corrections(
    take: Take, django_user_model: type[User]
) -> None:
    ann = django_user_model.objects.create_user("ann")
    take(letter(items=ITEMS))
    again(items_are(1))
    assert traits()["items"] == WHOLE["items"][1:]
    again()
    made = put(Case.objects.get(), "item-1-expert-1", None, ann)
    put(Case.objects.get(), "item-2-treatment", "", ann)
    put(Case.objects.get(), "sex", "male", ann)
    corrected = {
        **WHOLE,
        "sex": "male",
        "items": [
            ["upheld", "pharmaceutical", "carisoprodol", ["mtus-low-back", "administrator"]],
            ["overturned", "diagnostic", *WHOLE["items"][1][3:]],
        ],
        "overturned": ["diagnostic"],
    }
    del corrected["pages"]
    assert traits() == corrected
    again()
    assert traits() == corrected
    withdraw(made.pk)
    assert traits()["items"][0] == WHOLE["items"][0]


def test_no_word_means_two_things(db: None) -> None:
    words = [
        *(*Outcome.values, *Category.values, *Side.values, "female", "male"),
        *Treatment.objects.values_list("slug", flat=True),
    ]
    assert len(set(words)) == len(words)
    cited = [*Side.values, *Guideline.objects.values_list("slug", flat=True)]
    assert len(set(cited)) == len(cited)
    assert not any(word.isdecimal() for word in cited)


class OfManyCases(TestCase):
    """Filters look at what stands on cases; what they find is what the rows say."""

    ASKED = {
        "item_outcome": (["upheld"], ["overturned"], ["upheld", "overturned"]),
        "category": (["pharmaceutical"], ["therapy", "dme"]),
        "treatment": ("x-ray", "mri", "carisoprodol"),
        "guideline": ("mtus-chronic-pain", "odg-pain", "acoem"),
        "cited_page": ("1", "9", "10", "64"),
        "relied_on_by": ("expert", "administrator"),
    }

    @classmethod
    def setUpTestData(cls) -> None:
        fill(600, fullness=0.05)

    def test_one_and_the_same_item_is_found(self) -> None:
        rng, found = Random(1), 0
        for many in (1, 2, 3, 4):
            for names in combinations(self.ASKED, many):
                query = QueryDict(mutable=True)
                for name in names:
                    value = rng.choice(self.ASKED[name])
                    query.setlist(name, value if isinstance(value, list) else [value])
                filtered = CaseFilter(query)
                assert filtered.is_valid()
                by_rows = Case.objects.filter(
                    Exists(filtered.items().filter(review=OuterRef("review")))
                )
                keys = set(by_rows.values_list("pk", flat=True))
                assert set(filtered.qs.values_list("pk", flat=True)) == keys, query.urlencode()
                found += bool(keys) and len(keys) < 500
        assert found > 20

    def test_a_reviews_own_are_found(self) -> None:
        for query, rows in (
            ("sex=male", {"review__sex": "male"}),
            ("specialty=Pain+Management", {"review__specialties__contains": ["Pain Management"]}),
            ("licensed_in=Texas", {"review__licensed_in__contains": ["Texas"]}),
        ):
            keys = set(Case.objects.filter(**rows).values_list("pk", flat=True))
            assert 0 < len(keys) < 600
            found = CaseFilter(QueryDict(query)).qs.values_list("pk", flat=True)
            assert set(found) == keys, query

    def test_the_migration_fills_in_the_same(self) -> None:
        before = list(Case.objects.order_by("pk").values())
        Case.objects.update(traits={})
        with connection.cursor() as cursor:
            for name in ("0016_traits_of_every_case", "0017_what_goes_together"):
                cursor.execute(import_module(f"cases.migrations.{name}").FILL)
        assert list(Case.objects.order_by("pk").values()) == before
