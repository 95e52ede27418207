"""``purge``: the personal data of a plan goes, its ledger stays, so that the plan can't be sent again by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.ledger_file import is_there
from msgspec_tool.delivery.states import State
from msgspec_tool.delivery.submitted import Submitted, find_submitted
from msgspec_tool.errors import PolicyError, ToolError
from msgspec_tool.file_writing import sync
from msgspec_tool.reporters.counting import counted
from msgspec_tool.variables.timestamps import format_timestamp


def purge(folder: Path, now: datetime, *, force: bool = False) -> list[str]:
    """Remove the requests and refused rows of a plan; their names.

    ``PolicyError`` while something of it is open, or where nobody knows what is, unless forced: personal data must not stay because a
    ledger is gone. ``ToolError`` where a file can't be removed: those after it are still there.
    """
    submitted = _accounted(folder, force=force)
    if submitted is None:
        return _remove(folder)
    with submitted.registry.locked(submitted.identity):
        _refuse_open(submitted, force=force)
        removed = _remove(folder)
        with closing(Ledger(submitted.ledger_path)) as ledger:
            ledger.note("the plan's personal data was removed", format_timestamp(now))
    return removed


def _accounted(folder: Path, *, force: bool) -> Submitted | None:
    """The submission of a plan whose ledger is there; None where the plan was never submitted, or nobody knows and that is no matter."""
    try:
        submitted = find_submitted(folder)
    except PolicyError:
        if not force:
            raise
        return None
    if submitted is None or is_there(submitted.ledger_path):
        return submitted
    if not force:
        words = f"the ledger '{submitted.ledger_path}' is gone: nobody knows what was sent"
        raise PolicyError(words, help="--force removes the plan's data all the same")
    return None


def _refuse_open(submitted: Submitted, *, force: bool) -> None:
    with closing(Ledger(submitted.ledger_path)) as ledger:
        tallies = ledger.tallies()
    open_states = [state for state in (State.PLANNED, State.SENDING, State.UNKNOWN) if tallies[state].addresses]
    if open_states and not force:
        words = " and ".join(f"{tallies[state].addresses:,} {state.value}" for state in open_states)
        raise PolicyError(f"the plan is not finished: {words}", help="--force removes its data all the same; the rest can't be sent then")


def _remove(folder: Path) -> list[str]:
    removed = []
    try:
        for path in sorted(_personal(folder)):
            path.unlink()
            removed.append(path.name)
        sync(folder)
    except OSError as error:
        said = f", {counted(len(removed), 'file')} gone already" if removed else ""
        raise ToolError(
            f"personal data in '{folder}' can't be removed: {error.strerror or error}{said}", help="it is complete when `purge` says so"
        ) from error
    return removed


def _personal(folder: Path) -> Iterator[Path]:
    yield from folder.glob("requests-*.jsonl")
    yield from folder.glob("refused.jsonl")
