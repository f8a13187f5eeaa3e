"""The statements that every letter takes stay with PostgreSQL, planned; Django's own do not."""

import pytest
from django.db import connection

from reviews.planned import planned

pytestmark = pytest.mark.django_db


def test_only_planned_statements_are_prepared() -> None:
    with planned() as cursor:
        cursor.execute("SELECT %(number)s::int + 1", {"number": 1})
    with connection.cursor() as plain:
        for _ in range(10):
            plain.execute("SELECT %s::int + 2", [1])
        plain.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [statement for (statement,) in plain.fetchall()]
    assert sum("::int + 1" in statement for statement in prepared) == 1
    assert not any("::int + 2" in statement for statement in prepared)
