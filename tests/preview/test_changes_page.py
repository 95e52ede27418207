"""The page of a comparison: nothing that a message says is more than text, and the page has no script."""

from __future__ import annotations

import base64
import hashlib

import pytest

from msgspec_tool.diagnostics import Failure
from msgspec_tool.message_changes import MessageChange, MessageVersion, Review, SpecChange, Status, Unrendered, ValueChange
from msgspec_tool.preview.change_views import review_view
from msgspec_tool.preview.page_html import PageWriter
from tests.preview.html import Element, parsed
from tests.preview.test_page import NOW, PAYLOADS, elements


def page_of(text: str) -> Element:
    """A comparison that says a text in every place where somebody else's text can be."""
    path = ("channels", "sms", "text")
    content = {"channels": {"sms": {"text": text, "senderid": text}}}
    version = MessageVersion(content, sender=text, links=(text,))
    changed = MessageChange("sms", text, MessageVersion({"channels": {"sms": {"text": "a b"}}}), version, (ValueChange(path, "a b", text),))
    gone = MessageChange("sms", text, version, None)
    stop = Unrendered(True, text, text, help=text)
    spec = SpecChange(text, text, Status.CHANGED, text, through=(text,), messages=(changed, gone), unrendered=(stop,))
    review = Review(text, "0" * 40, (spec,), failures=(Failure(text, "missing", text),))
    return parsed(PageWriter(NOW).changes(review_view(review)))


HARMLESS = elements(page_of("harmless words"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_stays_text(payload: str) -> None:
    page = page_of(payload)
    looks = {("span", frozenset({"class"})), ("mark", frozenset({"class", "title"})), ("del", frozenset()), ("ins", frozenset())}
    assert elements(page) <= HARMLESS | looks
    assert all(one.attributes["href"].startswith("#") for one in page.all("a"))


def test_nothing_runs_and_nothing_is_asked_for() -> None:
    page = page_of("words")
    assert page.all("script") == []
    (policy,) = page.all("meta", http_equiv="Content-Security-Policy")
    (style,) = page.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy.attributes["content"].split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "script-src 'none'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_before_and_after_stand_side_by_side() -> None:
    page = page_of("a c")
    assert [one.text for one in page.all("del")] == ["b"]
    assert [one.text for one in page.all("ins")] == ["c"]
    sides = page.all("div", class_="side-of")
    assert [side.attributes["aria-label"] for side in sides] == ["Before", "After"] * 2
    assert [len(side.all("figure")) for side in sides] == [1, 1, 1, 0]


def test_names_for_people_who_do_not_see() -> None:
    page = page_of("words")
    identifiers = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(identifiers) == len(set(identifiers))
    assert all(one.attributes["aria-labelledby"] in identifiers for one in page.all() if "aria-labelledby" in one.attributes)
    assert all(row.all("th", scope="row") for body in page.all("tbody") for row in body.all("tr"))
