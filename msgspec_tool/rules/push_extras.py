"""PSH434, PSH435: what push services themselves refuse."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.channels import push as facts
from msgspec_tool.diagnostics import Finding, Prediction, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.reading import blocks
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_TAGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "push": (("android", "extras", "customtags"),),
    "rt": (("notification", "android_extras", "customtags"), ("notification", "android_extras", "customtag")),
}
"""Where the keys stand that Google's service sees, by channel."""

_REFUSALS = {
    "android": Prediction("7506", "Invalid time to live on Android"),
    "ios": Prediction("7511", "Invalid time to live on iOS"),
}


@rule("PSH434", "reserved-push-key", Subject.MESSAGE, channels=tuple(_TAGS), needs=("customtag",), api=("7884",))
def reserved_push_key(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A custom tag has a name that Google keeps for itself.

    What: A key under ``customtags`` of Android is ``from``, or begins with ``gcm`` or ``google``; in the notification of an in-app
        message too.
    Why: The platform takes the request: Google's service refuses the whole notification, and a receipt reports 7884 afterwards.
    Bad:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Your parcel is here, extras: {customtags: {from: shop}}}
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Your parcel is here, extras: {customtags: {sender: shop}}}
        destination:
          - userid: [u-1]
    """
    for tags in _android_tags(form):
        for key, member in tags.items():
            if key.lower() == "from" or key.lower().startswith(facts.RESERVED_PREFIXES):
                message = f"the custom tag '{shown(key)}' has a name that is reserved"
                api = Prediction("7884", "Reserved data keys")
                help = "give it a name that is not 'from' and does not begin with gcm or google"
                yield Finding(member.file, member.key_span, message, member.path, help=help, api=api)


def _android_tags(form: MessageForm) -> Iterator[Field]:
    for place in _TAGS.get(form.channel or "", ()):
        tags = form.block.find(*place) if form.block is not None else None
        if tags is not None:
            yield tags


@rule("PSH435", "push-time-to-live", Subject.MESSAGE, channels=("push",), needs=("time_to_live",), api=("7506", "7511"))
def push_time_to_live(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A notification shall be kept for longer than push services keep any.

    What: ``time_to_live`` is over 2419200 seconds (28 days) on Android and in browsers, or over 2592000 (30 days) on iOS. Of a
        template count all texts that are known.
    Why: The platform takes the request: the push service refuses the notification, and a receipt reports 7506 or 7511 afterwards.
    Bad:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Your parcel is here, extras: {time_to_live: "31536000"}}
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Your parcel is here, extras: {time_to_live: "86400"}}
        destination:
          - userid: [u-1]
    """
    for name, platform in blocks(form, *facts.PLATFORMS):
        field, most = platform.find("extras", "time_to_live"), facts.MAX_TTL[name]
        known = {one for text in texts_of(form, field) for one in text.finite or () if one.isdecimal()}
        longest = max(known, key=int, default="0")
        if field is not None and int(longest) > most:
            message = f"{longest} seconds are more than the {most} ({most // 86400} days) that '{name}' keeps a notification"
            yield Finding(field.file, field.span, message, field.path, help=f"write {most} or less", api=_REFUSALS.get(name))
