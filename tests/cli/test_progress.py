"""What a terminal shows while a render is under way."""

from __future__ import annotations

import io

import pytest

from msgspec_tool.cli import progress
from msgspec_tool.rendering.outcome import RenderCounts


def test_rows_rate_refused_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 104.0, 110.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    line = progress.Progress(stream)
    line(RenderCounts(rows=1_000_000, refused=12), 0.25)
    line(RenderCounts(rows=4_000_000, refused=12), 1.0)
    line.end()
    assert stream.getvalue().split("\r\x1b[K") == [
        "",
        " 25%  1,000,000 rows  250,000/s  12 refused  12 s left",
        "100%  4,000,000 rows  400,000/s  12 refused  0 s left",
        "",
    ]
