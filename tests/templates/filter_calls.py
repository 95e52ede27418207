"""Calls of every filter, made up by hypothesis: sets of values to work on, and sets of arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any, NamedTuple

from hypothesis import strategies as st

from msgspec_tool.domain import values
from msgspec_tool.domain.values import Value
from msgspec_tool.templates.bounds.attempts import apply, filtering
from msgspec_tool.templates.bounds.things import OMITTED
from msgspec_tool.templates.environment import MessageEnvironment
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.filters.entries import FilterCall, FilterEntry
from msgspec_tool.templates.values import OMIT
from tests.known_values import (
    FORMATTED,
    NUMBERS,
    Known,
    exactly,
    held,
    known,
    known_lines,
    known_lists,
    known_mappings,
    known_numbers,
    known_scalars,
    known_texts,
)

LOCALES = ("en", "de", "en-IN", "hi", "ar", "fr-CH", "pl", "lv", "he", "ja", "es", "sl", "pt-PT", "fa", "th", "de-AT", "lt", "cy")


class Call(NamedTuple):
    """What a filter is asked to do: a set of values, and arguments that are sets too."""

    value: Known
    arguments: Mapping[str, Known]
    locales: tuple[str, ...] = ("en",)


def const(*several: Any) -> st.SearchStrategy[Known]:
    """One of these as a constant."""
    return st.sampled_from(several).map(exactly)


def _one(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Known]:
    return strategy.map(exactly)


def _calls(value: st.SearchStrategy[Known], **arguments: st.SearchStrategy[Known]) -> st.SearchStrategy[Call]:
    """Calls with any of the optional arguments; a name in capitals is one that must be given."""
    needed = {name.lower(): one for name, one in arguments.items() if name.isupper()}
    optional = {name: one for name, one in arguments.items() if not name.isupper()}
    locales = st.lists(st.sampled_from(LOCALES), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(Call, value, st.fixed_dictionaries(needed, optional=optional), locales)


SCALARS, TEXT, NUMBER = known_scalars(), known_texts(), known_numbers()
_ITERABLES = st.one_of(known_lists(), known_lines(), TEXT, known_mappings())
_ATTRIBUTE = const("title", "count", "items", "title.count", "0", "nothing", "b c", 0, None, "count.title")
_FLAG = const(True, False)
_OMIT = st.just(Known(Value(opaque=OMITTED), (OMIT,)))
_SHORT = st.text(st.sampled_from("ab ß€😀Ł%"), max_size=3)
_PHONES = (
    *("+447700900123", "447700900123", "+12025550123", "+4915112345678", "+36301234567", "+79161234567", "+375291234567", "+5491123456789"),
    *(
        "+44 7700 900123 x12",
        "+447700900123 ext ٣٤",
        "+1 (800) FLOWERS",
        "+8112345678901234567",
        "+390612345678",
        "+800 1234 5678",
        "+4912",
    ),
    *("+993 66 123456", "+3906698", "+62 8111 1234 5678", "+51 1 1234567 anexo 12345678901234567890", "+886223456789#12", "12", ""),
)
_DATE_PATTERNS = (
    *(
        "short",
        "medium",
        "long",
        "full",
        "d",
        "d MMM",
        "dd.MM.yy",
        "EEEE, d MMMM yyyy",
        "y",
        "yyyy",
        "yyyyy",
        "HH:mm",
        "h:mm a",
        "hh 'Uhr' ss",
    ),
    *(
        "QQQQ y",
        "q",
        "LLLL",
        "LLL",
        "MMMMM",
        "E",
        "EEEEE",
        "EEEEEE",
        "e",
        "ccc",
        "c",
        "G",
        "GGGG",
        "w",
        "ww",
        "W",
        "D",
        "DDD",
        "F",
        "Y",
        "YY",
    ),
    *(
        "K k",
        "B",
        "b",
        "BBBBB",
        "aaaa",
        "S",
        "SSSSSSS",
        "A",
        "AAAAAAAAAA",
        "z",
        "zzzz",
        "Z",
        "ZZZZ",
        "ZZZZZ",
        "v",
        "V",
        "VV",
        "x",
        "X",
        "XXX",
    ),
    *(
        "xxxx",
        "O",
        "OOOO",
        "u",
        "uuuu",
        "'",
        "''",
        "d 'of' MMMM",
        "''d''",
        "%d",
        "g",
        "MMMMMM",
        "J",
        "dMMMy HHmmss",
        "\u00a0d",
        "'\u202f'd",
        "",
        "x" * 65,
    ),
)
_CURRENCIES = ("INR", "EUR", "GBP", "JPY", "KWD", "USD", "XXX", "PLN", "CLF", "ABC", "inr", "")
_DATES = st.sampled_from(("date", "date", "date-time")).flatmap(lambda kind: FORMATTED[kind])


def _text_of(strategy: st.SearchStrategy[str], **schema: Any) -> st.SearchStrategy[Known]:
    """A variable with these texts, or a few of them."""
    several = st.lists(strategy, min_size=1, max_size=5)
    return st.one_of(several.map(lambda one: held({"type": "string", **schema}, one)), several.map(lambda one: exactly(*one)))


_TESTS = const("defined", "none", "string", "number", "odd", "lower", "in", "eq", "nothing")

CALLS: dict[str, st.SearchStrategy[Call]] = {
    **dict.fromkeys(("upper", "lower", "capitalize", "title", "string", "wordcount", "gsm7"), _calls(SCALARS)),
    **dict.fromkeys(
        ("default", "d"),
        _calls(st.one_of(known(), _OMIT), default_value=st.one_of(SCALARS, const("", "x", 0), _OMIT), boolean=const(True, False, 1)),
    ),
    "trim": _calls(SCALARS, chars=const("a", " ab", "", None)),
    "replace": _calls(
        SCALARS,
        OLD=st.one_of(_one(_SHORT), _one(_SHORT), TEXT, const(1)),
        NEW=st.one_of(_one(_SHORT), _one(_SHORT), TEXT),
        count=const(0, 1, 2, -1, None, 2.5),
    ),
    "truncate": _calls(
        SCALARS,
        length=const(*range(9), 255, 4.0, -1),
        killwords=const(True, False, 1, ""),
        end=st.one_of(const("...", "…", "", " ", "€"), TEXT),
        leeway=const(0, 1, 5, None, -1),
    ),
    "urlencode": _calls(st.one_of(SCALARS, known_mappings(), known_lists())),
    "tojson": _calls(known(), indent=const(None, 0, 2, 9)),
    "bytes": _calls(SCALARS, COUNT=st.one_of(const(*range(12), -1, 2.0), NUMBER)),
    **dict.fromkeys(("length", "count", "first", "list", "reverse"), _calls(_ITERABLES)),
    "last": _calls(_ITERABLES),
    "join": _calls(_ITERABLES, d=st.one_of(const(", ", "", "-", "…", 1), TEXT), attribute=_ATTRIBUTE),
    "sort": _calls(_ITERABLES, reverse=_FLAG, case_sensitive=_FLAG, attribute=_ATTRIBUTE),
    **dict.fromkeys(("unique", "min", "max"), _calls(_ITERABLES, case_sensitive=_FLAG, attribute=_ATTRIBUTE)),
    "sum": _calls(st.one_of(known_lists(), known_lines()), attribute=_ATTRIBUTE, start=st.one_of(NUMBER, const(0, 5))),
    "map": st.one_of(
        _calls(_ITERABLES, ATTRIBUTE=_ATTRIBUTE, default=st.one_of(SCALARS, const(None))),
        st.builds(
            lambda call, name, more: call._replace(arguments={"0": name, **{str(index + 1): one for index, one in enumerate(more)}}),
            _calls(_ITERABLES),
            const(*("upper", "length", "default", "list", "first", "money", "truncate", "int", "join", "gsm7", "tojson", "nothing", "map")),
            st.lists(const("EUR", "x", 3, "title"), max_size=2),
        ),
    ),
    **dict.fromkeys(
        ("select", "reject"),
        st.builds(
            lambda call, names: call._replace(arguments={str(index): one for index, one in enumerate(names)}),
            _calls(_ITERABLES),
            st.one_of(st.just([]), _TESTS.map(lambda one: [one]), st.tuples(_TESTS, const("a", 1)).map(list)),
        ),
    ),
    **dict.fromkeys(
        ("selectattr", "rejectattr"),
        st.builds(
            lambda call, names: call._replace(arguments={str(index): one for index, one in enumerate(names)}),
            _calls(_ITERABLES),
            st.one_of(
                _ATTRIBUTE.map(lambda one: [one]),
                st.tuples(_ATTRIBUTE, _TESTS).map(list),
                st.tuples(_ATTRIBUTE, _TESTS, const("a", 1)).map(list),
            ),
        ),
    ),
    "items": _calls(known_mappings()),
    "dictsort": _calls(known_mappings(), case_sensitive=_FLAG, by=const("key", "value", "x"), reverse=_FLAG),
    "int": _calls(known(), default=const(0, -1, "x", 2.5), base=const(10, 16, 0)),
    "float": _calls(known(), default=const(0.0, 1, "x")),
    "abs": _calls(NUMBER),
    "round": _calls(
        NUMBER, precision=st.one_of(const(*range(-3, 8), 15, 30, 31, 2.0), NUMBER), method=const("common", "ceil", "floor", "up")
    ),
    "money": _calls(
        st.one_of(NUMBER, _text_of(NUMBERS.map(str))),
        CURRENCY=const(*_CURRENCIES),
        display=const("symbol", "code", "name", "other"),
        locale=const(*LOCALES, None, "xx"),
    ),
    "number": _calls(
        st.one_of(NUMBER, _text_of(NUMBERS.map(str))), decimals=const(*range(5), 20, 21, None, 2.0), locale=const(*LOCALES, None, "xx")
    ),
    "date": _calls(
        st.one_of(_text_of(_DATES), _text_of(FORMATTED["date"], format="date"), _text_of(FORMATTED["date-time"], format="date-time"), TEXT),
        pattern=const(*_DATE_PATTERNS),
        locale=const(*LOCALES, None),
    ),
    "phone": _calls(
        st.one_of(_text_of(st.sampled_from(_PHONES)), _text_of(FORMATTED["msisdn"], format="msisdn"), NUMBER, TEXT),
        style=const("e164", "international", "national", "other"),
    ),
}
"""For every filter by name."""

REFUSED = object()
"""The outcome of a call that refuses its row."""


def abstract(entry: FilterEntry, call: Call) -> Value:
    """What the transfer function gives; no value at all where it says that there is none."""
    taken = call.value.value.only(entry.takes)
    if taken.empty:
        return values.NOTHING
    arguments = {name: one.value for name, one in call.arguments.items()}
    try:
        return entry.transfer(FilterCall(taken, arguments, call.locales, filtering(call.locales)))
    except BadValueError:
        return values.NOTHING


def applied(entry: FilterEntry, call: Call) -> Value:
    """What the analysis has of the call, by whatever way."""
    arguments = {name: one.value for name, one in call.arguments.items()}
    return apply(entry, call.value.value, arguments, call.locales, "it is")[0]


_ENVIRONMENTS: dict[str, MessageEnvironment] = {}


def concrete(entry: FilterEntry, call: Call, most: int = 24) -> Iterator[tuple[Any, Mapping[str, Any], Any]]:
    """Values and arguments out of the sets, each with what the implementation really gives for them."""
    choices = product(call.locales, call.value.some, *(one.some for one in call.arguments.values()))
    for locale, one, *chosen in islice(choices, most):
        arguments = dict(zip(call.arguments, chosen, strict=True))
        yield one, arguments, run(entry, one, arguments, locale)


def run(entry: FilterEntry, value: Any, arguments: Mapping[str, Any], locale: str = "en") -> Any:
    """The implementation's own result; lazy lists as lists."""
    environment = _ENVIRONMENTS.setdefault(locale, MessageEnvironment(locale=locale))
    first: tuple[Any, ...] = {"environment": (environment,), "context": (_context(environment),)}.get(entry.context, ())
    positional = [arguments[name] for name in arguments if name.isdigit()]
    named = {name: one for name, one in arguments.items() if not name.isdigit()}
    try:
        result = entry.function(*first, value, *positional, **named)
        return _settled(result)
    except Exception:
        return REFUSED


def _settled(result: Any) -> Any:
    return [_settled(one) for one in result] if isinstance(result, (Iterator, list, tuple)) else result


def _context(environment: MessageEnvironment) -> Any:
    return environment.from_string("").new_context()
