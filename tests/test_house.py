"""How the house is built: imports point one way, settings are safe, pins are new enough."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each may import those to its right: a page may ask a review, never the other way round.
LAYERS = ["imrsite", "cases", "reviews", "reviews.reading"]

# The least version without a known advisory that concerns us, and the advisory.
LEAST = {
    "Django": ("5.2.19", "5.2 LTS with all security releases to date"),
    "pypdf": ("7.1.0", "some 45 advisories, all denial of service, below it"),
    "gunicorn": ("23.0.0", "CVE-2024-6827, request smuggling"),
    "celery": ("5.2.2", "CVE-2021-23727, command injection through results"),
    "django-filter": ("2.4.0", "CVE-2020-15225, denial of service through huge exponents"),
}


def layer(module: str) -> str | None:
    return next((name for name in reversed(LAYERS) if (module + ".").startswith(name + ".")), None)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return found


@pytest.mark.parametrize("name", LAYERS)
def test_imports_point_one_way(name: str) -> None:
    above = LAYERS[: LAYERS.index(name)]
    for path in (ROOT / name.replace(".", "/")).rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if layer(module) != name:
            continue
        wrong = {m for m in imported(path) if layer(m) in above}
        assert not wrong, f"{module} imports {wrong}"


def test_the_reader_knows_no_django() -> None:
    for path in (ROOT / "reviews/reading").rglob("*.py"):
        roots = {module.split(".")[0] for module in imported(path)}
        assert not roots & {"django", "celery", "environ"}, path


def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    found = [re.match(r"([A-Za-z0-9-]+)(?:\[[^\]]*\])?==(\S+)", line) for line in lines]
    return {match[1]: match[2] for match in found if match}


def test_every_requirement_is_pinned_and_says_why() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.fullmatch(r"\S+==\S+\s+# \S.+", line), line


@pytest.mark.parametrize("name", LEAST)
def test_pins_are_not_below_the_least_safe_version(name: str) -> None:
    least, why = LEAST[name]
    have = pinned()[name]
    assert numbers(have) >= numbers(least), f"{name} {have}: {why}"


def numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def manage(*args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    unset = {
        "DJANGO_ALLOW_ASYNC_UNSAFE",
        "DEBUG",
        "SECRET_KEY",
        "DATABASE_URL",
        "CELERY_BROKER_URL",
    }
    env = {k: v for k, v in os.environ.items() if k not in unset} | variables
    return subprocess.run(
        [sys.executable, "manage.py", *args], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_safe_to_deploy_with_debug_off() -> None:
    found = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY="k" * 30 + "0123456789abcdefghijklmnop",
        ALLOWED_HOSTS="imr.example.org",
        DATABASE_URL=os.environ["DATABASE_URL"],
        CELERY_BROKER_URL=os.environ["CELERY_BROKER_URL"],
    )
    assert found.returncode == 0, found.stderr


def test_what_is_not_set_is_named() -> None:
    found = manage("check")
    assert found.returncode != 0
    for name in ("SECRET_KEY", "DATABASE_URL", "CELERY_BROKER_URL"):
        assert f"The environment variable {name} is not set." in found.stderr


def test_nothing_asks_the_database_as_it_is_imported() -> None:
    """On the first day it has no tables, and `migrate` itself would stop."""
    found = manage(
        "shell",
        "--command=import imrsite.urls, cases.admin, reviews.admin",
        SECRET_KEY="x" * 60,
        ALLOWED_HOSTS="imr.example.org",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
        CELERY_BROKER_URL=os.environ["CELERY_BROKER_URL"],
    )
    assert found.returncode == 0, found.stderr


def test_the_demo_account_needs_debug(db: None) -> None:
    found = manage(
        "load_samples",
        SECRET_KEY="x" * 60,
        DATABASE_URL=os.environ["DATABASE_URL"],
        CELERY_BROKER_URL=os.environ["CELERY_BROKER_URL"],
    )
    assert found.returncode != 0
    assert "only with DEBUG=1" in found.stderr


def test_a_letter_can_be_read_without_any_setting(tmp_path: Path) -> None:
    (tmp_path / "no.txt").write_text("Dear all, lunch is at noon.")
    found = manage("read_letter", "--json", str(tmp_path / "no.txt"))
    assert '"file": "no.txt"' in found.stdout
