"""From lint's diagnostics to what stands on the page. The page leaves the machine: what findings quote of people is masked."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec_tool.channels.layout import canonical
from msgspec_tool.diagnostics import Diagnostic, LintReport
from msgspec_tool.preview.views import FindingView
from msgspec_tool.reporters.privacy import public


def finding_views(diagnostics: Iterable[Diagnostic], channels: Iterable[str]) -> tuple[FindingView, ...]:
    """The findings of a file in the order of their places; ``channels`` are those that its messages have."""
    ordered = tuple(sorted(diagnostics, key=lambda one: one.sort_key))
    known = frozenset(channels)
    masked = public(LintReport(1, 1, 0, 0, ordered)).diagnostics
    return tuple(_view(one, known) for one in masked)


def _view(diagnostic: Diagnostic, channels: frozenset[str]) -> FindingView:
    finding = diagnostic.finding
    fix = finding.fix.description if finding.fix is not None else ""
    return FindingView(
        diagnostic.severity,
        diagnostic.rule.name,
        diagnostic.rule.code,
        finding.message,
        finding.file.place(finding.span.start),
        finding.help or "",
        fix if fix != finding.help else "",
        f"{finding.api.code} {finding.api.message}" if finding.api is not None else "",
        _channel(finding.path or (), channels),
    )


def _channel(path: tuple[str | int, ...], channels: frozenset[str]) -> str | None:
    if len(path) < 2 or path[0] != "channels":
        return None
    channel = canonical(str(path[1]))
    return channel if channel in channels else None
