"""Open rules for many messages: whether surely no row breaks one, before any row is looked at by itself.

A rule that can clear many values at once is asked to. One that can prove itself for a template is asked to prove itself again,
for texts of which more is known than the declarations say: what these rows really print. What it answers is kept, so that it is
asked for new bounds only, and rows are halved until those that break a bound stand alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from msgspec_tool.channels.gsm7 import all_gsm7
from msgspec_tool.diagnostics import Rule
from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import ANY, ASCII, GSM7, PLAIN, VISIBLE
from msgspec_tool.domain.simple_texts import SimpleTexts, picked
from msgspec_tool.domain.texts import Text
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Path
from msgspec_tool.templates.bounds.analysis import Analysis, Interpretation, Outcome

_FEW = 4
"""Rows that are not halved any more: the stages look at each."""

_STEP = 16
"""Lengths are rounded up to multiples of this, so that few different bounds are asked for."""


RulesLearned = tuple[dict[Any, bool], dict[str, frozenset[Path]]]
"""Whether rules hold for bounds that were asked for, and the fields that matter to each."""


@dataclass(frozen=True)
class Values:
    """What stands at one place of some messages: texts, in the order of the messages."""

    target: Path
    """In a message object."""
    source: Path
    """The field of the spec that prints them."""
    texts: Sequence[str]

    def taken(self, start: int, end: int) -> Values:
        """Those of some of the messages."""
        whole = start == 0 and end == len(self.texts)
        return self if whole else Values(self.target, self.source, self.texts[start:end])

    def chosen(self, members: Sequence[int]) -> Values:
        """Those of the messages with these indices."""
        return Values(self.target, self.source, picked(self.texts, members))


@dataclass(frozen=True)
class OpenRules:
    """The rules that messages of one channel still have to pass."""

    spec: AnalysedSpec
    channel: str
    rules: tuple[Rule, ...]
    context: RuleContext
    _verdicts: dict[Any, bool] = field(default_factory=dict, init=False)
    _matters: dict[str, frozenset[Path]] = field(default_factory=dict, init=False)

    @property
    def learned(self) -> RulesLearned:
        """The answers of rules so far."""
        return self._verdicts, self._matters

    def learn(self, known: RulesLearned) -> None:
        """Take over answers that were given in another process."""
        self._verdicts.update(known[0])
        self._matters.update(known[1])

    def doubtful(self, several: Sequence[Values], messages: int) -> set[int]:
        """The messages that some rule may object to."""
        found: set[int] = set()
        for rule in self.rules if messages else ():
            self._search(partial(self._clear, rule), several, 0, messages, found)
        return found

    def _search(self, clear: Callable[[Sequence[Values]], bool], several: Sequence[Values], start: int, end: int, found: set[int]) -> None:
        if clear([one.taken(start, end) for one in several]):
            return
        if end - start <= _FEW:
            found.update(range(start, end))
            return
        middle = (start + end) // 2
        self._search(clear, several, start, middle, found)
        self._search(clear, several, middle, end, found)

    def _clear(self, rule: Rule, several: Sequence[Values]) -> bool:
        if rule.clears is not None:
            return all(rule.clears(one.target, one.texts, self.context) for one in several)
        if rule.code not in self._matters:
            self._matters[rule.code] = self._read(rule, {one.source: _bounds(one.texts) for one in several})
        matters = self._matters[rule.code]
        observed = {one.source: _bounds(one.texts) if one.source in matters else texts.UNBOUNDED for one in several}
        key = (rule.code, tuple(observed.items()))
        if key not in self._verdicts:
            self._verdicts[key] = self._proved(rule, observed)
        return self._verdicts[key]

    def _read(self, rule: Rule, observed: Mapping[Path, Text]) -> frozenset[Path]:
        """The fields that matter to a rule: of the others it may be told that they print anything."""
        others = {source for source in observed if self._proved(rule, {**observed, source: texts.UNBOUNDED})}
        together = {source: texts.UNBOUNDED if source in others else text for source, text in observed.items()}
        return frozenset(observed.keys() - others) if self._proved(rule, together) else frozenset(observed)

    def _proved(self, rule: Rule, observed: Mapping[Path, Text]) -> bool:
        analyses = dict(self.spec.analyses)
        for path, text in observed.items():
            if path in analyses:
                before = analyses[path]
                known = Analysis(before.template, before.setting, before.native)
                known.result = Interpretation((Outcome(text, values.of_text(text)),))
                analyses[path] = known
        asked = replace(self.context, proving=True)
        forms = (form._replace(analyses=analyses) for form in self.spec.shaped.messages if form.channel == self.channel)
        return not any(True for form in forms for _finding in rule.check(form, asked))


def can_observe(rule: Rule) -> bool:
    """Whether a rule can be asked for many messages at once."""
    return rule.clears is not None or rule.proves


def _bounds(column: Sequence[str]) -> Text:
    """All texts of a column, as bounds."""
    if isinstance(column, SimpleTexts):
        return _bounded(column, column.lengths[1], PLAIN, visible=not column.blank)
    most, joined = max(map(len, column)), "".join(column)
    ascii_, gsm7 = joined.isascii(), all_gsm7((joined,))
    may = (ASCII & GSM7 if gsm7 else ASCII) if ascii_ else GSM7 if gsm7 else ANY
    plain = gsm7 and ascii_ and not any(char in joined for char in _TWO_SEPTETS)
    return _bounded(column, most, PLAIN if plain else may, visible=all(map(str.strip, column)))


def _bounded(column: Sequence[str], most: int, may: int, *, visible: bool) -> Text:
    shown = VISIBLE if visible else 0
    prefix = _host(texts.shared_start((min(column), max(column)))) if "://" in column[0] else ""
    return texts.bounded(bool(shown), -(-most // _STEP) * _STEP, may | shown, shown, prefix=prefix)


_TWO_SEPTETS = "\f^{}\\[~]|"


def _host(prefix: str) -> str:
    """The beginning of texts as far as it is a URL's host: whatever follows differs from chunk to chunk, and nobody asks."""
    scheme, separator, rest = prefix.partition("://")
    return f"{scheme}{separator}{rest.partition('/')[0]}" if separator else ""
