"""The page as a reviewer uses it: filters, keys, copying, colours, a narrow phone, and texts that want to be more than text."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from msgspec_tool.preview.page_html import PageWriter
from msgspec_tool.preview.views import Preview
from tests.browser.conftest import Look
from tests.browser.example_pages import example_page
from tests.browser.visits import visiting
from tests.preview.test_page import PAYLOADS, hostile

EVERYTHING = [
    "bill-ready",
    "back-in-stock",
    "pick-size",
    "order-receipt",
    "flight-delay",
    "broken-line",
    "misspelt",
    "without-a-name",
    "refund-issued",
    "gate-change",
    "confirm-payment",
    "planned-works",
    "parcel-handed-over",
    "card-payment-due",
    "order-confirmed",
    "delivery-feedback",
    "appointment-reminder",
    "lost-luggage",
    "outage-call",
    "boarding-pass",
]
"""The messages in the order of the page."""
DARK, LIGHT = "rgb(20, 23, 27)", "rgb(243, 244, 246)"
"""The grounds of the page."""


@pytest.fixture(scope="package")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_page(tmp_path_factory.mktemp("examples"))


@pytest.fixture
def page(look: Look, examples: Path) -> Page:
    return look(examples).page


def shows(page: Page, messages: list[str]) -> None:
    """Exactly these messages are shown, and listed beside."""
    expect(page.locator("#shown")).to_have_text(f"{len(messages)} of {len(EVERYTHING)} shown")
    expect(page.locator("main h2:visible")).to_have_text(messages)
    expect(page.locator(".index .name:visible")).to_have_text(messages)


def chooser(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def is_at(page: Page, message: str) -> None:
    """The list beside the messages says that the reader is at this one."""
    expect(page.locator(".index a[aria-current] .name")).to_have_text([message])


def ground(page: Page) -> str:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert isinstance(colour, str)
    return colour


def test_everything_is_there(page: Page) -> None:
    shows(page, EVERYTHING)
    expect(page.locator(".totals li")).to_have_text(["1 error", "2 warnings"])


@pytest.mark.parametrize(
    ("label", "choice", "messages"),
    [
        ("Channel", "WeChat", ["boarding-pass"]),
        ("Channel", "Voice", ["bill-ready", "without-a-name", "outage-call"]),
        ("Channel", "Push", ["bill-ready", "flight-delay", "gate-change"]),
        ("Owner", "airport-operations", ["flight-delay", "gate-change"]),
        ("Tag", "urgent", ["flight-delay", "outage-call"]),
        ("Findings", "With findings", ["broken-line", "misspelt", "without-a-name"]),
        ("Findings", "With errors", ["misspelt"]),
        ("Findings", "With warnings", ["broken-line", "without-a-name"]),
        ("Findings", "With refused samples", ["without-a-name"]),
        ("Findings", "block-newline", ["broken-line"]),
        ("Findings", "Without findings", [name for name in EVERYTHING if name not in ("broken-line", "misspelt", "without-a-name")]),
    ],
)
def test_a_filter(page: Page, label: str, choice: str, messages: list[str]) -> None:
    chooser(page, label).select_option(label=choice)
    shows(page, messages)


def test_filters_together_and_undone(page: Page) -> None:
    chooser(page, "Channel").select_option(label="Push")
    expect(page.locator(".message:visible:not([data-channel=push])")).to_have_count(0)
    chooser(page, "Tag").select_option("urgent")
    shows(page, ["flight-delay"])
    chooser(page, "Findings").select_option(label="With errors")
    shows(page, [])
    expect(page.get_by_text("No message fits the filters.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    shows(page, EVERYTHING)
    expect(page.get_by_text("No message fits the filters.")).to_be_hidden()


def test_search(page: Page) -> None:
    page.get_by_label("Search").fill("LUGGAGE desk")
    shows(page, ["lost-luggage"])
    page.get_by_label("Search").fill("undefined-variable")
    shows(page, ["misspelt"])
    page.get_by_label("Search").fill("")
    shows(page, EVERYTHING)


def test_what_is_copied_is_the_message_object(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy the message object of WeChat").first
    button.click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied["deliverychannel"] == "wechat"
    assert list(copied) == ["deliverychannel", "appid", "channels", "destination"]


def test_where_nothing_may_be_copied_it_is_selected(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    button = page.get_by_role("button", name="Copy the message object of WeChat").first
    button.click()
    expect(page.get_by_text("Selected").first).to_be_visible()
    assert json.loads(page.evaluate("getSelection().toString()"))["deliverychannel"] == "wechat"


def test_keys(page: Page) -> None:
    is_at(page, "bill-ready")
    page.keyboard.press("j")
    expect(page.locator("#h2")).to_be_focused()
    is_at(page, "back-in-stock")
    page.keyboard.press("j")
    page.keyboard.press("k")
    is_at(page, "back-in-stock")
    page.keyboard.press("n")
    is_at(page, "broken-line")
    page.keyboard.press("n")
    page.keyboard.press("n")
    is_at(page, "without-a-name")
    page.keyboard.press("n")
    is_at(page, "without-a-name")
    page.keyboard.press("p")
    is_at(page, "misspelt")
    expect(page.locator("#h7")).to_be_focused()
    expect(page.locator("#h7")).to_be_in_viewport()


def test_keys_of_the_search_and_the_list_of_keys(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("jb?d")
    expect(page.get_by_label("Search")).to_have_value("jb?d")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Search")).not_to_be_focused()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.get_by_label("Keys of one letter are on").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.reload()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Keys of one letter are on").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()


def test_samples_at_the_boundaries(page: Page) -> None:
    boundaries = page.locator("#m-card-payment-due .boundaries")
    shortest = boundaries.get_by_role("article", name="SMS, sample shortest")
    expect(shortest).to_be_hidden()
    boundaries.locator("> summary").click()
    expect(shortest).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("#m-appointment-reminder .boundaries")).to_have_attribute("open", "")
    page.keyboard.press("b")
    expect(shortest).to_be_hidden()


def test_the_keyboard_alone_goes_everywhere(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the messages")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main') !== null")
    assert inside
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_colours_follow_the_system_until_somebody_chooses(look: Look, examples: Path) -> None:
    page = look(examples, color_scheme="dark").page
    assert ground(page) == DARK
    page.emulate_media(color_scheme="light")
    assert ground(page) == LIGHT
    button = page.locator("#theme")
    for label, colour in (("Colours: light", LIGHT), ("Colours: dark", DARK)):
        button.click()
        expect(button).to_have_accessible_name(label)
        assert ground(page) == colour
    page.reload()
    assert ground(page) == DARK
    page.keyboard.press("d")
    expect(button).to_have_accessible_name("Colours: as the system")
    assert ground(page) == LIGHT


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_it_is_accessible(look: Look, examples: Path, scheme: str, width: int) -> None:
    visit = look(examples, color_scheme=scheme, viewport={"width": width, "height": 900})
    # what was never on the screen is not drawn, and not judged
    visit.page.evaluate("for (const one of document.querySelectorAll('main > *')) one.style.contentVisibility = 'visible'")
    visit.page.locator("#m-card-payment-due .boundaries > summary").click()
    visit.accessible()
    visit.page.keyboard.press("?")
    visit.accessible("dialog")


@pytest.mark.parametrize("message", ["outage-call", "bill-ready", "boarding-pass"])
def test_the_index_leads_to_its_message(page: Page, message: str) -> None:
    """However far it is: what lies between is drawn on the way, and is not as high as it was thought to be."""
    page.locator(f".index a[href='#m-{message}']").click()
    expect(page.locator(f"#m-{message} h2")).to_be_in_viewport()
    is_at(page, message)


def test_a_narrow_phone(look: Look, examples: Path) -> None:
    page = look(examples, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).page
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    chooser(page, "Channel").select_option(label="SMS")
    phones = page.locator("figure.phone:visible")
    assert phones.count() > 10
    for phone in phones.all()[:10]:
        phone.scroll_into_view_if_needed()
        box = phone.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_its_script_the_page_shows_all_messages(look: Look, examples: Path) -> None:
    visit = look(examples, java_script_enabled=False)
    expect(visit.page.locator("main h2")).to_have_count(len(EVERYTHING))
    expect(visit.page.locator("#filters")).to_be_hidden()
    expect(visit.page.locator(".copy:visible")).to_have_count(0)
    expect(visit.page.locator("#m-bill-ready .said").first).to_contain_text("your January bill is £31.40")


@pytest.mark.parametrize("policy", [True, False], ids=["with its policy", "without its policy"])
def test_a_hostile_text_runs_nothing(browser: Browser, tmp_path: Path, policy: bool) -> None:
    """Escapes hold by themselves; the policy would hold without them."""
    now = datetime(2030, 1, 1, 9, 30, tzinfo=timezone.utc)
    specs = tuple(spec for payload in PAYLOADS for spec in hostile(payload).specs)
    file = tmp_path / "hostile.html"
    file.write_text(PageWriter(now).page(Preview(specs, now, PAYLOADS[0], hostile(PAYLOADS[1]).failures)), encoding="utf-8")
    with visiting(browser, file, bypass_csp=not policy) as visit:
        page = visit.page
        page.evaluate("() => { globalThis.alert = () => { globalThis.ran = true; }; }")
        page.evaluate(
            """() => {
              const events = ["mouseover", "focus", "load", "error", "animationstart", "toggle", "click"];
              for (const one of document.querySelectorAll("main *"))
                for (const event of events) one.dispatchEvent(new Event(event));
            }"""
        )
        for label in ("Owner", "Tag", "Findings"):
            select = chooser(page, label)
            for index in range(1, select.locator("option").count(), 5):
                select.select_option(index=index)
            select.select_option(index=0)
        visit.settle()
        assert page.evaluate("globalThis.ran") is None
        assert page.evaluate("[...document.scripts].length") == 1
