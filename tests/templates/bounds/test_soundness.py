"""What the analysis says of all data is true of any data: templates and rows are made up, and really rendered."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from msgspec_tool.domain import values
from msgspec_tool.templates.bounds.analysis import Interpretation
from msgspec_tool.templates.bounds.operators import fits
from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.running.engine import Engine
from tests.templates.made_templates import DATA, TEMPLATES, analysis, scope

ENGINE = Engine(None)


def rendered(source: str, data: dict[str, Any]) -> str | RenderFailure:
    template = analysis(source).template
    assert not template.problems, (source, template.problems)
    try:
        return str(ENGINE.compile(template, native=False).render(scope(data)))
    except RenderFailure as failure:
        return failure


def impossible(result: Interpretation) -> list[str]:
    """Operations of which the analysis says that they fail for all data."""
    return [one.message for one in result.noted.attempts.values() if one.failed == one.met]


@settings(max_examples=max(400, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))
@given(TEMPLATES, st.lists(DATA, min_size=3, max_size=6))
def test_every_text_keeps_the_bounds(source: str, rows: list[dict[str, Any]]) -> None:
    known = analysis(source)
    result = known.result
    event(f"complete: {result.complete}")
    for data in rows:
        text = rendered(source, data)
        if isinstance(text, RenderFailure):
            event("refused")
            missing = "null can't be printed" in text.message or "is undefined" in text.message
            if missing and result.complete:
                assert any(gap.null for gap in result.noted.gaps.values()) or impossible(result), (source, data, text.message)
            continue
        assert any(fits(text, outcome.text) for outcome in result.outcomes), (source, data, text, result.outcomes)
        # of this row alone the analysis knows just as much, and calls nothing impossible that was done
        exact = known.given({name: values.constant(value) for name, value in data.items()})
        assert any(fits(text, outcome.text) for outcome in exact.outcomes), (source, data, text, exact.outcomes)
        assert impossible(exact) == [], (source, data, text)
        event("exact" if any(outcome.text.only == text for outcome in exact.outcomes) else "not exact")
