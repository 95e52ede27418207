"""Tests (``value is name(arguments)``): Jinja's own, and what is known of them for all values."""

from __future__ import annotations

import operator

from jinja2 import tests as jinja_tests

from msgspec_tool.domain.values import ITEMS, MEMBERS, NULL, NUMBER, TEXT, TRUTH
from msgspec_tool.templates.filters.entries import TestEntry

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
