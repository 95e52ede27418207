"""``schema``: the published JSON Schemas."""

from __future__ import annotations

import click

from msgspec_tool.cli.output import print_json


@click.command("schema", short_help="print a JSON Schema")
@click.argument("what", type=click.Choice(["spec", "payload", "config", "report", "test", "baseline", "submit", "diff"]), default="spec")
def command(what: str) -> int:
    """Print a JSON Schema: of specs, of request bodies, of the project file, or of what lint (report), test, submit and diff write as JSON.

    Each is complete: what a schema refers to is in it.
    """
    from msgspec_tool.schema.registry import bundled

    print_json(bundled(what))
    return 0
