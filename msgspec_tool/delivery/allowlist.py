"""Which addresses an environment may reach."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Allowlist:
    """Patterns of addresses, in which ``*`` stands for any characters; none given: all. A phone number's ``+`` may be left out."""

    def __init__(self, patterns: Iterable[str]) -> None:
        given = tuple(patterns)
        self._all = not given
        self._exact = _expression(given)
        self._numbers = _expression([pattern.removeprefix("+") for pattern in given])

    def allows(self, kind: str, address: str) -> bool:
        """Whether an address of this kind of identifier may be reached."""
        if self._all or self._exact.fullmatch(address):
            return True
        return kind == "msisdn" and self._numbers.fullmatch(address.removeprefix("+")) is not None


def _expression(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns), re.DOTALL)
