"""What an address asks for: which rows, how many, and after which. Answered with 400 if amiss."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from cases.filters import CaseFilter
from cases.keyset import BadCursor
from cases.models import Letter
from cases.people import with_me_named

LIMIT, LIMIT_MOST = 100, 1000
Row = TypeVar("Row")


class LetterForm(forms.Form):
    state = forms.ChoiceField(choices=Letter.State.choices, required=False)
    batch = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


def filter_of(request: Request) -> CaseFilter:
    """The list's own filter. Raises ValidationError."""
    found = CaseFilter(with_me_named(request.query_params, request.user))
    understand(request, found.form)
    return found


def understand(request: Request, form: forms.BaseForm) -> None:
    """Raises ValidationError with a sentence for each parameter that is amiss.

    A name that is not known is amiss as well: misspelt, it would fetch everything there is.
    """
    strange = request.query_params.keys() - form.fields.keys() - {"cursor", "limit"}
    unknown = {name: ["There is no such parameter."] for name in sorted(strange)}
    if form.errors or unknown:
        raise ValidationError({**sentences(form), **unknown})


def sentences(form: forms.BaseForm) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def turn(
    request: Request, fetch: Callable[[str, int], tuple[list[Row], str]]
) -> tuple[list[Row], str | None]:
    """The rows of the page that is asked for, and the address of the next one.

    `fetch` takes a cursor and a number of rows. Raises ValidationError.
    """
    query: QueryDict = request.query_params.copy()
    try:
        rows, cursor = fetch(query.get("cursor", ""), _limit(query))
    except BadCursor as error:
        told = "This is no cursor of this list. Take the address from `next`, or begin anew."
        raise ValidationError({"cursor": [told]}) from error
    query["cursor"] = cursor
    address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return rows, address if cursor else None


def _limit(query: QueryDict) -> int:
    text = query.get("limit", str(LIMIT))
    told = text.isascii() and text.isdecimal() and len(text) < 10
    if not (told and 0 < int(text) <= LIMIT_MOST):
        raise ValidationError({"limit": [f"Enter a whole number from 1 to {LIMIT_MOST}."]})
    return int(text)
