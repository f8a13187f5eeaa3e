"""When somebody's account is deleted, what they did stays, and what was theirs alone goes."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.test import Client

from cases.feed import make_key
from cases.models import Case, Correction, Export, Letter, Note, SavedView, Token, issue
from tests.cases.test_correcting_pages import put
from tests.letters import item, letter

Take = Callable[..., Letter]


def test_a_case_outlasts_the_account_that_worked_on_it(
    analyst: Client, manager: Client, take: Take
) -> None:
    take(letter(items=(item("MRI of the left knee", "Overturned"),)))
    case, ann = Case.objects.get(), User.objects.get(username="analyst")
    at = f"/cases/{case.pk}"
    put(analyst, case, "age", value="45")
    analyst.post(f"{at}/notes/", {"text": "call the clinic"})
    analyst.post(f"{at}/assign", {"to": "analyst"})
    analyst.post(f"{at}/check", {"review": case.review_id})
    analyst.post(f"{at}/received", {"day": "2017-06-01"})
    analyst.post(f"{at}/answer", {"kind": "authorize"})
    analyst.post("/views/save", {"name": "mine", "query": "age_min=40"})
    assert analyst.get("/cases/export.csv").getvalue()
    _token, secret = issue(ann.pk, "nightly", None)
    key = make_key(ann)
    ann.delete()
    for address in (f"{at}/", f"{at}/summary.txt", "/cases/", "/due/", "/letters/", "/exports/"):
        assert manager.get(address).status_code == 200, address
    page = manager.get(f"{at}/").content.decode()
    assert "call the clinic" in page
    case.refresh_from_db()
    assert (case.age, case.checked, case.assigned_to) == (45, True, None)
    assert Correction.objects.get().made_by is None
    assert Note.objects.get().made_by is None
    export = Export.objects.get()
    assert manager.get(f"/exports/{export.pk}/").status_code == 200
    assert manager.get(f"/admin/cases/export/{export.pk}/change/").status_code == 200
    assert not Token.objects.exists()
    assert not SavedView.objects.exists()
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/guidelines/").status_code == 401
    assert Client().get("/due/calendar.ics", {"key": key}).status_code == 403
    assert analyst.get(f"{at}/").status_code == 302
