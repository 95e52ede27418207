"""The allow-list: the names of every filter, test and function that a template may use, in the order of the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Generic, TypeVar

from msgspec_tool.templates.filters.entries import FilterEntry, FunctionEntry, TestEntry

Entry = TypeVar("Entry", FilterEntry, TestEntry)


class Entries(Mapping[str, Entry], Generic[Entry]):
    """Entries by name. Each stands with its implementation and its bounds in the module of its kind, loaded when a template uses one."""

    def __init__(self, table: str, modules: Mapping[str, tuple[str, ...]]) -> None:
        """``table`` is what the modules call their entries, ``modules`` has the names of those in each."""
        self._table = table
        self._modules = {name: module for module, names in modules.items() for name in names}

    def __getitem__(self, name: str) -> Entry:
        found: Entry = _entries(self._modules[name], self._table)[name]
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


@cache
def _entries(module: str, table: str) -> dict[str, Any]:
    return {entry.name: entry for entry in getattr(import_module(f"{__package__}.{module}"), table)}


FILTER_ENTRIES: Entries[FilterEntry] = Entries(
    "FILTERS",
    {
        "lists": ("default", "d", "length", "count", "join", "sum", "items", "dictsort"),
        "selections": (
            *("first", "last", "list", "sort", "unique", "reverse", "min"),
            *("max", "map", "select", "reject", "selectattr", "rejectattr"),
        ),
        "texts": (
            *("upper", "lower", "capitalize", "title", "trim", "replace", "truncate"),
            *("string", "wordcount", "urlencode", "tojson", "gsm7", "bytes"),
        ),
        "numbers": ("int", "float", "abs", "round"),
        "amounts": ("money", "number"),
        "dates": ("date",),
        "phones": ("phone",),
    },
)

TEST_ENTRIES: Entries[TestEntry] = Entries(
    "TESTS",
    {
        "tests": (
            *("defined", "undefined", "none", "boolean", "true", "false", "string", "number", "integer", "float"),
            *("mapping", "sequence", "iterable", "odd", "even", "divisibleby", "lower", "upper", "in"),
            *("==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", ">=", "ge", "<", "lt", "lessthan", "<=", "le"),
        ),
    },
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
