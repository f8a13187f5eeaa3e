"""What a server of a trial run has to offer."""

import os
from pathlib import Path
from typing import ClassVar, Protocol

from imrsite.trial.processes import Account, Ending


class Server(Protocol):
    """`folder` is short-lived and private: for sockets. `data` is where the data stay."""

    name: ClassVar[str]
    variable: ClassVar[str]  # set to a server of one's own, it keeps this one from starting
    ending: ClassVar[Ending]
    data: Path
    account: Account | None

    def __init__(self, data: Path, folder: Path, *, throwaway: bool) -> None: ...
    def prepare(self) -> None: ...
    def command(self) -> list[str | Path]: ...
    def answers(self) -> bool: ...
    def open(self) -> str:
        """What is left to do once it answers; its URL."""
        ...


def server_env() -> dict[str, str]:
    """Only this: PGDATA, PGOPTIONS and the like are meant for other servers."""
    return {"PATH": os.defpath, "LC_ALL": "C"}
