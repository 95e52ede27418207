"""``sandbox``: the API on this machine."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import print_lines
from msgspec_tool.cli.signals import end_like_an_interrupt
from msgspec_tool.errors import ExitCode, UnreadableError, UsageError
from msgspec_tool.file_writing import write_private


@dataclass(frozen=True)
class _Asked:
    """The command line."""

    key: str
    port: int
    faults: str | None
    tps: int | None
    secret: str | None
    ready_file: str | None


@click.command("sandbox", short_help="run the API on this machine")
@click.option("--port", type=click.IntRange(0, 65535), default=8443, metavar="N", help="The port (8443); 0 takes a free one.")
@click.option("--key", type=NAMED, metavar="KEY", help="The service key, which begins with sandbox-; made up and printed without it.")
@click.option(
    "--state", type=NAMED, metavar="DIR", help="Holds the certificate authority (ca.pem) and the messages; a temporary folder without it."
)
@click.option("--faults", type=NAMED, metavar="FILE", help="What goes wrong, and when.")
@click.option("--tps", type=click.IntRange(min=1), metavar="N", help="Requests a second; more are refused with 7020.")
@click.option("--secret-env", type=NAMED, metavar="NAME", help="Holds the secret that signs delivery notifications (x-hub-signature).")
@click.option("--ready-file", type=NAMED, metavar="FILE", help="Written when it listens: url, ca_file, key and pid as JSON.")
def command(
    port: int, key: str | None, state: str | None, faults: str | None, tps: int | None, secret_env: str | None, ready_file: str | None
) -> int:
    """Answer as the documented Messaging API v1 does, over HTTPS on this machine only, until interrupted."""
    from msgspec_tool.serving.extra import require_extra

    require_extra("msgspec-tool sandbox")
    end_like_an_interrupt()
    from msgspec_tool.sandbox.access import KEY_PREFIX

    chosen = key or KEY_PREFIX + secrets.token_hex(16)
    if not chosen.startswith(KEY_PREFIX) or not chosen.isascii() or not chosen.isprintable() or " " in chosen:
        raise UsageError(f"a service key of the sandbox begins with '{KEY_PREFIX}' and is plain ASCII without blanks")
    asked = _Asked(chosen, port, _read(faults) if faults else None, tps, _secret(secret_env), ready_file)
    if state:
        _serve(Path(state), asked)
    else:
        with tempfile.TemporaryDirectory(prefix="msgspec-sandbox-") as folder:
            _serve(Path(folder), asked)
    return ExitCode.CLEAN


def _secret(name: str | None) -> str | None:
    if name is not None and not os.environ.get(name):
        raise UsageError(f"the environment variable '{name}' is not set: it holds the secret that signs notifications")
    return os.environ[name] if name is not None else None


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UnreadableError(f"the faults '{path}' can't be read: {reason}", path=path, reason="unreadable") from error


def _serve(folder: Path, asked: _Asked) -> None:
    from msgspec_tool.sandbox.api import Sandbox
    from msgspec_tool.sandbox.faults import Faults, read_faults
    from msgspec_tool.sandbox.notifications import Notifier
    from msgspec_tool.sandbox.store import Store
    from msgspec_tool.serving.authority import certificate
    from msgspec_tool.serving.server import HttpsServer

    rules = Faults(read_faults(asked.faults) if asked.faults else [])
    files = certificate(folder)
    store = Store(folder / "messages.sqlite3")
    sandbox = Sandbox(asked.key, store, rules, Notifier(str(files.ca_file), asked.secret), asked.tps)
    server = HttpsServer(sandbox.application(), files, port=asked.port, closing=sandbox.notifier.close)
    server.bind()
    server.ready = lambda: _announce(server.port, str(files.ca_file.absolute()), asked.key, asked.ready_file)
    try:
        server.run()
    finally:
        store.close()


def _announce(port: int, ca_file: str, key: str, ready_file: str | None) -> None:
    url = f"https://localhost:{port}/resources/v1/messaging"
    print_lines([f"url: {url}", f"ca_file: {ca_file}", f"key: {key}"])
    sys.stdout.flush()
    if ready_file:
        ready = json.dumps({"url": url, "ca_file": ca_file, "key": key, "pid": os.getpid()})
        try:
            write_private(Path(ready_file), f"{ready}\n".encode())
        except OSError as error:
            words = f"the ready file '{ready_file}' can't be written: {error.strerror or error}"
            raise UnreadableError(words, path=ready_file, reason="unreadable") from error
