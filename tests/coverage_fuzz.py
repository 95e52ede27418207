"""Coverage-guided fuzzing of everything that reads what strangers wrote: ``python -m tests.coverage_fuzz yaml -max_total_time=60``.

Not a part of the test suite: it runs for as long as it is told. A crash is an exception that a reader promises not to raise;
the input that caused it is written to a file.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["msgspec_tool"]):
    from msgspec_tool.errors import ToolError, UnreadableError
    from msgspec_tool.recipients.files import open_recipients
    from msgspec_tool.source.document import Field
    from msgspec_tool.source.json_reader import read_json
    from msgspec_tool.source.text import decode
    from msgspec_tool.source.yaml_reader import read_yaml
    from msgspec_tool.stages.load import load_body, load_spec
    from msgspec_tool.stages.validate import validate_body, validate_spec
    from msgspec_tool.templates.names.undeclared import undefined_names
    from msgspec_tool.templates.parsing import parse_template


def yaml(data: bytes) -> None:
    """Positions: every text maps into the file."""
    reading = read_yaml(decode("fuzz", data))
    if reading.document is None:
        return
    for field in Field(reading.document, (), reading.document.value).walk():
        spans = [field.span, field.key_span]
        if isinstance(field.value, str):
            spans += [field.text_span(0, len(field.value)), field.text_span(0, 0)]
        assert all(0 <= span.start <= span.end <= len(field.file.text) for span in spans), (field.path, spans)


def json(data: bytes) -> None:
    read_json(decode("fuzz", data))


def spec(data: bytes) -> None:
    loaded = load_spec("fuzz.msg.yaml", data)
    if not loaded.broken:
        validate_spec(loaded)


def body(data: bytes) -> None:
    validate_body(load_body("fuzz.json", data))


def template(data: bytes) -> None:
    source = data.decode("utf-8", "replace")
    parsed = parse_template(source)
    for problem in (*parsed.problems, *(undefined_names(parsed, frozenset({"a", "b"})) if parsed.tree is not None else ())):
        assert 0 <= problem.start <= problem.end <= len(source), problem


def recipients(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".csv") as stream:
        stream.write(data)
        stream.flush()
        file = open_recipients(Path(stream.name))
        for block in file.blocks(64):
            for _row in file.rows(block):
                pass


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": yaml,
    "json": json,
    "spec": spec,
    "body": body,
    "template": template,
    "recipients": recipients,
}


def main() -> None:
    target = TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        try:
            target(data)
        except (UnreadableError, ToolError):
            return

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
