"""``receive``: take delivery notifications into a plan's ledger."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import here, print_lines
from msgspec_tool.cli.signals import end_like_an_interrupt
from msgspec_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from msgspec_tool.delivery.credentials import Secret
    from msgspec_tool.delivery.submitted import Submitted


@click.command("receive", short_help="take delivery notifications for a plan")
@click.argument("plan", type=NAMED, callback=here)
@click.option("--port", type=click.IntRange(0, 65535), default=8444, metavar="N", help="The port (8444); 0 takes a free one.")
@click.option(
    "--secret-env", type=NAMED, metavar="NAME", help="Holds the secret of x-hub-signature; unsigned notifications are refused then."
)
@click.option("--state", type=NAMED, metavar="DIR", help="Holds the certificate authority (ca.pem); a temporary folder without it.")
def command(plan: str, port: int, secret_env: str | None, state: str | None) -> int:
    """Take delivery notifications for PLAN over HTTPS on this machine, for a tunnel or a proxy in front, until interrupted.

    `reconcile` settles unknown outcomes from them.
    """
    from msgspec_tool.delivery.submitted import require_submitted
    from msgspec_tool.serving.extra import require_extra

    require_extra("msgspec-tool receive")
    end_like_an_interrupt()
    submitted = require_submitted(Path(plan))
    secret = _secret(secret_env)
    if state:
        _serve(submitted, Path(state), port, secret)
    else:
        with tempfile.TemporaryDirectory(prefix="msgspec-receive-") as folder:
            _serve(submitted, Path(folder), port, secret)
    return ExitCode.CLEAN


def _secret(name: str | None) -> Secret | None:
    from msgspec_tool.delivery.credentials import Secret

    if name is None:
        return None
    if not os.environ.get(name):
        raise UsageError(f"the environment variable '{name}' is not set: it holds the secret of x-hub-signature")
    return Secret(os.environ[name])


def _serve(submitted: Submitted, folder: Path, port: int, secret: Secret | None) -> None:
    from msgspec_tool.delivery.ledger import Ledger
    from msgspec_tool.delivery.receiver import receiver
    from msgspec_tool.serving.authority import certificate
    from msgspec_tool.serving.server import HttpsServer

    files = certificate(folder)
    with closing(Ledger(submitted.ledger_path)) as ledger:
        server = HttpsServer(receiver(ledger, submitted.registry.hash_key(), secret), files, port=port)
        server.bind()
        server.ready = lambda: _announce(server.port, str(files.ca_file.absolute()))
        server.run()


def _announce(port: int, ca_file: str) -> None:
    print_lines([f"url: https://localhost:{port}/", f"ca_file: {ca_file}"])
    sys.stdout.flush()
