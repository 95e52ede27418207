"""Runs the program in processes that are killed at a chosen point: every durable operation and every step of the wire is one.

``python -m tests.delivery.killing`` reads wishes from standard input, one JSON object a line, and answers each with what became of its
process. It has loaded everything that the program needs, so that a process is a fork away.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.command import CHECKOUT, environment


class Killer:
    """Kills its own process when the n-th point is reached; counts points otherwise."""

    def __init__(self, at: int | None) -> None:
        self.at = at
        self.points = 0
        self._lock = threading.Lock()

    def point(self) -> None:
        with self._lock:
            self.points += 1
            if self.points == self.at:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a point before it and one after it."""

        def watched(*arguments: Any, **named: Any) -> Any:
            self.point()
            result = function(*arguments, **named)
            self.point()
            return result

        return watched

    def install(self) -> None:
        from msgspec_tool.delivery import ledger, ledger_file, wire

        ledger.Ledger._commit = self.around(ledger.Ledger._commit)  # type: ignore[method-assign]
        ledger_file._plan_request = self.around(ledger_file._plan_request)
        wire.Wire.post = self.around(wire.Wire.post)  # type: ignore[method-assign]
        chunks = wire._chunks

        def watched(body: bytes, sent: threading.Event) -> Iterator[bytes]:
            for chunk in chunks(body, sent):
                self.point()
                yield chunk
                self.point()

        wire._chunks = watched
        for name in ("replace", "fsync", "link", "unlink"):
            setattr(os, name, self.around(getattr(os, name)))


class HandMoved:
    """A clock that waits by moving on."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def time(self) -> float:
        return time.time() + self._ahead

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead

    def wait(self, seconds: float, stop: threading.Event) -> None:
        self._ahead += seconds


def _child(wish: dict[str, Any], report: int) -> None:
    from msgspec_tool.cli import main
    from msgspec_tool.delivery import submit

    os.environ.update(wish["environment"])
    os.chdir(wish["folder"])
    output = os.open("output.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    submit.SystemClock = HandMoved  # type: ignore[assignment,misc]
    submit.SubmitOptions.__dataclass_fields__["clock"].default_factory = HandMoved
    killer = Killer(wish["kill"])
    killer.install()
    code = main.run(wish["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(report, str(killer.points).encode())
    os._exit(code)


def _serve() -> None:
    import httpx  # noqa: F401

    from msgspec_tool.cli import purge, reconcile, status, submit  # noqa: F401
    from msgspec_tool.delivery import dry_run, receipts, report, sender, wire  # noqa: F401
    from msgspec_tool.delivery import reconcile as settling  # noqa: F401
    from msgspec_tool.schema import validation  # noqa: F401
    from msgspec_tool.schema._generated import config  # noqa: F401
    from msgspec_tool.source import yaml_reader  # noqa: F401
    from msgspec_tool.surroundings import project_file  # noqa: F401

    for line in sys.stdin:
        wish = json.loads(line)
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            try:
                _child(wish, writing)
            finally:
                os._exit(99)
        os.close(writing)
        points = os.read(reading, 100)
        os.close(reading)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(json.dumps({"code": code, "points": int(points or b"0")}), flush=True)


class Runner:
    """The other end: asks for runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, folder: Path, variables: dict[str, str], *arguments: str, kill: int | None = None) -> tuple[int, int]:
        """A run: its exit code (-9 where it was killed), and how many points it came to (of one that lived)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wish = {"folder": str(folder), "environment": variables, "arguments": arguments, "kill": kill}
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["code"], answer["points"]


@contextmanager
def runner() -> Iterator[Runner]:
    """A process that runs the program in processes of its own."""
    command = [sys.executable, "-m", "tests.delivery.killing"]
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Runner(process)
        assert process.stdin is not None
        process.stdin.close()


if __name__ == "__main__":
    _serve()
