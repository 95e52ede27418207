"""Writes ``expected/`` of every example again: ``python -m tests.update_examples``. Read the difference before it is committed."""

from __future__ import annotations

import sys

from tests.examples import examples


def main() -> int:
    """Render all; an example that does not render is named and the others go on."""
    failed = 0
    for example in examples():
        try:
            rendered = example.render()
        except AssertionError as error:
            print(error, file=sys.stderr)
            failed += 1
            continue
        example.expected.parent.mkdir(exist_ok=True)
        if not example.expected.exists() or example.expected.read_bytes() != rendered:
            example.expected.write_bytes(rendered)
            print(f"wrote {example.expected}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
