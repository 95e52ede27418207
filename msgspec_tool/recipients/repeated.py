"""Rows that reach somebody whom an earlier row reaches: found exactly, in memory that does not grow with the rows.

The addresses of all rows are written to files, spread over partitions by their checksum, and compared partition by partition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from zlib import crc32

from msgspec_tool.recipients.suppressed import normalised

_PARTITION_BYTES = 8 << 20
_MOST_PARTITIONS = 256


class RowSet:
    """Numbers of rows, a bit for each; ``data`` is what another one gave."""

    def __init__(self, data: bytes = b"") -> None:
        self._bits = bytearray(data)

    @property
    def data(self) -> bytes:
        """All of it, for another process."""
        return bytes(self._bits)

    def add(self, number: int) -> None:
        """One more row."""
        place, bit = divmod(number, 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        self._bits[place] |= 1 << bit

    def __contains__(self, number: int) -> bool:
        place, bit = divmod(number, 8)
        return place < len(self._bits) and bool(self._bits[place] >> bit & 1)


class AddressLog:
    """A file of addresses: each with its row and its identifier key, in the order of the rows."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="ascii")

    def add(self, key: str, addresses: Iterable[tuple[int, str]]) -> None:
        """Addresses of rows, given as (number of the row, address)."""
        self._stream.writelines(f"{number} {json.dumps([key, normalised(key, address)])}\n" for number, address in addresses)

    def restart(self) -> None:
        """Forget everything."""
        self._stream.seek(0)
        self._stream.truncate()

    def close(self) -> None:
        """Leave everything in the file."""
        self._stream.close()


def repeated_rows(logs: Iterable[Path], folder: Path) -> RowSet:
    """The rows with an address that an earlier row has too; ``folder`` is for files that are needed meanwhile."""
    logs = list(logs)
    size = sum(path.stat().st_size for path in logs)
    found = RowSet()
    for partition in _partitions(logs, folder, min(size // _PARTITION_BYTES + 1, _MOST_PARTITIONS)):
        first: dict[str, str] = {}
        with partition.open(encoding="ascii") as lines:
            for line in lines:
                number, _space, address = line.partition(" ")
                if first.setdefault(address, number) != number:
                    found.add(int(number))
    return found


def _partitions(logs: list[Path], folder: Path, number: int) -> Iterator[Path]:
    """The lines of all logs, in their order, spread so that equal addresses share a file."""
    paths = [folder / f"partition-{index:03d}" for index in range(number)]
    with ExitStack() as stack:
        streams = [stack.enter_context(path.open("wb")) for path in paths]
        for log in logs:
            with log.open("rb") as lines:
                for line in lines:
                    streams[crc32(line[line.index(b" ") :]) % number].write(line)
            log.unlink()
    return iter(paths)
