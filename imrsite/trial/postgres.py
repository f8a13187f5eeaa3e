"""PostgreSQL for a trial run: on a Unix socket, as the user who started it, or as `nobody`."""

import os
import pwd
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import psycopg

from imrsite.trial.binaries import copy_postgres, postgres_bin
from imrsite.trial.processes import Account, Ending
from imrsite.trial.servers import server_env
from imrsite.trial.stopping import TrialError

DATABASE = "imrsite"

# Linux's name for "the folder this process stands in". PostgreSQL goes into its data folder by
# name. By this name it gets in even where the path to the folder is closed to it: below a home of
# mode 700, when root runs it as nobody.
HERE = "/proc/self/cwd"


class Postgres:
    name: ClassVar[str] = "postgres"
    variable: ClassVar[str] = "DATABASE_URL"
    # Close connections; give up on hanging ones; PostgreSQL's own word for each.
    ending: ClassVar[Ending] = ((signal.SIGINT, 5.0), (signal.SIGQUIT, 8.0))

    def __init__(self, data: Path, folder: Path, *, throwaway: bool) -> None:
        self.data = data
        self.sockets = folder / "pg"
        self.throwaway = throwaway
        self.role = _own_name()
        self.account = _nobody() if os.geteuid() == 0 else None
        self.place = HERE if self.account else str(data)
        self.bin = copy_postgres(folder / "programs") if self.account else postgres_bin()

    def prepare(self) -> None:
        self.sockets.mkdir(mode=0o700)
        self._give(self.sockets)
        if self.data.exists():
            _refuse_strange_owner(self.data, self.account)
            # No server of ours lives. A number left in this file may be another process's by now,
            # which it always is after a container's restart, and PostgreSQL would refuse to start.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            return
        # Renamed when complete, so that a run killed in between leaves no half of a database.
        unfinished = self.data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._give(unfinished)
        self._initdb(unfinished)
        unfinished.rename(self.data)

    def _initdb(self, data: Path) -> None:
        command: list[str | Path] = [
            self.bin / "initdb",
            f"--pgdata={HERE if self.account else data}",
            f"--username={self.role}",
            "--auth-local=peer",  # nobody but the user who started it gets in
            "--auth-host=reject",
            "--encoding=UTF8",
            "--no-locale",
            "--locale-provider=builtin",  # the same order of words on every system
            "--builtin-locale=C.UTF-8",
            "--no-sync",
        ]
        who = self.account.for_popen() if self.account else {}
        try:
            made = subprocess.run(
                command, cwd=data, env=server_env(), capture_output=True, text=True, **who
            )
        except OSError as error:
            raise TrialError(
                f"{command[0]} cannot be run ({error.strerror}). If programs may not run from its "
                "folder (noexec), run as an ordinary user, or set DATABASE_URL."
            ) from error
        if made.returncode:
            raise TrialError(f"PostgreSQL's initdb failed: {made.stderr.strip()}")

    def _give(self, folder: Path) -> None:
        if self.account is None:
            return
        try:
            os.chown(folder, self.account.user, self.account.group)
        except OSError as error:
            raise TrialError(
                f"PostgreSQL does not run as root, and {folder} cannot be given to the user "
                f"`nobody` ({error.strerror}). Run as an ordinary user, or set DATABASE_URL."
            ) from error

    def command(self) -> list[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "log_min_messages": "warning",
        }
        if self.throwaway:
            settings |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.bin / "postgres", "-D", self.place, *options]

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), user=self.role, dbname="postgres", autocommit=True
        )

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError), self._connect():
            return True
        return False

    def open(self) -> str:
        with self._connect() as connection, suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(f"CREATE DATABASE {DATABASE}")
        return f"postgres://{quote(self.role, safe='')}@/{DATABASE}?host={self.sockets}"


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        raise TrialError(
            f"The user with number {os.geteuid()} has no name on this system, and PostgreSQL "
            "asks for one. Run as a user with a name, or set DATABASE_URL."
        ) from error


def _nobody() -> Account:
    if not Path(HERE).exists():
        raise TrialError(
            "PostgreSQL does not run as root. Run as an ordinary user, or set DATABASE_URL."
        )
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _refuse_strange_owner(data: Path, account: Account | None) -> None:
    owner, wanted = data.stat().st_uid, account.user if account else os.geteuid()
    if owner != wanted:
        raise TrialError(
            f"{data} was made by another user (number {owner}). Run as the user who ran this "
            f"clone first, or remove {data.parent} and start anew."
        )
