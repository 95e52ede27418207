"""Write what is found in the corpus below each template: ``python -m tests.update_corpus``. Read the difference."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.corpus_runs import ROOT, entries, write


def main() -> None:
    known = entries("finds")
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted((ROOT / "finds").glob("*.txt")):
            write(file, [(entry, entry.found(Path(folder), "default")) for entry in known if entry.file == file])


if __name__ == "__main__":
    main()
