"""A plan that is about to be sent: checked, known or new to the registry, and the one run that may write its ledger."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from msgspec_tool.config import Environment
from msgspec_tool.delivery.ledger import Ledger, create, is_there
from msgspec_tool.delivery.plan import Plan, read_manifest, read_plan, request_lines
from msgspec_tool.delivery.registry import Entry, Registry, registry
from msgspec_tool.delivery.states import State, Tally, total
from msgspec_tool.delivery.submitted import Pointer, read_pointer
from msgspec_tool.delivery.target import Target, target
from msgspec_tool.errors import PolicyError, ToolError
from msgspec_tool.variables.timestamps import format_timestamp

_AGAIN = "render it with another --run NAME to send all of it again"


@dataclass(frozen=True)
class Submission:
    """A plan, where it goes, and the registry that knows whether it went."""

    plan: Plan
    environment: Environment
    target: Target
    registry: Registry

    @property
    def ledger_path(self) -> Path:
        """Where its ledger is, or will be."""
        return self.registry.ledger_path(self.plan.identity)

    @property
    def begun(self) -> bool:
        """Whether there is a ledger."""
        return is_there(self.ledger_path)

    @property
    def place(self) -> str:
        """The plan's folder as the registry names it."""
        return str(self.plan.folder.resolve())

    def refuse_strangers(self) -> None:
        """``PolicyError`` where this identity was submitted from elsewhere, or its ledger is gone or came back older; the earlier run is
        named.
        """
        entry = self.registry.entry(self.plan.identity)
        if entry is not None and not self.begun:
            raise PolicyError(
                f"the plan was submitted on {entry.started} from '{entry.plan}', and its ledger is gone",
                help=f"nobody knows what was sent of it; {_AGAIN}",
            )
        if entry is None and self.begun:
            entry = self._entry_of_ledger()
        if entry is not None and entry.plan != self.place:
            raise PolicyError(f"the plan was submitted on {entry.started} from '{entry.plan}' already", help=f"go on there, or {_AGAIN}")
        self._refuse_what_was_forgotten()

    def _refuse_what_was_forgotten(self) -> None:
        """What the plan's own folder knows: that it was submitted, and how far its ledger had come."""
        try:
            known = read_pointer(self.plan.folder)
        except PolicyError:
            if self.begun:
                return
            raise
        if known is None or known.identity != self.plan.identity:
            return
        if not self.begun:
            there = Registry(Path(known.registry)).ledger_path(known.identity)
            raise PolicyError(
                f"the plan was submitted already, with the ledger '{there}', and here it would get another",
                help=f"the environment's 'ledger' or XDG_STATE_HOME says where ledgers are; nobody else knows what was sent; {_AGAIN}",
            )
        with closing(Ledger(self.ledger_path)) as ledger:
            begun = ledger.requests_begun
        if begun < known.requests:
            raise PolicyError(
                f"the ledger '{self.ledger_path}' is older than the plan's last run: it knows of {begun:,} requests, and "
                f"{known.requests:,} left",
                help=f"bring the newest copy back; without it nobody knows what was sent; {_AGAIN}",
            )

    def _entry_of_ledger(self) -> Entry:
        with closing(Ledger(self.ledger_path)) as ledger:
            return Entry(**json.loads(ledger.meta["entry"]))

    @contextmanager
    def opened(self, now: datetime) -> Iterator[Ledger]:
        """The ledger for one run at a time, made where the plan is new; what was on its way when the last run ended is ``unknown``."""
        with self.registry.locked(self.plan.identity):
            self.refuse_strangers()
            entry = Entry(self.place, self.plan.manifest.spec, self.environment.name, self.plan.manifest.run, format_timestamp(now))
            if not self.begun:
                meta = {"identity": self.plan.identity, "entry": json.dumps(asdict(entry))}
                create(self.ledger_path, meta, request_lines(self.plan.manifest), self.registry.hash_key())
            if self.registry.entry(self.plan.identity) is None:
                self.registry.register(self.plan.identity, entry)
            with closing(Ledger(self.ledger_path)) as ledger:
                self._point_at(ledger)
                if ledger.interrupt():
                    ledger.note("a run ended before its answers came", format_timestamp(now))
                yield ledger
                # where this fails, the pointer stays behind the ledger, which is safe
                with contextlib.suppress(ToolError):
                    self._point_at(ledger)

    def _point_at(self, ledger: Ledger) -> None:
        Pointer(self.plan.identity, str(self.registry.folder.resolve()), ledger.requests_begun).write(self.plan.folder)

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
