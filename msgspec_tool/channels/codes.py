"""What the platform answers: synchronous codes of the Messaging API v1, receipt codes, and the server's own words.

Sources: the founding reference page (codes marked there), the platform's list of API codes and its channel-specific
status codes. The same number can mean other things in other API families; these are for v1.
"""

from __future__ import annotations

from typing import NamedTuple


class PlatformCode(NamedTuple):
    """A code: its documented name, what it means, and what to do about it."""

    code: str
    name: str
    meaning: str
    action: str
    kind: str = "answer"
    """``answer`` to the request, or ``receipt`` in a delivery notification."""
    channels: str = "all channels"


def _answers(*rows: tuple[str, str, str, str]) -> tuple[PlatformCode, ...]:
    return tuple(PlatformCode(*row) for row in rows)


def _receipts(channels: str, *rows: tuple[str, str, str]) -> tuple[PlatformCode, ...]:
    return tuple(PlatformCode(code, name, name, action, "receipt", channels) for code, name, action in rows)


_LATER = "Nothing is wrong with the message; it may be sent again later, as a decision of a person."
_ADDRESS = "Check the address in the recipients file."
_CONTENT = "Change the content of the message."
_ACCOUNT = "Ask the administrator of the tenant."
_UNEXPLAINED = ("Listed by the platform without an explanation", "Ask the platform's support what it means.")

CODES: tuple[PlatformCode, ...] = (
    *_answers(
        ("1001", "Queued", "The request was accepted; receipts tell what became of each message.", "Nothing to do."),
        ("7000", "Invalid JSON", "The request body is not JSON.", "Run `msgspec-tool lint body.json`; it shows the place."),
        ("7001", "Authentication failed", "The service key or token is not valid.", "Check the key of the environment; the run stops."),
        ("7002", "Service key missing", "The `key` header is absent.", "Set the environment variable that `key_env` names."),
        ("7003", "Mandatory parameters missing", "A mandatory field is absent or empty.", "Lint names the field before anything is sent."),
        ("7004", "Invalid parameters", "A value is not one that the API takes.", "Lint names the value before anything is sent."),
        ("7005", "Request expired", "`expiry` was in the past when the request was processed.", "Give a later `expiry`, or `{after: 4h}`."),
        (
            "7006",
            "Internal error occurred",
            "The platform failed; whether messages went out is unknown.",
            "Wait for receipts before sending again.",
        ),
        ("7007", "Service inactive", "The service is not live.", "Make the service live; the run stops."),
        ("7008", "Inactive profile", "The profile is inactive.", _ACCOUNT),
        (
            "7009",
            "Max number of destinations",
            "A request holds more than 1,000 destinations.",
            "Use a recipients file; rendering packs it.",
        ),
        ("7010", "Source IP not allowed", "The tenant's allow-list lacks this address, or the provider failed.", _ACCOUNT),
        ("7011", "Unknown exception", "The platform failed.", _LATER),
        ("7016", "Unknown exception (voice)", "The voice platform failed.", _LATER),
        ("7019", "Request expired", "`expiry` was in the past when the request was processed.", "Give a later `expiry`."),
        ("7020", "Transaction limit reached", "More requests a second than the tenant may send.", "Lower `rate` of the environment."),
        ("7022", "JSON size exceeded (voice)", "The request of a call is too large.", _CONTENT),
        ("7026", "JSON parameter size over 4 KB", "An in-app message is over 4 KB.", _CONTENT),
        ("7034", "Max elements exceeded", "An in-app template holds more than 8 elements.", _CONTENT),
        ("7101", "Invalid sender id", "The sender does not belong to the service.", "Check `senderid`."),
        ("7102", "Invalid address", "An address is not one of the channel.", _ADDRESS),
        ("7103", "Not enough credits", "The account is out of credit.", _ACCOUNT),
        ("7104", "Invalid app id", "`appid` names no app of the tenant.", "Check `appid`."),
        ("7105", "Customer profile not found", "No profile belongs to the customer id.", _ADDRESS),
        ("7106", "Channel not configured", "The service has no such channel.", _ACCOUNT),
        ("7107", "Message length exceeded", "The text is longer than the channel takes.", _CONTENT),
        ("7108", "Invalid template", "`message.template` names no template.", "Check the id in the console."),
        ("7109", "Do not disturb", "The recipient is on a do-not-disturb list.", _ADDRESS),
        ("7110", "User not active", "The recipient is not active.", _ADDRESS),
        ("7111", "Spam content", "The content was taken for spam; public link shorteners are a usual cause.", _CONTENT),
        ("7112", "Invalid message type", "The type of the message is not allowed here.", _CONTENT),
        ("7113", "Social hours", "Outside the hours in which sending is allowed.", _LATER),
        ("7114", "Configuration error", "The tenant is not configured for this.", _ACCOUNT),
        ("7115", "Rate plan undefined", "No price is configured.", _ACCOUNT),
        ("7116", "Destination profile not verified", "The recipient's profile is not verified.", _ADDRESS),
        ("7117", "RTM not enabled for app", "In-app messages are not enabled for the app.", _ACCOUNT),
        ("7118", "Push not enabled for app", "Push is not enabled for the app.", _ACCOUNT),
        ("7119", "Profile lacks OS details", "The recipient's profile does not say which system the device has.", _ADDRESS),
        ("7120", "Voice params length exceeded", "Parameters of a call flow are too long.", _CONTENT),
        (
            "7121",
            "Replaceable params could not be fetched",
            "`message.parameters` do not fit the template.",
            "Name each variable of the template.",
        ),
        ("7126", "Invalid content type", "The kind of content is not known.", _CONTENT),
        ("7127", "Source IP not allowed (voice)", "The tenant's allow-list lacks this address.", _ACCOUNT),
        ("7703", "Max buttons exceeded", "More than 3 buttons.", _CONTENT),
        ("7704", "Duplicate identifiers", "Two buttons or quick replies have the same identifier.", _CONTENT),
        ("7706", "Max quick replies exceeded", "More than 5 quick replies.", _CONTENT),
        ("7708", "Max image URLs exceeded", "More than 5 image URLs.", _CONTENT),
        ("7600", "Nothing found", "The query of a transaction's status found none.", "Check the transaction's id."),
        ("7601", "Not of this service", "The transaction that was asked for belongs to another service.", "Use that service's key."),
        *((str(code), "Contact policy", "Consent or a frequency cap forbids the message.", _LATER) for code in (*range(9000, 9008), 9010)),
    ),
    *_receipts(
        "all channels",
        ("7500", "Delivered", "Nothing to do."),
        ("7501", "Submitted", "Nothing to do; a later receipt follows."),
        ("7502", "Read", "Nothing to do."),
        ("7528", "Clicked", "Nothing to do."),
        ("7200", "Unknown status", _LATER),
        ("7208", "Expired", "Give a later `expiry`."),
    ),
    *_receipts(
        "sms",
        ("7201", "Failed at the operator", _LATER),
        ("7202", "Failed at the platform", _LATER),
        ("7203", "Unknown subscriber", _ADDRESS),
        ("7204", "No credit", _LATER),
        ("7205", "Binary error", _CONTENT),
        ("7206", "SIM full", _LATER),
        ("7207", "Unreachable", _LATER),
        ("7209", "Multipart message failed", _LATER),
        ("7210", "Billing failed", _ACCOUNT),
        ("7211", "Billing failed", _ACCOUNT),
        ("7004", "Invalid parameters", _CONTENT),
        ("7006", "Internal error", _LATER),
        ("7101", "Invalid sender id", "Check `senderid`."),
        ("7102", "Invalid address", _ADDRESS),
        ("7107", "Message length exceeded: over 4,000 characters", _CONTENT),
        ("7109", "Do not disturb", _ADDRESS),
    ),
    *_receipts(
        "sms in the USA and Canada",
        ("7111", "Spam content", _CONTENT),
        ("7280", "Deleted", _LATER),
        ("7281", "The 10DLC campaign does not allow it", _ACCOUNT),
        ("7282", "No route, or a landline", _ADDRESS),
        ("7283", "No route, or a landline", _ADDRESS),
        ("7284", "Duplicate", "Nothing to do: the same message was there before."),
        ("7302", "Rate limit", "Lower `rate` of the environment."),
        ("7513", "Device is not registered", _ADDRESS),
        ("7518", *_UNEXPLAINED),
        ("7607", "The type of the message is not allowed", _CONTENT),
        ("7720", "The recipient is blocked", _ADDRESS),
    ),
    *_receipts(
        "voice",
        ("7401", "No answer", _LATER),
        ("7402", "Busy", _LATER),
        ("7403", "Rejected", _LATER),
        ("7404", "Failed for another reason", _LATER),
        ("7405", "Released", "Nothing to do."),
        ("7406", "Rejected", _LATER),
        ("7407", "Offered", "Nothing to do."),
        ("7408", "Accepted", "Nothing to do."),
        ("7409", "Dropped", _LATER),
        ("7410", "Disconnected", "Nothing to do."),
        ("7411", "Trombone connected", "Nothing to do."),
        ("7412", "Trombone released", "Nothing to do."),
        ("7519", "Answered", "Nothing to do."),
        ("7005", "Request expired", "Give a later `expiry`."),
    ),
    *_receipts(
        "push",
        ("7503", "Expired before an attempt", "Give a later `expiry`."),
        ("7504", "Authentication with the push service failed", _ACCOUNT),
        ("7505", "Over 4 KB on Android", _CONTENT),
        ("7506", "Invalid time to live on Android", "Use 0 to 2419200 seconds."),
        ("7507", "Throttled by the push service", _LATER),
        ("7508", *_UNEXPLAINED),
        ("7509", "Throttled by the push service", _LATER),
        ("7510", "Over 4 KB on iOS", _CONTENT),
        ("7511", "Invalid time to live on iOS", "Use 0 to 2592000 seconds."),
        ("7512", "Invalid push id", _ADDRESS),
        ("7513", "Device is not registered", _ADDRESS),
        ("7514", "The certificate for Apple's service is not accepted", _ACCOUNT),
        ("7515", "The certificate for Apple's service is not accepted", _ACCOUNT),
        ("7516", "Throttled by the push service", _LATER),
        ("7517", "Refused by Apple's service", _LATER),
        ("7518", "Refused by Apple's service", _LATER),
        *((str(code), "Refused by Huawei's service", _LATER) for code in range(7537, 7552)),
        ("7560", "Invalid parameters for Google's service", _CONTENT),
        ("7563", "Throttled by the push service", _LATER),
        ("7564", "Throttled by the push service", _LATER),
        ("7571", "Device is not registered", _ADDRESS),
        *((str(code), "Refused by Google's service", _LATER) for code in range(7561, 7579) if code not in (7563, 7564, 7571)),
        ("7884", "Reserved data keys", "Rename custom keys that begin with from, gcm or google."),
        *((str(code), *_UNEXPLAINED) for code in range(7880, 7893) if code != 7884),
        ("7105", "Customer profile not found", _ADDRESS),
    ),
    *_receipts(
        "rt",
        ("7301", "Expired", "Give a later `expiry`."),
        ("7304", *_UNEXPLAINED),
        ("7305", *_UNEXPLAINED),
        ("7307", *_UNEXPLAINED),
        ("7308", "Invalid topic", _ADDRESS),
        ("7309", "Topic without subscribers", _ADDRESS),
        ("7310", "No such segment", _ADDRESS),
        ("7311", "Thread or stream name required", "Give `thread_id`."),
        ("7312", "Invalid thread id", "Check `thread_id`."),
        ("7010", "Service provider exception", _LATER),
        ("7011", "Unknown exception", _LATER),
    ),
    *_receipts(
        "fb",
        ("7010", "Service provider exception", _LATER),
        ("7011", "Unknown exception", _LATER),
        ("7301", "Expired", "Give a later `expiry`."),
        ("7303", "Endpoint not reachable", _LATER),
        ("7307", "Endpoint not reachable", _LATER),
        ("7313", "The customer has not written yet", "Messenger lets a page answer only those who wrote to it."),
        ("7526", "Tag or permission", "Check `messaging_type` and `tag`."),
        ("2018047", "Messenger's rules for Europe forbid it", _CONTENT),
        ("2018336", "Messenger's rules for Europe forbid it", _CONTENT),
    ),
    *_receipts(
        "twitter, wechat",
        ("7602", "Presence", _ADDRESS),
        ("7603", "Validation", _CONTENT),
        ("7608", "Image too large", "WeChat takes JPG up to 128 KB."),
        ("7609", "Sound over 256 KB", _CONTENT),
        ("7610", "Video over 1 MB", _CONTENT),
        ("7611", "Thumbnail over 64 KB", _CONTENT),
        ("7618", "Characters that are not allowed", _CONTENT),
        ("7627", "Media id missing", "Give `attachment.media.id`."),
        ("7628", "Not a follower", "Only followers can be reached."),
        ("7629", "Not a follower", "Only followers can be reached."),
        ("7630", "Empty rich media", _CONTENT),
        ("7631", "Empty text", _CONTENT),
        ("7632", "Media too large", _CONTENT),
        ("7633", "Text too long", _CONTENT),
        ("7634", "Title too long", _CONTENT),
        ("7635", "Description too long", _CONTENT),
        ("7636", "URL too long", _CONTENT),
        ("7637", "URL of an image too long", _CONTENT),
        ("7638", "Sound over 60 s", _CONTENT),
        ("7639", "Quota reached", _LATER),
        ("7641", "Quota reached", _LATER),
        ("7642", "No such user", _ADDRESS),
        ("7643", "Type of image not allowed", "WeChat takes JPG."),
    ),
)

BY_CODE: dict[str, PlatformCode] = {known.code: known for known in reversed(CODES)}
"""Each code once; where an answer and a receipt share a number, the answer."""

SERVER_MESSAGES: tuple[tuple[str, str, str], ...] = (
    ("7003", "param 'deliverychannel' missing", "missing-field"),
    ("7003", "No destination channel information found in request", "not-allowed-value"),
    ("7003", "any one of [customerid,msisdn,email, userid,pushid,psid, etc.] is mandatory", "no-address"),
    ("7003", "param 'sms' missing for channel sms", "channel-block-mismatch"),
    ("7003", "param 'text' missing for channel sms", "missing-field"),
    ("7003", "param 'body' missing for channel sms", "sms-binary-body"),
    ("7003", "param 'voice' missing for channel voice", "channel-block-mismatch"),
    ("7003", "either param 'callflowid' or param 'media' is required", "voice-source"),
    ("7003", "param 'push' missing for push channel", "channel-block-mismatch"),
    ("7003", "either android or ios information is mandatory for push channel", "push-platform-text"),
    ("7003", "param 'text' is missing for android", "push-platform-text"),
    ("7003", "param 'text' is missing for ios", "push-platform-text"),
    ("7003", "mandatory param device_types missing", "push-actions"),
    ("7003", "mandatory param category missing", "push-actions"),
    ("7003", "mandatory param actions missing", "push-actions"),
    ("7003", "mandatory param pos missing", "push-actions"),
    ("7003", "value missing for action xxx", "push-actions"),
    ("7003", "param 'appmessaging' missing for channel rt", "channel-block-mismatch"),
    ("7003", "param 'text' missing for channel rt", "ott-content"),
    ("7003", "param 'OTT-Messaging' missing for channel fb", "channel-block-mismatch"),
    ("7003", "param 'fb' missing for channel fb", "channel-block-mismatch"),
    ("7003", "param 'text' missing for channel fb", "ott-content"),
    ("7003", "param 'mediaid' or type based attachment is required", "missing-field"),
    ("7004", "invalid value for param 'priority', it should be one of [1,2,3,4,5]", "not-allowed-value"),
    ("7004", "invalid value of param 'type' , only [1,2,3,4] are allowed", "not-allowed-value"),
    ("7004", "invalid device type xxx, only ios or android is allowed", "push-actions"),
    ("7004", "duplicate device type xxx", "push-actions"),
    ("7004", "duplicate values for pos", "push-actions"),
    ("7004", "only positions [xx,xx] are allowed for this category", "push-actions"),
    ("7004", "Invalid number of actions, expected actions size xx, but found xx", "push-actions"),
    ("7004", "invalid value of param action or action is invalid for this channel", "push-actions"),
    ("7004", "invalid action for identifier xxx", "push-actions"),
    ("7004", "specified value is invalid for action xxx", "url-not-https"),
    ("7004", "Invalid value of param category or no identifiers mapped to this category", "push-actions"),
    ("7004", "invalid identifier or no actions mapped for this identifier", "push-actions"),
    ("7004", "no identifier found for this category and at this position", "push-actions"),
    ("7004", "param 'title' in notification, is missed or empty", "empty-text"),
    ("7004", "invalid 'type' in rt attachment (image, location, file, video, audio only)", "not-allowed-value"),
)
"""The server's documented messages for 7003 and 7004, each with the rule that predicts it; ``xx`` and ``xxx`` stand for values."""

BY_PREDICTION = {code: known.name for code, known in BY_CODE.items()}
"""The general words of a code, for predictions where the server's own are not documented."""
