"""A spec on its way to being sent: rendered into the project's store of plans, once for each identity."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.output import clock, print_diagnostics, print_lines, said_refusals
from msgspec_tool.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from msgspec_tool.config import Environment, Project
    from msgspec_tool.delivery.submission import Submission


class _UnrenderedError(ToolError):
    """The spec did not become a plan; what is wrong was said."""

    exit_code = ExitCode.FINDINGS


@contextmanager
def stored_plan(
    spec: Path,
    known: Project,
    environment: Environment,
    *,
    recipients: Path | None,
    now: datetime,
    run: str,
    ca_file: Path | None,
    keep: bool,
) -> Iterator[Submission]:
    """The submission of what a spec renders to. A plan with the same identity that is stored already is used in its place.

    With ``keep`` the plan stays in the store; a dry run leaves nothing behind.
    """
    from msgspec_tool.delivery.submission import open_submission
    from msgspec_tool.delivery.submit import plan_store
    from msgspec_tool.file_writing import make_private

    store = plan_store(known.root)
    try:
        make_private(store)
        folder = tempfile.TemporaryDirectory(prefix=".new-", dir=store)
    except OSError as error:
        raise ToolError(f"plans can't be kept in '{store}': {error.strerror or error}", help="nothing was sent") from error
    with folder as name:
        fresh = Path(name) / "plan"
        _render(spec, known, environment, recipients, now, run, fresh)
        identity = open_submission(fresh, environment, known.root, clock(None), ca_file=ca_file, identified=True).plan.identity
        stored = store / identity
        if not stored.exists() and not keep:
            yield open_submission(fresh, environment, known.root, clock(None), ca_file=ca_file)
            return
        new = _moved(fresh, stored)
        try:
            submission = open_submission(stored, environment, known.root, clock(None), ca_file=ca_file)
        except ToolError:
            if new:
                shutil.rmtree(stored, ignore_errors=True)
            raise
        yield submission


def _moved(fresh: Path, stored: Path) -> bool:
    """Put a plan into the store; False where the same one is there, perhaps since a moment ago."""
    if stored.exists():
        return False
    try:
        os.replace(fresh, stored)
    except OSError as error:
        if not stored.exists():
            raise ToolError(f"the plan can't be kept in '{stored}': {error.strerror or error}", help="nothing was sent") from error
        return False
    return True


def _render(spec: Path, known: Project, environment: Environment, recipients: Path | None, now: datetime, run: str, out: Path) -> None:
    from msgspec_tool.pipeline import render
    from msgspec_tool.rendering.options import RenderOptions

    options = RenderOptions(now=now, project=known, recipients=recipients, environment=environment.name, out=out, run=run)
    outcome = render(spec, options)
    if outcome.diagnostics:
        print_diagnostics(outcome.diagnostics, click.get_current_context().obj or "auto")
        raise _UnrenderedError("nothing was rendered: the spec has errors", help=f"msgspec-tool lint {spec}")
    print_lines(said_refusals(outcome.refusals, outcome.counts.refused), sys.stderr)
    if outcome.plan is None:
        raise _UnrenderedError("nothing was sent: a row can't become a message", help="render with --keep-going and submit that plan")
