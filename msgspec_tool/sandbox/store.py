"""What the sandbox remembers: every address that a taken message was for, once for each time it was taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec_tool.errors import UnreadableError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS message(
    id INTEGER PRIMARY KEY, request INTEGER, transid TEXT, channel TEXT, kind TEXT, address TEXT, correlationid TEXT, created TEXT);
CREATE INDEX IF NOT EXISTS by_correlation ON message(correlationid);
CREATE INDEX IF NOT EXISTS by_transid ON message(transid);
"""


@dataclass(frozen=True)
class Taken:
    """One address of a message that was taken."""

    request: int
    transid: str
    channel: str
    kind: str
    address: str
    correlationid: str
    created: str


class Store:
    """Messages that were taken, in a file or in memory. Nothing here needs to outlive a power failure."""

    def __init__(self, path: Path | None = None) -> None:
        """``UnreadableError`` where the file holds something else, or can't be written."""
        try:
            self._database = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=MEMORY")
            self._database.execute("PRAGMA synchronous=OFF")
            self._database.executescript(_SCHEMA)
        except sqlite3.Error as error:
            words = f"the sandbox's messages in '{path}' can't be read: {error}"
            raise UnreadableError(words, path=str(path), reason="unreadable", help="remove the file, or name another --state") from error

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def add(self, taken: Iterable[Taken]) -> None:
        """Remember addresses."""
        rows = ((one.request, one.transid, one.channel, one.kind, one.address, one.correlationid, one.created) for one in taken)
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO message(request, transid, channel, kind, address, correlationid, created) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
        )
        self._database.execute("COMMIT")

    def clear(self) -> None:
        """Forget everything."""
        self._database.execute("DELETE FROM message")

    def all(self) -> Iterator[dict[str, Any]]:
        """Every address, in the order in which it was taken."""
        for row in self._database.execute("SELECT transid, channel, address, correlationid, request FROM message ORDER BY id"):
            yield dict(zip(("transid", "deliverychannel", "address", "correlationid", "request"), row, strict=True))

    def deliveries(self, correlationid: str | None = None) -> list[dict[str, Any]]:
        """How often each address of a correlation id was reached; without one, of all ids."""
        query = "SELECT correlationid, channel, address, COUNT(*) FROM message {} GROUP BY correlationid, channel, address ORDER BY MIN(id)"
        chosen, values = ("WHERE correlationid = ?", (correlationid,)) if correlationid is not None else ("", ())
        names = ("correlationid", "deliverychannel", "address", "count")
        return [dict(zip(names, row, strict=True)) for row in self._database.execute(query.format(chosen), values)]

    def counts(self) -> dict[str, int]:
        """Addresses that were taken, different ones among them, and those that were taken more than once."""
        total, different, twice = self._database.execute(
            "SELECT COALESCE(SUM(n), 0), COUNT(*), COALESCE(SUM(n > 1), 0) FROM "
            "(SELECT COUNT(*) AS n FROM message GROUP BY correlationid, channel, address)"
        ).fetchone()
        return {"deliveries": total, "different": different, "twice": twice}

    def transaction(self, transid: str) -> list[Taken]:
        """The addresses of a transaction."""
        rows = self._database.execute(
            "SELECT request, transid, channel, kind, address, correlationid, created FROM message WHERE transid = ? ORDER BY id", (transid,)
        )
        return [Taken(*row) for row in rows]
