"""What the other tests of this folder rest on: a page that does what it should not is found out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import visits
from tests.browser.conftest import Look
from tests.browser.visits import visiting

HEAD = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>"


def written(folder: Path, body: str) -> Path:
    file = folder / "page.html"
    file.write_text(HEAD + body, encoding="utf-8")
    return file


def test_a_quiet_page(look: Look, tmp_path: Path) -> None:
    visit = look(written(tmp_path, "<p id=one>Hello</p>"))
    assert visit.page.locator("#one").inner_text() == "Hello"
    visit.accessible()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>console.error('one')</script>", "error: one"),
        ("<script>console.warn('one')</script>", "warning: one"),
        ("<script>throw new Error('one')</script>", "exception: one"),
        ("<script>Promise.reject(new Error('one'))</script>", "exception: one"),
        ("<script>alert('one')</script>", "a dialog: one"),
    ],
)
def test_a_page_that_complains(browser: Browser, tmp_path: Path, body: str, complaint: str) -> None:
    with visiting(browser, written(tmp_path, body)) as visit:
        visit.settle()
        assert [one for one in visit.complaints if one.startswith(complaint)], visit.complaints
        visit.complaints.clear()


@pytest.mark.parametrize(
    ("body", "stray"),
    [
        ("<img alt=one src=http://127.0.0.1:9/one.png>", "GET http://127.0.0.1:9/one.png"),
        ("<img alt=one src=other.png>", "other.png"),
        ("<script>fetch('http://127.0.0.1:9/', {method: 'POST', mode: 'no-cors'}).catch(() => {})</script>", "POST http://127.0.0.1:9/"),
        ("<style>p {background: url(http://127.0.0.1:9/two)}</style><p>Hello</p>", "GET http://127.0.0.1:9/two"),
        ("<script>new WebSocket('ws://127.0.0.1:9/')</script>", "a web socket: ws://127.0.0.1:9/"),
    ],
)
def test_a_page_that_asks_for_something(browser: Browser, tmp_path: Path, body: str, stray: str) -> None:
    with visiting(browser, written(tmp_path, body)) as visit:
        visit.settle()
        assert [one for one in visit.strays if one.endswith(stray)], visit.strays
        visit.strays.clear()
        visit.complaints.clear()


def test_a_visit_ends_with_a_judgement(browser: Browser, tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="one"),
        visiting(browser, written(tmp_path, "<script>console.error('one')</script>")),
    ):
        pass


def test_a_page_that_keeps_people_out(look: Look, tmp_path: Path) -> None:
    visit = look(written(tmp_path, "<button></button>"))
    with pytest.raises(AssertionError, match="button-name"):
        visit.accessible()


def test_without_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits.shutil, "which", lambda _name: None)
    monkeypatch.delenv("MSGSPEC_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="'chromium' is not installed"):
        visits.executable()
    monkeypatch.setenv("MSGSPEC_BROWSER", "required")
    with pytest.raises(pytest.fail.Exception, match="MSGSPEC_BROWSER=required"):
        visits.executable()
