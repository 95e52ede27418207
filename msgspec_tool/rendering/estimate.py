"""What a render would come to: counts, time and cost, of a run that writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.rendering.outcome import RenderCounts
from msgspec_tool.source.document import Plain


@dataclass(frozen=True)
class Estimate:
    """The counts of a run, and what they mean in an environment. ``rate`` is in addresses per second."""

    counts: RenderCounts
    tariff: Tariff
    rate: float | None = None

    @property
    def seconds(self) -> float | None:
        """How long it takes to submit; None where the environment has no rate."""
        return sum(self.counts.addresses.values()) / self.rate if self.rate else None

    @property
    def cost(self) -> Decimal | None:
        """What all SMS parts with a price cost, in the currency of the prices; None where none has one."""
        priced = {prefix: number for prefix, number in self.counts.parts_by_prefix.items() if prefix in self.tariff.prices}
        return sum((self._price(prefix) * number for prefix, number in priced.items()), Decimal(0)) if priced else None

    @property
    def unpriced(self) -> int:
        """SMS parts whose destination has no price."""
        return sum(number for prefix, number in self.counts.parts_by_prefix.items() if prefix not in self.tariff.prices)

    def _price(self, prefix: str) -> Decimal:
        return Decimal(str(self.tariff.prices[prefix]))

    def plain(self) -> dict[str, Plain]:
        """For programs; money is text, exactly as it adds up."""
        prefixes: Mapping[str, int] = self.counts.parts_by_prefix
        return {
            "version": 1,
            **self.counts.plain(),
            "refused_by": dict(sorted(self.counts.refused_by.items())),
            "parts_by_prefix": dict(sorted(prefixes.items())),
            "seconds": None if self.seconds is None else round(self.seconds, 1),
            "cost": None if self.cost is None else str(self.cost.normalize() if self.cost else self.cost),
            "unpriced_parts": self.unpriced,
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        counts = self.counts
        yield f"rows      {counts.rows:>12,}  ({counts.refused:,} refused)"
        for code, number in counts.refused_by.most_common():
            yield f"  refused {number:>12,}  {code}"
        for channel, number in sorted(counts.suppressed.items()):
            yield f"  suppressed {number:>9,}  {channel}"
        yield f"messages  {counts.messages:>12,}"
        yield f"requests  {counts.requests:>12,}"
        yield from (f"{channel:<9} {number:>12,}  addresses" for channel, number in sorted(counts.addresses.items()))
        for prefix, number in counts.parts_by_prefix.most_common():
            price = self._price(prefix) * number if prefix in self.tariff.prices else None
            yield f"sms parts {number:>12,}  {prefix}" + (f"  {_money(price)}" if price is not None else "")
        yield f"time      {_duration(self.seconds)}" + ("  the environment has no rate" if self.seconds is None else "")
        if self.cost is None:
            yield "cost            unknown  the environment has no prices for these numbers"
        else:
            left = f"  {self.unpriced:,} part{' has' if self.unpriced == 1 else 's have'} no price" if self.unpriced else ""
            yield f"cost      {_money(self.cost):>12}{left}"


def _money(amount: Decimal) -> str:
    """With two decimals; what would be nothing with them has as many as it needs."""
    return f"{amount:,.2f}" if not amount or amount >= Decimal("0.01") else f"{amount.normalize():f}"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return f"{'unknown':>12}"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{f'{hours}:{minutes:02}:{rest:02}':>12}"
