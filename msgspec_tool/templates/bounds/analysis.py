"""What a template prints for all data: its paths, each with the bounds of its text and the conditions that lead there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce

from jinja2 import nodes

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.shortening import shortest
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import Value
from msgspec_tool.model import Template, Variable
from msgspec_tool.templates.bounds.expressions import GaveUpError
from msgspec_tool.templates.bounds.interpretation import Interpreter
from msgspec_tool.templates.bounds.observations import Observations
from msgspec_tool.templates.bounds.outlines import (
    ManyPathsError,
    Outline,
    Path,
    has_outline,
    kept_outline,
    moved_conditions,
    prints_spec_name,
)
from msgspec_tool.templates.bounds.paths import Branch, Condition
from msgspec_tool.templates.bounds.things import OMITTED
from msgspec_tool.templates.skeletons import Copied, Skeleton, copy_of
from msgspec_tool.templates.tree import parts_of


@dataclass(frozen=True)
class Outcome:
    """One way through a template: what it prints, and for a lone expression the value itself."""

    text: Text
    value: Value
    conditions: tuple[Condition, ...] = ()
    omitted: bool = False
    """The field may be left out here."""

    @property
    def sources(self) -> frozenset[str]:
        """What brings it."""
        return self.text.sources | self.value.sources


class _Filled(Outcome):
    """An outcome by an outline: what of it hardly anybody asks is looked up when somebody does."""

    def __init__(self, text: Text, path: Path, root: nodes.Template, copied: Copied) -> None:
        self.__dict__.update(text=text, omitted=False, _path=path, _root=root, _copied=copied)

    @property
    def sources(self) -> frozenset[str]:
        return self.text.sources

    @cached_property
    def value(self) -> Value:
        return values.of_text(self.text)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        own = self.__dict__
        return moved_conditions(own["_path"], own["_root"], own["_copied"])


@dataclass(frozen=True)
class Interpretation:
    """Everything that is known of a template. No outcome at all: every row is refused."""

    outcomes: tuple[Outcome, ...]
    noted: Observations = field(default_factory=Observations)
    steps: int = 0
    """What it took to find out."""
    complete: bool = True
    """Whether the analysis came to its end; where it did not, the one outcome is any text."""

    @cached_property
    def printed(self) -> tuple[Text, ...]:
        """What each way prints, but for those that leave the field out."""
        return tuple(outcome.text for outcome in self.outcomes if not outcome.omitted)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The variables whose values take part in what is printed."""
        found = frozenset[str]().union(*(outcome.sources for outcome in self.outcomes if not outcome.omitted))
        return frozenset([source.partition(".")[0] for source in found])

    @cached_property
    def text(self) -> Text:
        """The texts of all outcomes together."""
        return reduce(texts.either, (outcome.text for outcome in self.outcomes)) if self.outcomes else texts.EMPTY


@dataclass
class Allowance:
    """Steps that the analyses of one spec may still take together: a hostile spec holds thousands of templates."""

    left: int = 30_000
    for_examples: int = 25_000
    """Steps that the search for examples may take: where they end fewer examples are found, and less is said."""
    exhausted: bool = False
    """Some analysis got too few steps, and what it says is that nothing is known."""

    def steps(self, *, searching: bool) -> int:
        """What one more analysis may take."""
        return self.for_examples if searching else self.left

    def spend(self, steps: int, *, searching: bool, ended: bool) -> None:
        """Take the steps of an analysis away; ``ended`` is whether they were enough."""
        if searching:
            self.for_examples = max(0, self.for_examples - steps)
        else:
            self.left = max(0, self.left - steps)
            self.exhausted = self.exhausted or not ended


@dataclass(frozen=True)
class Setting:
    """What surrounds a template: the values of every name, and what filters fall back to."""

    names: Mapping[str, Value]
    locales: tuple[str, ...] = ("en",)
    silent: frozenset[str] = frozenset()
    """Variables whose default has no characters."""
    variables: Mapping[str, Variable] = field(default_factory=dict)
    """The declared variables."""
    spec_name: str = ""
    """The name that ``spec`` holds."""
    allowance: Allowance = field(default_factory=Allowance, compare=False, repr=False)

    @cached_property
    def holds_urls(self) -> bool:
        """Whether a variable, or a member of one, may be declared as a URL."""
        return any("uri" in variable.written for variable in self.variables.values())

    @cached_property
    def shortened(self) -> dict[str, Value]:
        """The names whose values may be of any length, with the shortest of them only."""
        found = {name: (value, shortest(value)) for name, value in self.names.items() if name in self.variables}
        return {name: short for name, (value, short) in found.items() if short is not value}


@dataclass(frozen=True)
class Analysis:
    """A template with its setting; what follows is worked out when it is first asked for."""

    template: Template
    setting: Setting
    native: bool = False
    """A lone expression keeps the type of its value."""

    @cached_property
    def result(self) -> Interpretation:
        """For all data of the declared types.

        A template that several specs have is worked out once, where the names that it reads have the same values in all.
        """
        tree = self.template.tree
        if tree is None or self.template.problems or parts_of(tree).named:
            return self.given({})
        known: list[tuple[tuple[object, ...], Interpretation]] = self.template.results
        around = self._surroundings
        for before, found in known:
            if _same(before, around) and found.steps <= self.setting.allowance.left:
                self.setting.allowance.spend(found.steps, searching=False, ended=True)
                return found
        copied = copy_of(tree) if not self.template.lone else None
        found = self.given({}) if copied is None or not has_outline(tree) else self._outlined(tree, copied, around)
        if found.complete:
            known[:] = [*known[-_MOST_KNOWN:], (around, found)]
        return found

    def _outlined(self, root: nodes.Template, copied: Copied, around: tuple[object, ...]) -> Interpretation:
        """By what templates with the same tags have in common: see :mod:`.outlines`."""
        own: Sequence[str] = copied.pieces.texts
        if prints_spec_name(root):
            own, around = (*own, self.setting.spec_name), tuple([one for one in around if one is not self.setting.names["spec"]])
        outline = self._outline(copied.skeleton, around)
        if outline is None or outline.steps > self.setting.allowance.left:
            return self.given({})
        self.setting.allowance.spend(outline.steps, searching=False, ended=True)
        printed = outline.filled(own)
        outcomes = tuple(_Filled(text, path, root, copied) for text, path in zip(printed, outline.paths, strict=True))
        return Interpretation(outcomes, outline.observed(root, copied), outline.steps)

    def _outline(self, skeleton: Skeleton, around: tuple[object, ...]) -> Outline | None:
        """None where paths are too many, where the analysis does not come to its end, and where nobody asked before among these values.

        What is asked once, as what only one spec prints, is worked out sooner without an outline.
        """
        kept = kept_outline(skeleton, tuple([one if isinstance(one, str) else id(one) for one in around]))
        if not kept:
            # an id means the same object as long as that is kept
            kept.append(around)
            return None
        if len(kept) == 1:
            setting = self.setting
            names: dict[tuple[str, ...], Value] = {(name,): value for name, value in setting.names.items()}
            try:
                kept.append(Outline(skeleton, names, setting.locales, setting.silent, setting.allowance.left))
            except ManyPathsError:
                kept.append(None)
            except (GaveUpError, RecursionError):
                return None
        outline: Outline | None = kept[1]
        return outline

    @property
    def _surroundings(self) -> tuple[object, ...]:
        """All that decides the result besides the template."""
        setting, reads = self.setting, self.template.reads
        silent = sorted(setting.silent & reads) if setting.silent else ()
        return (self.native, *setting.locales, *silent, *map(setting.names.get, sorted(reads)))

    def given(self, known: Mapping[str, Value], *, searching: bool = False) -> Interpretation:
        """For data of which more is known: these names have these values. ``searching`` is whether it is one of many tries."""
        template = self.template
        if template.tree is None or template.problems:
            text = texts.just(template.source) if not template.problems else texts.UNBOUNDED
            return Interpretation((Outcome(text, values.of_text(text)),), complete=not template.problems)
        interpreter = Interpreter(self.setting.locales, self.setting.silent, self.setting.allowance.steps(searching=searching))
        names: dict[tuple[str, ...], Value] = {(name,): value for name, value in {**self.setting.names, **known}.items()}
        try:
            outcomes = tuple(self._outcomes(interpreter, template.tree, names))
        except (GaveUpError, RecursionError):
            self.setting.allowance.spend(interpreter.steps, searching=searching, ended=interpreter.steps <= interpreter.most_steps)
            return Interpretation((Outcome(texts.UNBOUNDED, values.UNKNOWN),), steps=interpreter.steps, complete=False)
        self.setting.allowance.spend(interpreter.steps, searching=searching, ended=True)
        return Interpretation(outcomes, interpreter.noted, interpreter.steps)

    def decides(self, test: nodes.Node) -> int:
        """Whether a test can be true and can be false by the declarations alone, whatever conditions stand before it."""
        interpreter = Interpreter(self.setting.locales, self.setting.silent)
        interpreter.parts = parts_of(self.template.tree)
        names: dict[tuple[str, ...], Value] = {(name,): value for name, value in self.setting.names.items()}
        return values.truth(interpreter.quiet(test, Branch(names)))

    def _outcomes(self, interpreter: Interpreter, root: nodes.Template, names: Mapping[tuple[str, ...], Value]) -> list[Outcome]:
        if not self.template.lone:
            return [Outcome(path.output, values.of_text(path.output), path.conditions) for path in interpreter.template(root, names)]
        interpreter.parts = parts_of(root)
        expression = root.body[0].nodes[0]  # type: ignore[attr-defined]
        return list(_lone(interpreter, expression, Branch(names), self.native))


_MOST_KNOWN = 7
"""Results of one template that are kept beside the newest."""


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two surroundings hold the same objects, or equal words."""
    return len(one) == len(other) and all(a is b or (isinstance(a, str) and a == b) for a, b in zip(one, other, strict=True))


def _lone(interpreter: Interpreter, expression: nodes.Expr, path: Branch, native: bool) -> list[Outcome]:
    """The ways through a lone expression: the arms of conditions in it are ways of their own."""
    if isinstance(expression, nodes.CondExpr):
        found: list[Outcome] = []
        for holds, arm in ((True, expression.expr1), (False, expression.expr2)):
            after = interpreter.decided(expression.test, holds, path)
            if after is not None and arm is not None:
                conditions = (*after.conditions, Condition(expression.test, holds, None))
                found += _lone(interpreter, arm, after._replace(conditions=conditions), native)
        return found
    value = interpreter.value(expression, path)
    omitted = value.opaque is OMITTED
    if omitted:
        value = value._replace(opaque=None)
    kept = value if native or value.empty else interpreter.printed(expression, value)
    if kept.empty and not omitted:
        return []
    return [Outcome(printed_text(kept) if not kept.empty else texts.EMPTY, kept, path.conditions, omitted)]
