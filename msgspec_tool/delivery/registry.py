"""One identity, one ledger, wherever a plan lies: the registry of runs, the lock of the one that writes, and the key of hashes.

It is a folder of small files, in the user's state folder or where an environment's ``ledger`` says: ``registry/IDENTITY.json`` names
where a plan was first submitted from, ``ledgers/IDENTITY.sqlite3`` is its ledger. Whoever removes one of them is found out by the other.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from msgspec_tool.config import Environment
from msgspec_tool.errors import PolicyError, ToolError, UsageError
from msgspec_tool.file_writing import make_private, sync, write_private

_KEY_BYTES = 32


@dataclass(frozen=True)
class Entry:
    """What the registry knows of an identity: where it was first submitted from, by which spec, and when (UTC)."""

    plan: str
    spec: str
    environment: str
    run: str
    started: str


@dataclass(frozen=True)
class Registry:
    """The registry in a folder."""

    folder: Path

    def entry(self, identity: str) -> Entry | None:
        """The earlier run of an identity, if there was one."""
        path = self._entry_path(identity)
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            return Entry(**value)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise ToolError(f"the registry entry '{path}' can't be read", help="nothing is sent while it is not understood") from error

    def register(self, identity: str, entry: Entry) -> None:
        """Remember an identity, durably, before anything is sent of it."""
        self._write(self._entry_path(identity), json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8") + b"\n")

    def ledger_path(self, identity: str) -> Path:
        """Where an identity's ledger is."""
        return self.folder / "ledgers" / f"{identity}.sqlite3"

    def hash_key(self) -> bytes:
        """The key of the hashes of addresses; made once, kept apart from the ledgers."""
        path = self.folder / "hash.key"
        if not path.exists():
            self._write(path, secrets.token_bytes(_KEY_BYTES), keep=True)
        try:
            key = path.read_bytes()
        except OSError as error:
            raise ToolError(f"the key of hashes '{path}' can't be read: {error.strerror or error}") from error
        if len(key) != _KEY_BYTES:
            raise ToolError(f"the key of hashes '{path}' is not as it was made", help="bring it back: receipts are compared with its help")
        return key

    @contextlib.contextmanager
    def locked(self, identity: str) -> Iterator[None]:
        """Be the only one who writes an identity's ledger; ``PolicyError`` naming the run that already does."""
        path = self.folder / "registry" / f"{identity}.lock"
        try:
            make_private(path.parent)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _unkept(path.parent, error) from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(descriptor, 1000).decode("utf-8", "replace").strip() or "another process"
                raise PolicyError(f"the plan is being sent by {holder}", help="one run at a time sends a plan; wait for it") from None
            except OSError as error:
                words = f"'{path}' can't be locked: {error.strerror or error}"
                raise ToolError(words, help="nothing was sent; ledgers belong on a file system that locks files") from error
            # the name of the holder is for a person; a full disk keeps nobody from running alone
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
            yield
        finally:
            os.close(descriptor)

    def _entry_path(self, identity: str) -> Path:
        return self.folder / "registry" / f"{identity}.json"

    def _write(self, path: Path, data: bytes, *, keep: bool = False) -> None:
        try:
            make_private(path.parent)
            if keep:
                _write_once(path, data)
            else:
                write_private(path, data)
        except OSError as error:
            raise _unkept(path.parent, error) from error


def _write_once(path: Path, data: bytes) -> None:
    """Two first runs at once: what was there first is everybody's."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(beside, data)
    with contextlib.suppress(FileExistsError):
        os.link(beside, path)
    os.unlink(beside)
    sync(path.parent)


def registry(environment: Environment, root: Path) -> Registry:
    """The registry of an environment: its ``ledger`` (seen from the project's ``root``), else the user's state folder.

    ``UsageError`` where there is neither: a user of a container may have no home.
    """
    if environment.ledger is not None:
        return Registry(root / environment.ledger)
    state = os.environ.get("XDG_STATE_HOME") or ""
    home = os.path.expanduser("~")
    if not os.path.isabs(state) and not os.path.isabs(home):
        raise UsageError(
            "there is no folder to keep the ledger in: this user has no home",
            help=f"set XDG_STATE_HOME, or 'ledger' of environment '{environment.name}'",
        )
    base = Path(state) if os.path.isabs(state) else Path(home) / ".local" / "state"
    return Registry(base / "msgspec-tool")


def _unkept(folder: Path, error: OSError) -> ToolError:
    return ToolError(f"the registry of runs can't be kept in '{folder}': {error.strerror or error}", help="nothing was sent")
