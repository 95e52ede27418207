"""What options of several commands have in common."""

from __future__ import annotations

from typing import Any

import click


class _Named(click.types.StringParamType):
    """A name that is not empty. ``--suppress "$LIST"`` where the shell knows no LIST must not be taken for a run without it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(super().convert(value, param, ctx))
        return name or self.fail("it is empty; is a variable of the shell not set?", param, ctx)


class _RunName(click.types.StringParamType):
    """The name of a run, which may be empty: it is part of a plan's identity and stands in its manifest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(super().convert(value, param, ctx))
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            self.fail("it is not UTF-8", param, ctx)
        return name


NAMED = _Named()
RUN_NAME = _RunName()

ENVIRONMENT = click.option("--env", "environment", type=NAMED, metavar="NAME", help="The environment whose values templates read.")
NOW = click.option("--now", type=NAMED, metavar="TIME", help="The clock of the run; the present without it.")
CONFIG = click.option("--config", type=NAMED, metavar="FILE", help="The project file, in place of the nearest msgspec.yaml.")
