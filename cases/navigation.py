"""What the navigation of every page shows."""

from typing import Any

from django.http import HttpRequest

from cases.due import due_count


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`due_count` is only worked out where a template shows it."""
    return {"due_count": due_count}
