"""Writes again what each format, and ``--as-api``, is expected to say: ``python -m tests.update_formats``. Read the difference."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.answer_runs import answer_runs
from tests.format_runs import runs


def main() -> None:
    for run in runs():
        with tempfile.TemporaryDirectory() as work:
            for name, text in run.reports(Path(work)).items():
                run.expected(name).parent.mkdir(exist_ok=True)
                run.expected(name).write_text(text, encoding="utf-8")
    for answered in answer_runs():
        answered.expected.write_text(answered.said(), encoding="utf-8")


if __name__ == "__main__":
    main()
