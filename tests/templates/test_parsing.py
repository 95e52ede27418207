"""Bad templates give problems with places, never exceptions; good ones give their facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import TemplateProblemKind as Kind
from msgspec_tool.templates.parsing import MAX_TEMPLATE, parse_template
from msgspec_tool.templates.partials import Partials

CASES = [
    ("Hi {{ a", Kind.SYNTAX, "{{", "'{{' is never closed"),
    ("{{ a }", Kind.SYNTAX, "}", "a single '}' can't stand here"),
    ("x {% if a %}x", Kind.SYNTAX, "if", "'{% if %}' is never closed"),
    ("{% if a %}{% endfor %}", Kind.SYNTAX, "endfor", "'{% endfor %}' does not fit: '{% if %}' is still open"),
    (
        "\n{% if a %}{% endfor %}",
        Kind.SYNTAX,
        "endfor",
        "'{% endfor %}' does not fit: '{% if %}' opened on line 2 of the text is still open",
    ),
    ("{% endif %}", Kind.SYNTAX, "endif", "'{% endif %}' closes nothing"),
    ("{% else %}", Kind.SYNTAX, "else", "'{% else %}' stands in no '{% if %}'"),
    ("{{ a b }}", Kind.SYNTAX, "b", "unexpected 'b'; '}}' was expected"),
    ("{{ }}", Kind.SYNTAX, "}}", "an expression is missing before '}}'"),
    ("{{ 'abc }}", Kind.SYNTAX, "'", "the text that starts with ' is never closed"),
    ("{{ “a” }}", Kind.SYNTAX, "“a”", "'“' is no quotation mark of the template language"),
    ("{{ a # }}", Kind.SYNTAX, "#", "unexpected character '#'"),
    ("{{ a & b }}", Kind.SYNTAX, "&", "'&' is no operator"),
    ("{{ a) }}", Kind.SYNTAX, ")", "')' closes nothing"),
    ("{{ (a] }}", Kind.SYNTAX, "]", "']' stands where ')' is missing"),
    ("{{ a, b {{ c }}", Kind.SYNTAX, "{{", "'{{' is not closed before the next tag begins"),
    ("{% if {{ a }} %}x{% endif %}", Kind.SYNTAX, "{{", "'{{' stands inside a tag: names are written there without braces"),
    ("{{ upper({{ a }}) }}", Kind.SYNTAX, "{{", "'{{' stands inside a tag: names are written there without braces"),
    ("{{{ a }}}", Kind.SYNTAX, "{{{", "'{{{' opens a tag and a mapping in it"),
    ("{{ a.b. }}", Kind.SYNTAX, ".", "a name is missing behind '.'"),
    ("{{ a | }}", Kind.SYNTAX, "}}", "the name of a filter is missing before '}}'"),
    ("{{ | a }}", Kind.SYNTAX, "|", "an expression is missing before '|'"),
    ("{{ first name }}", Kind.SYNTAX, "name", "unexpected 'name'; '}}' was expected"),
    ("{% %}", Kind.SYNTAX, "%}", "this tag is empty"),
    ("{% if a %}{% else %}{% else %}", Kind.SYNTAX, "else", "'{% else %}' stands behind '{% else %}', which is the last branch"),
    ("{# x", Kind.SYNTAX, "{#", "this comment is never closed"),
    ("{% raw %} x", Kind.SYNTAX, "{% raw %}", "'{% raw %}' is never closed"),
    ("{{ 1e999 }}", Kind.SYNTAX, "1e999", "this number is too large"),
    ("{{ f(a=1, a=2) }}", Kind.SYNTAX, "2", "argument 'a' is given twice"),
    ("{% macro m(q, q) %}{% endmacro %}", Kind.SYNTAX, "q", "argument 'q' is given twice"),
    ("{% set loop = 1 %}", Kind.SYNTAX, "loop", "'loop' belongs to the loop and can't be set"),
    ("{% fore a in b %}{% endfor %}", Kind.UNKNOWN, "fore", "there is no tag 'fore'; did you mean 'for'?"),
    ("{% do a %}", Kind.UNKNOWN, "do", "tag 'do' is not allowed here: use set"),
    ("{% block a %}{% endblock %}", Kind.UNKNOWN, "block", "tag 'block' is not allowed here: use include or macro"),
    ("{% autoescape true %}{% endautoescape %}", Kind.UNKNOWN, "autoescape", "tag 'autoescape' is not allowed here: messages are no HTML"),
    ("{{ a | uper }}", Kind.UNKNOWN, "uper", "there is no filter 'uper'; did you mean 'upper'?"),
    ("{{ a | random }}", Kind.CHANCE, "random", "filter 'random' is not there: the same data must give the same message"),
    ("{{ a | map('uper') | list }}", Kind.UNKNOWN, "uper", "there is no filter 'uper'; did you mean 'upper'?"),
    ("{{ a | selectattr('x', 'definde') | list }}", Kind.UNKNOWN, "definde", "there is no test 'definde'; did you mean 'defined'?"),
    ("{{ a is not definde }}", Kind.UNKNOWN, "definde", "there is no test 'definde'; did you mean 'defined'?"),
    ("{{ a is sameas b }}", Kind.UNKNOWN, "sameas", "test 'sameas' is not allowed: identity is no property of data; use eq"),
    ("{{ a | attr('x') }}", Kind.UNSAFE, "attr", "filter 'attr' is not allowed: it reaches into Python"),
    (
        "{{ a . __class__ }}",
        Kind.UNSAFE,
        "__class__",
        "attribute '__class__' is not allowed: names with a leading underscore are Python's own",
    ),
    (
        "{{ a['__class__'] }}",
        Kind.UNSAFE,
        "'__class__'",
        "attribute '__class__' is not allowed: names with a leading underscore are Python's own",
    ),
    ("{{ '{}'.format(a) }}", Kind.UNSAFE, "format", "method '.format()' is not allowed: put the values into the text, or use number"),
    ("{% extends '../x' %}", Kind.UNSAFE, "'../x'", "partial '../x' must be a plain relative name without '..'"),
    ("{% extends 'x' %}", Kind.UNKNOWN, "extends", "tag 'extends' is not allowed here: use include"),
    ("{% include '/etc/passwd' %}", Kind.UNSAFE, "'/etc/passwd'", "partial '/etc/passwd' must be a plain relative name without '..'"),
    ("{% include a %}", Kind.UNSAFE, "a", "the name of a partial must be one constant text"),
    ("{% from 'x' import _a %}", Kind.UNSAFE, "_a", "names that start with '_' can't be imported"),
    ("{% include 'x' %}", Kind.UNKNOWN, "'x'", "partial 'x' can't be read: there is no project folder"),
]


@pytest.mark.parametrize(("source", "kind", "shown", "message"), CASES, ids=[case[0] for case in CASES])
def test_problem(source: str, kind: Kind, shown: str, message: str) -> None:
    problem = parse_template(source).problems[0]
    assert (problem.kind, source[problem.start : problem.end], problem.message) == (kind, shown, message)


REMEDIES = [
    ("{% if a = 'x' %}{% endif %}", "=", "compare with '=='"),
    ("{% if a === 'x' %}{% endif %}", "===", "write '=='"),
    ("{% if a && b %}{% endif %}", "&&", "write 'and'"),
    ("{% if a || b %}{% endif %}", "||", "write 'or'"),
    ("{% if !a %}{% endif %}", "!", "write 'not'"),
    ("{% if a <> b %}{% endif %}", "<>", "write '!='"),
    ("{{ a ? b : c }}", "?", "write 'this if test else that'"),
    ("{{ a ?? b }}", "??", "write | default('…')"),
    ("{{ $a }}", "$", "write the name alone"),
    ("{{ a; }}", ";", "remove it"),
    ("{{ a | default: 'x' }}", ":", "write default(…)"),
    ("{{ 'it's' }}", "s", "write a text with an apostrophe in the other quotation marks"),
    ("{{ first name }}", "name", "a name has no blanks; put an operator between two values"),
    ("{% for a of b %}{% endfor %}", "of", "write {% for item in list %}"),
    ("{% unless a %}", "unless", "write {% if not … %}"),
    ("{% endif %}", "endif", "remove it, or write '{% if … %}' before it"),
    ("{% if a %}{% endfor %}", "endfor", "write '{% endif %}'"),
]


@pytest.mark.parametrize(("source", "shown", "help"), REMEDIES, ids=[case[0] for case in REMEDIES])
def test_what_to_write_instead(source: str, shown: str, help: str) -> None:
    (problem,) = parse_template(source).problems
    assert (source[problem.start : problem.end], problem.help) == (shown, help)


@pytest.mark.parametrize(
    ("source", "shown", "replacement"),
    [
        ("{% if a %}{% elseif b %}{% endif %}", "elseif", "elif"),
        ("{% foreach a in b %}", "foreach", "for"),
        ("{% for a in b %}{% end %}", "end", "endfor"),
        ("{% if a %}{% end %}", "end", "endif"),
        ("{{ a | date(“d MMM”) }}", "“d MMM”", "'d MMM'"),
    ],
)
def test_words_and_signs_of_other_languages(source: str, shown: str, replacement: str) -> None:
    (problem,) = parse_template(source).problems
    assert (source[problem.start : problem.end], problem.replacement) == (shown, replacement)


@pytest.mark.parametrize(
    "source",
    [
        *("{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}", "{{ " + "not " * 5000 + "a }}", "{{ a" + "|upper" * 3000 + " }}"),
        *(
            "{% if a %}" * 500 + "{% endif %}" * 500,
            "{{ " + "9" * 5000 + " }}",
            "{{ '\\ud800' }}",
            "{{ a }}" * MAX_TEMPLATE,
            "{{ 'a\\x' }}",
        ),
        *("{{ " + "+".join(["1"] * 500) + " }}", "{% if a %}" + "{% elif a %}" * 300 + "{% endif %}", "{{ a" + ".b" * 5000 + " }}"),
    ],
    ids=lambda source: source[:20],
)
def test_what_is_too_much_is_one_problem(source: str) -> None:
    assert [problem.kind for problem in parse_template(source).problems] == [Kind.SYNTAX]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="{}%#-+ \r\nabif()[]|.'\"1,=:_é😀", max_size=60))
def test_never_raises(source: str) -> None:
    for problem in parse_template(source).problems:
        assert 0 <= problem.start <= problem.end <= len(source)


@pytest.mark.parametrize(
    ("source", "lone", "straight", "reads"),
    [
        ("plain", False, True, set()),
        ("{{ a }}", True, True, {"a"}),
        ("{{ a }}{# c #}", True, True, {"a"}),
        (" {{ a }}", False, True, {"a"}),
        ("{% print a %}", False, True, {"a"}),
        ("{{ a | money('INR') if a else b.c }}", True, True, {"a", "b"}),
        ("{% for i in a %}{{ i }}{% endfor %}", False, False, {"a"}),
        ("{{ a | map('upper') | join }}", True, False, {"a"}),
        ("{{ smartlink(1) }}", True, True, set()),
        ("{{ namespace() }}", True, False, set()),
        ("{% set b = 1 %}{{ b }}", False, False, set()),
    ],
)
def test_facts(source: str, lone: bool, straight: bool, reads: set[str]) -> None:
    template = parse_template(source)
    assert (template.lone, template.straight_line, template.reads, template.problems) == (lone, straight, reads, ())


def test_partials_are_followed(tmp_path: Path) -> None:
    folder = tmp_path / "partials"
    folder.mkdir()
    (folder / "good.txt").write_text("{{ footer }}")
    (folder / "bad.txt").write_text("x {{ a | uper }}")
    (folder / "loop.txt").write_text("{% include 'loop.txt' %}")
    (folder / "broken.txt").write_text("{{ a")
    (folder / "utf.txt").write_bytes(b"\xff")
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbfx")
    (tmp_path.parent / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path.parent / "secret.txt")
    partials = Partials(tmp_path, (folder, tmp_path))

    def problems(name: str) -> list[tuple[Kind, str | None, str]]:
        found = parse_template(f"{{% include '{name}' %}}", partials).problems
        return [(problem.kind, problem.file.path if problem.file else None, problem.message) for problem in found]

    assert parse_template("{% include 'good.txt' %}", partials).reads == {"footer"}
    assert problems("bad.txt") == [(Kind.UNKNOWN, "partials/bad.txt", "there is no filter 'uper'; did you mean 'upper'?")]
    assert problems("loop.txt") == [(Kind.SYNTAX, "partials/loop.txt", "partial 'loop.txt' includes itself")]
    assert problems("broken.txt")[0][:2] == (Kind.SYNTAX, "partials/broken.txt")
    assert problems("link.txt") == [(Kind.UNSAFE, None, "partial 'link.txt' is outside the project")]
    for missing in ("none.txt", "utf.txt", "bom.txt"):
        assert problems(missing)[0][0] is Kind.UNKNOWN
    assert parse_template("{% include 'none.txt' ignore missing %}", partials).problems == ()


def test_many_partials_are_refused(tmp_path: Path) -> None:
    for level in range(9):
        (tmp_path / f"p{level}").write_text(f"{{% include 'p{level + 1}' %}}" * 3)
    (tmp_path / "p9").write_text("x")
    (tmp_path / "deep").write_text("{% include 'p0' %}")
    problems = parse_template("{% include 'p0' %}", Partials(tmp_path, (tmp_path,))).problems
    assert "more than 200 partials" in problems[0].message
    problems = parse_template("{% include 'deep' %}", Partials(tmp_path, (tmp_path,))).problems
    assert any("nest more than 10 deep" in problem.message for problem in problems)
