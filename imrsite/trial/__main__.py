"""`python -m imrsite.trial run`, and `python -m imrsite.trial exec [--fresh] COMMAND...`."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from imrsite.trial.processes import signing
from imrsite.trial.run import run
from imrsite.trial.stopping import Stop, Stopped, TrialError
from imrsite.trial.surroundings import CLONE, surroundings

SECONDS_TO_END = 15.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m imrsite.trial", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("run", help="services, web, worker and beat, until Ctrl-C")
    execute = actions.add_parser("exec", help="one command, with the services it needs")
    execute.add_argument("--fresh", action="store_true", help="empty services, thrown away after")
    execute.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    stop = Stop()
    stop.listen()
    try:
        (CLONE / "var").mkdir(mode=0o700, exist_ok=True)
        if given.action == "run":
            return run(stop)
        if not given.command:
            execute.error("no command")
        with surroundings(stop, fresh=given.fresh, patient=True) as (_, env, _services):
            return command(given.command, env, stop)
    except Stopped:
        return 128 + stop.signal
    except TrialError as error:
        print(f"imrsite: {error}", file=sys.stderr)
    except PermissionError as error:
        print(f"imrsite: {error}. Was this clone run by another user first?", file=sys.stderr)
    return 1


def command(arguments: Sequence[str], env: dict[str, str], stop: Stop) -> int:
    """Run it in the foreground, pass signals on, and return its exit code as a shell would."""
    try:
        process = subprocess.Popen(arguments, env=env, preexec_fn=signing(signal.SIGTERM))
    except OSError as error:
        raise TrialError(f"{arguments[0]}: {error.strerror}") from error
    while True:
        try:
            code = process.wait(0.2)
        except subprocess.TimeoutExpired:
            _pass_on(stop, process)
        else:
            stop.signal = 0  # the command has had it: what follows is the end in any case
            return code if code >= 0 else 128 - code


def _pass_on(stop: Stop, process: subprocess.Popen[bytes]) -> None:
    number, stop.signal = stop.signal, 0
    if number == signal.SIGINT and os.isatty(0):
        return  # the terminal has given it to the command as well
    if number:
        process.send_signal(number)
    if number in (signal.SIGTERM, signal.SIGHUP):
        latest = time.monotonic() + SECONDS_TO_END
        while process.poll() is None and time.monotonic() < latest:
            time.sleep(0.05)
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
