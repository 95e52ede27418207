"""Small promises of values, printing and partials that no template reaches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.nearest import nearest
from msgspec_tool.templates.partials import MAX_BYTES, OutsideError, Partials, check_name
from msgspec_tool.templates.printing import MAX_LISTED, MAX_TEXT, joined, listed, plain, printed
from msgspec_tool.templates.values import OMIT, decimal_of, shape


def test_shapes() -> None:
    values = (None, True, "x", [], {}, 1, object(), OMIT)
    assert [shape(value) for value in values] == [
        *("null", "true", "text", "a list", "a mapping", "a number", "a value that is no plain data", "omit")
    ]
    assert decimal_of("-0", "money") == 0


def test_quoted_escapes_and_cuts() -> None:
    assert quoted("a\x1b[31m\n") == "'a\\x1b[31m\\n'"
    assert quoted("x" * 50) == "'" + "x" * 40 + "…'"


def test_bounds() -> None:
    with pytest.raises(BadValueError, match="infinite"):
        printed(float("inf"))
    with pytest.raises(BadValueError, match="grows over"):
        joined(["x"] * (MAX_TEXT + 1))
    with pytest.raises(BadValueError, match="grows over"):
        listed(range(MAX_LISTED + 1))
    with pytest.raises(BadValueError, match="more than"):
        plain([["x" * 1000]] * 100)


def test_nearest() -> None:
    assert nearest("UPER", ("upper", "lower")) == "upper"
    assert nearest("x" * 100, ("upper",)) is None


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../b", "a//b", ".", "a\\b", "C:a", "a\x00b", "a\nb"])
def test_names_that_could_lead_out(name: str) -> None:
    with pytest.raises(OutsideError):
        check_name(name)


def test_partials_that_are_no_texts(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * (MAX_BYTES + 1))
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    partials = Partials(tmp_path, (tmp_path,))
    for name in ("large", "folder", "pipe", "folder/none"):
        with pytest.raises(BadValueError):
            partials.load(name)
    with pytest.raises(OutsideError):
        Partials(tmp_path / "folder", (tmp_path,)).load("large")
