"""The allow-list names what its modules hold."""

from __future__ import annotations

from importlib import import_module

import pytest

from msgspec_tool.templates.filters.functions import FILTER_ENTRIES, TEST_ENTRIES

FILTER_MODULES = ("lists", "selections", "texts", "numbers", "amounts", "dates", "phones")


def held(table: str, *modules: str) -> list[str]:
    """The names of the entries in some modules."""
    return [entry.name for module in modules for entry in getattr(import_module(f"msgspec_tool.templates.filters.{module}"), table)]


def test_every_entry_is_named_in_the_order_of_its_module() -> None:
    assert list(FILTER_ENTRIES) == held("FILTERS", *FILTER_MODULES)
    assert list(TEST_ENTRIES) == held("TESTS", "tests")
    assert (len(FILTER_ENTRIES), len(TEST_ENTRIES)) == (len(set(FILTER_ENTRIES)), len(set(TEST_ENTRIES)))


def test_an_entry_is_found_by_its_name() -> None:
    assert [entry.name for entry in (*FILTER_ENTRIES.values(), *TEST_ENTRIES.values())] == [*FILTER_ENTRIES, *TEST_ENTRIES]
    assert "pprint" not in FILTER_ENTRIES
    assert FILTER_ENTRIES.get("pprint") is None
    with pytest.raises(KeyError):
        TEST_ENTRIES["sameas"]
