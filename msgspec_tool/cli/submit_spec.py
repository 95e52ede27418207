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

from msgspec_tool.cli.output import clock, print_lines, screen_width, style
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
    from msgspec_tool.delivery.registry import make_private
    from msgspec_tool.delivery.submission import open_submission
    from msgspec_tool.delivery.submit import plan_store

    store = plan_store(known.root)
    make_private(store)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=store) as folder:
        fresh = Path(folder) / "plan"
        _render(spec, known, environment, recipients, now, run, fresh)
        identity = open_submission(fresh, environment, known.root, clock(None), ca_file=ca_file, identified=True).plan.identity
        stored = store / identity
        if not stored.exists() and not keep:
            yield open_submission(fresh, environment, known.root, clock(None), ca_file=ca_file)
            return
        new = not stored.exists()
        if new:
            os.replace(fresh, stored)
        try:
            submission = open_submission(stored, environment, known.root, clock(None), ca_file=ca_file)
        except ToolError:
            if new:
                shutil.rmtree(stored, ignore_errors=True)
            raise
        yield submission


def _render(spec: Path, known: Project, environment: Environment, recipients: Path | None, now: datetime, run: str, out: Path) -> None:
    from msgspec_tool.pipeline import render
    from msgspec_tool.rendering.options import RenderOptions
    from msgspec_tool.reporters.full import one

    options = RenderOptions(now=now, project=known, recipients=recipients, environment=environment.name, out=out, run=run)
    outcome = render(spec, options)
    if outcome.diagnostics:
        for diagnostic in outcome.diagnostics:
            print_lines([*one(diagnostic, style=style("auto", sys.stderr), screen=screen_width(sys.stderr)), ""], sys.stderr)
        raise _UnrenderedError("nothing was rendered: the spec has errors", help=f"msgspec-tool lint {spec}")
    for refusal in outcome.refusals[:20]:
        print_lines([f"refused: row {refusal.row}: {refusal.reason} [{refusal.code}]"], sys.stderr)
    if outcome.plan is None:
        raise _UnrenderedError("nothing was sent: a row can't become a message", help="render with --keep-going and submit that plan")
