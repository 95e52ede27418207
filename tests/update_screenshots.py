"""Takes the pictures of the preview that the documentation shows: ``python -m tests.update_screenshots``.

Look at them before they are committed: they are what a reviewer will see.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.example_pages import example_page
from tests.browser.visits import browsing, visiting
from tests.command import CHECKOUT

FOLDER = CHECKOUT / "docs" / "preview"
MOST_BYTES = 200_000
"""What a picture may take: everybody who clones the repository has them all."""

ROOM = 16
"""Pixels around an element."""


@dataclass(frozen=True)
class Picture:
    """A picture of the whole window, or of the first element that fits a selector."""

    name: str
    scheme: str = "light"
    element: str = ""
    width: int = 1280
    height: int = 800


PICTURES = (
    Picture("overview"),
    Picture("overview-dark", "dark"),
    Picture("narrow", width=390, height=844),
    Picture("findings", element="#m-misspelt"),
    Picture("sms", element="#m-appointment-reminder .message"),
    Picture("voice", element="#m-outage-call .message"),
    Picture("push", element="#m-gate-change .message", width=1700),
    Picture("in-app", "dark", "#m-confirm-payment .message"),
    Picture("messenger", element="#m-back-in-stock .message"),
    Picture("messenger-receipt", "dark", "#m-order-receipt .message[data-channel=fb]"),
    Picture("twitter", "dark", "#m-lost-luggage .message"),
    Picture("wechat", element="#m-boarding-pass .message"),
)

ALONE = """(one) => {
  for (const part of document.querySelectorAll(".top, .side")) part.style.position = "static";
  for (const spec of document.querySelectorAll(".spec")) {
    spec.style.contentVisibility = "visible";
    spec.hidden = !spec.contains(one);
  }
  for (const body of one.querySelectorAll(".body")) body.hidden = true;
}"""
"""Nothing lies over an element, or moves it while it is looked at, and its message object is left out."""


def taken(page: Page, element: str) -> bytes:
    """The picture as PNG; of an element with some room around it."""
    if not element:
        return page.screenshot(animations="disabled")
    one = page.locator(element).first
    one.evaluate(ALONE)
    box = one.bounding_box()
    assert box is not None
    x, y, width, height = box["x"] - ROOM, box["y"] - ROOM, box["width"] + 2 * ROOM, box["height"] + 2 * ROOM
    return page.screenshot(animations="disabled", full_page=True, clip={"x": x, "y": y, "width": width, "height": height})


def main() -> None:
    """Every picture, from a page of the examples."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        page = example_page(Path(folder))
        for picture in PICTURES:
            size = {"width": picture.width, "height": picture.height}
            with visiting(browser, page, color_scheme=picture.scheme, viewport=size, reduced_motion="reduce") as visit:
                data = taken(visit.page, picture.element)
            assert len(data) < MOST_BYTES, f"{picture.name}: {len(data):,} bytes"
            (FOLDER / f"{picture.name}.png").write_bytes(data)
            print(f"wrote {picture.name}.png: {len(data):,} bytes")


if __name__ == "__main__":
    main()
