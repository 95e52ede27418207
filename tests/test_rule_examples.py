"""The examples in the rules' documentation: the bad one is found, the good one is not."""

from __future__ import annotations

import re
import textwrap
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

import pytest

from msgspec_tool.catalogue import RULES
from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import LintReport, Rule, Subject
from msgspec_tool.lint_pipeline import LintOptions, lint
from msgspec_tool.reporters.rule_text import rule_text
from msgspec_tool.review.run import ReviewOptions, run_review
from tests.repositories import Scratch

SECTION = re.compile(r"^(What|Why|Bad|Good):[ ]?(.*)$")
NOW = datetime(2029, 6, 1, tzinfo=timezone.utc)
MINIMAL = {
    "msgspec": "msgspec: 1\n",
    "name": "name: example\n",
    "deliverychannel": "deliverychannel: sms\n",
    "channels": "channels: {sms: {senderid: ACME, text: Hello}}\n",
    "destination": 'destination: [{msisdn: ["+447700900123"]}]\n',
}
SHORTENED = {"too-many-destinations", "request-size", "push-bytes", "sms-too-long"}
"""Rules about lengths: their bad examples are shortened, and cases show them whole."""
WHOLE = {"bad-document", "spec-version"}
"""Rules about a file as a whole: their examples are not completed."""


SECTION = re.compile(r"^(What|Why|Bad|Good):[ ]?(.*)$")
FILE_NAME = re.compile(r"^# (\S+\.msg\.yaml)\n", re.MULTILINE)
"""What an example of several files is cut at."""


def fragments(rule: Rule) -> dict[str, str]:
    """The examples of a rule: ``Bad`` and ``Good``."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in rule_text(rule).splitlines():
        section = SECTION.match(line)
        if section:
            current = section[1]
            found[current] = [section[2]] if section[2] else []
        elif current:
            found[current].append(line)
    return {name: textwrap.dedent("\n".join(found.get(name, []))).strip("\n") + "\n" for name in ("Bad", "Good")}


def report(rule: Rule, fragment: str, folder: Path) -> LintReport:
    """What all rules say of a fragment, completed to a spec; JSON is a request body."""
    paths, compare = [], None
    if rule.subject is Subject.CHANGE:
        base, fragment = fragment.removeprefix("# base\n").split("# now\n")
        scratch = Scratch.made(folder)
        scratch.commit(dict(files(rule, base)))
        compare = partial(run_review, ReviewOptions(NOW, paths=(str(folder),)))
    for name, text in files(rule, fragment):
        paths.append(str(folder / name))
        (folder / name).write_text(text, encoding="utf-8")
    project = Project(folder, lint=LintSettings(select=("all",)))
    return lint(LintOptions(now=NOW, project=project, paths=tuple(paths), compare=compare))


def files(rule: Rule, fragment: str) -> list[tuple[str, str]]:
    if fragment[:1] in "{[":
        return [("body.json", fragment)]
    before, *named = FILE_NAME.split(fragment)
    if not named:
        return [("example.msg.yaml", completed(rule, before))]
    return [(name, completed(rule, text)) for name, text in zip(named[::2], named[1::2], strict=True)]


def completed(rule: Rule, fragment: str) -> str:
    if rule.name in WHOLE:
        return fragment
    written = {line.partition(":")[0] for line in fragment.splitlines() if line[:1].isalpha()}
    return "".join(text for key, text in MINIMAL.items() if key not in written) + fragment


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    shown = fragments(rule)
    if rule.name not in SHORTENED:
        assert rule in {one.rule for one in report(rule, shown["Bad"], tmp_path).diagnostics}
    good = report(rule, shown["Good"], tmp_path)
    assert good.checked == (1 if rule.subject is Subject.CHANGE else len(files(rule, shown["Good"])))
    assert rule not in {one.rule for one in good.diagnostics}
