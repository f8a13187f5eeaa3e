"""`make run`: the site with its processes, until somebody asks for the end."""

import os
import socket

from imrsite.trial.console import Console
from imrsite.trial.processes import take
from imrsite.trial.site import Site, end_leftovers
from imrsite.trial.stopping import Stop, Stopped, TrialError
from imrsite.trial.supervisor import Kept
from imrsite.trial.surroundings import CLONE, surroundings


def run(stop: Stop) -> int:
    state = CLONE / "var"
    lock = take(state / "run" / "run.owner")
    if lock is None:
        raise TrialError("This clone is running already. End that run first (Ctrl-C).")
    console = Console()
    try:
        end_leftovers(state)
        with listening(port()) as web:
            console.say("Starting the services.")
            with surroundings(stop, fresh=False, patient=False) as (state, env, services):
                site = Site(state, env, console, stop)
                site.prepare()
                servers = [Kept(s.kind.name, s.spawn, s.child) for s in services if s.child]
                site.keep(web, servers)
    except Stopped:
        console.say("Ended.")
    finally:
        os.close(lock)
    return 0


def port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise TrialError(f"PORT is {given!r}; it should be a number such as 8001.")
    return int(given)


def listening(number: int) -> socket.socket:
    """The web server's socket, taken before anything slow is done, and kept while it restarts."""
    web = socket.socket()
    web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        web.bind(("127.0.0.1", number))
        web.listen(64)
    except OSError as error:
        web.close()
        raise TrialError(
            f"Port {number} cannot be had ({error.strerror}). Choose another: "
            f"make run PORT={number % 65535 + 1}"
        ) from error
    return web
