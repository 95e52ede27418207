"""Templates that burn time or memory, or try to leave: refused within 2 s and 300 MB, and the parent lives on.

``TUNED`` is the list that the bounds were built against, ``FRESH`` one written afterwards: what gets past the bounds there
must still end at the worker's limits.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from msgspec_tool.model import Template
from msgspec_tool.templates.failures import RenderFailure, WorkLimitError
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.running.engine import Engine
from msgspec_tool.templates.running.worker import run_bounded
from tests.command import NOW
from tests.hostile.running import MEMORY, SECONDS, run

MIB = 1 << 20
DATA = {"a": "x", "n": 10**9, "s": "q" * 1000, "l": list(range(1000))}

TUNED = {
    "range": "{% for i in range(1000000000) %}x{% endfor %}",
    "times": "{{ 'a' * 1000000000 }}",
    "times data": "{{ 'a' * n }}",
    "power": "{{ 10 ** 10 ** 8 }}",
    "power data": "{{ n ** n }}",
    "nested loops": "{% for i in range(1000) %}"
    "{% for j in range(1000) %}{% for k in range(1000) %}{{ i }}{% endfor %}{% endfor %}{% endfor %}",
    "empty loops": "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
    "doubling": "{% set ns = namespace(s='ab') %}{% for i in range(40) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s|length }}",
    "plus": "{% set ns = namespace(s='ab') %}{% for i in range(40) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s|length }}",
    "list times": "{{ ([0] * 1000000000)|length }}",
    "percent": "{{ '%1000000000d' % 1 }}",
    "format": "{{ '%1000000000d'|format(1) }}",
    "format width": "{{ '{:>1000000000}'.format(1) }}",
    "center": "{{ 'a'|center(1000000000) }}",
    "ljust": "{{ 'a'.ljust(1000000000) }}",
    "zfill": "{{ 'a'.zfill(1000000000) }}",
    "indent": "{{ 'a'|indent(1000000000) }}",
    "replace chain": "{{ s|replace('q',s)|replace('q',s)|length }}",
    "replace method": "{{ s.replace('q',s).replace('q',s)|length }}",
    "join chain": "{% set x = range(300)|join(s) %}{% set y = range(300)|join(x) %}{{ y|length }}",
    "lipsum": "{{ lipsum(n=1000000)|length }}",
    "macro recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "set block": "{% set ns = namespace(s='ab') %}"
    "{% for i in range(40) %}{% set b %}{{ ns.s }}{{ ns.s }}{% endset %}{% set ns.s = b %}{% endfor %}",
    "batch": "{{ 'ab'|batch(100000000, 'x')|list|length }}",
    "tojson": "{{ [[1]]|tojson(indent=100000000) }}",
    "multiply": "{% set ns = namespace(s=10) %}{% for i in range(40) %}{% set ns.s = ns.s * ns.s %}{% endfor %}{{ ns.s }}",
    "list repr": "{% set ns = namespace(s=[1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
    "sum lists": "{% set ns = namespace(s=[1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s]|sum(start=[]) %}{% endfor %}",
    "parens": "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "additions": "{{ " + "+".join(["1"] * 5000) + " }}",
    "ifs": "{% if a %}" * 500 + "x" + "{% endif %}" * 500,
    "fors": "{% for i in [1] %}" * 25 + "x" + "{% endfor %}" * 25,
    "attributes": "{{ a" + ".b" * 5000 + " }}",
    "brackets": "{{ " + "[" * 2000 + "]" * 2000 + " }}",
    "minus": "{{ " + "-" * 5000 + "1 }}",
    "plain text": "x" * 10_000_000 + "{{",
    "many expressions": "{{ a }}" * 142_857,
    "unclosed": "{{ " * 333_000,
    "comments": "{#" * 500_000,
    "blanks": "{{ a " + " " * 1_000_000 + "}}",
    "newlines": "\n" * 1_000_000 + "{%- if a %}{% endif %}",
    "open string": "{{ '" + "a" * 1_000_000,
    "digits": "{{ " + "9" * 30_000 + " }}",
    "escapes": "{{ '" + "\\" * 30_000 + "' }}",
}

_SHARED = (
    "{% set ns = namespace(s=[1], t=[1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}"
)
FRESH = {
    "shared equal": _SHARED + "{{ ns.s == ns.t }}",
    "shared in": _SHARED + "{{ ns.s in [ns.t] }}",
    "shared sort": _SHARED + "{{ [ns.s, ns.t]|sort|length }}",
    "shared max": _SHARED + "{{ [ns.s, ns.t]|max|length }}",
    "shared select": _SHARED + "{{ [ns.s]|select('eq', ns.t)|list|length }}",
    "shared index": _SHARED + "{{ [ns.s].index(ns.t) }}",
    "shared json": _SHARED + "{{ ns.s|tojson }}",
    "shared unique": _SHARED.replace("[", "(").replace("]", ",)").replace(",,", ",") + "{{ [ns.s, ns.t]|unique|list|length }}",
    "many texts": "{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = ns.l + [s * 1 ~ i] %}{% endfor %}"
    "{% for i in range(1000) %}"
    "{% for j in range(1000) %}{% set ns.l = ns.l + [s|replace('q', 'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq') ~ i ~ j] %}{% endfor %}{% endfor %}",
    "recursive loop": "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "macro tree": "{% macro m(d) %}{% if d %}{{ m(d - 1) }}{{ m(d - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "call tree": "{% macro m(d) %}{% if d %}{% call m(d - 1) %}{% endcall %}{{ m(d - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "lazy maps": "{{ l|map('string')|map('replace', '1', s)|map('replace', 'q', s)|map('length')|sum }}",
    "product of selects": "{% for i in l %}{% for j in l %}{{ l|select('in', l)|list|length }}{% endfor %}{% endfor %}",
    "straight sorts": "{{ (s*1)|list|sort|first }}" * 120,
    "straight replaces": "{{ s|replace('q','qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq')|list|sort|first }}" * 50,
    "straight json": "{{ s|replace('q','qqqqqqqqqqqqqqqqqqqqqqqqqqq')|list|join|length }}" * 55,
    "huge range": "{{ range(10**60, 10**61)|length }}",
    "range step": "{{ range(-10**18, 10**18, 1)|list }}",
    "round": "{{ 1.5|round(-999999999) }}",
    "int text": "{{ ('9' * 1000)|int ** 64 }}",
    "money exponent": "{{ '1e999999999'|money('INR') }}",
    "number exponent": "{{ '1e-999999999'|number }}",
    "date pattern": "{{ '2030-01-31'|date('" + "y" * 5000 + "') }}",
    "truncate": "{{ s|truncate(10**9, end=s) }}",
    "urlencode": "{{ s|replace('q', 'éééééééé')|urlencode|urlencode|urlencode|urlencode|length }}",
    "split": "{{ s.split('q')|join(s.split('q')|join(s)) }}",
    "dict keys": "{{ dict(l|map('string')|map('list')) }}",
    "namespace recursion": "{% set ns = namespace() %}{% set ns.x = ns %}{{ ns.x.x.x }}",
    "cyclic": "{% set ns = namespace() %}{% set ns.x = [ns] %}{{ ns.x|tojson }}",
    "loop changed": "{% for i in l %}{% for j in l %}{% for k in l %}{{ loop.changed(l) }}{% endfor %}{% endfor %}{% endfor %}",
    "while": "{% for i in l if loop is defined %}{{ i }}{% endfor %}",
    "elifs": "{% if a %}" + "{% elif a %}" * 5000 + "{% endif %}",
    "comparison chain": "{{ 1" + " < 1" * 20_000 + " }}",
    "arguments": "{{ f(" + "a," * 20_000 + ") }}",
    "concat": "{{ " + "~".join(["s"] * 5000) + " }}",
    "dict": "{{ {" + "1:1," * 20_000 + "}|length }}",
    "comments nested": "{# {{ a }} #}" * 7000,
}

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ l|map(attribute='__class__')|list }}",
    "{{ [l]|map(attribute='__class__.__mro__')|list }}",
    "{{ [l]|sum(attribute='__len__') }}",
    "{{ '{0.__class__}'.format(l) }}",
    "{% set f = '{0.__class__}'.format %}{{ f(l) }}",
    "{{ [('{0.__class__}',)]|map(attribute='0.format')|list }}",
    "{{ range.__self__ }}",
    "{{ (l|map('upper')).gi_frame }}",
    "{{ smartlink.__globals__ }}",
    "{{ smartlink.__func__ }}",
    "{{ dict.mro() }}",
    "{{ dict.fromkeys(l) }}",
    "{{ namespace.__init__ }}",
    "{{ namespace(a=1)._Namespace__attrs }}",
    "{% macro m() %}{{ caller }}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m['_environment'] }}",
    "{% for i in l %}{{ loop._iterable }}{% endfor %}",
    "{% for i in l %}{{ loop['_undefined'] }}{% endfor %}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ l.append(1) }}",
    "{{ [l][0].clear() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ cycler }}",
    "{{ missing.__class__ }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../etc/passwd' %}",
    "{% include 'a\\x00b' %}",
    "{% import '\\\\etc' as x %}",
    "{% extends '/etc/passwd' %}",
    "{% include a %}",
    "{% include ['/etc/passwd'] %}",
    "{{ a|e }}{% autoescape true %}{{ a.__html__() }}{% endautoescape %}",
]


def _resident() -> int:
    """Bytes of this process; a forked one begins with those of its parent."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _render(template: Template) -> Iterator[tuple[str, int]]:
    before = _resident()
    try:
        Engine(None).compile(template, native=False).render(DATA)
        outcome = "text"
    except RenderFailure as failure:
        outcome = failure.message
    yield outcome, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before


@pytest.mark.parametrize("name", [*TUNED, *FRESH])
def test_ends_within_two_seconds_and_300_megabytes(name: str) -> None:
    source = TUNED.get(name) or FRESH[name]
    start = time.process_time()
    template = parse_template(source)
    assert time.process_time() - start < 2
    start = time.monotonic()
    # What is straight-line runs without a worker: here it gets one only to measure its memory, and must not need it.
    try:
        outcomes = list(run_bounded(lambda: _render(template), memory=200 * MIB, seconds=1.5))
    except WorkLimitError:
        assert not template.straight_line
        outcomes = []
    assert time.monotonic() - start < 5
    assert all(peak < 300 * MIB for _outcome, peak in outcomes)


@pytest.mark.parametrize("source", ESCAPES)
def test_nothing_leaves_the_sandbox(source: str) -> None:
    """Refused by lint or by the render, also where the render gets a template whose problems were taken away."""
    from dataclasses import replace

    template = parse_template(source)
    with pytest.raises(RenderFailure):
        Engine(None).compile(template, native=False).render(DATA)
    if template.tree is not None:
        with pytest.raises(RenderFailure):
            Engine(None).compile(replace(template, problems=()), native=False).render(DATA)


# --- lint, which runs no template and still follows what its texts become ---

SPEC = """\
msgspec: 1
name: growing
variables:
  name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}
  items: {type: array, items: {type: string, maxLength: 20}, maxItems: 5, examples: [[a, b]]}
  total: {type: number, minimum: 0, maximum: 100, examples: [1.5]}
deliverychannel: sms
channels: {sms: {senderid: ACME, text: %s}}
destination: [{msisdn: ["+447700900001"], with: {name: Asha, items: [a], total: 2}}]
"""


def again(first: str, step: str) -> str:
    """A template that makes a value of itself, sixty times."""
    return f"{{% set x = {first} %}}" + f"{{% set x = {step} %}}" * 60 + "{{ x }}"


GROWING = {
    "doubling in a loop": "{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
    "doubling": again("'ab'", "x ~ x"),
    "doubling one of two": again("('ab' if total > 1 else 'c')", "x ~ x"),
    "doubling lists": again("[1]", "x + x"),
    "nesting lists": again("[1]", "[x, x]"),
    "squaring numbers": again("total", "x * x"),
    "squaring lengths": again("'a,b'", "(x ~ ',' ~ x).split(',') | join(',')"),
    "itself in itself": again("name", "x | replace('a', x)"),
    "itself between itself": again("name", "[x, x, x] | join(x)"),
    "a long sum": "{{ " + " ~ ".join(["name"] * 1500) + " }}",
    "a long text": "{{ name }}, " * 1500,
    "a long choice": "{{ ('a' if total > 1 else 'b') ~ " + " ~ ".join(f"'x{number}'" for number in range(1500)) + " }}",
}


@pytest.mark.parametrize("name", GROWING)
def test_lint_follows_growing_texts_within_its_bounds(name: str, tmp_path: Path) -> None:
    (tmp_path / "growing.msg.yaml").write_text(SPEC % json.dumps(GROWING[name]), encoding="utf-8")
    ended = run("lint", "growing.msg.yaml", "--now", NOW, cwd=tmp_path)
    assert ended.code in (0, 1), ended.said
    assert ended.seconds < SECONDS
    assert ended.memory < MEMORY
