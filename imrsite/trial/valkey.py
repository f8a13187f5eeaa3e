"""Valkey for a trial run: the broker, on a Unix socket, with its log on disk."""

import socket
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from imrsite.trial.binaries import valkey_server
from imrsite.trial.processes import GENTLE, Account, Ending


class Valkey:
    name: ClassVar[str] = "valkey"
    variable: ClassVar[str] = "CELERY_BROKER_URL"
    ending: ClassVar[Ending] = GENTLE

    def __init__(self, data: Path, folder: Path, *, throwaway: bool) -> None:
        self.data = data
        self.socket = folder / "valkey.sock"
        self.throwaway = throwaway
        self.account: Account | None = None

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)

    def command(self) -> list[str | Path]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "no" if self.throwaway else "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [valkey_server(), *(part for k, v in settings.items() for part in (f"--{k}", v))]

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
            client.settimeout(2)
            client.connect(str(self.socket))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")  # "-LOADING" while it reads its log
        return False

    def open(self) -> str:
        return f"redis+socket://{self.socket}?virtual_host=0"
