"""The package of Jinja, whose own names are loaded when somebody asks for one: its parser can be had without its compiler.

Importing any module of a package runs the package's ``__init__`` first. That of Jinja imports all of Jinja: compiler, runtime, filters,
loaders and a cache of bytecode, with pickle, tempfile and OpenSSL for that; which takes longer than lint takes to check a spec, and lint
needs the parser only. So the package is put in place as Python would put it, and its ``__init__`` runs when a name is asked for that
is no module of it. Whoever imports Jinja elsewhere in the process gets the same package with the same names.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

NAME = "jinja2"
_LOADER = "__loader_of_names__"
"""What runs the package's ``__init__``, as long as nobody has run it."""
_LOADING = RLock()
"""Held while it runs: another thread that asks for a name waits."""


class _Package(ModuleType):
    """A package of which only modules were asked for."""

    def __getattr__(self, name: str) -> Any:
        if find_spec(f"{NAME}.{name}") is not None:
            return import_module(f"{NAME}.{name}")
        with _LOADING:
            loader = self.__dict__.pop(_LOADER, None)
            if loader is not None:
                loader.exec_module(self)
                ModuleType.__setattr__(self, "__class__", ModuleType)
        return ModuleType.__getattribute__(self, name)


def put_in_place() -> None:
    """Put the package in place, where nothing has imported it yet."""
    spec = None if NAME in sys.modules else find_spec(NAME)
    if spec is not None:
        package = sys.modules[NAME] = module_from_spec(spec)
        package.__dict__[_LOADER] = spec.loader
        package.__class__ = _Package
