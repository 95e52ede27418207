"""Comparisons whose whole output is stored, and how a comparison is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.cli.inside import run
from tests.command import NOW
from tests.published_schemas import validate_report
from tests.repositories import Scratch
from tests.review.projects import FIRST, OFFER, PARCEL, STATEMENT, three_commits

EXPECTED = Path(__file__).parent / "expected"
FORMATS = ("text", "json", "markdown", "html")


def said(folder: Path, *options: str, base: str = "HEAD") -> tuple[int, str, str]:
    """Exit code and both streams of a comparison."""
    done = run("diff", "--base", base, "--now", NOW, *options, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def report(folder: Path, *options: str, base: str = "HEAD") -> dict:
    """The JSON report, whose shape is the published one."""
    found = json.loads(said(folder, "--format", "json", *options, base=base)[1])
    assert validate_report(found, "diff") == ()
    return found


def new_and_removed(folder: Path) -> Scratch:
    """One spec less, and one more."""
    scratch = Scratch.made(folder)
    scratch.commit(FIRST)
    scratch.write({"messages/parcel.msg.yaml": None, "messages/other.msg.yaml": OFFER.replace("NAME", "other")})
    return scratch


def not_rendered(folder: Path) -> Scratch:
    """A spec that had errors, and one whose template fails with its sample now."""
    scratch = Scratch.made(folder)
    scratch.commit({**FIRST, "messages/statement.msg.yaml": STATEMENT.replace("{{ month }}", "{{ mnth }}")})
    failing = PARCEL.replace("{{ place }}", "{{ [place][place | length - 8] }}")
    scratch.write({"messages/statement.msg.yaml": STATEMENT, "messages/parcel.msg.yaml": failing})
    return scratch


STYLES = re.compile("<style>.*?</style>", re.DOTALL)
POLICY = re.compile("<meta http-equiv[^>]*>\n")
"""What every page has: how it looks, and the digest of that."""

STORED = {
    "three-commits": (three_commits, "HEAD~3", 0),
    "new-and-removed": (new_and_removed, "HEAD", 0),
    "not-rendered": (not_rendered, "HEAD", 3),
}
"""By name: what makes the repository, what is compared with, the exit code."""


def outputs(name: str, folder: Path) -> Iterator[tuple[Path, int, str]]:
    """The file of each stored output of a comparison, with the exit code and the output of today."""
    make, base, _code = STORED[name]
    scratch = make(folder)
    for format_ in FORMATS:
        code, output, _errors = said(scratch.folder, "--format", format_, base=base)
        output = STYLES.sub("<style></style>", POLICY.sub("", output))
        yield EXPECTED / f"{name}.{format_}", code, output
