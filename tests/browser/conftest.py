"""One browser for the tests of this folder; it ends with them, because its event loop would be in the way of others' loops."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import PATIENCE, Visit, browsing, visiting


class Look(Protocol):
    """Opens a file or a URL."""

    def __call__(self, place: Path | str, **settings: Any) -> Visit: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with browsing() as one:
        yield one


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Visits that are judged when the test is over."""
    with contextlib.ExitStack() as visits:
        yield lambda place, **settings: visits.enter_context(visiting(browser, place, **settings))
