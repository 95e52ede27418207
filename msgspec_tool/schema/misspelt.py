"""Mandatory keys that are missing because they were written under another name, or at another place."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec_tool.model import ShapeProblem, ShapeProblemKind
from msgspec_tool.schema.thesaurus import is_wrapper
from msgspec_tool.source.document import Path


def with_what_they_lack(problems: Iterable[ShapeProblem]) -> tuple[ShapeProblem, ...]:
    """What is missing because its name is misspelt beside it, or stands a level above or below, is told with the unknown key."""
    told = tuple(problems)
    strangers = _Strangers(tuple(problem for problem in told if problem.kind is ShapeProblemKind.UNKNOWN))
    lacking: dict[Path, ShapeProblem] = {}
    kept: list[ShapeProblem] = []
    for problem in told:
        stranger = strangers.meant_for(problem) if problem.kind is ShapeProblemKind.MISSING else None
        if stranger is None:
            kept.append(problem)
        else:
            lacking.setdefault(stranger.field.path, problem)
    return tuple(one._replace(lacking=lacking.get(one.field.path)) if one.kind is ShapeProblemKind.UNKNOWN else one for one in kept)


class _Strangers:
    """The unknown keys of a document, by what may have been meant."""

    def __init__(self, unknown: Iterable[ShapeProblem]) -> None:
        self.replaced: dict[tuple[Path, str | None], ShapeProblem] = {}
        self.named: dict[str, list[ShapeProblem]] = {}
        self.inside: dict[Path, list[ShapeProblem]] = {}
        for problem in unknown:
            holder = problem.field.path[:-1]
            self.replaced.setdefault((holder, problem.replacement), problem)
            self.named.setdefault(problem.name, []).append(problem)
            self.inside.setdefault(holder, []).append(problem)

    def meant_for(self, missing: ShapeProblem) -> ShapeProblem | None:
        """The unknown key that was meant to be what is missing."""
        path, value = missing.field.path, missing.field.value
        misspelt = self.replaced.get((path, missing.name))
        if misspelt is not None:
            return misspelt
        wrapping = next((one for one in self.inside.get(path, ()) if is_wrapper(one.name, one.field.value, (missing.name,))), None)
        if wrapping is not None:
            return wrapping
        for stray in self.named.get(missing.name, ()):
            holder = stray.field.path[:-1]
            if path[: len(holder)] == holder or holder[: len(path)] == path:
                return stray
        # of a mapping in which nothing is right one mistake is told
        strangers = self.inside.get(path, [])
        return strangers[0] if path and isinstance(value, dict) and strangers and len(strangers) == len(value) else None
