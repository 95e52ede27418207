"""Writes again what ``diff`` is expected to say: ``python -m tests.update_reviews``. Read the difference."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.review.comparisons import STORED, outputs


def main() -> None:
    for name in STORED:
        with tempfile.TemporaryDirectory() as folder:
            for file, _code, output in outputs(name, Path(folder)):
                file.write_text(output, encoding="utf-8")


if __name__ == "__main__":
    main()
