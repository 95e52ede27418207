"""Every name that a template binds stands exactly where its binding says, whatever the tag looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgspec_tool.templates.names.shadowing import bindings
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials


def bound(source: str, folder: Path) -> list[tuple[str, str, str, bool]]:
    """Binder, name, file and whether the place sees names; every place is compared with the text."""
    template = parse_template(source, Partials(folder, (folder,)))
    assert template.problems == ()
    found = list(bindings(template.tree))
    for one in found:
        assert (one.file.text if one.file else source)[one.start : one.end] == one.name
    return [(one.binder.value, one.name, one.file.path if one.file else "", one.sees_names) for one in found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain {{ x }}", []),
        ("{%set a=1%}", [("set", "a")]),
        ("a\r\n\r\n{%-\r\nset\r\na, b = 1, 2 -%}", [("set", "a"), ("set", "b")]),
        ("{% set set = set %}", [("set", "set")]),
        ("{% set a | upper | replace('a', a) %}{% endset %}", [("set", "a")]),
        ("{% for for_, (b, c) in b if b recursive %}{% endfor %}", [("for", "for_"), ("for", "b"), ("for", "c")]),
        ("{% with %}{% set x = 1 %}{% endwith %}", [("set", "x")]),
        ("{% with x = y, y = x %}{% endwith %}", [("with", "x"), ("with", "y")]),
        ("{%macro macro(a,b=a)%}{%endmacro%}", [("macro", "macro"), ("argument", "a"), ("argument", "b")]),
        (
            "{% macro m() %}{% endmacro %}{% call(m, n=m) m() %}{{ m }}{% endcall %}",
            [("macro", "m"), ("argument", "m"), ("argument", "n")],
        ),
        ("{%import'lib'as as_%}", [("import", "as_")]),
        ("{% import 'lib' as as %}", [("import", "as")]),
        ("{% from 'lib' import as as import, import as as %}", [("import", "import"), ("import", "as")]),
        ("{% import 'lib' as import_ without context %}", [("import", "import_")]),
        (
            "{% from 'lib' import first, second as first_, third with context %}",
            [("import", "first"), ("import", "first_"), ("import", "third")],
        ),
        ("{%from'lib'import first as second,second as first,third%}", [("import", "second"), ("import", "first"), ("import", "third")]),
    ],
)
def test_places(source: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    (tmp_path / "lib").write_text("")
    assert [found[:2] for found in bound(source, tmp_path)] == expected


def test_partials_are_read_once_for_each_view(tmp_path: Path) -> None:
    (tmp_path / "inner").write_text("😀\r\n{% set x = 1 %}")
    (tmp_path / "outer").write_text("{% include 'inner' %}{% include 'inner' %}")
    source = "{% import 'outer' as a %}{% include 'outer' %}{% include 'inner' without context %}{% include 'outer' %}"
    assert bound(source, tmp_path) == [
        ("import", "a", "", True),
        ("set", "x", "inner", False),
        ("set", "x", "inner", True),
    ]
