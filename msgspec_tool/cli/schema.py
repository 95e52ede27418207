"""``schema``: the published JSON Schemas."""

from __future__ import annotations

import click

from msgspec_tool.cli.output import print_lines


@click.command("schema", short_help="print a JSON Schema")
@click.argument("what", type=click.Choice(["spec", "payload", "config", "report"]), default="spec")
def command(what: str) -> int:
    """Print a JSON Schema: of specs, of request bodies, of the project file, or of the JSON report.

    Each is complete: what a schema refers to is in it.
    """
    import json

    from msgspec_tool.schema.registry import bundled

    print_lines([json.dumps(bundled(what), indent=2, ensure_ascii=False)])
    return 0
