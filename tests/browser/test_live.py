"""``preview --serve`` in a browser: what is saved is shown, and readers stay where they were."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.live_previews import LivePreview, serving

SPEC = """\
msgspec: 1
name: {name}
owner: {owner}
deliverychannel: sms
channels:
  sms: {{text: "{text}"}}
destination:
  - msisdn: "+447700900001"
"""
INTERRUPTED = (130, "\ninterrupted\n")
SEEN = """(seen) => {
  Object.defineProperty(document, "hidden", {value: !seen, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
INCLUDING = '{% include \\"closing.txt\\" %}'


def written(folder: Path, name: str, text: str, owner: str = "cards") -> None:
    (folder / f"{name}.msg.yaml").write_text(SPEC.format(name=name, text=text, owner=owner), encoding="utf-8")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LivePreview]:
    """Twelve messages, one of which includes a partial."""
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "closing.txt").write_text("Yours, Meridian Bank")
    (tmp_path / "msgspec.yaml").write_text("msgspec: 1\n")
    for number in range(12):
        written(tmp_path, f"m{number:02}", f"This is message {number}.", owner="loans" if number % 2 else "cards")
    written(tmp_path, "closing", f"Goodbye. {INCLUDING}")
    with serving(tmp_path) as one:
        yield one
        if one.process.poll() is None:
            assert one.interrupt() == INTERRUPTED


def shows(page: Page, name: str, text: str) -> None:
    expect(page.locator(f"#m-{name} .talk").first).to_contain_text(text)


def test_a_spec_is_saved(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    shows(page, "m03", "This is message 3.")
    written(live.folder, "m03", "This is another text.")
    shows(page, "m03", "This is another text.")
    written(live.folder, "m03", "And a third one.")
    shows(page, "m03", "And a third one.")


def test_a_partial_is_saved(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    shows(page, "closing", "Goodbye. Yours, Meridian Bank")
    (live.folder / "partials" / "closing.txt").write_text("Your bank")
    shows(page, "closing", "Goodbye. Your bank")


def test_specs_come_and_go(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    (live.folder / "more").mkdir()
    written(live.folder / "more", "new", "This one is new.")
    shows(page, "new", "This one is new.")
    (live.folder / "m00.msg.yaml").unlink()
    expect(page.locator("#m-m00")).to_have_count(0)


def test_a_broken_spec_shows_its_findings(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    written(live.folder, "m03", "Hello {{ frist_name }}")
    finding = page.locator(".finding.error")
    expect(finding).to_contain_text("undefined-variable")
    expect(finding).to_contain_text("m03.msg.yaml:6:")
    shows(page, "m04", "This is message 4.")
    (live.folder / "m03.msg.yaml").write_bytes(b"\xff\xfe\x00: [")
    expect(page.locator("main")).to_contain_text("m03.msg.yaml")
    expect(finding).to_have_count(0)
    written(live.folder, "m03", "Well again.")
    shows(page, "m03", "Well again.")


def test_a_broken_project_file_is_told_until_it_is_mended(live: LivePreview, look: Look) -> None:
    visit = look(live.url)
    page = visit.page
    page.get_by_role("combobox", name="Owner", exact=True).select_option("loans")
    (live.folder / "msgspec.yaml").write_text("msgspec: 1\nlint: {select: [no-such-rule]}\n")
    expect(page.locator("main")).to_contain_text("msgspec.yaml:2:17")
    expect(page.locator("main")).to_contain_text("no-such-rule")
    expect(page.locator("#filters")).to_be_hidden()
    visit.accessible()
    (live.folder / "msgspec.yaml").write_text("msgspec: 1\n")
    shows(page, "m03", "This is message 3.")
    expect(page.get_by_role("combobox", name="Owner", exact=True)).to_have_value("loans")


def test_readers_stay_where_they_were(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    page.get_by_role("combobox", name="Owner", exact=True).select_option("loans")
    page.locator("#m-m07 .message .copy").focus()
    phone = page.locator("#m-m07 .message")
    phone.evaluate("(one) => scrollBy({top: one.getBoundingClientRect().top - 80, behavior: 'instant'})")
    expect(phone).to_be_in_viewport()
    before = phone.bounding_box()
    # what stands above becomes longer
    written(live.folder, "m01", "This is a long message. " * 25, owner="loans")
    shows(page, "m01", "This is a long message. This is a long message.")
    expect(page.get_by_role("combobox", name="Owner", exact=True)).to_have_value("loans")
    expect(page.get_by_role("heading", name="m02", exact=True)).to_be_hidden()
    expect(page.locator("#m-m07 .message .copy")).to_be_focused()
    after = phone.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_who_searches_goes_on_typing(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    page.keyboard.press("/")
    page.keyboard.type("message 5")
    expect(page.locator("#shown")).to_have_text("1 of 13 shown")
    page.keyboard.press("ArrowLeft")
    written(live.folder, "m05", "This is message 5, as it is now.")
    shows(page, "m05", "as it is now")
    page.keyboard.type("4")
    expect(page.locator("#search")).to_have_value("message 45")
    expect(page.locator("#shown")).to_have_text("0 of 13 shown")


def test_a_page_in_the_background_is_told_when_it_is_seen(live: LivePreview, look: Look) -> None:
    page = look(live.url).page
    status = page.locator("#live")
    expect(status).to_have_text("Live")
    hidden = (
        "Object.defineProperty(document, 'hidden', {value: %s, configurable: true}); document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.evaluate(hidden % "true")
    written(live.folder, "m03", "Said behind its back.")
    other = look(live.url).page
    shows(other, "m03", "Said behind its back.")
    shows(page, "m03", "This is message 3.")
    page.evaluate(SEEN, True)
    shows(page, "m03", "Said behind its back.")


def test_the_end_of_the_server_is_told(live: LivePreview, look: Look) -> None:
    visit = look(live.url)
    expect(visit.page.locator("#live")).to_have_text("Live")
    assert live.interrupt() == INTERRUPTED
    expect(visit.page.locator("#live")).to_have_text("Not connected: preview --serve has ended")
    visit.page.close()
    visit.complaints.clear()


def test_the_page_is_accessible(live: LivePreview, look: Look) -> None:
    written(live.folder, "m00", "Hello {{ frist_name }}")
    visit = look(live.url)
    expect(visit.page.locator(".finding.error")).to_have_count(1)
    expect(visit.page.locator("#live")).to_have_text("Live")
    visit.accessible()


def test_it_ends_when_its_terminal_goes_away(live: LivePreview) -> None:
    live.process.send_signal(signal.SIGTERM)
    assert live.process.wait(20) == 130


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="asks Linux about the process")
def test_whoever_builds_ends_with_the_server(live: LivePreview) -> None:
    children = Path(f"/proc/{live.process.pid}/task/{live.process.pid}/children").read_text()
    watched = os.pidfd_open(int(children.split()[0]))
    live.process.kill()
    live.process.wait(20)
    assert select.select([watched], [], [], 20)[0] == [watched]
    os.close(watched)
