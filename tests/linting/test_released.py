"""The text of a file in which nothing was found is given back, and read again where somebody asks."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.lint_pipeline import LintOptions, lint
from msgspec_tool.linting.released import ReleasedFile

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
SPEC = """\
msgspec: 1
name: bill
deliverychannel: sms
channels: {sms: {senderid: ACME, text: Hello}}
destination: [{msisdn: ["+447700900123"]}]
"""


def test_two_clean_files_with_one_name_are_told_with_their_places(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.msg.yaml", "b.msg.yaml")]
    for path in paths:
        path.write_text(SPEC, encoding="utf-8")
    report = lint(LintOptions(now=NOW, paths=tuple(map(str, paths))))
    ((one, file, span, related),) = [
        (found.rule.name, found.finding.file, found.finding.span, found.finding.related) for found in report.diagnostics
    ]
    assert (one, file.path, file.slice(span)) == ("duplicate-name", str(paths[1]), "bill")
    assert [(label.file.path, label.file.position(label.span.start)) for label in related] == [(str(paths[0]), (2, 7))]


@pytest.mark.parametrize("change", [lambda path: path.write_text("other"), Path.unlink])
def test_a_file_that_changed_meanwhile_is_not_read_again(tmp_path: Path, change) -> None:
    path = tmp_path / "a.msg.yaml"
    path.write_bytes(b"name: x\n")
    before = ReleasedFile(str(path), path.read_bytes())
    assert before.text == "name: x\n"
    after = ReleasedFile(str(path), path.read_bytes())
    change(path)
    with pytest.raises(UnreadableError, match="has changed while it was checked"):
        assert after.text
