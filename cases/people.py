"""The parameters of the list's address about what people did with cases."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import django_filters as df
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from cases.fields import YesNo
from cases.handling import colleagues
from cases.models import Case

ME, NOBODY = "me", "nobody"


def holders() -> Iterator[tuple[str, str]]:
    """Nobody, whoever a case can be given to, and whoever still has one."""
    yield NOBODY, "Nobody"
    theirs = Case.objects.filter(assigned_to=OuterRef("pk"))
    users = User.objects.filter(Q(pk__in=colleagues().values("pk")) | Exists(theirs))
    yield from ((name, name) for name in sorted(users.values_list("username", flat=True)))


class PeopleFilter(df.FilterSet):
    """Who has a case, and whether it was checked or corrected: columns of the case itself."""

    assigned_to = df.ChoiceFilter(
        label="Given to", choices=holders, method="by_holder", empty_label="Anybody or nobody"
    )
    checked = YesNo(label="Checked", field_name="checked")
    corrected = YesNo(label="Corrected", field_name="corrected")

    def by_holder(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        if value == NOBODY:
            return cases.filter(assigned_to=None)
        # The key, not a join: the index is by the key.
        holder = User.objects.filter(username=value).values_list("pk", flat=True).first()
        return cases.filter(assigned_to=holder) if holder else cases.none()


def with_me_named(query: QueryDict, user: Any) -> QueryDict:
    """The address's query with the user's name in place of `me`."""
    if ME not in query.getlist("assigned_to"):
        return query
    named = query.copy()
    named["assigned_to"] = user.get_username()
    return named


View = Callable[..., HttpResponseBase]


def naming_me(view: View) -> View:
    """A page of the list: `assigned_to=me` becomes the user's name, which can be handed on."""

    @wraps(view)
    def named(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        query = with_me_named(request.GET, request.user)
        if query is request.GET:
            return view(request, *args, **options)
        return redirect(f"{request.path}?{query.urlencode()}")

    return named
