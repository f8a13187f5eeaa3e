"""The way back from a backup, rehearsed with the script that production runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from cases.models import Letter
from cases.reader import read_letter
from imrsite.trial.postgres import Postgres
from tests.faults.conftest import Breakable
from tests.faults.proof import bring
from tests.workers import surroundings

pytestmark = pytest.mark.processes


def rehearse(own_database: Breakable) -> subprocess.CompletedProcess[str]:
    server = own_database.service.server
    assert isinstance(server, Postgres)
    tools = f"{server.bin}{os.pathsep}{os.environ['PATH']}"  # pg_dump of the server's version
    return subprocess.run(
        [Path(settings.BASE_DIR) / "deploy" / "rehearse-restore"],
        env=surroundings(PATH=tools, PYTHON=sys.executable),
        capture_output=True,
        text=True,
    )


def test_what_is_backed_up_comes_back(own_database: Breakable) -> None:
    names = bring(5)
    for key in Letter.objects.values_list("pk", flat=True):
        read_letter(key)
    done = rehearse(own_database)
    assert done.returncode == 0, done.stderr
    counts = "|".join(str(n) for n in (5, 5, 5, 10))
    assert f"citations: {counts}|" in done.stdout
    assert "Nothing is missing." in done.stdout

    lost = Letter.objects.get(name=f"{names[2]}.txt")
    Path(lost.file.path).unlink()
    done = rehearse(own_database)
    assert done.returncode != 0
    assert f"letter {lost.pk}: its file {lost.file} is missing" in done.stdout
