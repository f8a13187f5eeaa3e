import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trial.clone import Clone

ORDINARY = "daemon"  # a user with a name that every Debian, Ubuntu and Mac has


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Clone]:
    """For the user who runs the tests. As root: below a folder of mode 700."""
    made = Clone(tmp_path / "clone").lay_out()
    yield made
    made.clean_up()


@pytest.fixture
def ordinary_clone() -> Iterator[Clone]:
    """For an ordinary user, in a home of mode 700 that root has given to it."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user; the other tests ran as an ordinary one")
    owner = pwd.getpwnam(ORDINARY)
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        made = Clone(Path(home) / "clone", python=python_for(ORDINARY), user=ORDINARY).lay_out()
        os.chown(home, owner.pw_uid, owner.pw_gid)
        made.carry_packages()
        yield made
        made.clean_up()


def python_for(user: str) -> str:
    """An interpreter of this version that the user may run."""
    ask = "import sys; print(*sys.version_info[:2])"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            told = subprocess.run(
                [python, "-c", ask], user=user, capture_output=True, text=True, cwd="/"
            )
        except OSError:
            continue
        if told.stdout.split() == [str(part) for part in sys.version_info[:2]]:
            return python
    pytest.skip(f"no Python of this version that the user {user} may run")
