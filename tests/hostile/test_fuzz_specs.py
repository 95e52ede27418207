"""Real specs, broken at random: lint always ends, every place lies in the file, and safe fixes make nothing worse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
from msgspec_tool.lint_pipeline import LintOptions, lint, lint_inputs
from msgspec_tool.linting.fixing import fixed_file
from msgspec_tool.stages.load import load_spec
from msgspec_tool.surroundings.project_file import load_project
from tests.command import CHECKOUT

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
EXAMPLES = CHECKOUT / "specs_examples"
PROJECT = load_project(EXAMPLES, None)
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in (EXAMPLES, CHECKOUT / "tests" / "cases")
    for path in sorted(folder.rglob("*.msg.yaml"))
    if path.stat().st_size < 4000
]
BODIES = [
    path.read_text(encoding="utf-8")
    for folder in (CHECKOUT / "tests" / "schema" / "samples", CHECKOUT / "tests" / "cases")
    for path in sorted(folder.rglob("*.json"))
    if path.stat().st_size < 4000
]
TOKENS = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", "#}", "{% if x %}", "{% endif %}", "{{ x }}", "| upper",
    "'", '"', "’", "“", ": ", ":", "- ", "-", "  ", "\t",
    "\n", "\r\n", " #", "#1", "&a ", "*a", "<<: *a", "|", ">-", "!x ", "[", "]", "{", "}", ",", "@", "%", "null", "yes", "0123", "1e3",
    "\0",
    "{ first_name }", "&&", "=", "elseif", "“x”", "+5:30", "2030-01-31", '": "', "],", "},", "\\ud83d",
    "\ufeff", "\u202e", "\x1b[31m", "é", "😀", "sms", "msisdn", "text", "channels:", "OTT-Messaging:", "with:", "---", "...", "? ", "\\",
])  # fmt: skip


@st.composite
def broken_specs(draw: st.DrawFn, texts: Sequence[str] = TEXTS) -> str:
    """A real file after one to four changes of characters, tokens, lines or blocks."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from([_characters, _token, _lines, _block]))(draw, text)
    return text


def _characters(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + text[at + draw(st.integers(1, 8)) :]


def _token(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(TOKENS) + text[at + draw(st.integers(0, 3)) :]


def _lines(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    change = draw(st.sampled_from(["drop", "double", "deeper", "shallower", "tab", "swap"]))
    if change == "drop":
        del lines[at]
    elif change == "double":
        lines.insert(at, lines[at])
    elif change == "swap":
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
    else:
        lines[at] = {"deeper": " " + lines[at], "shallower": lines[at][1:], "tab": "\t" + lines[at].lstrip(" ")}[change]
    return "\n".join(lines)


def _block(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    end = draw(st.integers(start, min(len(lines), start + 6)))
    block, rest = lines[start:end], lines[:start] + lines[end:]
    at = draw(st.integers(0, len(rest)))
    return "\n".join([*rest[:at], *block, *rest[at:]])


def asked(data: bytes, name: str = "x.msg.yaml") -> LintOptions:
    return LintOptions(NOW, PROJECT, ("-",), data, str(EXAMPLES / "sms-personalised" / name), select=("audit",))


def check(data: bytes, name: str = "x.msg.yaml") -> LintReport:
    """Lint as ``lint -`` does; no rule may have failed, and what could not be read is never clean."""
    report = lint(asked(data, name))
    assert not [failure for failure in report.failures if failure.reason == "internal"], report.failures
    assert report.failures or report.checked
    assert report.diagnostics or report.failures or data.decode("utf-8").strip()
    for one in report.diagnostics:
        places = [(one.finding.file, one.finding.span), *((label.file, label.span) for label in one.finding.related)]
        assert all(0 <= span.start <= span.end <= len(file.text) for file, span in places), one
        assert one.finding.message
    return report


def fixed(text: str, report: LintReport) -> tuple[str, list[tuple[int, int]]]:
    """The text after all safe fixes that do not overlap, and where it was changed."""
    edits: list[tuple[int, int, str]] = []
    for one in report.diagnostics:
        fix = one.finding.fix
        if fix is None or fix.applicability.value != "safe":
            continue
        new = [(edit.span.start, edit.span.end, edit.text) for edit in fix.edits]
        if not any(start <= until and since <= end for start, end, _ in new for since, until, _ in edits):
            edits += new
    places, at, parts, size = [], 0, [], 0
    for start, end, words in sorted(edits):
        parts += [text[at:start], words]
        size += start - at
        places.append((size, size + len(words)))
        size += len(words)
        at = end
    return "".join([*parts, text[at:]]), places


def errors_at(report: LintReport, places: list[tuple[int, int]]) -> list[Diagnostic]:
    return [
        one
        for one in report.diagnostics
        if one.severity is Severity.ERROR and any(one.finding.span.start < end and start < one.finding.span.end for start, end in places)
    ]


@settings(
    max_examples=max(200, settings().max_examples), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(broken_specs())
@example(
    "msgspec: 1\nname: bill\ndeliverychannel: sms\nchannels: {sms: {text: Your bill is ready}}\n"
    "destination:\n  from: customers.csv\n  correlationId: 'bill-{{ account }}'\n"
)
@example('msgspec: 1\nname: bill\ndestination:\n  -\tmsisdn: ["+447700900123"]\n   with: {first_name: Asha}\n')
def test_fuzz_safe_fixes_make_nothing_worse(text: str) -> None:
    before = check(text.encode("utf-8"))
    if before.failures:
        return
    codes = {one.rule.code for one in before.diagnostics}
    mended, places = fixed(text, before)
    after = check(mended.encode("utf-8"))
    assert not after.failures
    # what lies behind the fault that ended the reading is only seen when that is mended
    if not load_spec("x.msg.yaml", text.encode("utf-8")).broken:
        assert "YML001" not in {one.rule.code for one in after.diagnostics}, (text, mended)
        assert [one for one in errors_at(after, places) if one.rule.code not in codes] == [], mended


@settings(
    max_examples=max(60, settings().max_examples // 2),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(broken_specs(), st.booleans())
def test_fuzz_fixing_ends_and_a_second_time_there_is_nothing_to_do(text: str, unsafe: bool) -> None:
    _fixing_ends(asked(text.encode("utf-8")), unsafe=unsafe)


@settings(
    max_examples=max(60, settings().max_examples // 2),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(broken_specs(BODIES), st.booleans())
def test_fuzz_bodies_are_checked_and_fixed(text: str, unsafe: bool) -> None:
    data = text.encode("utf-8")
    report = check(data, "x.json")
    if not report.failures:
        _fixing_ends(asked(data, "x.json"), unsafe=unsafe)


def _fixing_ends(options: LintOptions, *, unsafe: bool) -> None:
    found, files = lint_inputs(options)
    (file,) = found.files
    before = files.inspect(file)
    one = fixed_file(file, files, unsafe=unsafe)
    after = files.inspect(file._replace(data=one.after))
    assert {failure.reason for failure in after.failures} <= {failure.reason for failure in before.failures}
    if before.spec is not None:
        assert after.spec is not None
        assert len(after.diagnostics) <= len(before.diagnostics)
    if not one.exhausted:
        again = fixed_file(file._replace(data=one.after), files, unsafe=unsafe)
        assert not again.changed, (again.applied, one.after.decode())


@settings(max_examples=max(100, settings().max_examples), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=4), st.integers(0, 4)), min_size=1, max_size=4))
def test_fuzz_any_bytes_are_checked_or_refused(text: str, changes: list[tuple[int, bytes, int]]) -> None:
    data = text.encode("utf-8")
    for at, new, length in changes:
        data = data[:at] + new + data[at + length :]
    check(data)


def test_the_specs_are_there() -> None:
    assert len(TEXTS) > 20
    assert len(BODIES) > 20
    assert Path(EXAMPLES / "msgspec.yaml").exists()
