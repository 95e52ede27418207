"""Addresses that reach nobody: what samples are rendered to where they name no recipient of their own."""

from __future__ import annotations

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
