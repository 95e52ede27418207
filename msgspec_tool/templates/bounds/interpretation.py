"""A template on all values at once: statements along every path, with what each path prints and how it got there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from math import inf
from typing import Any

from jinja2 import nodes

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import ITEMS, MEMBERS, TEXT, Items, Value
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.bounds.attempts import keywords
from msgspec_tool.templates.bounds.expressions import MOST_STEPS, Expressions, GaveUpError, called
from msgspec_tool.templates.bounds.observations import Spot, Trouble
from msgspec_tool.templates.bounds.paths import Branch, Condition, Names, limited, merged
from msgspec_tool.templates.bounds.rounds import all_rounds, elements, kinds_of_rounds, loop_names, widened
from msgspec_tool.templates.bounds.things import MacroThing, ModuleThing, NamespaceThing
from msgspec_tool.templates.names.scopes import stored
from msgspec_tool.templates.positions import end_of, offset_of
from msgspec_tool.templates.tree import Parts, constant_name, parts_of, walk

MOST_CALLS = 6
"""Macros that call macros; what a deeper one prints is not known."""

MOST_ROUNDS = 4
"""Passes over a loop's body until the namespaces that it changes stay as they are."""

_NAMESPACE = "\0namespace"
"""What the keys of namespaces begin with; no name of a template does."""


class Interpreter(Expressions):
    """Runs statements along paths. One interpreter serves one template, its partials included."""

    def __init__(self, locales: tuple[str, ...], silent: frozenset[str] = frozenset(), most_steps: int = MOST_STEPS) -> None:
        super().__init__(locales, most_steps)
        self.silent = silent
        """Variables whose default says nothing."""
        self._keys = count()
        self.assigned: frozenset[str] = frozenset()

    def template(self, root: nodes.Template, names: Names) -> list[Branch]:
        """The paths of a whole template."""
        self.parts = parts_of(root)
        self.assigned = frozenset(node.name for node in walk(root) if isinstance(node, nodes.Name) and node.ctx != "load")
        return self.block(root.body, [Branch(names)])

    # --- statements -----------------------------------------------------------------------------------------------------

    def block(self, body: Iterable[nodes.Node], paths: list[Branch]) -> list[Branch]:
        """The paths after some statements."""
        for statement in body:
            self.step()
            step: Callable[[Any, Branch], list[Branch]] = getattr(self, f"run_{type(statement).__name__}")
            paths = self.limited([after for path in paths for after in step(statement, path)])
        return paths

    def limited(self, paths: list[Branch]) -> list[Branch]:
        """The paths that are followed further."""
        return limited(paths)

    @contextmanager
    def inside(self, file: SourceFile | None, parts: Parts) -> Iterator[None]:
        """At work in a partial."""
        before = self.file, self.parts
        self.file, self.parts = file, parts
        try:
            yield
        finally:
            self.file, self.parts = before

    def within(self, body: Sequence[nodes.Node], path: Branch) -> tuple[Text | None, Names]:
        """What a block prints that has a scope of its own, and the names after it: only namespaces can have changed.

        The text is None where the block never ends: all its rows are refused.
        """
        after = merged(self.block(body, [path._replace(output=texts.EMPTY)]))
        if after is None:
            return None, path.names
        return after.output, self._left(path.names, after.names)

    @staticmethod
    def _left(before: Names, after: Names) -> Names:
        changed = {place: value for place, value in after.items() if place[0].startswith(_NAMESPACE)}
        return {**before, **changed} if changed else before

    def run_Output(self, node: nodes.Output, path: Branch) -> list[Branch]:  # noqa: N802  Jinja's name, here and below
        output = path.output
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                output = self.behind(output, child, texts.just(child.data))
                continue
            if (value := self.printable(child, path)).empty:
                return []
            text = printed_text(value)
            self._silent_default(child, path, text)
            output = self.behind(output, child, text)
        return [path._replace(output=output)]

    def behind(self, output: Any, _node: nodes.Node, text: Text) -> Any:
        """What was printed, with what a node prints behind it."""
        return texts.concat(output, text)

    def _silent_default(self, node: nodes.Node, path: Branch, text: Text) -> None:
        """A declared default of no characters that is printed as it is."""
        while isinstance(node, nodes.Filter) and node.name not in ("default", "d") and node.node is not None:
            node = node.node
        place = (node.name,) if isinstance(node, nodes.Name) else ()
        found = path.names.get(place)
        if place and found is not None and not text.least.points and place[0] in self.silent:
            self.absent(node, found, empty=True)

    def run_If(self, node: nodes.If, path: Branch) -> list[Branch]:  # noqa: N802
        found: list[Branch] = []
        rest: Branch | None = path
        for branch in (node, *node.elif_):
            if rest is None:
                break
            taken = self.decided(branch.test, True, rest)
            if taken is not None:
                found += self.block(branch.body, [taken.under(Condition(branch.test, True, self.file))])
            rest = self.decided(branch.test, False, rest)
            rest = rest.under(Condition(branch.test, False, self.file)) if rest is not None else None
        return found + (self.block(node.else_, [rest]) if rest is not None else [])

    def run_Assign(self, node: nodes.Assign, path: Branch) -> list[Branch]:  # noqa: N802
        value = self.value(node.node, path)
        return [] if value.empty else [self._bound(node.target, value, path)]

    def run_AssignBlock(self, node: nodes.AssignBlock, path: Branch) -> list[Branch]:  # noqa: N802
        text, names = self.within(node.body, path)
        if text is None:
            return []
        value = values.of_text(text)
        if node.filter is not None:
            value = self._chained(node.filter, value, path)
        return [self._bound(node.target, value, path._replace(names=names))]

    def _chained(self, node: nodes.Filter, value: Value, path: Branch) -> Value:
        """Filters over a block's text, innermost first."""
        if isinstance(node.node, nodes.Filter):
            value = self._chained(node.node, value, path)
        return self.value_Filter(node, path, value)

    def _bound(self, target: nodes.Node, value: Value, path: Branch) -> Branch:
        if isinstance(target, nodes.Name):
            thing = value.opaque
            for name, first in thing.first.items() if isinstance(thing, NamespaceThing) else ():
                path = path if (thing.key, name) in path.names else path.knowing((thing.key, name), first)
            return path.set((target.name,), value)
        if isinstance(target, nodes.NSRef):
            thing = path.names.get((target.name,), values.UNKNOWN).opaque
            return path.set((thing.key, target.attr), value) if isinstance(thing, NamespaceThing) else path
        exact = value.items.exact if value.items is not None else None
        items = target.items if isinstance(target, nodes.Tuple) else []
        for index, one in enumerate(items):
            known = exact is not None and len(exact) == len(items)
            element = exact[index] if known and exact is not None else value.items.element if value.items is not None else values.UNKNOWN
            path = self._bound(one, element, path)
        return path

    def run_With(self, node: nodes.With, path: Branch) -> list[Branch]:  # noqa: N802
        inner = path
        for target, expression in zip(node.targets, node.values, strict=True):
            inner = self._bound(target, self.value(expression, path), inner)
        return self._printed(*self.within(node.body, inner), path)

    def _printed(self, text: Text | None, names: Names, path: Branch) -> list[Branch]:
        kept = {place: value for place, value in names.items() if place[0].startswith(_NAMESPACE)}
        return [] if text is None else [path.printing(text)._replace(names={**path.names, **kept} if kept else path.names)]

    def run_FilterBlock(self, node: nodes.FilterBlock, path: Branch) -> list[Branch]:  # noqa: N802
        text, names = self.within(node.body, path)
        value = self._chained(node.filter, values.of_text(text), path) if text is not None else values.NOTHING
        return [] if value.empty else self._printed(printed_text(value), names, path)

    def run_Macro(self, node: nodes.Macro, path: Branch) -> list[Branch]:  # noqa: N802
        return [path.set((node.name,), Value(opaque=MacroThing(node, self.parts, self.file, path.names)))]

    def run_CallBlock(self, node: nodes.CallBlock, path: Branch) -> list[Branch]:  # noqa: N802
        caller = Value(opaque=MacroThing(node, self.parts, self.file, path.names))
        value = self.value(node.call.node, path)
        if isinstance(value.opaque, MacroThing):
            function = value.opaque
            value = Value(opaque=MacroThing(function.node, function.parts, function.file, function.names, caller))
            value = self._call_with(value, node.call, path)
        else:
            value = values.of_text(texts.UNBOUNDED)
        return [] if value.empty else [path.printing(printed_text(value))]

    # --- loops ----------------------------------------------------------------------------------------------------------

    def run_For(self, node: nodes.For, path: Branch) -> list[Branch]:  # noqa: N802
        source = self.present(node.iter, path)
        if source.empty:
            return []
        failure = None
        if not source.unknown and not source.kinds & (TEXT | ITEMS | MEMBERS) and source.opaque is None:
            failure = f"{called(node.iter)} is {values.named(source.kinds)}, and a loop needs a list"
        self.attempt(self.spot(node.iter), Trouble.TYPE, failure)
        if failure is not None:
            return [path.printing(texts.UNBOUNDED.of(source.sources))]
        items = elements(source)
        if node.recursive or items is None:
            names = {place: values.UNKNOWN if place[0].startswith(_NAMESPACE) else value for place, value in path.names.items()}
            return [path._replace(names=names).printing(texts.UNBOUNDED.of(source.sources))]
        return self._loop(node, items, source.sources, path)

    def _loop(self, node: nodes.For, items: Items, sources: frozenset[str], path: Branch) -> list[Branch]:
        before = self.cost
        if items.exact is not None and node.test is None and len(items.exact) <= values.MOST_ELEMENTS:
            text, names = self._unrolled(node, items.exact, path)
        else:
            text, names = self._repeated(node, items, path)
        self._note_cost(node, before)
        text = text._replace(sources=text.sources | sources) if text is not None else None
        found = [] if text is None else self._printed(text, names, path)
        if not items.least or node.test is not None:
            other, left = self.within(node.else_, path)
            found += self._printed(other, left, path)
        together = merged(found)
        return [] if together is None else [together]

    def _unrolled(self, node: nodes.For, elements: tuple[Value, ...], path: Branch) -> tuple[Text | None, Names]:
        """Each round by itself. Of no elements nothing is printed: the loop's ``else`` is another path."""
        names, output = path.names, texts.EMPTY
        if not elements:
            return None, names
        for index, element in enumerate(elements):
            around = (
                elements[index - 1] if index else values.MISSING,
                elements[index + 1] if index + 1 < len(elements) else values.MISSING,
            )
            loop = loop_names(values.counted(index, index), values.counted(len(elements), len(elements)), around)
            text, names = self._round(node, element, loop, path._replace(names=names))
            if text is None:
                return None, names
            output = texts.concat(output, text)
        return output, names

    def _round(self, node: nodes.For, element: Value, loop: Value, path: Branch) -> tuple[Text | None, Names]:
        inner = self._bound(node.target, element, path).set(("loop",), loop)
        skipped = False
        if node.test is not None:
            skipped = self.decided(node.test, False, inner) is not None
            kept = self.decided(node.test, True, inner)
            if kept is None:
                return texts.EMPTY, path.names
            inner = kept
        text, names = self.within(node.body, inner)
        if text is None:
            return (texts.EMPTY if skipped else None), path.names
        left = self._left(path.names, names)
        return (texts.either(text, texts.EMPTY) if skipped else text), left

    def _repeated(self, node: nodes.For, items: Items, path: Branch) -> tuple[Text | None, Names]:
        """First, last and all other rounds, each for whatever element it may get."""
        if not items.most:
            return None, path.names
        path = self._settled(node, items, path)
        if node.test is not None:
            return self._kept_rounds(node, items, path), path.names
        before = self.cost
        rounds = {}
        for part, (low, high, least) in kinds_of_rounds(items).items():
            index, length = values.counted(low, high), values.counted(max(least, items.least), 1 if part == "only" else items.most)
            beside = items.element._replace(undefined=True) if not items.element.unknown else values.UNKNOWN
            rounds[part] = self._round(node, items.element, loop_names(index, length, (beside, beside), part), path)[0]
        body = (self.cost - before) / max(1, len(rounds))
        self.cost = before + body * (items.most if items.most < inf else 1)
        return all_rounds(rounds, items), path.names

    def _kept_rounds(self, node: nodes.For, items: Items, path: Branch) -> Text | None:
        """Rounds of a loop with a condition of its own: any of them may be left out, and be the first or last."""
        length = values.counted(0, items.most)
        loop = loop_names(length, length, (values.UNKNOWN, values.UNKNOWN))
        text = self._round(node, items.element, loop, path)[0]
        return None if text is None else texts.repeated(text, 0, items.most)

    def _settled(self, node: nodes.For, items: Items, path: Branch) -> Branch:
        """The path with namespaces as any round may find them."""
        if not any(isinstance(one, nodes.NSRef) for one in walk(node)):
            return path
        loop = loop_names(values.counted(0, items.most), values.counted(items.least, items.most), (values.UNKNOWN, values.UNKNOWN))
        for turn in range(MOST_ROUNDS):
            with self.silence():
                names = self._round(node, items.element, loop, path)[1]
            joined = {
                place: values.join(path.names[place], found) if place in path.names else found
                for place, found in names.items()
                if place[0].startswith(_NAMESPACE)
            }
            if all(path.names.get(place) == found for place, found in joined.items()):
                return path
            last = turn + 2 >= MOST_ROUNDS
            changed = {place: widened(found) if last and path.names.get(place) != found else found for place, found in joined.items()}
            path = path._replace(names={**path.names, **changed})
        return path

    def _note_cost(self, node: nodes.For, before: float) -> None:
        spent = self.cost - before
        if not self._muted and (self.noted.heaviest is None or spent > self.noted.heaviest[0]):
            self.noted.heaviest = (spent, Spot(offset_of(node), end_of(node), self.file))

    # --- macros and partials --------------------------------------------------------------------------------------------

    def called(self, function: Any, positional: list[Value], named: dict[str, Value], node: nodes.Call, _path: Branch) -> Value:
        """A macro's text; a namespace; what any other function gives."""
        if isinstance(function, MacroThing):
            return self._macro(function, positional, named, _path)
        if getattr(function, "name", "") == "namespace" and not positional:
            return Value(opaque=NamespaceThing(f"{_NAMESPACE}{next(self._keys)}", dict(named)))
        return super().called(function, positional, named, node, _path)

    def _call_with(self, function: Value, node: nodes.Call, path: Branch) -> Value:
        positional = [self.value(argument, path) for argument in node.args]
        named = {keyword.key: self.value(keyword.value, path) for keyword in keywords(node)}
        return self.called(function.opaque, positional, named, node, path)

    def _macro(self, macro: MacroThing, positional: list[Value], named: Mapping[str, Value], path: Branch) -> Value:
        if self.macro_depth >= MOST_CALLS:
            return values.of_text(texts.UNBOUNDED)
        if any(isinstance(one, nodes.NSRef) for one in walk(macro.node)):
            raise GaveUpError("a macro changes a namespace")
        names = self._seen(macro, path)
        names[("caller",)] = macro.caller if macro.caller is not None else values.MISSING
        names[("varargs",)] = values.listed(positional[len(macro.node.args) :])
        rest = {name: value for name, value in named.items() if name not in {argument.name for argument in macro.node.args}}
        names[("kwargs",)] = values.mapping(rest)
        self.macro_depth += 1
        with self.inside(macro.file, macro.parts):
            branch = self._with_arguments(macro, positional, named, Branch(names))
            text, _names = self.within(macro.node.body, branch)
        self.macro_depth -= 1
        return values.NOTHING if text is None else values.of_text(text)

    def _with_arguments(self, macro: MacroThing, positional: list[Value], named: Mapping[str, Value], branch: Branch) -> Branch:
        arguments = macro.node.args
        optional = arguments[len(arguments) - len(macro.node.defaults) :]
        defaults = {argument.name: default for argument, default in zip(optional, macro.node.defaults, strict=True)}
        for index, argument in enumerate(arguments):
            value = positional[index] if index < len(positional) else named.get(argument.name)
            if value is None:
                value = self.value(defaults[argument.name], branch) if argument.name in defaults else values.MISSING
            branch = branch.set((argument.name,), value)
        return branch

    def _seen(self, macro: MacroThing, path: Branch) -> dict[tuple[str, ...], Value]:
        """The names that a macro sees: those of where it stands, as they are when it is called."""
        seen: dict[tuple[str, ...], Value] = {}
        for place, value in macro.names.items():
            now = path.names.get(place)
            if now is value or place[0] not in self.assigned or macro.file is not None:
                seen[place] = value
            elif now is not None and len(place) == 1:
                seen[place] = values.UNKNOWN
        seen.update({place: value for place, value in path.names.items() if place[0].startswith(_NAMESPACE)})
        if isinstance(macro.node, nodes.Macro):
            seen[(macro.node.name,)] = Value(opaque=macro)
        later: dict[tuple[str, ...], Value] = {
            place: values.UNKNOWN for place in path.names if place not in seen and len(place) == 1 and macro.file is None
        }
        return {**later, **seen}

    def run_Include(self, node: nodes.Include, path: Branch) -> list[Branch]:  # noqa: N802
        partial = self.parts.partials.get(constant_name(node) or "")
        if partial is None:
            return [path.printing(texts.EMPTY if node.ignore_missing else texts.UNBOUNDED)]
        inner = path if node.with_context else Branch({})
        with self.inside(partial.file, partial.parts):
            text, _names = self.within(partial.root.body, inner)
        return [] if text is None else [path.printing(text)]

    def run_Import(self, node: nodes.Import, path: Branch) -> list[Branch]:  # noqa: N802
        return [path.set((node.target,), Value(opaque=ModuleThing(self._module(node, path))))]

    def run_FromImport(self, node: nodes.FromImport, path: Branch) -> list[Branch]:  # noqa: N802
        module = self._module(node, path)
        for name in node.names:
            asked, given = (name, name) if isinstance(name, str) else name
            path = path.set((given,), module.get(asked, values.UNKNOWN))
        return [path]

    def _module(self, node: nodes.Import | nodes.FromImport, path: Branch) -> dict[str, Value]:
        """What a partial defines for those that import it."""
        partial = self.parts.partials.get(constant_name(node) or "")
        if partial is None:
            return {}
        names: Names = path.names if node.with_context else {}
        with self.inside(partial.file, partial.parts):
            after = merged(self.block(partial.root.body, [Branch(names)]))
        if after is None:
            return {}
        return {name: after.names[(name,)] for name in stored(partial.root.body) if (name,) in after.names}
