"""Addresses that must not be reached: a list in a file, one address a line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from msgspec_tool.errors import UnreadableError


@dataclass(frozen=True)
class Suppressed:
    """The addresses of a suppression list. A phone number is meant with and without its ``+``."""

    addresses: frozenset[str]
    sha256: str
    """Of the file."""

    def holds(self, key: str, address: str) -> bool:
        """Whether an address under an identifier key is on the list."""
        return normalised(key, address) in self.addresses


def normalised(key: str, address: str) -> str:
    """What two addresses under a key share that reach the same recipient."""
    return address.strip().lstrip("+") if key == "msisdn" else address


def read_suppressed(path: Path) -> Suppressed:
    """The list in a file; blank lines and lines that begin with ``#`` are none. ``UnreadableError`` where it can't be read."""
    digest = hashlib.sha256()
    found: set[str] = set()
    try:
        with path.open("rb") as stream:
            for line in stream:
                digest.update(line)
                text = line.decode("utf-8-sig").strip()
                if text and not text.startswith("#"):
                    found.add(text)
                    found.add(text.lstrip("+"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{str(path)!r} is not UTF-8", path=str(path), reason="encoding", help="save it as UTF-8") from error
    except OSError as error:
        raise UnreadableError(f"{str(path)!r} can't be read: {error.strerror or error}", path=str(path), reason="unreadable") from error
    return Suppressed(frozenset(found), digest.hexdigest())
