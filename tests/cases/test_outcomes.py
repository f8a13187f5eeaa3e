"""The outcome that stands on a case is the one its items come to, whatever happens to them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cases.amend import withdraw
from cases.filters import CaseFilter
from cases.models import Case, Letter
from cases.removal import remove
from tests.cases.test_corrections import again, items_are, put, with_item
from tests.letters import item, letter

Take = Callable[..., Letter]
UPHELD, OVERTURNED = item("Soma 350mg #60"), item("MRI of the left knee", "Overturned")


def outcome() -> str:
    """As stored, after a look at whether the items say the same and the filter finds it."""
    case = Case.objects.get()
    said = {each.outcome for each in case.review.items.all()}
    both = "partially-overturned"
    come_to = "" if not said or "" in said else said.pop() if len(said) == 1 else both
    assert case.outcome == come_to
    for word in ("upheld", "overturned", both):
        found = CaseFilter(QueryDict(f"outcome={word}")).qs
        assert found.exists() == (word == case.outcome)
    return case.outcome


READ = [
    ((UPHELD,), "upheld"),
    ((OVERTURNED,), "overturned"),
    ((UPHELD, OVERTURNED), "partially-overturned"),
    ((UPHELD, item("Norco 10/325mg #60", "perhaps")), ""),
]


@pytest.mark.parametrize(("items", "come_to"), READ)
def test_it_is_stored_as_a_letter_is_read(take: Take, items: tuple[str, ...], come_to: str) -> None:
    take(letter(items=items))
    assert outcome() == come_to


def test_it_follows_every_other_reading(take: Take) -> None:
    take(letter(items=(UPHELD, OVERTURNED)))
    again(items_are(0))
    assert outcome() == "upheld"
    again(items_are(1))
    assert outcome() == "overturned"
    again(with_item(0, outcome=None))
    assert outcome() == ""
    again()
    assert outcome() == "partially-overturned"


def test_it_follows_corrections(take: Take, django_user_model: type[User]) -> None:
    ann = django_user_model.objects.create_user("ann")
    take(letter(items=(UPHELD, OVERTURNED)))
    made = put(Case.objects.get(), "item-2-outcome", "upheld", ann)
    assert outcome() == "upheld"
    again()
    assert outcome() == "upheld"
    withdraw(made.pk)
    assert outcome() == "partially-overturned"
    put(Case.objects.get(), "item-1-outcome", "", ann)
    assert outcome() == ""


def test_a_corrected_outcome_goes_along_to_a_new_case(
    take: Take, django_user_model: type[User]
) -> None:
    ann = django_user_model.objects.create_user("ann")
    earlier = letter(number="CM17-0000001", decided="01/05/2017", items=(UPHELD, UPHELD))
    first = take(earlier, "earlier.txt")
    take(letter(number="CM17-0000001", items=(UPHELD, OVERTURNED)), "later.txt")
    case = Case.objects.get()
    put(case, "item-2-outcome", "", ann)
    put(case, "case_number", "CM17-0000002", ann)
    assert dict(Case.objects.values_list("number", "outcome")) == {
        "CM17-0000001": "upheld",
        "CM17-0000002": "",
    }
    again()
    remove(first)
    assert outcome() == ""


def test_a_new_letter_is_not_asked_for_its_items(take: Take) -> None:
    with CaptureQueriesContext(connection) as queries:
        take(letter(items=(UPHELD,)))
    assert outcome() == "upheld"
    selected = [query["sql"] for query in queries if query["sql"].lstrip().startswith("SELECT")]
    assert not [sql for sql in selected if "reviews_disputeditem" in sql]
