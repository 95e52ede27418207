"""A plan that is about to be sent: checked, known or new to the registry, and the one run that may write its ledger."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec_tool.config import Environment
from msgspec_tool.delivery.ledger import Ledger, create
from msgspec_tool.delivery.plan import Plan, read_manifest, read_plan, request_lines
from msgspec_tool.delivery.registry import Entry, Registry, registry
from msgspec_tool.delivery.states import State, Tally, total
from msgspec_tool.delivery.target import Target, target
from msgspec_tool.errors import PolicyError, UsageError
from msgspec_tool.variables.timestamps import format_timestamp

POINTER = "submission.json"
"""In a plan's folder: which ledger is its own. It serves commands that only look; ``submit`` asks the registry."""

_IDENTITY = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Submission:
    """A plan, where it goes, and the registry that knows whether it went."""

    plan: Plan
    environment: Environment
    target: Target
    registry: Registry

    @property
    def begun(self) -> bool:
        """Whether there is a ledger: something may have been sent."""
        return self.registry.ledger_path(self.plan.identity).exists()

    @property
    def place(self) -> str:
        """The plan's folder as the registry names it."""
        return str(self.plan.folder.resolve())

    def refuse_strangers(self) -> None:
        """``PolicyError`` where this identity was submitted from elsewhere, or its ledger is gone; the earlier run is named."""
        entry = self.registry.entry(self.plan.identity)
        if entry is not None and not self.begun:
            raise PolicyError(
                f"the plan was submitted on {entry.started} from '{entry.plan}', and its ledger is gone",
                help="nobody knows what was sent of it; render it with another --run NAME to send all of it again",
            )
        if entry is None and self.begun:
            entry = self._entry_of_ledger()
        if entry is not None and entry.plan != self.place:
            raise PolicyError(
                f"the plan was submitted on {entry.started} from '{entry.plan}' already",
                help="go on there, or render it with another --run NAME to send all of it again",
            )

    def _entry_of_ledger(self) -> Entry:
        with closing(Ledger(self.registry.ledger_path(self.plan.identity))) as ledger:
            return Entry(**json.loads(ledger.meta["entry"]))

    @contextmanager
    def opened(self, now: datetime) -> Iterator[Ledger]:
        """The ledger for one run at a time, made where the plan is new; what was on its way when the last run ended is ``unknown``."""
        with self.registry.locked(self.plan.identity):
            self.refuse_strangers()
            path = self.registry.ledger_path(self.plan.identity)
            manifest = self.plan.manifest
            entry = Entry(self.place, manifest.spec, self.environment.name, manifest.run, format_timestamp(now))
            if not self.begun:
                meta = {"identity": self.plan.identity, "entry": json.dumps(entry.__dict__)}
                create(path, meta, request_lines(self.plan.manifest), self.registry.hash_key())
            if self.registry.entry(self.plan.identity) is None:
                self.registry.register(self.plan.identity, entry)
            _write_pointer(self.plan.folder, self.plan.identity, self.registry)
            with closing(Ledger(path)) as ledger:
                if ledger.interrupt():
                    ledger.note("a run ended before its answers came", format_timestamp(now))
                yield ledger

    def reconciled(self, ledger: Ledger) -> dict[State, Tally]:
        """The end of every run: each address of the plan is in exactly one state."""
        tallies = ledger.tallies()
        if not total(tallies).addresses == ledger.planned().addresses == self.plan.addresses:
            raise RuntimeError("the ledger does not add up to the plan")
        return tallies


def open_submission(
    folder: Path, environment: Environment, root: Path, now: datetime, *, ca_file: Path | None = None, identified: bool = False
) -> Submission:
    """Read a plan for sending; ``root`` is the project's. ``identified``: only to learn its identity, wherever it lies."""
    where = target(environment, root, ca_file)
    plan = read_plan(read_manifest(folder), environment, where, now)
    found = Submission(plan, environment, where, registry(environment, root))
    if not identified:
        found.refuse_strangers()
    return found


def _write_pointer(folder: Path, identity: str, registry: Registry) -> None:
    value = {"identity": identity, "registry": str(registry.folder.resolve())}
    descriptor, partial = tempfile.mkstemp(prefix=f".{POINTER}.", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(value) + "\n")
    os.replace(partial, folder / POINTER)


@dataclass(frozen=True)
class Submitted:
    """A plan that was submitted, found by the pointer in its folder."""

    folder: Path
    identity: str
    registry: Registry

    @property
    def ledger_path(self) -> Path:
        """Its ledger."""
        return self.registry.ledger_path(self.identity)


def find_submitted(folder: Path) -> Submitted | None:
    """The submission of a plan's folder; None where the plan was never submitted."""
    try:
        value: Any = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        if not _IDENTITY.fullmatch(value["identity"]):
            raise ValueError
        return Submitted(folder, value["identity"], Registry(Path(value["registry"])))
    except FileNotFoundError:
        read_manifest(folder)
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise PolicyError(f"'{folder / POINTER}' can't be read", help="`msgspec-tool submit` writes it again") from None


def require_submitted(folder: Path) -> Submitted:
    """:func:`find_submitted`; ``UsageError`` where there is none."""
    found = find_submitted(folder)
    if found is None:
        raise UsageError(f"the plan '{folder}' was not submitted yet", help="`msgspec-tool submit` sends it")
    return found
