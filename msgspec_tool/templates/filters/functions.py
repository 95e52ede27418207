"""The allow-list: every filter, test and function that a template may use, one entry each, in the order of the reference."""

from __future__ import annotations

import operator

from jinja2 import tests as jinja_tests

from msgspec_tool.domain.values import ITEMS, MEMBERS, NULL, NUMBER, TEXT, TRUTH
from msgspec_tool.templates.filters import amounts, dates, lists, numbers, phones, selections, texts
from msgspec_tool.templates.filters.entries import FilterEntry, FunctionEntry, TestEntry

FILTERS: tuple[FilterEntry, ...] = (
    *lists.FILTERS,
    *selections.FILTERS,
    *texts.FILTERS,
    *numbers.FILTERS,
    *amounts.FILTERS,
    *dates.FILTERS,
    *phones.FILTERS,
)
"""Each stands with its implementation and its bounds in the module of its kind."""

TESTS: tuple[TestEntry, ...] = (
    TestEntry("defined", jinja_tests.test_defined, "has a value, null included"),
    TestEntry("undefined", jinja_tests.test_undefined, "has none"),
    TestEntry("none", jinja_tests.test_none, "is null", NULL),
    TestEntry("boolean", jinja_tests.test_boolean, "is true or false", TRUTH),
    TestEntry("true", jinja_tests.test_true, "is true"),
    TestEntry("false", jinja_tests.test_false, "is false"),
    TestEntry("string", jinja_tests.test_string, "is text", TEXT),
    TestEntry("number", jinja_tests.test_number, "is a number", NUMBER | TRUTH),
    TestEntry("integer", jinja_tests.test_integer, "is a whole number"),
    TestEntry("float", jinja_tests.test_float, "is a number with decimals"),
    TestEntry("mapping", jinja_tests.test_mapping, "is a mapping", MEMBERS),
    TestEntry("sequence", jinja_tests.test_sequence, "is a list or text", TEXT | ITEMS | MEMBERS),
    TestEntry("iterable", jinja_tests.test_iterable, "can be looped over", TEXT | ITEMS | MEMBERS),
    TestEntry("odd", jinja_tests.test_odd, "is odd"),
    TestEntry("even", jinja_tests.test_even, "is even"),
    TestEntry("divisibleby", jinja_tests.test_divisibleby, "can be divided without rest"),
    TestEntry("lower", jinja_tests.test_lower, "is in small letters"),
    TestEntry("upper", jinja_tests.test_upper, "is in capitals"),
    TestEntry("in", jinja_tests.test_in, "is an element"),
    *(
        TestEntry(name, function, "compares")
        for function, names in (
            (operator.eq, ("==", "eq", "equalto")),
            (operator.ne, ("!=", "ne")),
            (operator.gt, (">", "gt", "greaterthan")),
            (operator.ge, (">=", "ge")),
            (operator.lt, ("<", "lt", "lessthan")),
            (operator.le, ("<=", "le")),
        )
        for name in names
    ),
)

FILTER_ENTRIES = {entry.name: entry for entry in FILTERS}
TEST_ENTRIES = {entry.name: entry for entry in TESTS}
"""By name."""

FUNCTIONS: tuple[FunctionEntry, ...] = (
    FunctionEntry("smartlink", "smartlink(id)", "the platform's placeholder of a link declared under channels.smartlinks"),
    FunctionEntry("omit", "omit", "leaves the field out: {{ x | default(omit) }}"),
    FunctionEntry("range", "range(stop) or range(start, stop, step)", "numbers, at most 1,000"),
    FunctionEntry("dict", "dict(key=value, …)", "a mapping"),
    FunctionEntry("namespace", "namespace(key=value, …)", "values that a loop may set", straight=False),
)

FUNCTION_NAMES = frozenset(entry.name for entry in FUNCTIONS)
"""Names in every template's scope besides the data."""

STRAIGHT_FUNCTIONS = frozenset(entry.name for entry in FUNCTIONS if entry.straight)

TAGS = ("if", "for", "set", "macro", "call", "filter", "with", "include", "import", "from", "raw", "print")
"""Tags that a template may use."""

_MARKUP = "messages are no HTML"
_WIDTH = "a width from data could make a text of any size"

REFUSED_FILTERS: dict[str, str] = {
    "pprint": "its output is meant for programmers",
    "format": f"{_WIDTH}; put the values into the text, or use number",
    "center": f"{_WIDTH}",
    "indent": f"{_WIDTH}",
    "wordwrap": "phones break lines themselves",
    "batch": f"{_WIDTH}",
    "slice": f"{_WIDTH}",
    "groupby": "sort the data before it comes here",
    "filesizeformat": "use number",
    "safe": _MARKUP,
    "escape": _MARKUP,
    "e": _MARKUP,
    "forceescape": _MARKUP,
    "xmlattr": _MARKUP,
    "urlize": _MARKUP,
    "striptags": _MARKUP,
}
"""Filters of Jinja that are not allowed, and why. ``attr`` is unsafe and has its own finding."""

CHANCE_FILTERS = frozenset(("random", "shuffle", "to_uuid"))
"""Filters of Jinja and its relatives whose result is another one every time, or looks so."""

CLOCKS = frozenset(("now", "utcnow", "today", "datetime", "timestamp", "strftime"))
CHANCES = frozenset(("random", "randint", "randrange", "choice", "shuffle", "uuid", "uuid1", "uuid4", "lipsum"))
"""Names by which other programs offer the time and chance; here they are names like any other."""

REFUSED_TESTS: dict[str, str] = {
    "sameas": "identity is no property of data; use eq",
    "callable": "data holds no functions",
    "escaped": _MARKUP,
    "filter": "the list of filters is fixed",
    "test": "the list of tests is fixed",
}
"""Tests of Jinja that are not allowed, and why."""

REFUSED_TAGS: dict[str, str] = {
    "extends": "use include",
    "block": "use include or macro",
    "autoescape": _MARKUP,
    "do": "use set",
    "break": "use the loop's own if",
    "continue": "use if",
    "trans": "write one spec a language, or choose with if",
    "debug": "it would print data",
}
"""Tags of Jinja and its extensions that are not allowed, and what to do."""

REFUSED_GLOBALS: dict[str, str] = {
    "cycler": "use loop.cycle",
    "joiner": "use the join filter",
    "self": "templates have no blocks",
    "super": "templates have no blocks",
}
"""Global names of Jinja that are not allowed, and why."""

TEXT_METHODS = frozenset(
    (
        *("upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "swapcase", "casefold"),
        *(
            "startswith",
            "endswith",
            "find",
            "rfind",
            "index",
            "rindex",
            "count",
            "split",
            "rsplit",
            "splitlines",
            "partition",
            "rpartition",
        ),
        *(
            "removeprefix",
            "removesuffix",
            "isdigit",
            "isalpha",
            "isalnum",
            "isnumeric",
            "isdecimal",
            "isspace",
            "islower",
            "isupper",
            "istitle",
        ),
    )
)
"""Methods of text that can't make it longer."""

MAPPING_METHODS = frozenset(("get", "items", "keys", "values"))
LIST_METHODS = frozenset(("index", "count"))

REFUSED_METHODS: dict[str, str] = {
    "format": "put the values into the text, or use number",
    "format_map": "put the values into the text",
    "join": "use the join filter",
    "replace": "use the replace filter",
    **dict.fromkeys(("center", "ljust", "rjust", "zfill", "expandtabs"), _WIDTH),
    **dict.fromkeys(("encode", "translate", "maketrans"), "messages are made of text"),
    **dict.fromkeys(
        ("append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "sort", "setdefault", "update"),
        "a template can't change data",
    ),
}
"""Methods that a template may not call, and why."""
