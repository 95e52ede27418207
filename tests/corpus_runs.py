"""Small templates with what is found in them: files of entries, each a title, a template, and the findings as they are told.

    === the title
    the template, of one or more lines
    ---
    1:8-1:15 error TPL206 text and a number can't be added

Lines and columns are those of the template. Under ``finds/`` each entry has findings, under ``silent/`` none of any rule.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from msgspec_tool.config import LintSettings, Project
from msgspec_tool.lint_pipeline import LintOptions, lint

ROOT = Path(__file__).parent / "corpus"
NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
IGNORED = ("unused-variable", "example-problem", "missing-value")
"""Rules about the variables that all entries share."""
INDENT = "      "


@dataclass(frozen=True)
class Entry:
    """One template; ``finds`` are the lines below it."""

    file: Path
    title: str
    template: str
    finds: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.file.parent.name}/{self.file.stem}: {self.title}"

    @property
    def head(self) -> str:
        """What stands before the template where it is the text of an SMS."""
        variables = textwrap.indent((ROOT / "variables.yaml").read_text(encoding="utf-8"), "  ")
        message = "deliverychannel: sms\nchannels:\n  sms:\n    senderid: NORTHLGT\n    text: |-\n"
        return f"msgspec: 1\nname: entry\nvariables:\n{variables}{message}"

    @property
    def spec(self) -> str:
        """A spec with the template as the text of an SMS."""
        body = textwrap.indent(self.template, INDENT, lambda _line: True)
        return self.head + body + '\ndestination: [{msisdn: ["+447700900123"]}]\n'

    def found(self, folder: Path, select: str) -> tuple[str, ...]:
        """What lint tells of the template as the text of an SMS."""
        path = folder / "entry.msg.yaml"
        path.write_text(self.spec, encoding="utf-8")
        project = Project(folder, lint=LintSettings(select=(select,), ignore=IGNORED))
        report = lint(LintOptions(now=NOW, project=project, paths=(str(path),)))
        assert report.failures == ()
        first = self.head.count("\n")

        def told() -> Iterator[str]:
            for one in report.diagnostics:
                span, file = one.finding.span, one.finding.file
                start, end = file.position(span.start), file.position(span.end)
                places = [f"{place.line - first}:{place.column - len(INDENT)}" for place in (start, end)]
                yield f"{'-'.join(places)} {one.severity.word} {one.rule.code} {one.finding.message}"

        return tuple(told())


def entries(kind: str) -> list[Entry]:
    """Every entry under ``finds`` or ``silent``."""
    return [entry for file in sorted((ROOT / kind).glob("*.txt")) for entry in _read(file)]


def _read(file: Path) -> Iterator[Entry]:
    for block in file.read_text(encoding="utf-8").split("=== ")[1:]:
        title, _, rest = block.partition("\n")
        template, _, finds = rest.partition("\n---")
        yield Entry(file, title, template.rstrip("\n"), tuple(line for line in finds.splitlines() if line))


def write(file: Path, found: list[tuple[Entry, tuple[str, ...]]]) -> None:
    """Write the entries of a file again, with what was found."""
    blocks = [f"=== {entry.title}\n{entry.template}\n---\n" + "".join(f"{line}\n" for line in lines) for entry, lines in found]
    file.write_text("\n".join(blocks), encoding="utf-8")
