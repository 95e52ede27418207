"""Samples that a spec lacks: one for each branch that none reaches, and those at the boundaries of what the declarations allow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial

from msgspec_tool.model import AnalysedSpec, Variable
from msgspec_tool.rules.template_types import complete
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.bounds.analysis import Analysis, Interpretation
from msgspec_tool.templates.bounds.branches import Branch, branches
from msgspec_tool.templates.bounds.counterexamples import Search
from msgspec_tool.templates.bounds.exampled import CONDITIONAL, reached, reached_by
from msgspec_tool.variables.extremes import Extremes, extremes

Sample = tuple[str, Mapping[str, Plain]]
"""A name, and the values of all variables."""

_UNBOUNDED = 40


def generated_samples(spec: AnalysedSpec) -> Iterator[Sample]:
    """Samples to add: each reaches a branch that the ones before it leave out; then the shortest, the longest, and odd letters."""
    found, data = _extremes(spec), _written(spec)
    for name, sample in boundary_samples(spec):
        data.append(dict(sample))
        yield name, sample
    yield from _branches(spec, found, data)


def boundary_samples(spec: AnalysedSpec) -> Iterator[Sample]:
    """The shortest, the longest, and the longest of odd letters, without those that the spec's own samples already are.

    A spec without variables has none: nothing can vary.
    """
    data = _written(spec)
    for name, sample in _boundaries(spec, _extremes(spec)):
        if sample not in data:
            data.append(dict(sample))
            yield name, sample


def example_sample(spec: AnalysedSpec) -> Sample:
    """One sample for a spec that has none: of each variable the first example that is declared, else a value like any other."""
    return "example", {name: _example(variable) for name, variable in spec.shaped.variables.items()}


def _example(variable: Variable) -> Plain:
    declared = variable.schema.get("examples")
    if isinstance(declared, list) and declared:
        return declared[0]
    found = extremes(variable, unbounded=_UNBOUNDED)
    return _link(found) or (found.others or found.long or found.short or (None,))[-1]


def _extremes(spec: AnalysedSpec) -> dict[str, Extremes]:
    return {name: extremes(variable, unbounded=_UNBOUNDED) for name, variable in spec.shaped.variables.items()}


def _written(spec: AnalysedSpec) -> list[dict[str, Plain]]:
    """The data of the spec's own samples."""
    written = spec.shaped.root.get("samples")
    known = written.value.values() if written and isinstance(written.value, dict) else ()
    return [complete(spec, dict(one)) for one in known if isinstance(one, dict)]


def _boundaries(spec: AnalysedSpec, found: Mapping[str, Extremes]) -> Iterator[Sample]:
    if not spec.shaped.variables:
        return
    yield "shortest", {name: _link(one) or (one.short or one.long or (None,))[0] for name, one in found.items()}
    yield "longest", {name: _link(one) or _plainest(one.long or one.short) for name, one in found.items()}
    yield "other-letters", {name: _link(one) or _oddest(one.long or one.short) for name, one in found.items()}


def _link(one: Extremes) -> str | None:
    """Of URLs one that the platform takes: the others have nothing to do with length or letters."""
    return next((value for value in (*one.short, *one.long) if isinstance(value, str) and value.startswith("https://")), None)


def _plainest(several: tuple[Plain, ...]) -> Plain:
    """The last of the long ones: letters that every channel has."""
    return several[-1] if several else None


def _oddest(several: tuple[Plain, ...]) -> Plain:
    """The first of the long ones: letters that take most bytes."""
    return several[0] if several and _has_letters(several[0]) else _plainest(several)


def _has_letters(value: Plain) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, str) or any(map(_has_letters, parts))


def _branches(spec: AnalysedSpec, found: Mapping[str, Extremes], known: list[dict[str, Plain]]) -> Iterator[Sample]:
    known = list(known)
    usual = {name: (one.others or one.long or one.short or (None,))[-1] for name, one in found.items()}
    for field in spec.shaped.templates:
        analysis = spec.analyses.get(field.field.path)
        if analysis is None or field.field.path[0] == "destination":
            continue
        for branch in branches(analysis.template):
            taken = frozenset().union(*(reached_by(analysis, one) for one in known))
            if branch.kind not in CONDITIONAL or branch.identity in taken:
                continue
            data = Search(analysis, unbounded=_UNBOUNDED).reaching(partial(_takes, analysis, branch))
            if data is not None:
                sample = {**usual, **data}
                known.append(dict(sample))
                yield _name(branch), sample


def _takes(analysis: Analysis, branch: Branch, result: Interpretation) -> bool:
    return branch.identity in reached(analysis, result)


def _name(branch: Branch) -> str:
    return re.sub(r"[^a-z0-9]+", "-", branch.words.lower()).strip("-")[:60]


def as_yaml(samples: Iterator[Sample]) -> str:
    """The samples as lines to put under ``samples:``."""
    return "".join(f"  {name}: {json.dumps(dict(data), ensure_ascii=False)}\n" for name, data in samples)
