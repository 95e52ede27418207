"""The page as HTML: templates, a style sheet and a script that are files of their own, filled with frozen views.

Nothing on a page asks anything of anybody: no request, no address to follow, and a policy that lets the browser run the page's
own script only. Every text is escaped, and characters that nobody sees are named.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from itertools import count
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from msgspec_tool.appearances.texts import Look, Text, seen_text
from msgspec_tool.diagnostics import Severity
from msgspec_tool.model import CHANNELS
from msgspec_tool.preview.change_views import ReviewView
from msgspec_tool.preview.messages import PLATFORM_NAMES
from msgspec_tool.preview.views import Preview, SpecView
from msgspec_tool.resources import page_file

CHANNEL_NAMES = {
    "sms": "SMS",
    "voice": "Voice",
    "push": "Push",
    "rt": "In-app",
    "fb": "Messenger",
    "twitter": "Twitter",
    "wechat": "WeChat",
}
"""What reviewers call the channels."""

_STYLES = ("tokens.css", "page.css", "message.css", "devices.css", "chats.css")


class PageWriter:
    """Writes pages. ``now`` is what the clocks of the phones show (aware, UTC)."""

    def __init__(self, now: datetime) -> None:
        self._sections: dict[str, tuple[tuple[SpecView, int, str], Markup]] = {}
        """Of the page before, by the path of the spec."""
        self._environment = Environment(
            loader=FunctionLoader(lambda name: page_file(*name.split("/"))),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            finalize=_visible,
        )
        self._environment.filters["runs"] = _runs
        self._environment.filters["plainly"] = _plainly
        self._environment.globals.update(
            now=now,
            channel_names=CHANNEL_NAMES,
            platform_names=PLATFORM_NAMES,
            severities={severity.word: severity for severity in Severity},
        )

    def section(self, spec: SpecView, number: int, anchor: str) -> Markup:
        """One spec on a page, as the section of this number and name."""
        place = (spec, number, anchor)
        known, section = self._sections.get(spec.path, (None, Markup()))
        if known != place:
            section = self._render("spec.html", spec=spec, number=number, anchor=anchor)
            self._sections[spec.path] = (place, section)
        return section

    def page(self, preview: Preview, live_script: str = "") -> str:
        """The whole page. ``live_script`` is JavaScript that may talk to the server that the page came from, and to no other."""
        styles = Markup("\n").join(map(_style, _STYLES))
        script = Markup(page_file("page.js") + live_script)  # noqa: S704 -- files of this program
        return self._render(
            "page.html",
            preview=preview,
            sections=[self.section(*one) for one in zip(preview.specs, count(1), preview.anchors, strict=False)],
            channels=[name for name in CHANNELS if any(name in spec.channels for spec in preview.specs)],
            policy=_policy(styles, script, "'self'" if live_script else "'none'"),
            styles=styles,
            script=script,
        )

    def changes(self, review: ReviewView) -> str:
        """The page of a comparison: what differs, and what people see of it before and after. It has no script."""
        styles = Markup("\n").join(map(_style, (*_STYLES, "changes.css")))
        return self._render("changes.html", review=review, policy=_policy(styles), styles=styles)

    def _render(self, name: str, **values: Any) -> Markup:
        return Markup(self._environment.get_template(name).render(values))  # noqa: S704 -- its templates escape everything


def _style(name: str) -> Markup:
    return Markup(page_file(name))  # noqa: S704 -- files of this program


def _policy(styles: str, script: str = "", talks_to: str = "'none'") -> str:
    """A policy that lets a browser use exactly this style sheet and this script, or none, and load nothing."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(styles)}'",
            f"script-src '{_digest(script)}'" if script else "script-src 'none'",
            f"connect-src {talks_to}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _visible(value: object) -> object:
    """What a template prints: texts with the characters named that nobody sees."""
    return _plainly(seen_text(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _plainly(text: Text) -> Markup:
    """A text without looks, as HTML."""
    return escape("".join(f"⟨{run.text}⟩" if run.look is Look.UNSEEN else run.text for run in text))


def _runs(text: Text) -> Markup:
    """A text with the looks of its characters, as HTML."""
    return Markup("").join(_run(run.text, run.look, run.note) for run in text)


def _run(text: str, look: Look, note: str) -> Markup:
    if look is Look.PLAIN:
        return escape(text)
    element = "mark" if note else "span"
    said = Markup(' title="{}"').format(note) if note else ""
    return Markup('<{} class="is-{}"{}>{}</{}>').format(element, look.value, said, text, element)
