"""Which variables of a template are said to stand in a URL as they are."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from msgspec_tool.config import Environment, LintSettings, Project
from msgspec_tool.lint_pipeline import LintOptions, lint

SPEC = """\
msgspec: 1
name: made
variables:
  word: {{type: string, maxLength: 9, examples: [a]}}
  words: {{type: array, items: {{type: string, maxLength: 9}}, maxItems: 3, examples: [[a]]}}
  page: {{type: string, format: uri, maxLength: 40, examples: ["https://a.shop"]}}
  flag: {{type: boolean, examples: [true]}}
  deep: {{type: object, properties: {{page: {{type: string, format: uri}}}}, required: [page], examples: [{{page: "https://a.shop"}}]}}
deliverychannel: sms
{line}
channels:
  sms:
    senderid: ACME
    text: |-
{text}
destination: {{from: nobody.csv, msisdn: "{{{{ phone }}}}"}}
"""


def said(text: str, line: str = "") -> list[str]:
    """The variables that are told of, in order."""
    project = Project(
        Path("/nowhere"),
        lint=LintSettings(select=("URL803",)),
        environments={"p": Environment("p", values={"site": "https://a.shop", "host": "a.shop"})},
    )
    indented = "\n".join(f"      {one}" for one in text.splitlines())
    spec = SPEC.format(text=indented, line=line)
    options = LintOptions(now=datetime(2030, 1, 1, tzinfo=timezone.utc), project=project, paths=("-",), stdin=spec.encode())
    report = lint(options)
    assert not report.failures
    return [one.finding.message.split("'")[1] for one in report.diagnostics]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("https://a.shop/{{ word }}", ["word"]),
        ("https://a.shop/ {{ word }}", []),
        ("https://a.shop/x\n{{ word }}", []),
        ("Page https://a.shop/x?{{ word }}={{ word | upper }}&y", ["word", "word"]),
        ("https://a.shop/{{ word | urlencode }}", []),
        ("https://a.shop/{{ word | length }}", []),
        ("https://a.shop/{{ word == 'a' }}", []),
        ("https://a.shop/{{ 'x y' }}{{ word }}", []),
        ("{{ 'https://a.shop/' }}{{ word }}", ["word"]),
        ("https://a.shop/{{ word if flag else 'b' }}", ["word"]),
        ("https://a.shop/{{ word if flag }}", ["word"]),
        ("https://a.shop/{{ (word if flag else words[0]) | trim }}", ["word", "words"]),
        ("https://a.shop/{{ (word if flag) | trim }}", ["word"]),
        ("{{ env.site }}/{{ word }}", ["word"]),
        ("https://{{ env.host }}/{{ word }}", ["word"]),
        ("{{ page }}/{{ word }}", ["word"]),
        ("{{ deep.page }}?q={{ word }}", ["word"]),
        ("{{ page }} {{ word }}", []),
        ("https://a.shop/?to={{ page }}", ["page"]),
        ("https://a.shop/{% if flag %}{{ word }}{% elif word %}x{% endif %}", ["word"]),
        ("https://a.shop/{% for one in words %}{{ one }}{% endfor %}{{ word }}", ["word"]),
        ("https://a.shop/{{ words | join('-') }}", ["words"]),
        ("{% set x = word %}https://a.shop/{{ x }}", ["word"]),
        ("{% set x = word | urlencode %}https://a.shop/{{ x }}", []),
        ("https://a.shop/{% set x = 1 %}{{ word }}", ["word"]),
        ("https://a.shop/{% with x = 1 %}{{ word }}{% endwith %}", ["word"]),
        ("{% macro m(x) %}{{ x }}{% endmacro %}https://a.shop/{{ m(word) }}", []),
        ("https://a.shop/{% filter upper %}x{% endfilter %}{{ word }}", []),
        ("https://{{ word }}.a.shop/", ["word"]),
        ("{{ word }}", []),
    ],
)
def test_texts(text: str, names: list[str]) -> None:
    assert said(text) == names


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("{{ page }}", []),
        ("{{ env.site }}/{{ word }}", ["word"]),
        ("https://a.shop/{{ word }}", ["word"]),
        ("{{ page if flag else env.site }}", []),
    ],
)
def test_fields_that_are_a_url(url: str, names: list[str]) -> None:
    assert said("Hello", f'notifyurl: "{url}"') == names
