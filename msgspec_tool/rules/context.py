"""What a rule may know besides its subject: clock, environments, options. Nothing else, so that a rule is a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from msgspec_tool.source.document import Plain


@dataclass(frozen=True)
class RuleContext:
    """``now`` is the run's frozen clock (aware, UTC): rules ask :meth:`passed` and :meth:`ended`, which note what was asked.

    ``environments`` maps names to their ``values``. ``environment`` is the chosen one or None; ``columns`` are those of the
    recipients file where it is there.
    """

    now: datetime
    environments: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)
    environment: str | None = None
    sandboxes: frozenset[str] = frozenset()
    """Names of the environments that are for trying things out."""
    max_addresses: int = 1000
    options: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)
    """Per rule name, the options of the project file."""
    columns: tuple[str, ...] | None = None
    locales: tuple[str, ...] = ("en",)
    """Languages that filters may fall back to: the chosen environment's, or those of all."""
    proving: bool = False
    """A rule shall also yield what it can't exclude: where it then yields nothing, it holds for all data."""
    moments: dict[float, bool] = field(default_factory=dict, compare=False, repr=False)
    """Instants that the clock was compared with (seconds of the epoch), and whether they had passed."""

    def passed(self, instant: datetime) -> bool:
        """Whether an instant (aware) is not after the clock of the run."""
        answer = self.moments[instant.timestamp()] = instant <= self.now
        return answer

    def ended(self, day: date) -> bool:
        """Whether a day is over, counted in UTC."""
        if day == date.max:
            return False
        return self.passed(datetime(day.year, day.month, day.day, tzinfo=timezone.utc) + timedelta(days=1))

    def option(self, rule: str, name: str, default: Plain) -> Plain:
        """A rule's option from the project file, or its default."""
        return self.options.get(rule, {}).get(name, default)

    def names(self, rule: str, name: str) -> tuple[str, ...]:
        """An option that is a list of names; none where the project file does not say."""
        listed = self.option(rule, name, ())
        return tuple(str(one) for one in listed) if isinstance(listed, (list, tuple)) else ()
