"""The allow-list: every filter, test and function that a template may use, one entry each, in the order of the reference."""

from __future__ import annotations

import operator

from jinja2 import filters as jinja
from jinja2 import tests as jinja_tests

from msgspec_tool.templates import list_filters, locale_filters, number_filters, text_filters
from msgspec_tool.templates.entries import FilterEntry, FunctionEntry, TestEntry

FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry("default", list_filters.default, "default(value='', boolean=false)", "replaces what is missing: null or undefined"),
    FilterEntry("d", list_filters.default, "d(value='', boolean=false)", "the same as default"),
    FilterEntry("upper", text_filters.upper, "upper", "in capitals"),
    FilterEntry("lower", text_filters.lower, "lower", "in small letters"),
    FilterEntry("capitalize", text_filters.capitalize, "capitalize", "first letter a capital, the others small"),
    FilterEntry("title", text_filters.title, "title", "each word with a capital"),
    FilterEntry("trim", text_filters.trim, "trim(chars=blanks)", "without blanks at both ends"),
    FilterEntry("replace", text_filters.replace, "replace(old, new, count=all)", "one text for another"),
    FilterEntry(
        "truncate",
        text_filters.truncate,
        "truncate(length=255, killwords=false, end='...', leeway=5)",
        "cut to a length in characters",
        context="environment",
    ),
    FilterEntry("string", text_filters.string, "string", "as text"),
    FilterEntry("wordcount", text_filters.wordcount, "wordcount", "number of words"),
    FilterEntry("urlencode", text_filters.urlencode, "urlencode", "fit for a URL"),
    FilterEntry("tojson", text_filters.tojson, "tojson(indent=none)", "as JSON text"),
    FilterEntry("gsm7", text_filters.gsm7, "gsm7", "with what GSM-7 lacks replaced"),
    FilterEntry("bytes", text_filters.cut_bytes, "bytes(count)", "cut to a number of UTF-8 bytes, never inside a character"),
    FilterEntry("int", number_filters.integer, "int(default=0, base=10)", "as a whole number"),
    FilterEntry("float", number_filters.floating, "float(default=0.0)", "as a number"),
    FilterEntry("abs", number_filters.absolute, "abs", "without its sign"),
    FilterEntry("round", number_filters.rounded, "round(precision=0, method='common')", "rounded: common, ceil or floor"),
    FilterEntry(
        "money",
        locale_filters.money,
        "money(currency, display='symbol', locale=the environment's)",
        "an amount: display is symbol, code or name",
        context="environment",
    ),
    FilterEntry(
        "number",
        locale_filters.number,
        "number(decimals=all, locale=the environment's)",
        "a number with a language's grouping and signs",
        context="environment",
    ),
    FilterEntry(
        "date",
        locale_filters.date,
        "date(pattern='medium', locale=the environment's)",
        "an ISO date or time by a CLDR pattern",
        context="environment",
    ),
    FilterEntry("phone", locale_filters.phone, "phone(style='international')", "a phone number: e164, international or national"),
    FilterEntry("length", list_filters.length, "length", "number of characters, elements or keys"),
    FilterEntry("count", list_filters.length, "count", "the same as length"),
    FilterEntry("first", jinja.do_first, "first", "the first element", context="environment"),
    FilterEntry("last", jinja.do_last, "last", "the last element", context="environment"),
    FilterEntry("join", list_filters.join, "join(between='', attribute=none)", "all elements as one text", context="environment"),
    FilterEntry("list", list_filters.as_list, "list", "as a list"),
    FilterEntry("sort", jinja.do_sort, "sort(reverse=false, case_sensitive=false, attribute=none)", "in order", context="environment"),
    FilterEntry(
        "unique", list_filters.unique, "unique(case_sensitive=false, attribute=none)", "without repetitions", context="environment"
    ),
    FilterEntry("reverse", list_filters.backwards, "reverse", "the other way round"),
    FilterEntry("min", jinja.do_min, "min(case_sensitive=false, attribute=none)", "the smallest element", context="environment"),
    FilterEntry("max", jinja.do_max, "max(case_sensitive=false, attribute=none)", "the largest element", context="environment"),
    FilterEntry("sum", list_filters.total, "sum(attribute=none, start=0)", "sum of numbers", context="environment"),
    FilterEntry(
        "map", jinja.sync_do_map, "map(filter, …) or map(attribute=name)", "a filter on each element", context="context", straight=False
    ),
    FilterEntry("select", jinja.sync_do_select, "select(test, …)", "elements that pass a test", context="context", straight=False),
    FilterEntry("reject", jinja.sync_do_reject, "reject(test, …)", "elements that fail a test", context="context", straight=False),
    FilterEntry(
        "selectattr",
        jinja.sync_do_selectattr,
        "selectattr(attribute, test, …)",
        "by a test on an attribute",
        context="context",
        straight=False,
    ),
    FilterEntry(
        "rejectattr",
        jinja.sync_do_rejectattr,
        "rejectattr(attribute, test, …)",
        "by a failed test on an attribute",
        context="context",
        straight=False,
    ),
    FilterEntry("items", jinja.do_items, "items", "(key, value) pairs of a mapping"),
    FilterEntry("dictsort", jinja.do_dictsort, "dictsort(case_sensitive=false, by='key', reverse=false)", "sorted pairs of a mapping"),
)

TESTS: tuple[TestEntry, ...] = (
    TestEntry("defined", jinja_tests.test_defined, "has a value, null included"),
    TestEntry("undefined", jinja_tests.test_undefined, "has none"),
    TestEntry("none", jinja_tests.test_none, "is null"),
    TestEntry("boolean", jinja_tests.test_boolean, "is true or false"),
    TestEntry("true", jinja_tests.test_true, "is true"),
    TestEntry("false", jinja_tests.test_false, "is false"),
    TestEntry("string", jinja_tests.test_string, "is text"),
    TestEntry("number", jinja_tests.test_number, "is a number"),
    TestEntry("integer", jinja_tests.test_integer, "is a whole number"),
    TestEntry("float", jinja_tests.test_float, "is a number with decimals"),
    TestEntry("mapping", jinja_tests.test_mapping, "is a mapping"),
    TestEntry("sequence", jinja_tests.test_sequence, "is a list or text"),
    TestEntry("iterable", jinja_tests.test_iterable, "can be looped over"),
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
    "random": "the same data must give the same message",
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
    "lipsum": "the same data must give the same message",
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
