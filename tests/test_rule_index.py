"""The index of the rules says what their modules say; what it spares a file changes no report."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from random import Random

import pytest

from benchmarks.made_specs import made_spec
from benchmarks.seeded_mistakes import MISTAKES, sow
from msgspec_tool.catalogue import HANDLES, RULES, select
from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Subject
from msgspec_tool.lint_pipeline import LintOptions, lint
from msgspec_tool.linting.rule_run import RuleRun
from msgspec_tool.model import CHANNELS
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.registration import REGISTERED
from tests.case_runs import cases
from tests.command import CHECKOUT
from tests.corpus_runs import entries
from tests.rule_index import INDEX, index

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
NEEDS_TAG = HANDLES["reserved-push-key"]._replace(needs=("customtag",))


def test_the_index_is_what_the_rules_say() -> None:
    assert INDEX.read_text(encoding="utf-8") == index(), "run python -m tests.rule_index"


def test_every_rule_is_found_in_its_module() -> None:
    assert [rule.documentation for rule in RULES] == [rule.documentation for rule in REGISTERED]


def test_what_a_file_needs_is_written_in_one_way() -> None:
    wrong = {need for rule in RULES for need in rule.needs if not need or set(need) & set(" \t\r\n'\"\\")}
    assert wrong == set()


@pytest.mark.parametrize(
    ("text", "spared"),
    [
        ("android: {extras: {customtags: {}}}", False),
        ("android: {text: Hello}", True),
        (r'android: {extras: {"custom\x74ags": {}}}', False),
        ("android: {text: '{% include \"tags\" %}'}", False),
        ("android: {text: 'what tours include'}", True),
    ],
)
def test_a_file_is_spared_what_it_cannot_break(text: str, spared: bool) -> None:
    run = RuleRun(select(LintSettings()), (NEEDS_TAG, HANDLES["push-bytes"]), RuleContext(NOW), require_reason=False)
    run.read(text)
    assert run.spared == ({NEEDS_TAG} if spared else set())


def told(paths: tuple[str, ...], folder: Path) -> tuple[object, ...]:
    report = lint(LintOptions(now=NOW, project=Project(folder, lint=LintSettings(select=("all",))), paths=paths))
    return report.failures, report.suppressed, [(one.rule.code, one.severity, one.finding) for one in report.diagnostics]


def test_what_is_spared_changes_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [made_spec(Random(seed), channel) for channel in CHANNELS for seed in range(3)]
    sown = [sow(seed).text for seed in range(len(MISTAKES))]
    entered = [entry.spec for kind in ("finds", "silent") for entry in entries(kind)]
    for number, text in enumerate((*made, *sown, *entered)):
        (tmp_path / f"{number}.msg.yaml").write_text(text, encoding="utf-8")
    inputs = (str(case.folder / name) for case in (*cases("err"), *cases("ok")) for name in case.inputs)
    paths = (*inputs, str(CHECKOUT / "specs_examples"), str(tmp_path))
    sparing = told(paths, tmp_path)
    monkeypatch.setattr(RuleRun, "read", lambda _run, _text: None)
    monkeypatch.setattr(RuleRun, "on_messages", lambda run, forms: [run.on(Subject.MESSAGE, form) for form in forms])
    assert told(paths, tmp_path) == sparing
