"""Addresses that must not be reached: a list in a file, one address a line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec_tool.errors import UnreadableError


@dataclass(frozen=True)
class Suppressed:
    """The addresses of a suppression list. A phone number is meant however it is written: with ``+``, ``00`` or neither, with blanks
    or other signs between its digits.
    """

    addresses: frozenset[str]
    sha256: str
    """Of the file."""

    def holds(self, key: str, address: str) -> bool:
        """Whether an address under an identifier key is on the list."""
        return normalised(key, address) in self.addresses

    def among(self, key: str, addresses: Sequence[str | None]) -> Collection[int]:
        """Which of some addresses under an identifier key are on the list; None is no address."""
        texts = [None if one is None else normalised(key, one) for one in addresses]
        if self.addresses.isdisjoint(texts):
            return ()
        return [index for index, one in enumerate(texts) if one in self.addresses]


def normalised(key: str, address: str) -> str:
    """What two addresses under a key share that reach the same recipient."""
    return address.strip().lstrip("+") if key == "msisdn" else address


_FOREIGN = re.compile(r"[,;\"\t]")
"""What no address holds and tables do. Who is on a line that is not understood would be reached all the same."""

_WRITTEN_NUMBER = re.compile(r"(?:\+|00)?[0-9 ().\-/\u00a0]*", re.ASCII)
"""A phone number as people write it."""


def _spellings(text: str) -> Iterator[str]:
    """An address as recipients may have it."""
    bare = text.lstrip("+")
    yield text
    yield bare
    if (not bare.isdigit() or bare.startswith("00")) and _WRITTEN_NUMBER.fullmatch(text):
        yield re.sub("[^0-9]", "", text).removeprefix("00")


def read_suppressed(path: Path) -> Suppressed:
    """The list in a file; blank lines and lines that begin with ``#`` are none. ``UnreadableError`` where it can't be read."""
    digest = hashlib.sha256()
    found: set[str] = set()
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                digest.update(line)
                text = line.decode("utf-8-sig").strip()
                if text and not text.startswith("#"):
                    if _FOREIGN.search(text):
                        words = f"line {number:,} of {str(path)!r} is more than an address"
                        help = "write one address a line, without quotes and other columns"
                        raise UnreadableError(words, path=str(path), reason="unreadable", help=help)
                    found.update(_spellings(text))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{str(path)!r} is not UTF-8", path=str(path), reason="encoding", help="save it as UTF-8") from error
    except OSError as error:
        raise UnreadableError(f"{str(path)!r} can't be read: {error.strerror or error}", path=str(path), reason="unreadable") from error
    return Suppressed(frozenset(found), digest.hexdigest())
