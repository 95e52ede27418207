"""The file of a ledger: its tables, what makes it durable, and how a new one is filled before it is there at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from msgspec_tool.delivery.bodies import channel, message_objects, recipients
from msgspec_tool.delivery.correlation import correlation_hash
from msgspec_tool.delivery.plan import RequestLine
from msgspec_tool.errors import ToolError
from msgspec_tool.file_writing import make_private, sync

VERSION = "1"
"""Of the tables."""

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE request(number INTEGER PRIMARY KEY, file TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
    sha256 BLOB NOT NULL, messages INTEGER NOT NULL, addresses INTEGER NOT NULL);
CREATE TABLE child(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE message(id INTEGER PRIMARY KEY, request INTEGER NOT NULL, object INTEGER NOT NULL, first INTEGER NOT NULL,
    addresses INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'planned', code TEXT, reason TEXT, transid TEXT,
    whole INTEGER NOT NULL DEFAULT 0, child INTEGER, batch INTEGER, sent REAL);
CREATE INDEX message_by_state ON message(state, request);
CREATE INDEX message_by_place ON message(request, object, first);
CREATE TABLE address(hash BLOB PRIMARY KEY, request INTEGER NOT NULL, object INTEGER NOT NULL, ordinal INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE receipt(hash BLOB NOT NULL, code TEXT NOT NULL, at REAL, transid TEXT, PRIMARY KEY(hash, code, at, transid)) WITHOUT ROWID;
CREATE TABLE event(id INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL);
"""
DURABLE = ("journal_mode=WAL", "synchronous=FULL", "fullfsync=1", "checkpoint_fullfsync=1")
"""What was committed survives the loss of power; the last two are for macOS, where fsync does not reach the disk."""

_NEW_PIECE = "INSERT INTO message(request, object, first, addresses, child, batch, sent) VALUES (?, ?, ?, ?, ?, ?, ?)"


def is_there(path: Path) -> bool:
    """Whether there is a ledger; ``ToolError`` where nobody may look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        words = f"the ledger '{path}' can't be read: {error.strerror or error}"
        raise ToolError(words, help="nothing is sent while it is not understood") from error
    return True


def create(path: Path, meta: Mapping[str, str], lines: Iterable[RequestLine], key: bytes) -> None:
    """Make the ledger of a plan, every message object ``planned``; it is in its place only when it is complete.

    ``ToolError`` where it can't be made: nothing was sent.
    """
    try:
        _create(path, meta, lines, key)
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ToolError(f"the ledger '{path}' can't be made: {reason}", help="nothing was sent; submit it again") from error


def _create(path: Path, meta: Mapping[str, str], lines: Iterable[RequestLine], key: bytes) -> None:
    make_private(path.parent)
    partial = path.with_name(f".{path.name}.partial")
    for suffix in ("", "-wal", "-shm", "-journal"):
        partial.with_name(f"{partial.name}{suffix}").unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(partial, isolation_level=None)) as database:
        for pragma in DURABLE:
            database.execute(f"PRAGMA {pragma}")
        database.executescript(f"BEGIN; {_SCHEMA}")
        database.executemany("INSERT INTO meta VALUES (?, ?)", {"version": VERSION, **meta}.items())
        for line in lines:
            _plan_request(database, line, key)
        database.execute("COMMIT")
    os.replace(partial, path)
    sync(path.parent)


def _plan_request(database: sqlite3.Connection, line: RequestLine, key: bytes) -> None:
    total = 0
    objects = message_objects(line.data)
    hashes = []
    for index, message in enumerate(objects):
        name = channel(message)
        number = 0
        for number, recipient in enumerate(recipients(message), 1):
            if recipient.correlationid:
                hashes.append((correlation_hash(key, recipient.correlationid, name, recipient.address), line.number, index, number - 1))
        database.execute(_NEW_PIECE, (line.number, index, 0, number, None, None, None))
        total += number
    # an id that two addresses of a plan share tells nothing about either
    database.executemany("INSERT INTO address VALUES (?, ?, ?, ?) ON CONFLICT(hash) DO UPDATE SET object = -1", hashes)
    digest = hashlib.sha256(line.data).digest()
    row = (line.number, line.file, line.offset, len(line.data), digest, len(objects), total)
    database.execute("INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?)", row)
