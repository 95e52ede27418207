"""Money and numbers as people write them. Amounts are decimals from the lexeme, rounded half up.

Each implementation stands beside its transfer function and its entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, localcontext
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import PLAIN, VISIBLE
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import NULL, NUMBER, TEXT, Number, Value
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.filters.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.filters.languages import NO_BREAK, language_of, locale_named
from msgspec_tool.templates.values import MAX_DIGITS, decimal_of

if TYPE_CHECKING:
    from babel import Locale

    from msgspec_tool.templates.environment import MessageEnvironment

_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_MAX_DECIMALS = 20
_TOO_LARGE = Decimal(10) ** MAX_DIGITS
_FINEST = Decimal(1).scaleb(-MAX_DIGITS)
_LARGEST = _EXACT.subtract(_TOO_LARGE, _FINEST)
"""The amounts next to zero, and farthest from it, that a filter takes."""

_DISPLAYS = ("symbol", "code", "name")


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), context=_EXACT)


def money(environment: MessageEnvironment, value: Any, currency: str, display: str = "symbol", locale: str | None = None) -> str:
    """An amount in a currency: ``INR 1,299.50``, ``₹1,299.50`` or ``1,299.50 Indian rupees``."""
    return printed_money(value, currency, display, language_of(environment, locale))


def printed_money(value: Any, currency: str, display: str, language: Locale) -> str:
    """:func:`money` in a language. Raises :class:`BadValueError`."""
    from babel.numbers import format_currency, get_currency_precision, is_currency

    number = decimal_of(value, "money")
    if not isinstance(currency, str) or not is_currency(currency):
        raise BadValueError(f"currency {quoted(currency)} is not known; write its ISO 4217 code such as 'INR'")
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
    return printed_number(value, decimals, language_of(environment, locale))


def printed_number(value: Any, decimals: int | None, language: Locale) -> str:
    """:func:`number` in a language. Raises :class:`BadValueError`."""
    from babel.numbers import format_decimal

    amount = decimal_of(value, "number")
    if decimals is None:
        with localcontext(_EXACT):
            return str(format_decimal(amount, locale=language, decimal_quantization=False)).translate(NO_BREAK)
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= _MAX_DECIMALS:
        raise BadValueError(f"number takes 0 to {_MAX_DECIMALS} decimals")
    whole = language.decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{whole}.{'0' * decimals}" if decimals else whole
    with localcontext(_EXACT):
        return str(format_decimal(_rounded(amount, decimals), pattern, locale=language)).translate(NO_BREAK)


class _Amounts(NamedTuple):
    """The amounts that may come: a range, and how many decimals they have at most."""

    least: Decimal
    most: Decimal
    decimals: int

    @property
    def ends(self) -> list[tuple[Decimal, Decimal]]:
        """By sign: the amount nearest to zero and the one farthest from it."""
        found = []
        if self.most >= 0:
            found.append((max(self.least, Decimal(0)), self.most))
        if self.least < 0:
            found.append((min(self.most, Decimal(-1).scaleb(-self.decimals)), self.least))
        return [(near.quantize(_FINEST, ROUND_DOWN, _EXACT), far.quantize(_FINEST, ROUND_UP, _EXACT)) for near, far in found]


def _amounts(call: FilterCall, name: str) -> _Amounts:
    number = Number() if call.value.number is None or call.value.text is not None else call.value.number
    if number.least >= _TOO_LARGE or number.most <= _TOO_LARGE.copy_negate():
        raise BadValueError(f"{name} takes numbers of at most {MAX_DIGITS} digits")
    decimals = 0 if number.integral else int(min(MAX_DIGITS, number.decimals))
    return _Amounts(max(number.least, _LARGEST.copy_negate()), min(number.most, _LARGEST), decimals)


def _in_each_language(call: FilterCall, show: Callable[[str], Text]) -> Value:
    """What the languages print that a filter may have; those that refuse the call count only where all do."""
    named, found, failure = call.constant("locale"), [], None
    for locale in (named,) if isinstance(named, str) else call.locales:
        try:
            found.append(show(locale))
        except BadValueError as error:
            failure = error
    if failure is not None and not found:
        raise failure
    return values.of_text(reduce(texts.either, found)._replace(sources=call.value.sources))


def _unsure(call: FilterCall, *names: str) -> bool:
    return any(call.constant(name) is VARIES for name in names)


_ANY_AMOUNT = texts.bounded(1, float("inf"), surely=VISIBLE)


def _money(call: FilterCall) -> Value:
    if _unsure(call, "currency", "display", "locale"):
        return values.of_text(_ANY_AMOUNT._replace(sources=call.sources))
    amounts, currency, display = _amounts(call, "money"), call.constant("currency"), call.constant("display", "symbol")
    return _in_each_language(call, lambda locale: _money_text(amounts, currency, display, locale))


@lru_cache(maxsize=512)
def _money_text(amounts: _Amounts, currency: str, display: str, locale: str) -> Text:
    from babel.numbers import get_currency_precision

    def shown(amount: Decimal) -> str:
        return printed_money(str(amount), currency, display, locale_named(locale))

    shown(Decimal(0))
    if display != "name":
        return _between(amounts, shown)
    precision = get_currency_precision(currency)
    numbers = _number_text(amounts, precision, locale)
    return reduce(texts.either, (_named_amount(numbers, currency, count, locale) for count in _counts(precision, locale)))


def _between(amounts: _Amounts, shown: Callable[[Decimal], str]) -> Text:
    """Amounts of one sign get longer with their size, and all of them look alike around their digits."""
    return reduce(texts.either, (_spanned(shown(near), shown(far)) for near, far in amounts.ends))


_DIGIT = re.compile(r"[0-9]")


def _spanned(near: str, far: str) -> Text:
    """The texts between a short and a long one that differ in their digits only."""
    # other amounts have other digits
    bounds = texts.exactly((near, far))._replace(characters=None)
    before = _DIGIT.split(texts.shared_start((near, far)))[0]
    after = _DIGIT.split(texts.shared_end((near, far)))[-1]
    return bounds._replace(finite=None, prefix=before, suffix=after, surely=bounds.surely | PLAIN | VISIBLE)


def _named_amount(numbers: Text, currency: str, count: Decimal, locale: str) -> Text:
    """Numbers with the currency's name, as the language has it for such a count."""
    from babel.numbers import get_currency_name, get_currency_unit_pattern

    language = locale_named(locale)
    pattern = get_currency_unit_pattern(currency, count=count, locale=language).translate(NO_BREAK)
    name = get_currency_name(currency, count=count, locale=language).translate(NO_BREAK)
    before, after = pattern.replace("{1}", name).split("{0}")
    return reduce(texts.concat, (texts.exactly((before,)), numbers, texts.exactly((after,))))


_SOME = (*range(112), 10**3, 10**6)


@lru_cache(maxsize=64)
def _counts(precision: int, locale: str) -> tuple[Decimal, ...]:
    """A count for each plural form: CLDR's rules look at the last two digits, at millions, and at the last two decimals."""
    form, unit = locale_named(locale).plural_form, Decimal(1).scaleb(-precision)
    some = [Decimal(number).quantize(unit) for number in _SOME]
    some += [unit * part for part in range(1, 25)] if precision else []
    return tuple({form(count): count for count in some}.values())


def _number(call: FilterCall) -> Value:
    if _unsure(call, "decimals", "locale"):
        return values.of_text(_ANY_AMOUNT._replace(sources=call.sources))
    amounts, decimals = _amounts(call, "number"), call.constant("decimals")
    return _in_each_language(call, lambda locale: _number_text(amounts, decimals, locale))


@lru_cache(maxsize=512)
def _number_text(amounts: _Amounts, decimals: int | None, locale: str) -> Text:
    def shown(amount: Decimal) -> str:
        return printed_number(str(amount), decimals, locale_named(locale))

    if decimals is not None or not amounts.decimals:
        return _between(amounts, shown)
    # the whole part of an amount below one has a sign and a digit, as minus one has
    whole = reduce(texts.either, (_spanned(*(shown(_whole(end)) for end in ends)) for ends in amounts.ends))
    point = shown(Decimal("0.1"))[1:-1]
    fraction = texts.exactly((point + "1", point + "1" * amounts.decimals))._replace(finite=None, suffix="", characters=None)
    return texts.either(whole, texts.concat(whole, fraction))


def _whole(amount: Decimal) -> Decimal:
    whole = amount.to_integral_value(ROUND_DOWN)
    return whole if whole or amount >= 0 else Decimal(-1)


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
