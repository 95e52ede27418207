"""The pictures of the documentation: each is shown, and none is heavy. How they look is for people to say."""

from __future__ import annotations

import re

from tests.command import CHECKOUT
from tests.update_screenshots import FOLDER, MOST_BYTES, PICTURES


def test_every_picture_is_taken_and_shown() -> None:
    shown = re.findall(r"!\[[^]]*\]\(preview/(\S+)\.png\)", (CHECKOUT / "docs" / "preview.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(picture.name for picture in PICTURES) == sorted(file.stem for file in FOLDER.iterdir())


def test_pictures_are_small() -> None:
    assert [file.name for file in FOLDER.iterdir() if file.stat().st_size > MOST_BYTES] == []
