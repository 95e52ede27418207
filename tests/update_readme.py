"""Writes the outputs in README and docs, its picture and the reference of the rules again: ``python -m tests.update_readme``.

Read the difference before it is committed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.documents import DOCUMENTS, replay
from tests.finding_picture import PICTURE, picture
from tests.rule_reference import DOCUMENT, reference


def main() -> None:
    """All documents, each in a folder of its own; first what is generated as a whole."""
    DOCUMENT.write_text(reference(), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            replayed = replay(text, Path(folder).resolve())
        if replayed != text:
            document.write_text(replayed, encoding="utf-8")
            print(f"wrote {document.name}")


if __name__ == "__main__":
    main()
