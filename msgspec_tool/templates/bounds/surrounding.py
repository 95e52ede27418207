"""The names around the templates of a spec, with all values that each can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, reduce

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import PLAIN, VISIBLE
from msgspec_tool.domain.values import Members, Value
from msgspec_tool.model import Variable
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.bounds.analysis import Allowance, Setting
from msgspec_tool.variables.bounds import declared_value

VERSION_LENGTH = 12
"""Characters of ``spec.version``."""

MOST_ROWS = 10**12
"""Rows of a recipients file: one of a trillion would be larger than any file system that holds it."""

_VERSION = texts.bounded(VERSION_LENGTH, VERSION_LENGTH, PLAIN | VISIBLE, PLAIN | VISIBLE)


def declared_values(variables: Mapping[str, Variable]) -> dict[str, Value]:
    """All values of each variable."""
    return {name: declared_value(variable) for name, variable in variables.items()}


def silent_variables(variables: Mapping[str, Variable]) -> frozenset[str]:
    """Variables whose default has no characters."""
    return frozenset(name for name, variable in variables.items() if variable.schema.get("default") == "")


def setting(
    variables: Mapping[str, Variable],
    *,
    spec_name: str,
    channels: Iterable[str],
    environments: Iterable[Mapping[str, Plain]],
    locales: Iterable[str],
    columns: Iterable[str] = (),
    allowance: Allowance | None = None,
    declared: Mapping[str, Value] | None = None,
    silent: frozenset[str] | None = None,
) -> Setting:
    """What surrounds a spec's templates: declared variables, ``env`` of every environment that may be chosen, ``spec``, ``recipient``.

    ``declared`` are the variables' values, ``silent`` those whose default has no characters, where they were worked out before;
    ``columns`` are names of a recipients file that no variable declares: anything may stand in them.
    """
    names: dict[str, Value] = {name: _column(name) for name in columns}
    names |= declared if declared is not None else declared_values(variables)
    names["env"] = _environment(tuple(environments))
    names["spec"] = spec_value(spec_name)
    names["recipient"] = _recipient(tuple(channels))
    silent = silent_variables(variables) if silent is None else silent
    return Setting(names, tuple(dict.fromkeys(locales)) or ("en",), silent, variables, spec_name, allowance or Allowance())


@lru_cache(maxsize=1024)
def _column(name: str) -> Value:
    return values.UNKNOWN.brought_by(frozenset((name,)))


@lru_cache(maxsize=64)
def spec_value(name: str) -> Value:
    """What ``spec`` holds."""
    return values.mapping({"name": values.constant(name), "version": values.of_text(_VERSION)})


_NO_ENVIRONMENT = Value(members=Members({}, values.UNKNOWN))
_ENVIRONMENTS: dict[str, Value] = {}
_MOST_ENVIRONMENTS = 8


def _environment(several: tuple[Mapping[str, Plain], ...]) -> Value:
    """The values of the environments together; what one of them lacks is told as an undefined name.

    One object for environments that say the same: all specs of a project have them.
    """
    if not any(several):
        return _NO_ENVIRONMENT
    written = repr(several)
    known = _ENVIRONMENTS.get(written)
    if known is None:
        if len(_ENVIRONMENTS) >= _MOST_ENVIRONMENTS:
            _ENVIRONMENTS.clear()
        known = _ENVIRONMENTS[written] = _environment_values(several)
    return known


def _environment_values(several: Iterable[Mapping[str, Plain]]) -> Value:
    known: dict[str, Value] = {}
    for environment in several:
        for name, value in environment.items():
            known[name] = values.join(known.get(name, values.NOTHING), values.constant(value))
    return Value(members=Members(known, values.UNKNOWN))


@lru_cache(maxsize=64)
def _recipient(channels: tuple[str, ...]) -> Value:
    address = texts.bounded(1, float("inf"), surely=VISIBLE).of(frozenset(("recipient.address",)))
    names = reduce(values.join, map(values.constant, channels), values.NOTHING)
    known = {
        "row": values.of_number(1, MOST_ROWS, integral=True, plain=True),
        "address": values.of_text(address),
        "channel": values.UNKNOWN if names.empty else names,
    }
    return values.mapping(known)
