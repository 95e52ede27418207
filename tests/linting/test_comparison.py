"""Rules that compare files: which files are compared, whose settings hold, and what happens where a rule fails."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from msgspec_tool.catalogue import HANDLES, Selection, select
from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import RuleFunctions
from msgspec_tool.lint_pipeline import LintOptions, examine, lint
from msgspec_tool.linting.comparison import compare
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.surroundings.discovery import InputFile, InputKind
from tests.cli.projects import CLEAN, files

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)


def names(folder: Path, *paths: str) -> list[tuple[str, str]]:
    report = lint(LintOptions(now=NOW, paths=paths or (str(folder),)))
    assert report.failures == ()
    return [(one.rule.name, Path(one.finding.file.path).name) for one in report.diagnostics]


def test_files_of_one_project_are_compared(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN, sub__b_msg_yaml=CLEAN)
    assert names(tmp_path) == [("duplicate-name", "b.msg.yaml")]
    assert names(tmp_path, str(tmp_path / "a.msg.yaml")) == []


def test_files_of_two_projects_are_not_compared(tmp_path: Path) -> None:
    files(tmp_path, one__msgspec_yaml="msgspec: 1\n", two__msgspec_yaml="msgspec: 1\n", one__a_msg_yaml=CLEAN, two__b_msg_yaml=CLEAN)
    assert names(tmp_path) == []


def test_the_settings_of_the_file_hold_where_the_finding_stands(tmp_path: Path) -> None:
    project = 'msgspec: 1\nlint: {per-file: {"old/**": {ignore: [duplicate-name]}}}\n'
    files(tmp_path, msgspec_yaml=project, a_msg_yaml=CLEAN, old__b_msg_yaml=CLEAN)
    assert names(tmp_path) == []
    files(tmp_path, z_msg_yaml=CLEAN)
    assert names(tmp_path) == [("duplicate-name", "z.msg.yaml")]


def test_the_project_file_is_looked_at_from_anywhere(tmp_path: Path) -> None:
    project = "msgspec: 1\nenvironments: {p: {values: {token: abcdef0123456789abcdef}}}\n"
    files(tmp_path, msgspec_yaml=project, a_msg_yaml=CLEAN)
    assert names(tmp_path) == [("literal-credential-header", "msgspec.yaml")]


def test_a_rule_that_fails_is_told_and_hides_no_other(tmp_path: Path) -> None:
    def broken(_files: object, _context: object) -> object:
        raise RuntimeError("no")

    files(tmp_path, a_msg_yaml=CLEAN)
    context = RuleContext(now=NOW)
    project, selection = Project(tmp_path), select(LintSettings(select=("duplicate-name", "literal-credential-header")))
    path = tmp_path / "a.msg.yaml"
    rules = (HANDLES["duplicate-name"]._replace(written=RuleFunctions(broken, across=broken)), HANDLES["literal-credential-header"])
    examined = examine(InputFile(path.as_posix(), InputKind.SPEC), project, selection, context)
    examined.run.selection = Selection(rules)
    compare(project, selection, context, [examined])
    assert [failure.reason for failure in examined.run.failures] == ["internal"]
    assert examined.run.failures[0].message.startswith("rule duplicate-name failed on these files (RuntimeError: no)")
