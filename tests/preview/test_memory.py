"""A page that is made again says what it would say if it were made for the first time, whatever was changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from msgspec_tool.caching.watching import Noted, Watch
from msgspec_tool.errors import ToolError
from msgspec_tool.preview import run
from msgspec_tool.preview.pages import PageMaker
from msgspec_tool.preview.run import PreviewOptions
from tests.command import CHECKOUT

NOW = datetime(2030, 1, 1, 9, 30, tzinfo=timezone.utc)
DUE = "sms-personalised/card-payment-due.msg.yaml"
SOME = ("sms-personalised", "partials-and-macros", "push-interactive")

Change = Callable[[Path], object]


def replaced(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


CHANGES: dict[str, Change] = {
    "nothing": lambda folder: None,
    "a text": replaced(DUE, "is due", "has to be paid"),
    "a text that breaks": replaced(DUE, "has to be paid", "has {{ nothing }} to be paid"),
    "a text that is mended": replaced(DUE, "has {{ nothing }} to be paid", "is due"),
    "a partial": lambda folder: next(iter(sorted((folder / "partials").iterdir()))).write_text("Other words"),
    "a spec that says the same as another": lambda folder: shutil.copy(folder / DUE, folder / "sms-personalised" / "again.msg.yaml"),
    "that spec goes": lambda folder: (folder / "sms-personalised" / "again.msg.yaml").unlink(),
    "the project file": replaced("msgspec.yaml", "MERIDIAN", "BANK"),
    "a header of recipients": lambda folder: next((folder / "sms-personalised").glob("*.csv")).write_text("another\nrow\n"),
    "a project file with mistakes": lambda folder: (folder / "msgspec.yaml").write_text("msgspec: [\n"),
    "no project file": lambda folder: (folder / "msgspec.yaml").unlink(),
}
"""Each after those before it."""


def examples(folder: Path) -> None:
    """Some of them, with what they share."""
    for name in ("msgspec.yaml", "partials", *SOME):
        place = CHECKOUT / "specs_examples" / name
        shutil.copytree(place, folder / name) if place.is_dir() else shutil.copy(place, folder)


def page(maker: PageMaker, options: PreviewOptions, noted: Noted) -> str:
    try:
        return maker.page(options, noted).html
    except ToolError as error:
        return error.message


def test_every_change_is_on_the_page(tmp_path: Path) -> None:
    examples(tmp_path)
    (tmp_path / ".git").mkdir()
    options = PreviewOptions(NOW, paths=(str(tmp_path),), environment="production")
    maker, before, watch = PageMaker(NOW), "", None
    for name, change in CHANGES.items():
        change(tmp_path)
        noted = Noted()
        made = page(maker, options, noted)
        assert made == page(PageMaker(NOW), options, Noted()), name
        assert (made != before) or name == "nothing", name
        # whatever changes the page is noticed by who watches what the page before rests on
        assert watch is None or made == before or watch.broken(), name
        before, watch = made, Watch(noted.facts)
        assert not watch.broken()


def test_only_what_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples(tmp_path)
    options = PreviewOptions(NOW, paths=(str(tmp_path),), environment="production")
    rendered: list[str] = []
    render = run._rendered
    monkeypatch.setattr(run, "_rendered", lambda one, *others: rendered.append(one.file.path) or render(one, *others))
    maker = PageMaker(NOW)
    page(maker, options, Noted())
    assert len(rendered) == len(SOME)
    rendered.clear()
    replaced(DUE, "is due", "has to be paid")(tmp_path)
    page(maker, options, Noted())
    assert rendered == [(tmp_path / DUE).as_posix()]
