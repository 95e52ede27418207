"""PSH434 to PSH436: what push services themselves refuse, and what phones cut."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.channels import push as facts
from msgspec_tool.diagnostics import Finding, Prediction, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, characters, excess, labels, texts_of
from msgspec_tool.rules.reading import blocks
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_TAGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "push": (("android", "extras", "customtags"),),
    "rt": (("notification", "android_extras", "customtags"), ("notification", "android_extras", "customtag")),
}
"""Where the keys stand that Google's service sees, by channel."""

_SHOWN: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {
    "push": tuple(((platform,), seen) for platform, seen in facts.SEEN_AT_FIRST.items()),
    "rt": ((("notification",), facts.SEEN_AT_FIRST["android"]),),
}
"""Where notifications stand, by channel, and how many characters of their texts are seen at first."""

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


@rule("PSH436", "push-cut", Subject.MESSAGE, channels=tuple(_SHOWN), severity=Severity.WARNING, confident=False)
def push_cut(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A phone shows only the beginning of a notification.

    What: A title has, or can have, more than 50 characters; or, as a note, a text has more than a phone shows before somebody opens the
        notification: about 49 on Android, 160 on iOS. In the notification of an in-app message too.
    Why: What stands at the end is read by those only who open it; a title is cut for good.
    Bad:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {title: Your parcel from our warehouse in Northampton is on its way, text: It comes today}
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {title: Your parcel is on its way, text: It comes today}
        destination:
          - userid: [u-1]
    """
    for path, seen in _SHOWN[form.channel or ""]:
        notice = form.block.find(*path) if form.block is not None else None
        if notice is not None:
            yield from _cut(form, notice.get("title"), facts.TITLE_SEEN, "phones show about {most}", context)
            ending = "about {most} are seen before it is opened"
            yield from (one._replace(severity=Severity.INFO) for one in _cut(form, notice.get("text"), seen, ending, context))


def _cut(form: MessageForm, field: Field | None, most: int, ending: str, context: RuleContext) -> Iterator[Finding]:
    found = excess(form, field, most, characters, context)
    if field is not None and found is not None:
        yield Finding(
            field.file,
            field.span,
            f"this {field.path[-1]} {found.verb} {found.size:,.0f} characters; {ending.format(most=most)}",
            field.path,
            related=labels(field, analysis_of(form, field), found.example, printed=True),
            help=f"say what matters in the first {most}",
            example=found.data,
        )
