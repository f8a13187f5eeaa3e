"""What docs/production.md and deploy/ promise holds for the code beside them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "production.md").read_text()
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def test_every_variable_of_the_settings_is_explained() -> None:
    settings = (ROOT / "imrsite" / "settings.py").read_text()
    read = re.findall(r'env\.\w+\(\s*"(\w+)"', settings)
    assert "SECRET_KEY" in read
    assert [name for name in read if f"`{name}`" not in GUIDE] == []


def test_every_variable_of_the_example_is_explained() -> None:
    example = (ROOT / "deploy" / "imrsite.env.example").read_text()
    names = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    assert "DATABASE_URL" in names
    assert [name for name in names if f"`{name}`" not in GUIDE] == []


def test_there_is_a_unit_for_each_process() -> None:
    kinds = ["beat", "exports", "scans", "web", "worker"]
    names = [f"imrsite-{kind}" for kind in kinds]
    assert [unit.stem for unit in UNITS] == names


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
@pytest.mark.parametrize(
    "promise",
    ["User=imrsite", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "MemoryMax="],
)
def test_units_run_with_few_rights(unit: Path, promise: str) -> None:
    assert re.search(f"^{promise}", unit.read_text(), re.MULTILINE)


def test_gunicorn_takes_its_settings() -> None:
    command = ["-m", "gunicorn", "--check-config", "--config=deploy/gunicorn.conf.py"]
    subprocess.run([sys.executable, *command, "imrsite.wsgi"], cwd=ROOT, check=True, timeout=60)
