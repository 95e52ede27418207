"""Texts one after the other, of which some are always the same: what those add up to is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce

from msgspec_tool.domain.characters import NOTHING, measure
from msgspec_tool.domain.texts import MOST_FIXED, NAMES, Text, concat, few, just, united

_NO_CHARACTERS: frozenset[str] | None = frozenset()


class Run:
    """Pieces that follow each other: sets of texts, and the numbers of single texts that are given each time."""

    def __init__(self, pieces: Sequence[int | Text]) -> None:
        endless = next((at for at, piece in enumerate(pieces) if isinstance(piece, Text) and piece.finite is None), len(pieces))
        self._opening = pieces[: endless + 1]
        """Behind these nobody knows the texts one by one."""
        self._rest = _Bounds(pieces[endless + 1 :])
        self._pieces = pieces

    @cached_property
    def _all(self) -> _Bounds:
        return _Bounds(self._pieces)

    def behind(self, before: Text, given: Sequence[str]) -> Text:
        """:func:`~.texts.concat` of what comes before and all pieces, from the first to the last."""
        if before.finite is None:
            return self._all.behind(before, given)
        for piece in self._opening:
            before = concat(before, just(given[piece]) if isinstance(piece, int) else piece)
        return self._rest.behind(before, given)


class _Bounds:
    """What pieces add to the bounds of an endless set of texts that they follow."""

    def __init__(self, pieces: Sequence[int | Text]) -> None:
        self._is_empty = not pieces
        fixed = [piece for piece in pieces if isinstance(piece, Text)]
        self._given = [piece for piece in pieces if isinstance(piece, int)]
        self._least = reduce(lambda size, text: size.plus(text.least), fixed, NOTHING)
        self._most = reduce(lambda size, text: size.plus(text.most), fixed, NOTHING)
        self._may = reduce(lambda classes, text: classes | text.may, fixed, 0)
        self._surely = reduce(lambda classes, text: classes | text.surely, fixed, 0)
        self._sources = NAMES.union(*(text.sources for text in fixed))
        self._triggers = NAMES.union(*(text.triggers for text in fixed))
        self._characters = reduce(lambda known, text: united(known, text.characters), fixed, _NO_CHARACTERS)
        several = [at for at, piece in enumerate(pieces) if isinstance(piece, Text) and piece.only is None]
        self._suffix = pieces[several[-1]].suffix if several else None  # type: ignore[union-attr]
        """How the last piece ends that is more than one text; None where there is no such piece."""
        self._closing = [piece if isinstance(piece, int) else piece.only or "" for piece in pieces[several[-1] + 1 if several else 0 :]]
        """The texts behind that piece."""

    def behind(self, before: Text, given: Sequence[str]) -> Text:
        if self._is_empty:
            return before
        own = "".join([given[number] for number in self._given])
        size, classes = measure(own)
        suffix = before.suffix if self._suffix is None else self._suffix
        return Text(
            before.least.plus(self._least).plus(size),
            before.most.plus(self._most).plus(size),
            before.may | self._may | classes,
            before.surely | self._surely | classes,
            None,
            before.prefix,
            (suffix + "".join([piece if isinstance(piece, str) else given[piece] for piece in self._closing]))[-MOST_FIXED:],
            before.sources | self._sources,
            before.triggers | self._triggers,
            self._united(before.characters, own),
        )

    def _united(self, before: frozenset[str] | None, own: str) -> frozenset[str] | None:
        known = united(before, self._characters)
        return None if known is None else united(known, few(own))
