"""What decides that a spec is rendered at all: nothing that matters is overlooked."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool.review.inputs import Differences
from msgspec_tool.review.reading_partials import asked_names, recipients_names
from msgspec_tool.review.run import Comparison
from msgspec_tool.source.text import decode
from msgspec_tool.source.yaml_reader import read_yaml
from msgspec_tool.templates.environment import MessageEnvironment
from msgspec_tool.templates.tree import constant_name
from tests.generated_specs import Made, made
from tests.repositories import Scratch
from tests.review.comparisons import report


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("text: Hi", set()),
        ("text: '{% include \"a.txt\" %}'", {"a.txt"}),
        ("text: \"{% include 'a.txt' %}{%- import 'b/c.txt' as x -%}\"", {"a.txt", "b/c.txt"}),
        ('text: "{% include \\"a.txt\\" %}"', {"a.txt"}),
        ("text: '{% include ''a.txt'' ignore missing %}'", {"a.txt"}),
        ("text: \"{% from 'a.txt' import x with context %}\"", {"a.txt"}),
        ("text: >-\n  {%\n  include 'a.txt'\n  %}", {"a.txt"}),
        ("text: '{% include name %}'", None),
        ("text: \"{% include 'a' ~ '.txt' %}\"", None),
        ("text: \"{% include 'a' '.txt' %}\"", None),
        ("text: \"{% include ['a.txt'] %}\"", None),
        ("text: \"{% include 'a.txt' if x else 'b.txt' %}\"", None),
        ("text: \"\\x7b% include 'a.txt' %}\"", None),
        ("text: \"{% include 'a.t\\\n  xt' %}\"", None),
        ("text: \"{% include 'a\n  b.txt' %}\"", None),
        ("text: '{% include " + " " * 400 + '"a.txt" %}\'', None),
        ("text: \"{%\\ninclude 'a.txt' %}\"", None),
        ("text: '{%" + " " * 50 + 'include "a.txt" %}\'', None),
        ("text: '{% includes %}{% if x %}{% endif %}{%}'", set()),
        ("text: \"\\u20ac \\xe9 {% include 'a.txt' %}\"", {"a.txt"}),
    ],
)
def test_names_of_partials(text: str, names: set[str] | None) -> None:
    assert asked_names(text) == names


PIECES = st.sampled_from(
    [
        *(
            "{%",
            "{%- ",
            "%}",
            "-%}",
            "include",
            "import",
            "from",
            " ",
            " ",
            "\n",
            "\n  ",
            "'",
            '"',
            "''",
            '\\"',
            "\\\n",
            "\\x61",
            "\\u0061",
        ),
        *("a.txt", "b/c.txt", "a b", " as x", " import y", " ignore missing", " ~ ", "|upper", "{#", "#}", "text", "{{ x }}", "x"),
        *("\\n", "\\t", "\\e", "\\/", "\\_", "\\u2028", "\u2028", " " * 50),
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["text: '{}'", 'text: "{}"', "text: >-\n  {}\n", "text: {}"]))
def test_no_name_is_overlooked(pieces: list[str], form: str) -> None:
    """Compared with what YAML and Jinja read."""
    text = form.replace("{}", "".join(pieces))
    document = read_yaml(decode("a.msg.yaml", text.encode())).document
    found = document.value.get("text") if document is not None and isinstance(document.value, dict) else None
    names = asked_names(text)
    if isinstance(found, str) and names is not None:
        assert asked(found) <= names


def asked(template: str) -> set[str | None]:
    """What a template includes and imports; nothing where it can't be parsed, and so not be rendered."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        root = MessageEnvironment().parse(template)
    except TemplateSyntaxError:
        return set()
    return {constant_name(node) for node in root.find_all((nodes.Include, nodes.Import, nodes.FromImport))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("destination:\n  from: people.csv\n", "people.csv"),
        ("destination: {from: ../data/people.jsonl, msisdn: x}", "../data/people.jsonl"),
        ("destination:\n  from: 'my people.CSV'", "my people.CSV"),
        ('"from": "people.parquet"', "people.parquet"),
    ],
)
def test_names_of_recipients(text: str, name: str) -> None:
    assert name in set(recipients_names(text))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(made(), min_size=1, max_size=3))
def test_a_revision_against_itself(tmp_path_factory: pytest.TempPathFactory, several: list[Made]) -> None:
    """Both sides are rendered, though all inputs are the same: the one from the disk, the other from git's objects."""
    scratch = Scratch.made(tmp_path_factory.mktemp("same"))
    for number, one in enumerate(several):
        scratch.write({f"{number}/made-up.msg.yaml": one.spec, f"{number}/{one.name}": one.recipients})
    scratch.commit()
    assert report(scratch.folder)["specs"] == []
    with mock.patch.object(Differences, "affect", return_value=True), mock.patch.object(Comparison, "_through", return_value=("all",)):
        found = report(scratch.folder)
    told = [(one["status"], one["messages"], one["breaking"], one["costs"], one["through"]) for one in found["specs"]]
    assert told == [("changed", [], [], [], ["all"])] * len(told)
    assert all(one["unrendered"] for one in found["specs"])
