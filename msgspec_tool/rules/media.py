"""OTT452: media that chat messages declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec_tool.channels.media import EXTENSIONS, KIND_OF, TAKEN
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.schema.wording import alternatives
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_EXTENSION = re.compile(r"\.([A-Za-z0-9]{2,5})\Z")
_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z", re.ASCII)
_PLACES = {"rt": (("message", "attachment"), "contentType", ("file",)), "fb": (("attachment",), "type", ("payload", "url"))}


@rule(
    "OTT452",
    "ott-media-limits",
    Subject.MESSAGE,
    channels=("wechat", *_PLACES),
    needs=("attachment",),
    severity=Severity.WARNING,
    api=("7004",),
)
def ott_media_limits(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """Media of a chat message are of another kind than declared, or of one that the channel does not take.

    What: The name of an attached file says that it is no ``image``, ``audio`` or ``video`` although it is declared as one;
        ``size`` or ``duration`` is no number; or the media of a WeChat message are named by a file of a kind that WeChat does
        not take (JPG up to 128 KB, AMR up to 256 KB and 60 s, MP4 up to 1 MB).
    Why: The channel refuses the media after the request was accepted, and the message arrives without them or not at all.
    Bad:
        deliverychannel: fb
        channels:
          fb:
            appid: a_100000000000000001
            attachment: {type: image, payload: {url: "https://cdn.your-company.com/tour.mp4"}}
        destination:
          - psid: ["1000000000000001"]
    Good:
        deliverychannel: fb
        channels:
          fb:
            appid: a_100000000000000001
            attachment: {type: video, payload: {url: "https://cdn.your-company.com/tour.mp4"}}
        destination:
          - psid: ["1000000000000001"]
    """
    if form.block is None or form.channel is None:
        return
    if form.channel == "wechat":
        yield from _taken(form.block.find("attachment", "media", "id"))
        return
    place, kind, file = _PLACES[form.channel]
    attachment = form.block.find(*place)
    if attachment is not None:
        yield from _of_kind(attachment.get(kind), attachment.find(*file))
        yield from _amounts(attachment)


def _extension(field: Field | None) -> tuple[str, int] | None:
    """The extension of a literal file name or URL in lower case, and where it begins."""
    text = literal(field)
    path = text.partition("?")[0].partition("#")[0] if text else ""
    found = _EXTENSION.search(path)
    is_host = "://" in path and not _path_of(path)
    return (found[1].lower(), found.start(1)) if found is not None and not is_host else None


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _of_kind(kind: Field | None, file: Field | None) -> Iterator[Finding]:
    declared, found = literal(kind), _extension(file)
    if file is None or found is None or declared not in EXTENSIONS:
        return
    extension, start = found
    really = KIND_OF.get(extension)
    if really is not None and really != declared:
        span = file.text_span(start, start + len(extension))
        words = f"'.{extension}' is the ending of {_a(really)}, and the attachment is declared as {_a(declared)}"
        yield Finding(file.file, span, words, file.path, help=f"declare it as {really}, or attach {_a(declared)}")


def _a(kind: str) -> str:
    return {"image": "an image", "audio": "a sound"}.get(kind, f"a {kind}")


def _amounts(attachment: Field) -> Iterator[Finding]:
    for name, unit in (("size", "bytes"), ("duration", "seconds")):
        member = attachment.get(name)
        text = literal(member)
        if member is not None and text and not _AMOUNT.match(text):
            message = f"'{shown(text)}' is no number of {unit}"
            help = f"write the {name} in {unit}, digits only"
            yield Finding(member.file, member.span, message, member.path, help=help, api=predicted("7004"))


def _taken(media: Field | None) -> Iterator[Finding]:
    found = _extension(media)
    if media is not None and found is not None and found[0] in KIND_OF and found[0] not in TAKEN["wechat"]:
        extension, start = found
        wanted = alternatives(list(dict.fromkeys(TAKEN["wechat"].values())))
        span, help = media.text_span(start, start + len(extension)), f"upload {wanted} and write the id that it gets"
        yield Finding(media.file, span, f"WeChat takes no '.{extension}'", media.path, help=help)
