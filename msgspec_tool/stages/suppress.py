"""suppress: comments take findings away, and every comment is asked what it was good for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import NamedTuple

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.model import Suppression, SuppressionUse


class Suppressed(NamedTuple):
    """The diagnostics that remain, those that were silenced, and what became of each suppression."""

    kept: tuple[Diagnostic, ...]
    silenced: tuple[Diagnostic, ...]
    uses: tuple[SuppressionUse, ...]


def suppress(
    diagnostics: Iterable[Diagnostic],
    suppressions: tuple[Suppression, ...],
    *,
    handles: Collection[str],
    ran: Collection[str],
    ended: Callable[[date], bool],
    require_reason: bool,
) -> Suppressed:
    """Silence what suppressions of the same file cover. ``handles`` are all rule names and codes that exist,
    ``ran`` those of the rules of this run: only of these can be said that a suppression of them is unused; ``ended`` tells
    of a day whether it is over.

    A suppression covers a finding whose primary span begins on its line. Malformed and expired ones silence nothing.
    """
    kept: list[Diagnostic] = []
    silenced: list[Diagnostic] = []
    used: set[tuple[int, str]] = set()
    for diagnostic in diagnostics:
        match = _matching(diagnostic, suppressions, ended)
        if match is None:
            kept.append(diagnostic)
        else:
            silenced.append(diagnostic)
            used.add(match)
    uses = tuple(_use(index, suppression, used, handles, ran, ended, require_reason) for index, suppression in enumerate(suppressions))
    return Suppressed(tuple(kept), tuple(silenced), uses)


def _matching(diagnostic: Diagnostic, suppressions: tuple[Suppression, ...], ended: Callable[[date], bool]) -> tuple[int, str] | None:
    found = diagnostic.finding
    line = found.file.position(found.span.start).line if suppressions else 0
    for index, suppression in enumerate(suppressions):
        if suppression.line != line or suppression.file.path != found.file.path or _void(suppression, ended):
            continue
        for name, _span in suppression.names:
            if name in (diagnostic.rule.name, diagnostic.rule.code):
                return index, name
    return None


def _void(suppression: Suppression, ended: Callable[[date], bool]) -> bool:
    return suppression.malformed is not None or (suppression.until is not None and ended(suppression.until))


def _use(
    index: int,
    suppression: Suppression,
    used: set[tuple[int, str]],
    handles: Collection[str],
    ran: Collection[str],
    ended: Callable[[date], bool],
    require_reason: bool,
) -> SuppressionUse:
    known = [(name, span) for name, span in suppression.names if name in ran]
    unknown = tuple((name, span) for name, span in suppression.names if name not in handles)
    unused = () if _void(suppression, ended) else tuple((name, span) for name, span in known if (index, name) not in used)
    names = tuple(sorted(handle for handle in handles if not handle[-1:].isdigit()))
    return SuppressionUse(suppression, unused, unknown, names, require_reason)
