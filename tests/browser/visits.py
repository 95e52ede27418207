"""A browser, and visits to pages that say nothing on the console and ask nothing of anybody."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Route, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser without a user: in a container, with no services of its own that ask the network for something."""
PATIENCE = 10_000
"""Milliseconds that a page may take for what is expected of it; other tests keep the processors busy."""
SERIOUS = ("serious", "critical")
"""What axe-core calls the impact of a finding that keeps somebody from using a page."""


def executable() -> str:
    """Where the browser is. Without one the test is skipped, and fails where MSGSPEC_BROWSER is ``required``."""
    found = shutil.which("chromium")
    if found is None:
        reason = "no browser: 'chromium' is not installed (Debian and Ubuntu: apt-get install chromium)"
        if os.environ.get("MSGSPEC_BROWSER") == "required":
            pytest.fail(f"{reason}, and MSGSPEC_BROWSER=required", pytrace=False)
        pytest.skip(reason)
    return found


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page that somebody looks at, and what it did that it should not have done."""

    page: Page
    context: BrowserContext
    allowed: tuple[str, ...]
    """The beginnings of addresses that the page may ask for."""
    scripted: bool = True
    """Whether the page may run scripts."""
    complaints: list[str] = field(default_factory=list)
    """What the console was told, and exceptions that nothing caught."""
    strays: list[str] = field(default_factory=list)
    """Requests besides those for the page."""

    def listen(self) -> None:
        """From now on note what the page does that it should not."""
        self.context.on("console", self._said)
        self.context.on("weberror", lambda raised: self.complaints.append(f"exception: {raised.error}"))
        self.context.on("page", lambda opened: self.strays.append(f"a window: {opened.url}"))
        self.page.on("websocket", lambda opened: self.strays.append(f"a web socket: {opened.url}"))
        self.page.on("dialog", self._spoken_to)
        self.context.route("**/*", self._asked)

    def judge(self) -> None:
        """Fail where the page complained or asked for something."""
        self.settle()
        found = [*self.complaints, *self.strays]
        assert not found, found

    def settle(self) -> None:
        """Return when the page has done what it had begun, and all that the browser had to tell of it is told."""
        if self.scripted and not self.page.is_closed():
            self.page.evaluate("() => new Promise(done => setTimeout(done))")

    def accessible(self, part: str | None = None) -> None:
        """Fail where axe-core finds something serious on the page, or in the part that a selector names."""
        found = Axe().run(self.page, part, {"resultTypes": ["violations"], "preload": False}).response["violations"]
        shown = [
            f"{one['id']}: {one['help']}: {node['target']} {node['failureSummary']}"
            for one in found
            if one["impact"] in SERIOUS
            for node in one["nodes"][:5]
        ]
        assert not shown, shown

    def _said(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.type}: {said.text}")

    def _spoken_to(self, opened: Dialog) -> None:
        self.complaints.append(f"a dialog: {opened.message}")
        opened.dismiss()

    def _asked(self, route: Route, request: Request) -> None:
        if any(_begins(request.url, address) for address in self.allowed):
            route.continue_()
        else:
            self.strays.append(f"{request.method} {request.url}")
            route.abort()


def _begins(url: str, address: str) -> bool:
    """Whether a request is for the address itself, or for something below it where it ends with a slash."""
    plain = urlsplit(url)._replace(fragment="").geturl()
    return plain == address or (address.endswith("/") and not address.startswith("file:") and plain.startswith(address))


@contextlib.contextmanager
def visiting(browser: Browser, place: Path | str, **settings: Any) -> Iterator[Visit]:
    """Look at a file or a URL, in a profile of its own; ``settings`` are those of Playwright's ``new_context``.

    At the end the page is judged, unless the test has failed before.
    """
    url = place.absolute().as_uri() if isinstance(place, Path) else place
    context = browser.new_context(**settings)
    context.set_default_timeout(PATIENCE)
    try:
        visit = Visit(context.new_page(), context, (url,), settings.get("java_script_enabled", True))
        visit.listen()
        visit.page.goto(url)
        yield visit
        visit.judge()
    finally:
        context.close()
