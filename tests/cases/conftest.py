"""What the tests of pages share."""

import pytest

from cases import facets


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts have time enough, on a busy machine as well."""
    monkeypatch.setattr(facets, "PATIENCE", (60, 60))
    monkeypatch.setattr(facets, "IMPATIENCE", 60)
