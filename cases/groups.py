"""The three groups of people and what each may do."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

LOOK = ["view_case", "view_letter", "view_attempt", "view_review", "view_disputeditem"]
UPLOAD = ["add_letter", "open_letter", "export_case", "change_deadline"]
DESK = ["correct_case", "check_case", "assign_case", "add_note"]
MANAGE = [
    "change_letter",
    "delete_letter",
    "view_export",
    "view_batch",
    "view_token",
    "delete_token",
    "view_logentry",
    "view_guideline",
    "view_treatment",
    "add_user",
    "change_user",
    "view_user",
    "view_group",
]
GROUPS = {
    "viewer": LOOK,
    "analyst": LOOK + UPLOAD + DESK,
    "manager": LOOK + UPLOAD + DESK + MANAGE,
}


def sync_groups(**_: Any) -> None:
    """Make the groups, with at least these permissions; what a site adds to them stays."""
    for label in ("auth", "cases", "reviews", "auditlog"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name, codenames in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(codename__in=codenames))
