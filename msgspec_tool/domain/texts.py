"""All texts that an expression can print, as bounds: lengths in every unit, classes of characters, known beginnings and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf
from os.path import commonprefix
from typing import NamedTuple

from msgspec_tool.domain.characters import ANY, NOTHING, OUTSIDE_GSM7, VISIBLE, Size, cheapest, dearest, measure

MOST_TEXTS = 64
"""Texts that a finite set may hold; larger sets are kept as bounds only."""

MOST_TOGETHER = 1 << 15
"""Characters of all texts of a finite set that is made of others: a template that doubles its texts would fill the memory."""

MOST_CHARACTERS = 128
"""Different characters that are kept one by one; of more only the classes."""

MOST_KEPT = 256
"""Sets of single texts that are kept, those that were asked for last: specs of a project repeat some, and have others alone."""

MOST_FIXED = 200
"""Characters of a known beginning or end."""

NAMES: frozenset[str] = frozenset()
"""No variable."""


class Text(NamedTuple):
    """A set of texts. Every text in it keeps every bound; not every text that keeps them need be in it."""

    least: Size
    most: Size
    may: int
    """Classes of characters that may occur."""
    surely: int
    """Classes of which every text has a character; with ``VISIBLE``, none of the texts is blank."""
    finite: frozenset[str] | None = None
    """The texts themselves, where they are few and known."""
    prefix: str = ""
    """What every text begins with."""
    suffix: str = ""
    """What every text ends with."""
    sources: frozenset[str] = NAMES
    """Variables whose values take part."""
    triggers: frozenset[str] = NAMES
    """Variables that may bring characters that GSM-7 lacks."""
    characters: frozenset[str] | None = None
    """The only characters that occur, where they are known and few."""

    @property
    def only(self) -> str | None:
        """The one text, where there is just one."""
        return next(iter(self.finite)) if self.finite is not None and len(self.finite) == 1 else None

    @property
    def always_blank(self) -> bool:
        """No text holds anything but white space."""
        return not self.may & VISIBLE

    @property
    def never_blank(self) -> bool:
        """Every text holds something to read."""
        return bool(self.surely & VISIBLE)

    @property
    def always_gsm7(self) -> bool:
        """No text holds a character that GSM-7 lacks."""
        return not self.may & OUTSIDE_GSM7

    @property
    def never_gsm7(self) -> bool:
        """Every text holds a character that GSM-7 lacks."""
        return bool(self.surely & OUTSIDE_GSM7)

    def of(self, sources: frozenset[str]) -> Text:
        """The same texts, brought by these variables."""
        return self._replace(sources=sources, triggers=sources if self.may & OUTSIDE_GSM7 else NAMES)

    def narrowed(self, *, least: float = 0, most: float = inf, surely: int = 0) -> Text:
        """Those of the texts whose length in characters is in a range and that surely hold a character of some classes."""
        if self.finite is not None:
            wanted = {text for text in self.finite if least <= len(text) <= most and (not surely or measure(text)[1] & surely)}
            return exactly(wanted)._replace(sources=self.sources, triggers=self.triggers) if wanted else self
        kinds = self.may
        lower = self.least.most(cheapest(kinds).times(max(least, self.least.points)))
        upper = self.most.least(dearest(kinds).times(min(most, self.most.points)))
        return self._replace(least=lower, most=upper.most(lower), surely=self.surely | surely)


def shared_start(several: Sequence[str]) -> str:
    """What all of some texts begin with."""
    return commonprefix(several)  # noqa: RUF071  of any texts, as its documentation says; paths are none of them


def shared_end(several: Sequence[str]) -> str:
    """What all of some texts end with."""
    return shared_start([text[::-1] for text in several])[::-1]


def _exactly(texts: frozenset[str]) -> Text:
    least: Size | None = None
    most, may, surely = NOTHING, 0, ANY | VISIBLE
    for text in texts:
        size, classes = measure(text)
        least = size if least is None else least.least(size)
        most, may, surely = most.most(size), may | classes, surely & classes
    found = sorted(texts)
    prefix, suffix = (found[0], found[0]) if len(found) == 1 else (shared_start(found), shared_end(found))
    return Text(least or NOTHING, most, may, surely, texts, prefix[:MOST_FIXED], suffix[-MOST_FIXED:], characters=few("".join(found)))


def few(characters: str) -> frozenset[str] | None:
    """The characters as a set; None for more than are kept."""
    known = frozenset(characters)
    return known if len(known) <= MOST_CHARACTERS else None


_cached = lru_cache(maxsize=MOST_KEPT)(_exactly)


def exactly(texts: Iterable[str]) -> Text:
    """The set of just these texts; bounds alone where they are too many to keep."""
    found = frozenset(texts)
    return _cached(found) if len(found) <= MOST_TEXTS else _exactly(found)._replace(finite=None)


@lru_cache(maxsize=MOST_KEPT)
def just(text: str) -> Text:
    """The set of this one text."""
    size, classes = measure(text)
    return Text(size, size, classes, classes, frozenset((text,)), text[:MOST_FIXED], text[-MOST_FIXED:], characters=few(text))


EMPTY = just("")


def bounded(
    least: float,
    most: float,
    may: int = ANY | VISIBLE,
    surely: int = 0,
    *,
    prefix: str = "",
    suffix: str = "",
    characters: frozenset[str] | None = None,
) -> Text:
    """Texts of ``least`` to ``most`` characters of these classes."""
    if not most:
        return EMPTY
    visible = may & VISIBLE or surely & VISIBLE
    most_size = dearest(may).times(most)
    return Text(cheapest(may).times(least), most_size, may | visible, surely, None, prefix, suffix, characters=characters)


UNBOUNDED = bounded(0, inf)
"""Any text at all."""


def concat(one: Text, other: Text) -> Text:
    """Every text of the first followed by every text of the second."""
    if other.finite == EMPTY.finite and not other.sources:
        return one
    if one.finite == EMPTY.finite and not one.sources:
        return other
    made = _put_together(one, other)
    prefix, suffix = _outer_ends(one, other) if made is None else _shared_ends(made)
    sources, triggers = one.sources, one.triggers
    if other.sources or other.triggers:
        sources, triggers = sources | other.sources, triggers | other.triggers
    # sizes and classes add up: to look at each character again, of each beginning of a long text, takes the square of its length
    return Text(
        one.least.plus(other.least),
        one.most.plus(other.most),
        one.may | other.may,
        one.surely | other.surely,
        made,
        prefix,
        suffix,
        sources,
        triggers,
        united(one.characters, other.characters),
    )


def _put_together(one: Text, other: Text) -> frozenset[str] | None:
    """The texts of both one by one; None where they are not known, or their number or their length grows too large for that."""
    if one.finite is None or other.finite is None:
        return None
    number = len(one.finite) * len(other.finite)
    if number > MOST_TEXTS or number * (one.most.points + other.most.points) > MOST_TOGETHER:
        return None
    return frozenset([before + after for before in one.finite for after in other.finite])


def _shared_ends(made: frozenset[str]) -> tuple[str, str]:
    """How all of some texts begin and end."""
    if len(made) == 1:
        (only,) = made
        return only[:MOST_FIXED], only[-MOST_FIXED:]
    return shared_start((min(made), max(made)))[:MOST_FIXED], shared_end(sorted(made))[-MOST_FIXED:]


def _outer_ends(one: Text, other: Text) -> tuple[str, str]:
    """How the texts of the first begin and those of the second end, through what is a single text."""
    first, last = one.only if one.finite else None, other.only if other.finite else None
    prefix = one.prefix if first is None else (first + other.prefix)[:MOST_FIXED]
    return prefix, other.suffix if last is None else (one.suffix + last)[-MOST_FIXED:]


def united(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The characters of both; None for more than are kept."""
    if one is None or other is None:
        return None
    if one >= other:
        return one
    found = one | other
    return found if len(found) <= MOST_CHARACTERS else None


def either(one: Text, other: Text) -> Text:
    """The texts of both."""
    if one == other:
        return one
    finite = None
    if one.finite is not None and other.finite is not None and len(one.finite | other.finite) <= MOST_TEXTS:
        finite = one.finite | other.finite
    return Text(
        one.least.least(other.least),
        one.most.most(other.most),
        one.may | other.may,
        one.surely & other.surely,
        finite,
        shared_start((one.prefix, other.prefix)),
        shared_end((one.suffix, other.suffix)),
        one.sources | other.sources,
        one.triggers | other.triggers,
        united(one.characters, other.characters),
    )


def repeated(text: Text, least: float, most: float) -> Text:
    """Texts of the set, one after the other, ``least`` to ``most`` of them."""
    if not most:
        return EMPTY
    surely = text.surely if least else 0
    prefix, suffix = (text.prefix, text.suffix) if least else ("", "")
    least_size, most_size = text.least.times(least), text.most.times(most)
    return Text(least_size, most_size, text.may, surely, None, prefix, suffix, text.sources, text.triggers, text.characters)


def recoded(text: Text, least: float, most: float, may: int, *, surely: int = 0) -> Text:
    """Texts made of those of a set: so many characters, of these classes, brought by the same variables."""
    made = bounded(least, most, may, surely)
    triggers = text.triggers or text.sources if may & OUTSIDE_GSM7 else NAMES
    return made._replace(sources=text.sources, triggers=triggers)


def subset(text: Text) -> Text:
    """What is left of each text when any of its characters may be gone."""
    return text._replace(least=NOTHING, surely=0, finite=None, prefix="", suffix="")
