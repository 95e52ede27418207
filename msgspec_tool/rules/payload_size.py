"""The size of a whole block as it is sent, for all that its templates print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

from msgspec_tool.channels.push import payload_bytes
from msgspec_tool.domain import values
from msgspec_tool.domain.characters import ACCENTED, ASCII_ONLY, ASTRAL, ESCAPED, EURO, NARROW, PLAIN, WIDE
from msgspec_tool.domain.texts import Text
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.proofs import analysis_of
from msgspec_tool.source.document import Field, Plain

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis

_ESCAPED_BYTES = {PLAIN: 2, ESCAPED: 2, ACCENTED: 2, EURO: 3, ASCII_ONLY: 6, NARROW: 2, WIDE: 3, ASTRAL: 4}
"""Most bytes that a character of a class takes in JSON: a quote two, a control character six."""

_TURNS = 6


def payload_range(form: MessageForm, block: Field, fine: float) -> tuple[float, float] | None:
    """Least and most bytes of a block as compact JSON in UTF-8; None where there are never more than is ``fine``."""
    templates = [analysis_of(form, field) for field in block.walk() if field.templated]
    ranges = [_printed(analysis) for analysis in templates]
    most = payload_bytes(_emptied(block) if templates else block.value) + sum(most for _least, most in ranges)
    if most <= fine:
        return None
    return payload_bytes(_without_templates(block)) + sum(least for least, _most in ranges), most


def payload_example(form: MessageForm, block: Field, limit: float) -> tuple[dict[str, Plain], float] | None:
    """Values of variables for which a block is surely larger than a limit, and how large it then is."""
    from msgspec_tool.variables.extremes import extremes

    found = [(field, analysis_of(form, field)) for field in block.walk() if field.templated]
    analyses = [analysis for _field, analysis in found if analysis is not None]
    names = sorted({name for analysis in analyses for name in analysis.template.reads & analysis.setting.variables.keys()})
    if not analyses:
        return None
    declared = analyses[0].setting.variables
    candidates = {name: extremes(declared[name], unbounded=0).long for name in names}
    for turn in range(_TURNS):
        data = {name: several[min(turn, len(several) - 1)] for name, several in candidates.items() if several}
        known = {name: values.constant(value) for name, value in data.items()}
        ways = [analysis.given(known, searching=True).outcomes for analysis in analyses]
        size = payload_bytes(_without_templates(block)) + sum(min((_least(one.text) for one in way), default=0) for way in ways)
        if size > limit and all(ways) and data.keys() == candidates.keys():
            return data, size
    return None


def _printed(analysis: Analysis | None) -> tuple[float, float]:
    if analysis is None:
        return 0, inf
    outcomes = [outcome for outcome in analysis.result.outcomes if not outcome.omitted]
    native = analysis.native and analysis.template.lone
    least = 0 if native or len(outcomes) < len(analysis.result.outcomes) else min((_least(one.text) for one in outcomes), default=0)
    return least, inf if native else max((_most(one.text) for one in outcomes), default=0)


def _least(text: Text) -> float:
    return min((_json_bytes(one) for one in text.finite), default=0) if text.finite is not None else text.least.bytes


def _most(text: Text) -> float:
    if text.finite is not None:
        return max((_json_bytes(one) for one in text.finite), default=0)
    dearest = max((size for kind, size in _ESCAPED_BYTES.items() if kind & text.may), default=0)
    return text.most.points * dearest if dearest else 0


def _json_bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")) - 2


def _emptied(field: Field) -> Plain:
    """The block with every template printing nothing."""
    if isinstance(field.value, dict):
        return {key: _emptied(member) for key, member in field.items()}
    if isinstance(field.value, list):
        return [_emptied(member) for member in field.elements()]
    return "" if field.templated else field.value


def _without_templates(field: Field) -> Plain:
    """The block with every template left out, as ``omit`` does."""
    if isinstance(field.value, dict):
        return {key: _without_templates(member) for key, member in _kept(field)}
    return (
        [_without_templates(member) for member in field.elements() if not member.templated]
        if isinstance(field.value, list)
        else field.value
    )


def _kept(field: Field) -> Iterator[tuple[str, Field]]:
    return ((key, member) for key, member in field.items() if not member.templated)
