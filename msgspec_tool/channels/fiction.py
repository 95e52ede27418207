"""Addresses that reach nobody: what samples are rendered to where they name no recipient, and numbers that nobody has."""

from __future__ import annotations

import re

FICTIONAL_ADDRESSES: dict[str, str] = {
    "msisdn": "+447700900001",
    "customerid": "sample-customer",
    "userid": "sample-user",
    "android_pushid": "sample-android-token",
    "ios_pushid": "sample-ios-token",
    "hms_pushid": "sample-hms-token",
    "chrome_pushid": "sample-chrome-token",
    "firefox_pushid": "sample-firefox-token",
    "safari_pushid": "sample-safari-token",
    "psid": "1000000000000001",
    "twitterid": "1000000001",
    "wechatID": "sample-wechat",
}
"""One for each identifier key. ``+447700900001`` is in the range that Ofcom reserves for drama (07700 900000 to 900999)."""

_RESERVED = re.compile(
    r"\+?(?:447700900[0-9]{3}|44(?:1(?:1[3-8]|21|31|41|51|61|91)4960|20794600|1632960|8081570)[0-9]{2,3}"
    r"|1[2-9][0-9]{2}55501[0-9]{2}|614915701[0-9]{2}|3363998[0-9]{4})\Z",
    re.ASCII,
)


def is_fictional(number: str) -> bool:
    """Whether a phone number with its country code is of a range that a regulator reserves for films and examples.

    The United Kingdom's (Ofcom), North America's 555-01, Australia's and France's are known.
    """
    return _RESERVED.match(number) is not None
