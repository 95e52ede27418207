"""Writes the expected output of every case and transcript again: ``python -m tests.update_cases``. Read the difference."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.case_runs import cases
from tests.why_runs import TRANSCRIPTS, replayed, write_project


def main() -> None:
    for case in cases("err"):
        _code, output = case.run()
        case.expected.write_text(output, encoding="utf-8")
        differences = case.differences
        for file in case.folder.glob("*.diff"):
            if file not in differences:
                file.unlink()
        for file, text in differences.items():
            file.write_bytes(text.encode())
    with tempfile.TemporaryDirectory() as name:
        folder = write_project(Path(name).resolve())
        for transcript in TRANSCRIPTS:
            transcript.write_bytes(replayed(transcript.read_bytes().decode(), folder).encode())


if __name__ == "__main__":
    main()
