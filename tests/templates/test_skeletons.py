"""Trees that are copies are those that Jinja would have made: the same nodes, texts and places."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from msgspec_tool.templates.cutting import Cut, cut
from msgspec_tool.templates.positions import Line, LocatedSyntaxError, Tokens, parse_located
from msgspec_tool.templates.skeletons import MOST_KEPT, CopiedTokens, parse_alike
from msgspec_tool.templates.tree import below, depth, parts_of
from tests.templates.made_templates import TEMPLATES

ROOT = Path(__file__).resolve().parents[2]


def written(node: Any) -> Any:
    """A tree as plain data, places included."""
    if isinstance(node, nodes.Node):
        line = node.lineno
        place = (int(line), line.offset, line.end) if isinstance(line, Line) else line
        return type(node).__name__, place, [(name, written(getattr(node, name))) for name in node.fields]
    return [written(one) for one in node] if isinstance(node, (list, tuple)) else (type(node), node)


def told(root: nodes.Template, tokens: Tokens) -> Any:
    """All that a parse tells."""
    order = [type(node).__name__ for node in below(root).nodes]
    return written(root), order, depth(root), tokens.starts, tokens.ends, tokens.kinds, tokens.values


def parsed(source: str) -> nodes.Template | None:
    try:
        return parse_alike(source)
    except LocatedSyntaxError:
        return None


def check(source: str) -> bool:
    """Compare a parse with Jinja's own; whether it was a copy."""
    found = parsed(source)
    try:
        expected = parse_located(source)
    except LocatedSyntaxError:
        assert found is None
        return False
    assert found is not None
    assert told(found, parts_of(found).tokens) == told(*expected)
    return isinstance(parts_of(found).tokens, CopiedTokens)


# --- cutting ------------------------------------------------------------------------------------------------------------

CUTS: list[tuple[str, Cut | None]] = [
    ("", Cut((), ("",), (0,))),
    ("words { } % # }} %}", Cut((), ("words { } % # }} %}",), (0,))),
    ("a {{ b }} c", Cut(("{{ b }}",), ("a ", " c"), (0, 2, 9))),
    ("{{ '}}' ~ \"{% '\" }}", Cut(("{{ '}}' ~ \"{% '\" }}",), ("", ""), (0, 0, 19))),
    ("a  {{- b -}} \n c", Cut(("{{- b -}} \n ",), ("a", "c"), (0, 3, 15))),
    ("a\n  {% if b %}\n\n c", Cut(("{% if b %}\n",), ("a\n", "\n c"), (0, 4, 15))),
    ("  {% if b %}{% endif %}", Cut(("{% if b %}", "{% endif %}"), ("", "", ""), (0, 2, 12, 12, 23))),
    ("  {%+ if b +%}\n", Cut(("{%+ if b +%}",), ("  ", "\n"), (0, 2, 14))),
    (" a {# {{ b }} #}\nc", Cut(("{# {{ b }} #}\n",), (" a ", "c"), (0, 3, 17))),
    ("{% if a % 2 %}", Cut(("{% if a % 2 %}",), ("", ""), (0, 0, 14))),
    ("{{ {'a': 1}.a }}", None),
    ("{% raw %}{{ b }}{% endraw %}", None),
    ("{%-raw-%} {% endraw %}", None),
    ("{{ b", None),
    ("{{ 'b }}", None),
    ("{{{ b }}", None),
    ("a\r\n{{ b }}", None),
]


@pytest.mark.parametrize(("source", "pieces"), CUTS)
def test_cuts(source: str, pieces: Cut | None) -> None:
    assert cut(source) == pieces


# --- copies -------------------------------------------------------------------------------------------------------------


def test_templates_with_the_same_tags_share_one_parse() -> None:
    sources = [f"Dear {{{{ name }}}},{space}{{% if due %}}{word}{{% endif %}}" for word in ("now", "soon") for space in (" ", "\n")]
    assert [check(source) for source in sources] == [False, True, True, True]
    assert not check("Dear {{ name }}{% if due %}now{% endif %}")


def test_copies_have_lists_of_their_own() -> None:
    one, other = (parse_alike(f"{word} {{{{ lists_of_their_own }}}}") for word in "ab")
    assert one.body is not other.body
    assert one == parse_located("a {{ lists_of_their_own }}")[0]


def test_skeletons_that_nobody_uses_go_without_a_collector() -> None:
    gc.disable()
    try:
        copies = [parse_alike(f"{word} {{{{ gone_soon | upper }}}}") for word in "abc"]
        assert [written(copy) for copy in copies]
        skeleton = parts_of(copies[1]).copied
        assert skeleton is not None
        gone = ref(skeleton.skeleton)
        del copies, skeleton
        for number in range(MOST_KEPT):
            parse_alike(f"{{{{ other_{number} }}}}")
        assert gone() is None
    finally:
        gc.enable()


PIECES = (
    *("{{ alpha }}", "{{- beta|upper -}}", "{%- if gamma -%}", "{% if x == 'y' %}", "{% elif z %}", "{% else %}", "{% endif %}"),
    *("{%+ if delta %}", "{%- endif +%}", "{# note #}", "{#- note -#}", "{#-#}", "{{ 'a b' ~ \"c\" }}", "{{ beta|d('-%}') }}", "{{ -1 }}"),
    *("{% for item in alpha %}", "{% endfor %}", "{% set z = 1.5e3 %}", "{{-\n alpha\n -}}", "{{ '}}' }}", "{% set b %}", "{% endset %}"),
    *("{{ {'a': 1} }}", "{% raw %} {{ q }} {% endraw %}", "{% include 'a.txt' %}", "{{ '\\'' }}"),
    *("{% if a %}{% endif %}", "{{", "%}", "'", "{"),
)
TEXTS = ("", " ", "  \n", "\n", "\n\n ", "x", "é😀\n", "\t", "\u2028", "\x85 ", "a {", "% }", "\n  \n", "-", "\r\n")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.lists(st.sampled_from(TEXTS), min_size=3, max_size=3)), max_size=6), st.data())
def test_copies_are_what_jinja_makes(pieces: list[tuple[str, list[str]]], data: st.DataObject) -> None:
    for turn in range(3):
        begin = data.draw(st.sampled_from(TEXTS))
        check(begin + "".join(tag + texts[turn] for tag, texts in pieces))


@settings(max_examples=200, deadline=None)
@given(TEMPLATES)
def test_made_templates(source: str) -> None:
    check(source)
    check(source)
    check(f"more {source}\n words")
    check(f"{source}\n words")


def test_whatever_is_cut_is_what_jinja_finds() -> None:
    """Templates of the corpus, of the cases and of the examples."""
    known = [
        text
        for folder in ("tests/cases", "tests/corpus", "tests/hostile", "specs_examples")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in (".yaml", ".txt", ".json")
        for text in path.read_text(encoding="utf-8", errors="replace").split("\n\n")
        if "{{" in text or "{%" in text
    ]
    assert len(known) > 500
    copies = 0
    for text in known:
        check(text)
        copies += check(text.replace("e", "é ").replace("{{é ", "{{ "))
