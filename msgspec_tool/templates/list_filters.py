"""Filters over lists and mappings, bounded; those of Jinja that are safe as they are stand in the table directly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Undefined
from jinja2.environment import Environment
from jinja2.filters import make_attrgetter, sync_do_unique

from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.printing import joined, listed, printed
from msgspec_tool.templates.values import shape


def default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """``default_value`` where the value is missing: null as well as undefined; with ``boolean`` also where it is empty."""
    missing = value is None or isinstance(value, Undefined)
    return default_value if missing or (boolean and not value) else value


def length(value: Any) -> int:
    """Number of characters, elements or keys."""
    if isinstance(value, (str, list, tuple, dict, range, Undefined)):
        return len(value)
    if isinstance(value, Iterator):
        return len(listed(value))
    raise BadValueError(f"length needs a text, a list or a mapping, got {shape(value)}")


def join(environment: Environment, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """All elements as one text, ``d`` between them; of mappings one ``attribute``."""
    items = iter(value)
    if attribute is not None:
        items = map(make_attrgetter(environment, attribute), items)
    between = printed(d)

    def parts() -> Iterator[Any]:
        for index, item in enumerate(items):
            if index and between:
                yield between
            yield item

    return joined(parts())


def total(environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    """Sum of numbers, or of an ``attribute`` of each element."""
    getter = make_attrgetter(environment, attribute) if attribute is not None else lambda item: item
    result = _summand(start)
    for item in value:
        result = result + _summand(getter(item))
    return result


def _summand(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadValueError(f"sum needs numbers, got {shape(value)}")
    return value


def as_list(value: Iterable[Any]) -> list[Any]:
    """As a list: the characters of a text, the keys of a mapping."""
    return listed(value)


def unique(environment: Environment, value: Iterable[Any], case_sensitive: bool = False, attribute: str | int | None = None) -> list[Any]:
    """Without repetitions, in order of first appearance."""
    return list(sync_do_unique(environment, listed(value), case_sensitive, attribute))


def backwards(value: Any) -> Any:
    """The other way round: a text or a list."""
    if isinstance(value, str):
        return value[::-1]
    if value is None:
        raise BadValueError("reverse needs a text or a list, got null")
    return listed(value)[::-1]
