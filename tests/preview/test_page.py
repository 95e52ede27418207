"""The page's structure, and that nothing on it runs but its own script, whatever a message says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.diagnostics import Failure, Severity
from msgspec_tool.model import RenderedMessage
from msgspec_tool.preview.messages import message_view, shown_json
from msgspec_tool.preview.page_html import PageWriter
from msgspec_tool.preview.views import FindingView, Preview, SampleView, SpecView
from msgspec_tool.resources import page_file
from tests.preview.html import Element, parsed

NOW = datetime(2030, 1, 1, 9, 30, tzinfo=timezone.utc)

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "\"><img src=x onerror='alert(1)'>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "` onclick=`alert(1)",
    "javascript:alert(1)",
    'https://example.com/" onclick="alert(1)',
    "https://example.com/<b>",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}{{ config }}",
    "${7*7}<%= 7 %>#{7}",
    "<!-- --><!--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;&#60;script&#62;",
    "<a href=//evil.example>x</a><base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>@import '//evil.example'</style>",
    "background:url(//evil.example)",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "</textarea></select></option><script>alert(1)</script>",
    "</pre></code></figure></article></section></main><script>alert(1)</script>",
    "a\u202eb\u2066c\u200fd",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\ud800 half a pair",
    "line\u2028separator\u2029",
]


def hostile(text: str) -> Preview:
    """A page that says a text in every place where somebody else's text can be."""
    blocks = {
        "sms": {"sms": {"text": text, "senderid": text, "media-path": text}},
        "voice": {"voice": {"callflowid": text, "cli": text}},
        "push": {
            "push": {
                **{
                    name: {
                        "title": text,
                        "text": text,
                        "url": text,
                        "platform_types": [text],
                        "extras": {"customtags": {"imageurl": text}, "badge": text, "notificationaction": {"action": text, "value": text}},
                    }
                    for name in ("android", "ios", "web")
                },
                "interactive": {"device_types": ["android", "ios"], "category": text, "actions": [{"identifier": text, "action": text}]},
            }
        },
        "rt": {
            "appmessaging": {
                "message": {
                    "text": text,
                    "attachment": {"contentType": text, "file": text, "duration": text},
                    "quickReplies": {"options": [{"title": text, "identifier": text}]},
                },
                "notification": {"title": text, "text": text},
            }
        },
        "fb": {
            "OTT-Messaging": {
                "fb": {
                    "text": text,
                    "tag": text,
                    "attachment": {
                        "type": "template",
                        "payload": {
                            "elements": [
                                {
                                    "title": text,
                                    "subtitle": text,
                                    "image_url": text,
                                    "buttons": [{"title": text, "url": text}, {"title": text}],
                                }
                            ]
                        },
                    },
                    "quick_replies": [{"title": text, "payload": text}],
                }
            }
        },
        "twitter": {
            "OTT-Messaging": {
                "twitter": {
                    "text": text,
                    "attachment": {"media": {"id": text}},
                    "quick_reply": {"options": [{"label": text, "description": text}]},
                }
            }
        },
        "wechat": {"OTT-Messaging": {"wechat": {"text": text, "attachment": {"media": {"id": text}}}}},
    }
    contents = [(channel, {"expiry": text, "priority": text, "route": text, "channels": block}) for channel, block in blocks.items()]
    receipt = {
        "template_type": "receipt",
        **dict.fromkeys(("recipient_name", "order_number", "currency", "payment_method"), text),
        "elements": [{"title": text, "subtitle": text, "price": text}],
        "summary": {"total_cost": text},
        "address": {"city": text},
    }
    contents += [
        ("fb", {"channels": {"OTT-Messaging": {"fb": {"attachment": {"type": "template", "payload": receipt}}}}}),
        ("sms", {"message": {"template": text, "parameters": {text: text}}, "channels": {"sms": {}}}),
        ("rt", {"channels": {"appmessaging": {"message": {"attachment": {"contentType": "location", "latitude": text}}}}}),
    ]
    views = tuple(message_view(RenderedMessage(1, channel, text, text, text, content)) for channel, content in contents)
    finding = FindingView(Severity.WARNING, text, text, text, text, text, text, text)
    samples = (SampleView(text, views, data=text, refused=text), SampleView(text, views, generated=True))
    spec = SpecView(text, text, text, text, (text,), tuple(blocks), samples, (finding,), ("sms",))
    broken = SpecView(text, text, findings=(FindingView(Severity.ERROR, text, text, text, text),))
    return Preview((spec, broken), NOW, text, (Failure(text, "missing", text),))


def elements(page: Element) -> set[tuple[str, frozenset[str]]]:
    return {(element.name, frozenset(element.attributes)) for element in page.all()}


HARMLESS = elements(parsed(PageWriter(NOW).page(hostile("harmless words"))))
LINKED = {("span", frozenset({"class"})), ("mark", frozenset({"class", "title"})), ("details", frozenset({"class"}))}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_stays_text(payload: str) -> None:
    html = PageWriter(NOW).page(hostile(payload))
    page = parsed(html)
    # whatever a message says, the page has no element and no attribute that it has not without it
    assert elements(page) <= HARMLESS | LINKED
    (script,), (style,) = page.all("script"), page.all("style")
    assert script.text == page_file("page.js")
    assert "alert(1)" not in style.text
    assert all(re.fullmatch(r"#[a-z0-9-]+", one.attributes["href"]) for one in page.all("a"))
    html.encode("utf-8")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_can_be_read(payload: str) -> None:
    shown = "".join(char if char.isprintable() else f"⟨U+{ord(char):04X}⟩" for char in payload).replace("\u200f", "⟨U+200F⟩")
    page = parsed(PageWriter(NOW).page(hostile(payload)))
    assert page.all("h2")[0].text != ""
    (first, *_others) = page.all("h2", id="h1")
    assert first.text == shown


def test_what_steers_the_direction_of_text_is_named() -> None:
    html = PageWriter(NOW).page(hostile("a\u202eb\u2066c\u200fd\x1b"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x1b]", html)
    assert "U+202E" in html


def test_the_policy_lets_the_own_script_run_and_nothing_else() -> None:
    page = parsed(PageWriter(NOW).page(hostile("words")))
    (policy,) = page.all("meta", http_equiv="Content-Security-Policy")
    hashes = {name: base64.b64encode(hashlib.sha256(page.all(name)[0].text.encode()).digest()).decode() for name in ("style", "script")}
    assert policy.attributes["content"].split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not any("style" in element.attributes for element in page.all())


def test_a_live_script_may_talk_to_its_own_server() -> None:
    page = parsed(PageWriter(NOW).page(hostile("words"), live_script="\nwatch();"))
    assert page.all("script")[0].text.endswith("\nwatch();")
    assert "connect-src 'self'" in page.all("meta", http_equiv="Content-Security-Policy")[0].attributes["content"]


def test_the_page_asks_for_nothing() -> None:
    html = PageWriter(NOW).page(hostile("words"))
    assert not re.search(
        r"\b(src|srcset|action|formaction|poster|data|background|ping)\s*=", re.sub(r"<script>.*</script>", "", html, flags=re.S)
    )
    assert "url(" not in html
    assert "@import" not in html


def test_what_has_a_name_for_people_who_do_not_see() -> None:
    page = parsed(PageWriter(NOW).page(hostile("words")))
    (html,) = page.all("html")
    assert html.attributes["lang"] == "en"
    assert [len(page.all(name)) for name in ("main", "h1", "header")][:2] == [1, 1]
    identifiers = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(identifiers) == len(set(identifiers))
    for element in page.all():
        for reference in ("aria-labelledby", "aria-controls"):
            assert element.attributes.get(reference, identifiers[0]) in identifiers
    for control in [*page.all("input"), *page.all("select")]:
        assert any(control in label.all() for label in page.all("label"))
    for region in page.all("pre", role="group"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-label"]


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_stays_text(text: str) -> None:
    view = message_view(RenderedMessage(1, "sms", "msisdn", text, None, {"channels": {"sms": {"text": text, "senderid": text}}}))
    spec = SpecView("a.msg.yaml", "a", channels=("sms",), samples=(SampleView(text, (view,)),))
    page = parsed(PageWriter(NOW).page(Preview((spec,), NOW)))
    assert elements(page) <= HARMLESS | LINKED
    assert json.loads(page.all("pre", role="group")[0].text)["channels"]["sms"]["text"] == text


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30))
def test_what_is_copied_is_what_is_sent(text: str) -> None:
    shown = shown_json({"text": text})
    assert json.loads(shown) == {"text": text}
    assert shown.replace("\n", "").isprintable()


def test_links_to_messages_hold_when_others_come_and_go() -> None:
    names = ("card-due", "Card  Due!", "", "card-due", "ж")
    preview = Preview(tuple(SpecView(f"{number}.msg.yaml", name) for number, name in enumerate(names)), NOW)
    assert preview.anchors == ("m-card-due", "m-card-due--2", "m-unnamed", "m-card-due--3", "m-unnamed--2")
    page = parsed(PageWriter(NOW).page(preview))
    assert [one.attributes["id"] for one in page.all("article", class_="spec")] == list(preview.anchors)
    assert [one.attributes["href"][1:] for one in page.all("a")[1:]] == list(preview.anchors)
