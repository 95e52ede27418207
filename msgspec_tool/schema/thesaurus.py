"""What people call a key or a value that the API calls otherwise: words of other programs' APIs, and of everyday speech."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec_tool.schema.wording import nearest


def _entries(entries: Mapping[tuple[str, ...], str]) -> dict[str, tuple[str, ...]]:
    """What each word can mean, best first."""
    found: dict[str, tuple[str, ...]] = {}
    for words, meant in entries.items():
        for word in words:
            found[word] = (*found.get(word, ()), *meant.split())
    return found


_KEYS = _entries(
    {
        # destination
        ("phone", "phonenumber", "mobile", "mobilenumber", "number", "tel", "telephone"): "msisdn",
        ("pushid", "token", "pushtoken", "devicetoken", "deviceid", "registrationid"): "android_pushid",
        ("fcmtoken", "androidpushtoken"): "android_pushid",
        ("apnstoken",): "ios_pushid",
        ("huaweitoken", "hmstoken"): "hms_pushid",
        ("openid",): "wechatID",
        ("facebookid", "fbid", "messengerid"): "psid",
        ("twitteruserid", "twitter", "handle"): "twitterid",
        ("user", "username"): "userid",
        ("recipients", "recipient", "addresses"): "destination",
        # channels
        ("facebook", "messenger", "facebookmessenger"): "fb",
        ("x", "twitterdm"): "twitter",
        ("weixin",): "wechat",
        ("inapp", "inappmessaging", "realtime", "livechat", "chat"): "rt",
        ("call", "ivr"): "voice",
        ("pushnotification", "notifications"): "push",
        # what is sent
        ("from", "sender", "sendername", "senderaddress", "source", "originator", "sourceaddress", "shortcode"): "senderid cli",
        ("caller", "callerid"): "cli",
        ("body", "content", "message", "msg"): "text",
        ("callflow", "flow", "flowid"): "callflowid",
        ("prompt", "audio"): "promptid",
        ("position", "index"): "pos",
        ("url", "link", "href", "deeplink"): "url file value item_url",
        ("defaultaction", "itemurl"): "item_url",
        ("image", "picture", "imageurl", "img", "photo", "icon"): "imageUrls image_url file imageUrl",
        ("type",): "content_type contentType",
        ("mimetype", "mediatype"): "contentType",
        ("title", "caption"): "label title",
        ("label",): "title",
        ("id",): "identifier linkid",
        ("cards", "items", "slides"): "elements",
        ("replies", "options", "suggestions"): "options quick_replies quickReplies",
        ("quickreplies", "quickreply"): "quickReplies quick_replies quick_reply",
        ("data", "customdata", "custom", "payload"): "customtags",
        ("ttl", "timetolive"): "time_to_live",
        ("thread", "threadid", "streamname", "conversationid"): "thread_id",
        # around it
        ("callback", "callbackurl", "webhook", "webhookurl", "dlrurl", "deliveryreporturl", "statuscallback"): "notifyurl",
        ("reference", "clientref", "clientreference", "externalid", "messageid", "requestid"): "correlationid",
        ("ttl", "validity", "validityperiod", "expires", "expireat", "expiresat", "validuntil"): "expiry",
        ("params", "parameters", "vars", "arguments"): "variables parameters",
        ("fixtures", "testdata"): "samples",
        ("checks", "assertions"): "tests",
        ("in", "within", "duration"): "after",
        # declarations
        ("regex", "regexp", "matches", "match"): "pattern",
        ("values", "choices", "oneof", "allowed", "options"): "enum",
        ("max",): "maxLength maximum maxItems",
        ("min",): "minLength minimum minItems",
        ("length", "size", "maxlen"): "maxLength",
        ("sample", "samples"): "examples",
        ("encoding", "alphabet"): "charset",
        ("optional", "nullable", "mandatory"): "required",
        ("privacy", "pii"): "sensitivity",
        ("element", "elements", "of"): "items",
        ("fields", "members", "keys"): "properties",
    }
)

_VALUES = _entries(
    {
        ("facebook", "messenger", "facebookmessenger", "fbmessenger"): "fb",
        ("x", "twitterdm"): "twitter",
        ("weixin",): "wechat",
        ("text", "txt", "textmessage"): "sms 1",
        ("call", "phone", "ivr", "tts"): "voice",
        ("inapp", "inappmessaging", "livechat", "chat"): "rt",
        ("notification", "pushnotification", "fcm", "apns", "webpush"): "push",
        ("plain", "gsm", "gsm7bit", "default"): "1 gsm7",
        ("flash",): "2",
        ("binary",): "3",
        ("unicode", "ucs2", "utf8", "utf16"): "4 any",
        ("urgent", "highest", "critical"): "high 5 3",
        ("normal",): "medium",
        ("lowest",): "low 1",
        ("high",): "5 3",
        ("low",): "1",
        ("document", "pdf", "doc"): "file",
        ("picture", "photo", "img", "jpg", "jpeg", "png"): "image",
        ("sound", "mp3"): "audio",
        ("movie", "mp4"): "video",
        ("carousel", "cards", "list"): "generic template",
        ("image", "video", "photo", "gif"): "media",
        ("url", "link", "weburl"): "web_url webUrl uri",
        ("postback", "reply"): "postback templatePostback quickReplyPostback",
        ("phone", "tel", "phonenumber", "mobile"): "msisdn",
        ("mail",): "email",
        ("datetime", "timestamp"): "date-time",
        ("str", "varchar", "char"): "string",
        ("int", "long"): "integer",
        ("float", "double", "decimal"): "number",
        ("bool",): "boolean",
        ("list",): "array",
        ("dict", "map"): "object",
        ("typing",): "typingStart typing_on",
        ("seen", "read", "markseen"): "mark_seen",
        ("private", "confidential"): "personal",
    }
)


_WRAPPERS = frozenset(("message", "content", "body", "payload", "data", "notification"))
"""Keys into which other APIs put what stands directly in a block here."""

_INSIDE = {
    ("android", "image"): "extras.customtags.imageurl",
    ("android", "icon"): "extras.iconurl",
    ("ios", "image"): "extras.attachmenturl",
    ("sms", "dlt"): "extras.dlt_templateid",
    ("ios", "badge"): "extras.badge",
    ("ios", "sound"): "extras.sound",
    **{(device, "ttl"): "extras.time_to_live" for device in ("android", "ios", "web")},
    **{(device, "data"): "extras.customtags" for device in ("android", "ios", "web")},
    **{(device, "link"): "extras.notificationaction" for device in ("android", "ios")},
}
_ALIKE = {
    **dict.fromkeys(("dlttemplateid", "dltid", "dltcontentid", "petemplateid"), "dlt"),
    **dict.fromkeys(("picture", "imageurl", "img", "photo", "media", "attachment", "bigpicture"), "image"),
    **dict.fromkeys(("iconurl", "smallicon", "largeicon"), "icon"),
    **dict.fromkeys(("timetolive", "validity"), "ttl"),
    **dict.fromkeys(("customtags", "customdata", "custom", "payload"), "data"),
    **dict.fromkeys(("url", "deeplink", "clickaction", "openurl", "notificationaction"), "link"),
}


def place_inside(holder: str, name: str) -> str | None:
    """Where in a platform's part of a push notification something stands that was written at its top: ``extras.badge``."""
    word = _plain(name)
    return _INSIDE.get((holder, _ALIKE.get(word, word)))


def is_wrapper(name: str, value: object, known: Iterable[str]) -> bool:
    """Whether a key holds what should stand around it: ``message: {text: Hello}``, as other APIs nest it."""
    return _plain(name) in _WRAPPERS and isinstance(value, dict) and not value.keys().isdisjoint(known)


_SCHEDULED = "v1 sends at once: run submit when it shall go out"
_SHARED = "an anchor (&name) can stand where its value is first used, and words that are shared in a partial"
_NOWHERE = {
    **dict.fromkeys(("anchors", "definitions", "defaults", "shared", "common"), _SHARED),
    **dict.fromkeys(("sendat", "sendtime", "scheduleat", "scheduledat", "schedule", "scheduledtime", "deliverat", "startat"), _SCHEDULED),
    **dict.fromkeys(("environment", "environments", "env", "endpoint", "region"), "environments stand in the project file msgspec.yaml"),
    **dict.fromkeys(("lint", "rules", "ignore"), "rules are chosen in the project file msgspec.yaml"),
    "kind": "the end of the file's name says that it is a message",
    "metadata": "'name', 'description', 'owner' and 'tags' stand at the top",
    "spec": "'deliverychannel', 'channels' and 'destination' stand at the top",
    **dict.fromkeys(("version", "schema", "apiversion"), "the version of the language stands under 'msgspec'"),
}


def nowhere(name: str) -> str | None:
    """What to know of a key of other programs that has no counterpart in a message, in words that follow "remove it; "."""
    return _SHARED if name.startswith(("x-", "x_", ".", "_")) else _NOWHERE.get(_plain(name))


_NO_CHANNEL = "'{0}' is an address of {1}, which is no channel here"
_ADDRESSES = {"waid": "WhatsApp", "bsuid": "WhatsApp", "abcuserid": "Apple Messages", "email": "e-mail", "igsid": "Instagram"}


def elsewhere(name: str) -> str | None:
    """What to know of an address of a channel that is not here, in words that follow "remove it; "."""
    channel = _ADDRESSES.get(_plain(name))
    return _NO_CHANNEL.format(name, channel) if channel is not None else None


def key_meant(name: str, known: Iterable[str], *, sure: bool = False) -> str | None:
    """The known key that is meant by another name: by the words that people use, else the nearest in spelling.

    ``sure`` asks for more likeness.
    """
    options = list(known)
    spoken = next((option for option in _KEYS.get(_plain(name), ()) if option in options), None)
    return spoken or nearest(name, options, sure=sure)


def is_written_otherwise(name: str, holder: Mapping[str, object]) -> bool:
    """Whether a key that a mapping lacks was meant by one that it has, or stands inside one that nobody knows.

    Then it is not missing, but misspelt or misplaced: unknown-field says so.
    """
    return name not in holder and any(
        key_meant(key, (name,), sure=True) is not None
        or (_plain(key) in _WRAPPERS and isinstance(value, dict) and any(key_meant(inner, (name,), sure=True) for inner in value))
        for key, value in holder.items()
    )


def value_meant(written: str, options: Iterable[str]) -> str | None:
    """The allowed value that is meant by another word, or by a MIME type; else the nearest in spelling."""
    known = list(options)
    kind = written.partition("/")[0]
    if kind != written and "file" in known:
        return kind if kind in known else "file"
    spoken = next((option for option in _VALUES.get(_plain(written), ()) if option in known), None)
    return spoken or nearest(written, known)


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "").replace(" ", "")
