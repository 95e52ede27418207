"""A spec on its way to being sent: rendered into the project's store of plans, once for each identity."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class SpecToSend:
    """A spec, what it is rendered with, and where to."""

    path: Path
    project: Project
    environment: Environment
    now: datetime
    run: str
    recipients: Path | None
    ca_file: Path | None

    def open(self, plan: Path, *, identified: bool = False) -> Submission:
        """The plan that it was rendered to, read for sending; see :func:`~msgspec_tool.delivery.submission.open_submission`."""
        from msgspec_tool.delivery.submission import open_submission

        return open_submission(plan, self.environment, self.project.root, clock(None), ca_file=self.ca_file, identified=identified)


@contextmanager
def stored_plan(spec: SpecToSend, *, keep: bool) -> Iterator[Submission]:
    """The submission of what a spec renders to. A plan with the same identity that is stored already is used in its place.

    With ``keep`` the plan stays in the store; a dry run leaves nothing behind.
    """
    from msgspec_tool.delivery.submit import plan_store
    from msgspec_tool.file_writing import make_private

    store = plan_store(spec.project.root)
    try:
        make_private(store)
        folder = tempfile.TemporaryDirectory(prefix=".new-", dir=store)
    except OSError as error:
        raise ToolError(f"plans can't be kept in '{store}': {error.strerror or error}", help="nothing was sent") from error
    with folder as name:
        fresh = Path(name) / "plan"
        _render(spec, fresh)
        stored = store / spec.open(fresh, identified=True).plan.identity
        if not stored.exists() and not keep:
            yield spec.open(fresh)
            return
        new = _moved(fresh, stored)
        try:
            submission = spec.open(stored)
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


def _render(spec: SpecToSend, out: Path) -> None:
    from msgspec_tool.pipeline import render
    from msgspec_tool.rendering.options import RenderOptions

    options = RenderOptions(
        now=spec.now, project=spec.project, recipients=spec.recipients, environment=spec.environment.name, out=out, run=spec.run
    )
    outcome = render(spec.path, options)
    if outcome.diagnostics:
        print_diagnostics(outcome.diagnostics, click.get_current_context().obj)
        raise _UnrenderedError("nothing was rendered: the spec has errors", help=f"msgspec-tool lint {spec.path}")
    print_lines(said_refusals(outcome.refusals, outcome.counts.refused), sys.stderr)
    if outcome.plan is None:
        raise _UnrenderedError("nothing was sent: a row can't become a message", help="render with --keep-going and submit that plan")
