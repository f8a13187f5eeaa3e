"""What the tests of pages share."""

import pytest

from cases import facets


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts have time enough, on a busy machine as well."""
    for name in ("PATIENCE", "IMPATIENCE"):
        monkeypatch.setattr(facets, name, (60, 60))
