"""The ledger: what became of every message object, on disk before a byte of it leaves and after its answer came.

One row is a message object, or some neighbouring addresses of one where the platform or a person treated them apart. It holds
ordinals, digests, codes and keyed hashes, never an address. SQLite keeps it: WAL with ``synchronous=FULL``, so that what was
committed survives the loss of power; one writer at a time is the registry's lock.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec_tool.delivery.ledger_file import DURABLE, VERSION, is_there
from msgspec_tool.delivery.states import Piece, Settled, State, Tally, Unit
from msgspec_tool.errors import PolicyError, ToolError


class Ledger:
    """An open ledger; used by several threads. Every method that changes it returns after the change is on disk."""

    def __init__(self, path: Path) -> None:
        if not is_there(path):
            raise PolicyError(
                f"the ledger '{path}' is gone", help="without it nobody knows what was sent; --run NAME sends all of it again"
            )
        self.path = path
        self._lock = threading.RLock()
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            for pragma in DURABLE:
                self._database.execute(f"PRAGMA {pragma}")
            self.meta: dict[str, str] = dict(self._database.execute("SELECT name, value FROM meta"))
            ((self.requests_begun,),) = self._database.execute("SELECT COALESCE(MAX(batch), 0) FROM message").fetchall()
        except sqlite3.DatabaseError as error:
            self.close()
            raise PolicyError(f"the ledger '{path}' can't be read: {error}", help="nothing is sent while it is not understood") from None
        if self.meta.get("version") != VERSION:
            self.close()
            raise PolicyError(f"the ledger '{path}' is of another version than {VERSION}", help="go on with the msgspec-tool that made it")

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._database.close()

    @contextmanager
    def _durably(self) -> Iterator[sqlite3.Connection]:
        """One change: all of it is on disk when the block ends, or none."""
        with self._lock:
            try:
                self._database.execute("BEGIN IMMEDIATE")
                try:
                    yield self._database
                    self._commit()
                except BaseException:
                    if self._database.in_transaction:
                        self._database.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise ToolError(f"the ledger '{self.path}' can't be written: {error}", help="the run stops; --resume goes on") from error

    def _commit(self) -> None:
        self._database.execute("COMMIT")

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._database.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise ToolError(f"the ledger '{self.path}' can't be read: {error}", help="the run stops; --resume goes on") from error

    # --- what there is --------------------------------------------------------------------------------------------------

    def tallies(self) -> dict[State, Tally]:
        """Message objects and addresses by state."""
        found = self._rows("SELECT state, COUNT(*), SUM(addresses) FROM message GROUP BY state")
        known = {State(state): Tally(messages, addresses) for state, messages, addresses in found}
        return {state: known.get(state, Tally()) for state in State}

    def reasons(self, state: State) -> list[tuple[str, Tally]]:
        """Codes, or reasons where there is no code, of a state's message objects."""
        query = "SELECT COALESCE(code, reason, ''), COUNT(*), SUM(addresses) FROM message WHERE state = ? GROUP BY 1 ORDER BY 1"
        return [(why, Tally(messages, count)) for why, messages, count in self._rows(query, state.value)]

    def planned(self) -> Tally:
        """All of the plan, as it was when the ledger was made."""
        ((messages, addresses),) = self._rows("SELECT COALESCE(SUM(messages), 0), COALESCE(SUM(addresses), 0) FROM request")
        return Tally(messages, addresses)

    def place(self, request: int) -> tuple[str, int, int, bytes]:
        """Where the bytes of a request are: file, offset, length, and their SHA-256."""
        ((file, start, length, digest),) = self._rows("SELECT file, start, length, sha256 FROM request WHERE number = ?", request)
        return file, start, length, digest

    def next_unit(self, after: int, child: int | None = None) -> Unit | None:
        """What is planned of the first request behind ``after``, as one unit; of a child plan only, where one is named."""
        only, values = ("AND child = ?", (child,)) if child is not None else ("", ())
        query = f"SELECT request FROM message WHERE state = 'planned' AND request > ? {only} ORDER BY request LIMIT 1"  # noqa: S608
        found = self._rows(query, after, *values)
        return self._unit(found[0][0], f"state = 'planned' {only}", values) if found else None

    def refused_units(self) -> Iterator[tuple[Unit, str]]:
        """Units that were refused as a whole, each with its code, in order."""
        groups = self._rows(
            "SELECT DISTINCT request, batch, code FROM message WHERE state = 'rejected' AND whole = 1 ORDER BY request, batch"
        )
        for request, batch, code in groups:
            yield self._unit(request, "state = 'rejected' AND whole = 1 AND batch = ?", (batch,)), code

    def _unit(self, request: int, condition: str, values: tuple[object, ...]) -> Unit:
        query = f"SELECT id, object, first, addresses FROM message WHERE request = ? AND {condition} ORDER BY object, first"  # noqa: S608
        pieces = tuple(Piece(*row) for row in self._rows(query, request, *values))
        ((whole,),) = self._rows("SELECT addresses FROM request WHERE number = ?", request)
        return Unit(request, pieces, sum(piece.addresses for piece in pieces) == whole)

    # --- a request ------------------------------------------------------------------------------------------------------

    def begin(self, unit: Unit, child: int, now: float) -> None:
        """Before the first byte leaves: ``planned`` becomes ``sending``."""
        with self._lock:
            number = self.requests_begun + 1
            with self._durably() as database:
                values = [(child, number, now, piece.id) for piece in unit.pieces]
                changed = database.executemany(
                    "UPDATE message SET state = 'sending', code = NULL, reason = NULL, whole = 0, child = ?, batch = ?, sent = ? "
                    "WHERE id = ? AND state = 'planned'",
                    values,
                ).rowcount
                if changed != len(unit.pieces):
                    raise ToolError("an internal error: a message that was sent would be sent again")
            # what was not written down was not begun: the plan's folder would bear witness against its own ledger
            self.requests_begun = number

    def give_back(self, unit: Unit) -> None:
        """The request was surely not taken: ``sending`` is ``planned`` again."""
        with self._durably() as database:
            values = [(piece.id,) for piece in unit.pieces]
            database.executemany("UPDATE message SET state = 'planned', sent = NULL WHERE id = ? AND state = 'sending'", values)

    def record(self, outcomes: Iterable[Settled]) -> None:
        """After the answer: what became of each piece; where its addresses fared differently, it is cut."""
        with self._durably() as database:
            for piece, parts in outcomes:
                for row, part in zip(_cut(database, piece, [one.addresses for one in parts]), parts, strict=True):
                    database.execute(
                        "UPDATE message SET state = ?, code = ?, reason = ?, transid = ?, whole = ? WHERE id = ?",
                        (part.state.value, part.code, part.reason, part.transid, part.whole, row),
                    )

    # --- decisions ------------------------------------------------------------------------------------------------------

    def interrupt(self) -> int:
        """At a start: every request that was on its way when the last run ended has an unknown outcome. How many pieces there were."""
        with self._durably() as database:
            reason = "the run ended before the answer"
            return database.execute("UPDATE message SET state = 'unknown', reason = ? WHERE state = 'sending'", (reason,)).rowcount

    def note(self, what: str, at: str) -> None:
        """Write down that something was decided or happened."""
        with self._durably() as database:
            _note(database, what, at)

    def events(self) -> list[tuple[str, str]]:
        """What was noted, oldest first."""
        return [(at, what) for at, what in self._rows("SELECT at, what FROM event ORDER BY id")]

    def add_child(self, kind: str, at: str) -> int:
        """A new child plan, empty so far."""
        with self._durably() as database:
            row = database.execute("INSERT INTO child(kind, made) VALUES (?, ?)", (kind, at)).lastrowid
            assert row is not None
            return row

    def last_child(self) -> str | None:
        """The kind of the newest child plan."""
        found = self._rows("SELECT kind FROM child ORDER BY id DESC LIMIT 1")
        return found[0][0] if found else None

    def take_first(self, child: int, addresses: int) -> Tally:
        """Put the first ``addresses`` addresses that are still planned into a child plan; the message object at the border is cut."""
        messages = taken = 0
        with self._durably() as database:
            query = "SELECT id, object, first, addresses FROM message WHERE state = 'planned' ORDER BY request, object, first"
            chosen: list[tuple[int, int]] = []
            for row in database.execute(query):
                piece = Piece(*row)
                rest = addresses - taken
                if rest <= 0:
                    break
                if piece.addresses > rest:
                    _cut(database, piece, [rest, piece.addresses - rest])
                chosen.append((child, piece.id))
                messages += 1
                taken += min(rest, piece.addresses)
            database.executemany("UPDATE message SET child = ? WHERE id = ?", chosen)
        return Tally(messages, taken)

    def retake(self, state: State, child: int, who: str, at: str) -> None:
        """By a person's decision everything that is ``rejected`` or ``unknown`` is planned again in a child plan."""
        with self._durably() as database:
            query = "UPDATE message SET state = 'planned', child = ?, code = NULL, reason = NULL, whole = 0 WHERE state = ?"
            number = database.execute(query, (child, state.value)).rowcount
            _note(database, f"{who} decided to send {number:,} {state.value} messages again", at)

    def skip_unknown(self, who: str, at: str) -> None:
        """By a person's decision nothing more is done about unknown outcomes."""
        with self._durably() as database:
            number = database.execute("UPDATE message SET state = 'skipped' WHERE state = 'unknown'").rowcount
            _note(database, f"{who} decided to skip {number:,} unknown messages", at)

    def halve(self, unit: Unit, child: int) -> tuple[Unit, Unit]:
        """Two halves of a refused unit by its addresses, both planned in a child plan."""
        halves: tuple[list[Piece], list[Piece]] = ([], [])
        half = unit.addresses // 2
        with self._durably() as database:
            for piece in unit.pieces:
                room = half - sum(one.addresses for one in halves[0])
                sizes = [piece.addresses] if room <= 0 or room >= piece.addresses else [room, piece.addresses - room]
                first = piece.first
                for row, size in zip(_cut(database, piece, sizes), sizes, strict=True):
                    halves[0 if room > 0 else 1].append(Piece(row, piece.object, first, size))
                    database.execute("UPDATE message SET state = 'planned', code = NULL, whole = 0, child = ? WHERE id = ?", (child, row))
                    first, room = first + size, room - size
        return Unit(unit.request, tuple(halves[0]), False), Unit(unit.request, tuple(halves[1]), False)

    # --- receipts -------------------------------------------------------------------------------------------------------

    def add_receipts(self, receipts: Iterable[tuple[bytes, str, float | None, str]]) -> int:
        """Keep receipts (hash, code, Unix seconds, transid); the same one again changes nothing. How many were new."""
        with self._durably() as database:
            before = database.total_changes
            database.executemany("INSERT OR IGNORE INTO receipt VALUES (?, ?, COALESCE(?, -1), ?)", receipts)
            return database.total_changes - before

    def receipts(self) -> list[tuple[str, int]]:
        """How many addresses of the plan have a receipt of each code."""
        query = "SELECT code, COUNT(DISTINCT hash) FROM receipt JOIN address USING (hash) GROUP BY code ORDER BY code"
        return [(code, number) for code, number in self._rows(query)]

    def proven(self, slack: float, latest: float) -> list[tuple[Piece, int, str]]:
        """Addresses with an unknown outcome whose receipt came: their piece, their place in it, and the code.

        A receipt counts where its time is not before its request left (``slack`` seconds aside) and not after ``latest``; without a time
        it may be of another run, and tells nothing.
        """
        query = """
            SELECT message.id, message.object, message.first, message.addresses, address.ordinal - message.first, MIN(receipt.code)
            FROM receipt JOIN address USING (hash) JOIN message ON message.request = address.request AND message.object = address.object
            WHERE message.state = 'unknown' AND address.ordinal >= message.first AND address.ordinal < message.first + message.addresses
                AND receipt.at >= message.sent - ? AND receipt.at <= ?
            GROUP BY message.id, address.ordinal ORDER BY message.id, address.ordinal"""
        rows = self._rows(query, slack, latest)
        return [(Piece(*row[:4]), row[4], row[5]) for row in rows]


def _note(database: sqlite3.Connection, what: str, at: str) -> None:
    database.execute("INSERT INTO event(at, what) VALUES (?, ?)", (at, what))


def _cut(database: sqlite3.Connection, piece: Piece, sizes: list[int]) -> list[int]:
    """Cut a row into neighbouring ones of these sizes, alike but for that; the ids of all of them."""
    ids = [piece.id]
    database.execute("UPDATE message SET addresses = ? WHERE id = ?", (sizes[0], piece.id))
    first = piece.first + sizes[0]
    for size in sizes[1:]:
        columns = "request, object, state, code, reason, transid, whole, child, batch, sent"
        row = database.execute(
            f"INSERT INTO message(first, addresses, {columns}) SELECT ?, ?, {columns} FROM message WHERE id = ?",  # noqa: S608
            (first, size, piece.id),
        ).lastrowid
        assert row is not None
        ids.append(row)
        first += size
    return ids
