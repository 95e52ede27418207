"""IDS703: ids that the platform or a network has given out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec_tool.channels.media import KIND_OF, TAKEN
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_TOKEN = re.compile(r"[A-Za-z0-9_.:=-]{3,128}\Z", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE | re.ASCII)
_APP_IN_WRONG_CASE = re.compile(r"(?:ne|mu|sa|a_)[0-9]{6,}\Z", re.IGNORECASE | re.ASCII)
_FILE = r"(?i)[^/]+\.(?:jpe?g|png|gif|amr|mp[34]|mov|pdf|webp)\Z"
_DIGITS = r"(?a)[0-9]+\Z"
DLT_DIGITS = 19
"""Digits of a DLT template id (the reference's sample; other providers check the same)."""


@rule("IDS703", "id-format", Subject.MESSAGE, severity=Severity.WARNING, api=("7104", "7108"))
def id_format(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """An id does not look like one.

    What: ``appid`` is a URL, a service key, a name with blanks or has its prefix in the wrong case; a media id of Twitter or
        WeChat is a file name or a URL (one of Twitter has digits only); ``message.template`` is a name with blanks; a DLT
        template id is not 19 digits; a ``twitterid`` or ``psid`` begins with ``@`` or is a URL. Of a template count all texts
        that are known.
    Why: The platform knows no such app (7104), template (7108) or media, and Indian operators drop the message.
    Bad:
        deliverychannel: fb
        appid: Meridian Bank
        channels: {fb: {text: Hello}}
        destination: [{psid: ["1000000000000001"]}]
    Good:
        deliverychannel: fb
        appid: a_100000000000000001
        channels: {fb: {text: Hello}}
        destination: [{psid: ["1000000000000001"]}]
    """
    yield from _judged(form, form.common("appid"), _app, "7104")
    yield from _judged(form, form.root.find("message", "template"), _template, "7108")
    for field in _addresses(form):
        yield from _judged(form, field, _person)
    if form.block is None:
        return
    if form.channel == "sms":
        yield from _judged(form, form.block.find("extras", "dlt_templateid"), _dlt)
    elif form.channel in ("twitter", "wechat"):
        judge = _twitter_media if form.channel == "twitter" else _wechat_media
        yield from _judged(form, form.block.find("attachment", "media", "id"), judge)


def _addresses(form: MessageForm) -> Iterator[Field]:
    """The literal ids of people on Twitter and Messenger, of an inline destination."""
    key = {"twitter": "twitterid", "fb": "psid"}.get(form.channel or "")
    destination = form.root.get("destination")
    for element in destination.elements() if destination is not None else ():
        written = element.get(key) if key is not None and isinstance(element.value, dict) else None
        yield from () if written is None else written.elements() if isinstance(written.value, list) else (written,)


_Objection = tuple[str, str]
"""What is wrong with an id, and what to do about it."""
_Judge = Callable[[str], _Objection | None]


def _judged(form: MessageForm, field: Field | None, judge: _Judge, code: str | None = None) -> Iterator[Finding]:
    """The first of the known texts of a field that is no id."""
    if field is None or (not isinstance(field.value, str) and not field.lexeme.isdecimal()):
        return  # of what is no text coerced-scalar says more
    known = sorted({one for text in texts_of(form, field) for one in text.finite or ()})
    for text in known:
        found = judge(text) if text else None
        if found is not None:
            words, help = found
            is_key = bool(_UUID.match(text))
            api = predicted(code) if code and literal(field) is not None else None
            message = f"this {words}" if is_key else f"'{shown(text)}' {words}"
            yield Finding(field.file, field.span, message, field.path, help=help, api=api, secret=is_key)
            return


def _app(text: str) -> _Objection | None:
    help = "copy the app's id from the console: NE12345678, or a_100000000000000001"
    if _UUID.match(text):
        return "looks like a service key, not like an app id", f"revoke the key, if it is one; {help}"
    if _APP_IN_WRONG_CASE.match(text) and text[:2] not in ("NE", "MU", "SA", "a_"):
        fixed = text.lower() if text[:2] == "A_" else text[:2].upper() + text[2:]
        return "is an app id in the wrong case", f"write {fixed}"
    return None if _TOKEN.match(text) and "://" not in text else ("is no app id", help)


def _person(text: str) -> _Objection | None:
    if text[:1] != "@" and "://" not in text:
        return None
    return "is a name that people see, not an id", "write the id that the channel gave with the person's message"


def _template(text: str) -> _Objection | None:
    if _TOKEN.match(text) and "://" not in text:
        return None
    return "is no id of a template", "copy the id from the console, such as ABCD1234EF; the template's name is something else"


def _dlt(text: str) -> _Objection | None:
    help = f"write the {DLT_DIGITS} digits that the DLT portal shows for the template"
    if not re.match(_DIGITS, text):
        return "is no DLT template id", help
    return (f"has {len(text)} digits, and a DLT template id has {DLT_DIGITS}", help) if len(text) != DLT_DIGITS else None


def _media(text: str) -> _Objection | None:
    if re.match(_FILE, text) or "://" in text:
        return "is a file, not the id of uploaded media", "upload the file and write the id that it gets"
    return None if _TOKEN.match(text) else ("is no media id", "write the id that the upload returned")


def _twitter_media(text: str) -> _Objection | None:
    return _media(text) or (None if re.match(_DIGITS, text) else ("is no media id of Twitter", "write the digits that the upload returned"))


def _wechat_media(text: str) -> _Objection | None:
    ending = text.rpartition(".")[2].lower()
    # a file of a kind that WeChat does not take has a finding of its own (ott-media-limits)
    return None if ending in KIND_OF and ending not in TAKEN["wechat"] else _media(text)
