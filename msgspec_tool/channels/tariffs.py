"""Which destinations an SMS is charged for: the prefix of a number that has a price, else its country code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from msgspec_tool.channels.msisdns import country_code


class Tariff:
    """Prices of one SMS part by the prefix of numbers, as ``+44`` or ``+4477``; the longest prefix counts."""

    def __init__(self, prices: Mapping[str, float]) -> None:
        self.prices = {"+" + prefix.lstrip("+"): price for prefix, price in prices.items()}
        self._of = lru_cache(maxsize=100_000)(self._prefix)

    @cached_property
    def _longest(self) -> int:
        return max((len(prefix) for prefix in self.prices), default=0)

    def prefix(self, number: str) -> str:
        """What a number is charged by; ``?`` where it has no country code."""
        return self._of(number.lstrip("+")[: max(self._longest, 3)])

    def _prefix(self, digits: str) -> str:
        priced = (f"+{digits[:size]}" for size in range(self._longest, 0, -1))
        found = next((prefix for prefix in priced if prefix in self.prices), None)
        code = country_code(digits)
        return found or (f"+{code}" if code else "?")
