"""Money and numbers as people write them. Amounts are decimals from the lexeme, rounded half up.

Each implementation stands beside its transfer function and its entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import PLAIN, VISIBLE
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import NULL, NUMBER, TEXT, Number, Value
from msgspec_tool.templates.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.languages import NO_BREAK, language_of, locale_named
from msgspec_tool.templates.values import MAX_DIGITS, decimal_of

if TYPE_CHECKING:
    from babel import Locale

    from msgspec_tool.templates.environment import MessageEnvironment

_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_MAX_DECIMALS = 20
_LARGEST = Decimal(10) ** MAX_DIGITS
_LONGEST = Decimal("9" * MAX_DIGITS)
_BARELY_NEGATIVE = Decimal(-1).scaleb(-MAX_DIGITS)
_DISPLAYS = ("symbol", "code", "name")


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), context=_EXACT)


def money(environment: MessageEnvironment, value: Any, currency: str, display: str = "symbol", locale: str | None = None) -> str:
    """An amount in a currency: ``INR 1,299.50``, ``₹1,299.50`` or ``1,299.50 Indian rupees``."""
    from babel.numbers import format_currency, get_currency_precision, is_currency

    number = decimal_of(value, "money")
    if not isinstance(currency, str) or not is_currency(currency):
        raise BadValueError(f"currency {quoted(currency)} is not known; write its ISO 4217 code such as 'INR'")
    language = language_of(environment, locale)
    number = _rounded(number, get_currency_precision(currency))
    if display not in _DISPLAYS:
        raise BadValueError(f"money takes display='symbol', 'code' or 'name', got {quoted(display)}")
    pattern = _code_pattern(language) if display == "code" else None
    with localcontext(_EXACT):
        text = format_currency(number, currency, pattern, locale=language, format_type="name" if display == "name" else "standard")
    return text.translate(NO_BREAK)


def _code_pattern(language: Locale) -> str:
    # CLDR puts a space between a code and digits also where a symbol stands close (its pattern alphaNextToNumber).
    pattern: str = language.currency_formats["standard"].pattern
    spaced = re.sub(r"¤(?=[#0])", "¤ ", pattern)
    return re.sub(r"(?<=[#0])¤", " ¤", spaced).replace("¤", "¤¤")


def number(environment: MessageEnvironment, value: Any, decimals: int | None = None, locale: str | None = None) -> str:
    """A number with the grouping and signs of a language, with all its decimals or rounded to ``decimals``."""
    from babel.numbers import format_decimal

    amount = decimal_of(value, "number")
    language = language_of(environment, locale)
    if decimals is None:
        with localcontext(_EXACT):
            return str(format_decimal(amount, locale=language, decimal_quantization=False)).translate(NO_BREAK)
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= _MAX_DECIMALS:
        raise BadValueError(f"number takes 0 to {_MAX_DECIMALS} decimals")
    whole = language.decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{whole}.{'0' * decimals}" if decimals else whole
    with localcontext(_EXACT):
        return str(format_decimal(_rounded(amount, decimals), pattern, locale=language)).translate(NO_BREAK)


@lru_cache(maxsize=512)
def _formatted(name: str, amount: Decimal, locale: str, arguments: tuple[tuple[str, Any], ...]) -> str:
    from msgspec_tool.templates.environment import MessageEnvironment

    function: Callable[..., str] = money if name == "money" else number
    return function(MessageEnvironment(locale=locale), str(amount), **dict(arguments))


def _ranges(call: FilterCall) -> list[tuple[Decimal, Decimal]]:
    """The amounts that may come, by sign: the one nearest to zero and the one farthest from it."""
    amounts = call.value.number if call.value.number is not None else Number()
    if call.value.text is not None:
        amounts = Number()
    low, high = max(amounts.least, -_LARGEST), min(amounts.most, _LARGEST)
    found = []
    if high >= 0:
        found.append((max(low, Decimal(0)), high))
    if low < 0:
        found.append((min(high, _BARELY_NEGATIVE), low))
    return found


def _extremes(call: FilterCall, name: str, arguments: dict[str, Any], locale: str) -> Text:
    """Amounts of one sign get longer with their size, and all of them look alike around their digits."""
    given = tuple(sorted(arguments.items()))
    shown = [tuple(_formatted(name, _within(amount), locale, given) for amount in ends) for ends in _ranges(call)]
    return reduce(texts.either, (_spanned(near, far) for near, far in shown))


def _within(amount: Decimal) -> Decimal:
    """The nearest amount that a filter takes: nothing as large as the limit itself."""
    return amount if abs(amount) < _LARGEST else _LONGEST.copy_sign(amount)


_DIGIT = re.compile(r"[0-9]")


def _spanned(near: str, far: str) -> Text:
    """The texts between a short and a long one that differ in their digits only."""
    bounds = texts.either(texts.exactly((near,)), texts.exactly((far,)))
    before = _DIGIT.split(texts.shared_start((near, far)))[0]
    after = _DIGIT.split(texts.shared_end((near, far)))[-1]
    return bounds._replace(finite=None, prefix=before, suffix=after, surely=bounds.surely | PLAIN | VISIBLE)


def _locales(call: FilterCall) -> tuple[str, ...]:
    named = call.constant("locale")
    return (named,) if isinstance(named, str) else call.locales


def _unsure(call: FilterCall, *names: str) -> bool:
    return any(call.constant(name) is VARIES for name in names)


_ANY_AMOUNT = texts.bounded(1, float("inf"), surely=VISIBLE)


def _money(call: FilterCall) -> Value:
    if _unsure(call, "currency", "display", "locale"):
        return values.of_text(_ANY_AMOUNT._replace(sources=call.value.sources))
    display = call.constant("display", "symbol")
    arguments = {"currency": call.constant("currency"), "display": display}
    found = []
    for locale in _locales(call):
        if display == "name":
            found += [_named_amount(call, arguments["currency"], locale)]
        else:
            found += [_extremes(call, "money", arguments, locale)]
    return values.of_text(reduce(texts.either, found)._replace(sources=call.value.sources))


def _named_amount(call: FilterCall, currency: Any, locale: str) -> Text:
    """The number and the currency's name, in every plural form that the language has for it."""
    from babel.numbers import get_currency_name, get_currency_unit_pattern

    _formatted("money", Decimal(1), locale, (("currency", currency), ("display", "name")))
    language = locale_named(locale)
    shown = _extremes(call, "number", {"decimals": _precision(currency)}, locale)
    patterns = {get_currency_unit_pattern(currency, count=count, locale=language) for count in _PLURALS}
    names = {get_currency_name(currency, count=count, locale=language) for count in _PLURALS}
    made = [
        reduce(texts.concat, (_words(head), shown, _words(middle), texts.exactly(name.translate(NO_BREAK) for name in names), _words(tail)))
        for head, middle, tail in (_around(pattern) for pattern in patterns)
    ]
    return reduce(texts.either, made)


_PLURALS = (*range(200), 1_000, 1_000_000, Decimal("0.5"), Decimal("1.5"), Decimal("2.10"))
"""Counts that have every plural form: CLDR's rules look at the last two digits, at millions, and at decimals."""


def _precision(currency: Any) -> int:
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def _words(text: str) -> Text:
    return texts.exactly((text.translate(NO_BREAK),))


def _around(pattern: str) -> tuple[str, str, str]:
    head, _number, rest = pattern.partition("{0}")
    middle, _name, tail = rest.partition("{1}")
    return head, middle, tail


def _number(call: FilterCall) -> Value:
    if _unsure(call, "decimals", "locale"):
        return values.of_text(_ANY_AMOUNT._replace(sources=call.value.sources))
    decimals = call.constant("decimals")
    shown = [_extremes(call, "number", {"decimals": 0 if decimals is None else decimals}, locale) for locale in _locales(call)]
    made = reduce(texts.either, shown)
    if decimals is None:
        made = reduce(texts.either, (_with_decimals(call, text, locale) for text, locale in zip(shown, _locales(call), strict=True)))
    return values.of_text(made._replace(sources=call.value.sources))


def _with_decimals(call: FilterCall, whole: Text, locale: str) -> Text:
    """Whole amounts, and all others with as many decimals as they may have."""
    amounts = call.value.number
    most = MAX_DIGITS if amounts is None or call.value.text is not None else min(MAX_DIGITS, amounts.decimals)
    if not most:
        return whole
    sample = _formatted("number", Decimal("0." + "1" * int(most)), locale, ())
    tail = texts.exactly((sample[1:],))
    # rounding up can make a whole amount one digit longer than the one it stands for, never shorter than the one below
    return texts.either(whole, texts.concat(whole, tail))._replace(finite=None, suffix="")


FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry(
        "money",
        money,
        "money(currency, display='symbol', locale=the environment's)",
        "an amount: display is symbol, code or name",
        _money,
        takes=NUMBER | TEXT,
        wants={"currency": TEXT, "display": TEXT, "locale": TEXT | NULL},
        context="environment",
    ),
    FilterEntry(
        "number",
        number,
        "number(decimals=all, locale=the environment's)",
        "a number with a language's grouping and signs",
        _number,
        takes=NUMBER | TEXT,
        wants={"decimals": NUMBER | NULL, "locale": TEXT | NULL},
        context="environment",
    ),
)
