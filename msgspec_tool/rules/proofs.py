"""How rules ask what a text can be: for literal text the text itself, for a template all that it prints for all data.

Each constraint has three answers: it always holds (nothing is said, and nothing is checked again for a row), it always
fails, or it can fail: then there is an example, data of the declared types that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from msgspec_tool.diagnostics import Label
from msgspec_tool.domain import texts
from msgspec_tool.domain.texts import Text
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import literal
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.quoting import shown

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis, Outcome
    from msgspec_tool.templates.bounds.counterexamples import Example

Measure = Callable[[Text], tuple[float, float]]
"""The least and the most of something over all texts of a set."""

_MOST_LABELS = 3


def characters(text: Text) -> tuple[float, float]:
    """Length in code points."""
    return text.least.points, text.most.points


def utf8_bytes(text: Text) -> tuple[float, float]:
    """Length in bytes of UTF-8."""
    return text.least.bytes, text.most.bytes


class Excess(NamedTuple):
    """A measure that is over its limit. ``size`` is what it surely reaches: for all data, or for the example's."""

    surely: bool
    size: float
    example: Example | None = None
    literal: bool = False

    @property
    def verb(self) -> str:
        """``has``, ``has at least`` or ``can have``."""
        return "has" if self.literal else "has at least" if self.surely else "can have"

    @property
    def data(self) -> dict[str, Plain] | None:
        """The example's values by variable."""
        return dict(self.example.data) if self.example is not None else None


def analysis_of(form: MessageForm, field: Field) -> Analysis | None:
    """What is known of a template; None for literal text, and in forms that were not analysed."""
    if not field.templated:
        return None
    found: Analysis | None = form.analyses.get(field.path)
    return found


def texts_of(form: MessageForm, field: Field | None) -> tuple[Text, ...]:
    """What a field can print, way by way; nothing where it is not known, or where the field is absent or no text."""
    text = literal(field)
    if text is not None:
        return (texts.just(text),)
    analysis = analysis_of(form, field) if field is not None else None
    return analysis.result.printed if analysis is not None else ()


def excess(form: MessageForm, field: Field | None, limit: float, measure: Measure, context: RuleContext) -> Excess | None:
    """Where a measure of a text is over a limit, or can be; None where it never is.

    A limit that can be broken only because a declaration sets no length is another rule's business, and each row's.
    """
    ranges = [measure(text) for text in texts_of(form, field)] if field is not None else []
    if field is None or not ranges or max(most for _least, most in ranges) <= limit:
        return None
    least = min(low for low, _most in ranges)
    if least > limit:
        return Excess(True, least, literal=not field.templated)
    if context.proving:
        return Excess(False, inf)
    analysis = analysis_of(form, field)
    example = broken(analysis, measure, limit) if analysis is not None else None
    return None if example is None else Excess(False, example.score, example)


def broken(analysis: Analysis, measure: Measure, limit: float) -> Example | None:
    """Data that takes a measure over a limit, though every text that is declared without a length is short."""
    from msgspec_tool.templates.bounds.counterexamples import Search

    bounded = analysis.given(analysis.setting.shortened, searching=True)
    most = max((measure(outcome.text)[1] for outcome in bounded.outcomes), default=0)
    if most <= limit or not analysis.result.complete:
        return None
    found = Search(analysis).best(lambda outcome: measure(outcome.text)[0], enough=most if most < inf else limit + 1)
    return found if found is not None and found.score > limit else None


def witnessed(analysis: Analysis, holds: Callable[[Outcome], bool], *, unbounded: int = 0) -> Example | None:
    """Data for which an outcome surely has a property."""
    from msgspec_tool.templates.bounds.counterexamples import Search

    found = Search(analysis, unbounded=unbounded).best(lambda outcome: float(holds(outcome)), enough=1)
    return found if found is not None and found.score >= 1 else None


def labels(field: Field, analysis: Analysis | None, example: Example | None, *, printed: bool = False) -> tuple[Label, ...]:
    """Where an example comes from: the conditions that lead there, and the variables with the values that do it.

    ``printed`` is whether variables that are only printed count too: where their length or letters are to blame.
    """
    if analysis is None or example is None:
        return ()
    return tuple(_labels(field, analysis, example, printed))[:_MOST_LABELS]


def _labels(field: Field, analysis: Analysis, example: Example, printed: bool) -> Iterator[Label]:
    from msgspec_tool.templates.names.guards import named_in
    from msgspec_tool.templates.tree import extent, parts_of

    for condition in example.outcome.conditions:
        if condition.holds and condition.file is None:
            place = extent(condition.test, parts_of(analysis.template.tree).tokens)
            yield Label("in this branch", field.file, field.text_span(*place))
    sources = example.outcome.text.sources | (analysis.result.text.sources if printed else frozenset())
    names = {source.partition(".")[0] for source in sources}
    for condition in example.outcome.conditions:
        names |= {path[0] for path in named_in(condition.test)}
    for name, value in sorted(example.data.items(), key=lambda item: -len(str(item[1]))):
        if name not in names:
            continue
        variable = analysis.setting.variables[name]
        yield Label(f"for example with {described(value)}", variable.field.file, variable.field.key_span)


def described(value: Plain) -> str:
    """A value of an example in a sentence: ``'WWWW…' (20 characters)``, ``null``, ``a list of 5``."""
    if isinstance(value, str):
        return f"'{shown(value, 24)}'" + (f" ({len(value):,} characters)" if len(value) > 12 else "")
    if isinstance(value, (list, dict)):
        kind = "list" if isinstance(value, list) else "mapping"
        return f"a {kind} of {len(value)}" if value else f"an empty {kind}"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
