"""What a recording render reaches is exactly what runs, and its text is that of an ordinary one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msgspec_tool.templates.bounds.branches import BranchId, BranchKind, branches
from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.running.coverage import Recorder, RecordingEnvironment
from msgspec_tool.templates.running.engine import Engine


def outcome(engine: Engine, source: str, scope: dict[str, Any], partials: Partials | None = None, native: bool = False) -> object:
    """What a template gives: a value, or how it fails and where."""
    try:
        return engine.compile(parse_template(source, partials), native=native).render(scope)
    except RenderFailure as failure:
        return failure.message, failure.start, failure.end, failure.file.path if failure.file else None


def recorded(source: str, scope: dict[str, Any], partials: Partials | None = None) -> tuple[object, set[BranchId]]:
    recorder = Recorder()
    engine = Engine(partials, environment=partial(RecordingEnvironment, recorder))
    found = outcome(engine, source, scope, partials)
    return found, {reached.branch for reached in recorder.take()}


# --- templates whose branches are known because the test takes them itself ------------------------------------------------


@dataclass
class Written:
    """A template as it is being written, and what it reaches for some data; after a division by zero that is nothing more."""

    source: str = ""
    reached: list[BranchId] = field(default_factory=list)
    failed: bool = False

    def write(self, text: str) -> int:
        """Append a text; the offset at which it stands."""
        self.source += text
        return len(self.source) - len(text)


CONDITIONS = st.sampled_from(["a", "b", "c", "not a", "a and b", "b or c"])
TREES: st.SearchStrategy[Any] = st.deferred(lambda: st.lists(TREE, max_size=3))
TREE: st.SearchStrategy[Any] = st.one_of(
    st.tuples(st.just("text"), st.sampled_from(["x", " ", "\n", "é 🎉", "\r\n  "])),
    st.tuples(st.just("divide"), st.sampled_from(["one", "zero"])),
    st.tuples(st.just("inline"), CONDITIONS, CONDITIONS, st.booleans()),
    st.tuples(st.just("if"), st.lists(st.tuples(CONDITIONS, TREES), min_size=1, max_size=3), st.none() | TREES),
    st.tuples(st.just("for"), st.sampled_from(["empty", "two"]), TREES, st.none() | TREES),
    st.tuples(st.just("macro"), TREES),
)
CONSTANT = {"empty": [], "two": [1, 2], "one": 1, "zero": 0}
SCOPES = st.fixed_dictionaries({name: st.booleans() for name in "abc"}).map(lambda flags: {**flags, **CONSTANT})


def write(tree: Any, out: Written, scope: dict[str, Any], runs: bool) -> None:
    """Write a list of constructs, and note what they reach if they are run."""
    for node in tree:
        globals()[f"write_{node[0]}"](out, scope, runs, *node[1:])


def note(out: Written, runs: bool, offset: int, kind: BranchKind) -> None:
    if runs and not out.failed:
        out.reached.append((None, offset, kind))


def write_text(out: Written, scope: dict[str, Any], runs: bool, text: str) -> None:
    out.write(text)


def write_divide(out: Written, scope: dict[str, Any], runs: bool, by: str) -> None:
    out.write(f"{{{{ 6 // {by} }}}}")
    out.failed |= runs and not scope[by]


def write_inline(out: Written, scope: dict[str, Any], runs: bool, arm: str, condition: str, has_else: bool) -> None:
    out.write("{{ ")
    offset = out.write(f"({arm}) | string if {condition}")
    out.write(" else '-' }}" if has_else else " }}")
    note(out, runs, offset, BranchKind.INLINE_IF if eval(condition, scope) else BranchKind.INLINE_ELSE)


def write_if(out: Written, scope: dict[str, Any], runs: bool, arms: list[Any], otherwise: Any) -> None:
    out.write("{% ")
    first = out.write("if ")
    for number, (condition, body) in enumerate(arms):
        offset = out.write(condition)
        taken = runs and bool(eval(condition, scope))
        out.write(" %}")
        note(out, taken, offset if number else first, BranchKind.ELIF if number else BranchKind.IF)
        write(body, out, scope, taken)
        runs = runs and not taken
        out.write("{% elif " if number < len(arms) - 1 else "")
    note(out, runs, first, BranchKind.ELSE)
    if otherwise is not None:
        out.write("{% else %}")
        write(otherwise, out, scope, runs)
    out.write("{% endif %}")


def write_for(out: Written, scope: dict[str, Any], runs: bool, values: str, body: Any, otherwise: Any) -> None:
    out.write("{% ")
    offset = out.write(f"for q in {values}")
    out.write(" %}")
    note(out, runs and bool(scope[values]), offset, BranchKind.FOR)
    write(body, out, scope, runs and bool(scope[values]))
    if otherwise is not None:
        # the else of a loop is a branch where it holds something: a line break behind the tag is not even that
        out.write("{% else %}-")
        note(out, runs and not scope[values], offset, BranchKind.FOR_ELSE)
        write(otherwise, out, scope, runs and not scope[values])
    out.write("{% endfor %}")


def write_macro(out: Written, scope: dict[str, Any], runs: bool, body: Any) -> None:
    out.write("{% macro m() %}")
    write(body, out, scope, runs)
    out.write("{% endmacro %}{{ m() }}")


@settings(deadline=None, max_examples=60)
@given(TREES, SCOPES)
def test_a_recording_render_gives_the_same_text_and_reaches_what_runs(tree: Any, scope: dict[str, Any]) -> None:
    written = Written()
    write(tree, written, scope, True)
    # tags that nest too deeply are refused
    assume(not parse_template(written.source).problems)
    found, reached = recorded(written.source, scope)
    assert found == outcome(Engine(None), written.source, scope)
    assert isinstance(found, tuple) == written.failed
    assert reached == set(written.reached)
    assert reached <= {one.identity for one in branches(parse_template(written.source))}


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in two %}{{ loop.index }}{{ 'last' if loop.last else ', ' }}{% endfor %}",
        "{% for i in [[1], 2] recursive %}{% if i is iterable %}{{ loop(i) }}{% else %}{{ i }}{% endif %}{% else %}e{% endfor %}",
        "{% for i in two if i > 1 %}{{ i }}{% else %}none{% endfor %}",
        "{% macro m(x) %}{% if x %}{{ caller() }}{% endif %}{% endmacro %}{% call m(1) %}{{ 'i' if a }}{% endcall %}",
        "{% set t %}{% if a %}x{% endif %}{% endset %}[{{ t }}]",
        "{% filter upper %}{% if a %}x{% else %}y{% endif %}{% endfilter %}",
        "{% with v = 1 if a else 2 %}{{ v }}{% endwith %}",
        "{% set ns = namespace(n=0) %}{% for i in two %}{% if a %}{% set ns.n = ns.n + i %}{% endif %}{% endfor %}{{ ns.n }}",
        "{% if a %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}",
        "{{ (empty | first) if a else 'b' }}",
        "{{ [1 if a, 2 if zero] | length }}",
        "{{ 1 // zero if a else 2 }}",
        "{{ missing if a else 2 }}{{ 3 if missing }}",
        "{% if a %}{{ 1 // zero }}{% endif %}",
    ],
)
@pytest.mark.parametrize("a", [True, False])
def test_every_construct_keeps_its_text_and_its_failures(source: str, a: bool) -> None:
    scope = {**CONSTANT, "a": a}
    found, reached = recorded(source, scope)
    assert found == outcome(Engine(None), source, scope)
    assert reached <= {one.identity for one in branches(parse_template(source))}


def test_a_lone_expression_keeps_its_type_and_its_missing_else() -> None:
    recorder = Recorder()
    engine = Engine(None, environment=partial(RecordingEnvironment, recorder))
    assert outcome(engine, "{{ [1] if a else 2 }}", {"a": True}, native=True) == [1]
    assert {one.branch[2] for one in recorder.take()} == {BranchKind.INLINE_IF}
    plain = outcome(Engine(None), "{{ [1] if a }}", {"a": False}, native=True)
    assert outcome(engine, "{{ [1] if a }}", {"a": False}, native=True) == plain
    assert {one.branch[2] for one in recorder.take()} == {BranchKind.INLINE_ELSE}


def test_branches_of_partials_are_those_of_their_files(tmp_path: Path) -> None:
    (tmp_path / "inc").write_text("[{{ 'yes' if a else 'no' }}{% include 'deep' %}]")
    (tmp_path / "deep").write_text("{% if a %}d{% endif %}")
    (tmp_path / "lib").write_text("{% macro m(x) %}{{ x if x }}{% endmacro %}")
    partials = Partials(tmp_path, (tmp_path,))
    source = "{% from 'lib' import m %}{{ m(1) }}{% include 'inc' %}"
    found, reached = recorded(source, {"a": True}, partials)
    assert found == "1[yesd]" == outcome(Engine(partials), source, {"a": True}, partials)
    assert reached == {
        ("lib", (tmp_path / "lib").read_text().index("x if"), BranchKind.INLINE_IF),
        ("inc", 4, BranchKind.INLINE_IF),
        ("deep", 3, BranchKind.IF),
    }
    assert reached < {one.identity for one in branches(parse_template(source, partials))}


def test_what_was_reached_is_told_once() -> None:
    recorder = Recorder()
    engine = Engine(None, environment=partial(RecordingEnvironment, recorder))
    outcome(engine, "{% if a %}x{% endif %}", {"a": True})
    assert len(recorder.take()) == 1
    assert recorder.take() == frozenset()


def test_a_template_cannot_reach_the_marks() -> None:
    found, reached = recorded("{{ environment.reached('x', 1, 'if') }}", {})
    assert found == ("'environment' is undefined", 0, 39, None)
    assert reached == set()
