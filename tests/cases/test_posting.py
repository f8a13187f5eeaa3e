"""Who may change what: a table of every address that takes a POST."""

import re
from collections.abc import Callable

from auditlog.models import LogEntry
from django.test import Client
from django.urls import get_resolver

from cases.models import Case, Correction, Export, Letter, Note
from tests.cases.test_access import addresses
from tests.letters import item, letter

Take = Callable[..., Letter]

# Every address that takes a POST, but for the login and what belongs to whoever asks.
ANALYSTS = [
    "/letters/add/",
    "/letters/retry",
    "/letters/cancel",
    "/cases/export/",
    "/exports/{export}/cancel",
    "/exports/{export}/delete",
    "/cases/{case}/correct/age",
    "/cases/{case}/corrections/{correction}/withdraw",
    "/cases/{case}/check",
    "/cases/{case}/assign",
    "/cases/{case}/notes/",
    "/cases/{case}/notes/{note}/",
    "/cases/{case}/received",
    "/cases/{case}/answer",
    "/cases/{case}/unanswer",
]
OWN = [
    "/logout/",
    "/account/tokens/",
    "/account/tokens/1/revoke",
    "/due/calendar",
    "/cases/settings",
    "/views/save",
    "/views/1/rename",
    "/views/1/first",
    "/views/1/delete",
]


def test_a_viewer_can_change_nothing(viewer: Client, take: Take) -> None:
    found = take(letter())
    case = Case.objects.get()
    about = {"letter": found, "part": 1, "field": "age", "value": 45, "machine": 44}
    keys = {
        "case": case.pk,
        "export": Export.objects.create(kind="cases", filters="").pk,
        "correction": Correction.objects.create(**about).pk,
        "note": Note.objects.create(case=case, text="call").pk,
    }
    before = LogEntry.objects.count()
    for address in ANALYSTS:
        assert viewer.post(address.format(**keys)).status_code == 403, address
    assert LogEntry.objects.count() == before


def test_every_address_that_takes_a_post_is_in_the_tables(manager: Client) -> None:
    """And no other changes anything: the rest refuses a POST, or is not found."""
    tables = [re.sub("{[a-z]+}", "1", each) for each in [*ANALYSTS, *OWN]]
    for route in set(addresses(get_resolver())) - {"login/"}:
        at = "/" + re.sub("<int:[a-z]+>", "1", route).replace("<str:name>", "age")
        if at not in tables and at not in {"/livez", "/readyz"} and not at.startswith("/api/"):
            assert manager.post(at).status_code == 405, at


def test_forms_carry_a_token_against_other_sites(analyst: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = analyst.cookies
    for address in [*ANALYSTS, *OWN]:
        assert strict.post(re.sub("{[a-z]+}", "1", address)).status_code == 403, address


def test_a_key_of_thousands_of_digits_is_no_key(analyst: Client) -> None:
    digits = "9" * 5000
    assert analyst.get("/cases/", {"case": digits}).status_code == 200
    assert analyst.post("/cases/export/", {"case": digits}).status_code == 400
    assert analyst.get("/letters/", {"batch": digits}).status_code == 404
    assert analyst.post("/letters/retry", {"letters": digits}).status_code == 302


def test_a_null_character_is_no_fault_of_ours(analyst: Client, take: Take) -> None:
    take(letter(items=(item("MRI of the left knee", "Overturned"),)))
    at = f"/cases/{Case.objects.get().pk}"
    assert analyst.post(f"{at}/assign", {"to": "a\0b"}).status_code == 404
    assert analyst.post(f"{at}/unanswer", {"kind": "\0"}).status_code == 404
    assert analyst.post(f"{at}/unanswer", {"kind": "authorize"}).status_code == 302
    citation = f"{at}/correct/item-1-expert-1"
    form = analyst.get(citation).context["form"]
    sent = {"remove": "yes", "why": "not\0 there", "seal": form["seal"].value()}
    assert analyst.post(citation, sent).status_code == 302
    assert Correction.objects.get().why == "not there"
