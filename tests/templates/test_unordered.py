"""Mappings whose order shows in a text, and those whose order does not."""

from __future__ import annotations

import pytest

from msgspec_tool.model import Variable
from msgspec_tool.source.document import Field
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.unordered import unordered_uses

PLACE = Field(PlainDocument({}), (), {})
SCHEMAS = {
    "fees": {"type": "object", "properties": {"inner": {"type": "object"}, "count": {"type": "integer"}}},
    "lines": {"type": "array", "items": {"type": "object"}},
    "word": {"type": "string"},
}
VARIABLES = {name: Variable(name, PLACE, schema) for name, schema in SCHEMAS.items()}


def found(source: str) -> list[tuple[str, str]]:
    return [(source[use.start : use.end], use.remedy) for use in unordered_uses(parse_template(source).tree, VARIABLES)]


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("{% for k in fees %}{{ k }}{% endfor %}", [("fees", "sort")]),
        ("{% for k, v in fees.items() %}{{ k }}{% endfor %}", [("fees.items()", "dictsort")]),
        ("{% for k, v in fees | items %}{{ v }}{% endfor %}", [("fees | items", "dictsort")]),
        ("{% for v in fees.values() %}{{ v }}{% endfor %}", [("fees.values()", "dictsort")]),
        ("{% for k in fees.inner | list %}{{ k }}{% endfor %}", [("fees.inner | list", "sort")]),
        ("{% for line in lines %}{{ line | join }}{% endfor %}", [("line", "sort")]),
        ("{{ fees.keys() | first }}{{ fees | last }}", [("fees.keys()", "sort"), ("fees", "sort")]),
    ],
)
def test_where_the_order_shows(source: str, uses: list[tuple[str, str]]) -> None:
    assert found(source) == uses


@pytest.mark.parametrize(
    "source",
    [
        "{% for k, v in fees | dictsort %}{{ k }}{% endfor %}",
        "{% for k in fees | sort %}{{ k }}{% endfor %}",
        "{% set sum = namespace(all=0) %}{% for v in fees.values() %}{% set sum.all = sum.all + v %}{% endfor %}{{ sum.all }}",
        "{% for k in fees %}.{{ '!' }}{% endfor %}",
        "{% for line in lines %}{{ line.a }}{% endfor %}",
        "{% for c in word %}{{ c }}{% endfor %}",
        "{{ lines | first | length }}{{ word | join('-') }}{{ fees.count }}{{ fees | length }}",
        "{% set fees = [1] %}{{ fees | join }}",
        "{% for lines in lines %}{{ lines | join }}{% endfor %}",
        "{% for k, v in {'a': 1}.items() %}{{ k }}{% endfor %}",
        "{% for i in [fees] %}{{ i | join }}{% endfor %}",
        "{% for i in (lines | list)[:1] %}{{ i | join }}{% endfor %}",
        "{% filter join %}{{ word }}{% endfilter %}",
    ],
)
def test_where_it_does_not(source: str) -> None:
    assert found(source) == []
