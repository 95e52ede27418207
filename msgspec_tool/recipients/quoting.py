"""Quotes of CSV that are surely closed: proved for many rows at once, stretch by stretch, so that no file takes more memory than a few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec_tool.recipients.rows import ROW_LIMIT

STRETCH = 1 << 16
"""Bytes of a stretch, unless a row is longer: enough to share what a stretch costs, few enough for the processor's caches."""


class Stretch(NamedTuple):
    """Whole rows of some bytes: where they end, and how many they are."""

    end: int
    rows: int


def clean_ends(data: bytes) -> bool:
    """Every carriage return is one of a line break."""
    return b"\r" not in data or data.count(b"\r") == data.count(b"\r\n")


def closed_stretches(data: bytes, *, last: bool = True) -> Iterator[Stretch | None]:
    """The rows of ``data``, which begins with one, as long as they are surely closed; None last where there is doubt.

    Unless ``last``, what stands after the last row that ends is left out, and is no doubt.
    """
    start, size = 0, STRETCH
    while start < len(data):
        end = min(start + size, len(data))
        pieces = data[start:end].split(b'"')
        if not (last and end == len(data)):
            _drop_unfinished(pieces)
        if not pieces and end - start < ROW_LIMIT:
            if end == len(data):
                return
            size *= 2
            continue
        outside = _outside(pieces)
        if outside is None:
            yield None
            return
        start, size = start + sum(map(len, pieces)) + len(pieces) - 1, STRETCH
        yield Stretch(start, outside.count(b"\n") - 2 + (data[start - 1 : start] != b"\n"))


def _drop_unfinished(pieces: list[bytes]) -> None:
    """Drop what stands after the last line break outside quotes; everything where there is none."""
    while pieces and not (len(pieces) % 2 and b"\n" in pieces[-1]):
        pieces.pop()
    if pieces:
        pieces[-1] = pieces[-1][: pieces[-1].rindex(b"\n") + 1]


def _outside(pieces: list[bytes]) -> bytes | None:
    """What rows that are cut at their quotes hold outside of quoted cells, with a quote for each such cell and a line break around
    all of it; None unless each begins where a cell begins and ends where one ends.

    Between two quotes text is by turns outside and inside of cells. An outside that is empty is a quote written twice.
    """
    if len(pieces) % 2 == 0:
        return None
    outside = pieces[::2]
    outside[1:-1] = filter(None, outside[1:-1])
    text = b"\n%b\n" % b'"'.join(outside)
    cells = text.count(b'"')
    begun = text.count(b',"') + text.count(b'\n"')
    ended = text.count(b'",') + text.count(b'"\n') + text.count(b'"\r')
    return text if begun == ended == cells and clean_ends(text[:-1]) else None
