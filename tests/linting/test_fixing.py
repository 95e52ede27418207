"""Fixes over files: how edits are put in, which are kept apart, when one is refused, and that there is an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.diagnostics import Applicability, Diagnostic, Edit, Failure, Finding, Fix, Severity, Subject, rule
from msgspec_tool.errors import UnreadableError
from msgspec_tool.linting.fixing import MOST_CHECKS, edited, fix_files, fixed_file
from msgspec_tool.linting.rule_run import Inspection
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.surroundings.discovery import InputFile, InputKind

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
FILE = InputFile("a.msg.yaml", InputKind.SPEC)


@rule("TST001", "test-rule", Subject.LOADED)
def nothing(_loaded: object, _context: object) -> Iterator[Finding]:
    """Nothing."""
    yield from ()


@given(st.text(max_size=30), st.data())
def test_edits_are_put_in_as_if_one_by_one_from_the_end(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    edits = [Edit(Span(*pair), data.draw(st.text(max_size=5))) for pair in pairs]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert edited(text, edits) == expected


class Alone:
    """A run in which no file concerns another, with what is found in each."""

    def __init__(self, inspect: Callable[[InputFile], Inspection]) -> None:
        self.inspect = inspect
        self.settled: list[bytes] = []

    def harmed(self, _file: InputFile, _change: object, _claims: object) -> bool:
        return False

    def settle(self, _file: InputFile, data: bytes) -> None:
        self.settled.append(data)


def inspecting(*replacements: tuple[str, str], harm: str = "", unsafe: tuple[str, ...] = ()):
    """What finds each of the texts on the left and mends it to that on the right; ``harm`` in a text is five errors by itself."""

    def inspect(file: InputFile) -> Inspection:
        assert file.data is not None
        source = SourceFile(file.path, file.data.decode())
        found = []
        for old, new in replacements:
            start = source.text.find(old)
            if start >= 0:
                kind = Applicability.UNSAFE if old in unsafe else Applicability.SAFE
                span = Span(start, start + len(old))
                found.append(Finding(source, span, f"{old} is wrong", (old,), fix=Fix("mend it", (Edit(span, new),), kind)))
        if harm and harm in source.text:
            found += [Finding(source, Span(0, 1), f"harm {number}", ()) for number in range(5)]
        return Inspection(tuple(Diagnostic(nothing, Severity.ERROR, one) for one in found))

    return inspect


def mended(text: str, inspect, *, unsafe: bool = False) -> tuple[str, int, int]:
    found = fixed_file(InputFile(FILE.path, FILE.kind, text.encode()), Alone(inspect), unsafe=unsafe)
    assert found.before == text.encode()
    assert found.changed == (found.after != found.before)
    return found.after.decode(), len(found.applied), len(found.refused)


def test_passes_go_on_until_nothing_is_left() -> None:
    assert mended("abc", inspecting(("a", "b1"), ("b1", "c2"), ("c2", "d"))) == ("dbc", 3, 0)


def test_edits_that_touch_wait_for_the_next_pass() -> None:
    assert mended("ab", inspecting(("a", "x"), ("b", "y"))) == ("xy", 2, 0)


def test_unsafe_ones_are_for_those_who_ask() -> None:
    inspect = inspecting(("a", "x"), ("b", "y"), unsafe=("b",))
    assert mended("a b", inspect) == ("x b", 1, 0)
    assert mended("a b", inspect, unsafe=True) == ("x y", 2, 0)


def test_one_that_does_harm_holds_up_no_other() -> None:
    assert mended("a b c", inspecting(("a", "x"), ("b", "qq"), ("c", "z"), harm="qq")) == ("x b z", 2, 1)


def test_what_did_harm_is_tried_again_after_another() -> None:
    # 'a' becomes 'ha' which is harm until 'rm' is gone
    inspect = inspecting(("a.", "ha"), ("rm", "r"), harm="harm")
    assert mended("a.rm", inspect)[0] == "har"


def test_two_that_undo_each_other_come_to_an_end() -> None:
    assert mended("a", inspecting(("a", "b"), ("b", "a")))[0] in ("a", "b")


def test_a_file_is_not_checked_for_ever() -> None:
    calls = []

    def growing(file: InputFile) -> Inspection:
        calls.append(1)
        return inspecting(("a", "ba"))(file)

    found = fixed_file(InputFile(FILE.path, FILE.kind, b"a"), Alone(growing), unsafe=False)
    assert found.exhausted
    assert len(calls) == MOST_CHECKS + 1


@pytest.mark.parametrize(
    ("text", "old", "applied"),
    [
        ("{{ naem }}", "naem", 1),
        ("x {{ a }} y", "x {{ a }} y", 1),
        ("x {{ a }} y", "x {{ a", 0),
        ("x {{ a }} y", "a }} y", 0),
        ("{% if a %}b{% endif %}", "b", 1),
        ("{% if a %}b{% endif %}", "%}b", 0),
    ],
)
def test_no_edit_crosses_the_edge_of_a_tag(text: str, old: str, applied: int) -> None:
    assert mended(text, inspecting((old, "new")))[1] == applied


def test_a_file_that_can_not_be_read_any_more_is_not_kept() -> None:
    def inspect(file: InputFile) -> Inspection:
        found = inspecting(("a", "b"))(file)
        return Inspection(failures=(Failure(file.path, "too-deep", "words"),)) if b"b" in (file.data or b"") else found

    assert mended("a", inspect) == ("a", 0, 1)


def test_findings_of_other_files_are_left_alone() -> None:
    def inspect(file: InputFile) -> Inspection:
        finding = Finding(SourceFile("partial.txt", "abc"), Span(0, 1), "words", (), fix=Fix("x", (Edit(Span(0, 1), "z"),)))
        return Inspection((Diagnostic(nothing, Severity.ERROR, finding),))

    assert mended("abc", inspect) == ("abc", 0, 0)


def test_one_that_harms_another_file_is_left_out_and_the_run_is_told_what_stays() -> None:
    files = Alone(inspecting(("a", "x"), ("b", "y")))
    files.harmed = lambda _file, change, _claims: b"x" in change[1]  # type: ignore[method-assign]
    fixing = fix_files([InputFile(FILE.path, FILE.kind, b"a b")], files, unsafe=False, write=False)
    assert [(one.after, len(one.applied), len(one.refused)) for one in fixing.files] == [(b"a y", 1, 1)]
    assert files.settled == [b"a y"]


def test_a_file_that_changes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.msg.yaml"
    path.write_text("a", encoding="utf-8")

    def inspect(file: InputFile) -> Inspection:
        path.write_text("somebody else's", encoding="utf-8")
        return inspecting(("a", "b"))(file)

    fixing = fix_files([InputFile(str(path), InputKind.SPEC)], Alone(inspect), unsafe=False, write=True)
    assert path.read_text("utf-8") == "somebody else's"
    assert [failure.message for failure in fixing.failures] == [f"'{path}' changed while it was fixed; nothing was written"]
    assert fixing.changed == ()


def test_one_that_can_not_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.msg.yaml"
    path.write_text("a", encoding="utf-8")

    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("msgspec_tool.file_writing.os.replace", full)
    fixing = fix_files([InputFile(str(path), InputKind.SPEC)], Alone(inspecting(("a", "b"))), unsafe=False, write=True)
    assert [failure.message for failure in fixing.failures] == [f"'{path}' can't be written: No space left on device"]
    assert [found.name for found in tmp_path.iterdir()] == ["a.msg.yaml"]
    with pytest.raises(UnreadableError):
        fixed_file(InputFile(str(tmp_path / "gone.msg.yaml"), InputKind.SPEC), Alone(inspecting()), unsafe=False)
