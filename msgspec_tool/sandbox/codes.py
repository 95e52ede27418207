"""The sandbox's own table of the platform's answers, from the reference's list of codes."""

from __future__ import annotations

from typing import NamedTuple

DESCRIPTIONS = {
    "1001": "Queued",
    "7000": "Invalid JSON",
    "7001": "Authentication failed.",
    "7002": "Service key missing",
    "7003": "Mandatory parameters missing",
    "7004": "Invalid parameters",
    "7005": "Request expired",
    "7006": "Internal error occurred",
    "7007": "Service inactive",
    "7008": "Inactive profile",
    "7009": "Max number of destinations",
    "7010": "Source IP not allowed",
    "7011": "Unknown exception",
    "7016": "Unknown exception",
    "7019": "Request expired",
    "7020": "Transaction limit reached",
    "7022": "JSON size exceeded",
    "7026": "JSON parameter size exceeded",
    "7034": "Max elements exceeded",
    "7101": "Invalid sender id",
    "7102": "Invalid address",
    "7103": "Not enough credits",
    "7104": "Invalid app id",
    "7105": "Customer profile not found",
    "7106": "Channel not configured",
    "7107": "Message length exceeded",
    "7108": "Invalid template",
    "7109": "Do not disturb",
    "7110": "User not active",
    "7111": "Spam content",
    "7112": "Invalid message type",
    "7113": "Social hours",
    "7114": "Configuration error",
    "7115": "Rate plan undefined",
    "7116": "Destination profile not verified",
    "7117": "RTM not enabled for app",
    "7118": "Push not enabled for app",
    "7119": "Profile lacks OS details",
    "7120": "Voice params length exceeded",
    "7121": "Replaceable params could not be fetched",
    "7126": "Invalid content type",
    "7127": "Source IP not allowed",
    "7600": "No transaction found",
    "7601": "Transaction does not belong to this service",
    "7703": "Max number of buttons",
    "7704": "Duplicate identifiers",
    "7706": "Max number of quick replies",
    "7708": "Max number of image URLs",
}
"""Of the synchronous codes of version 1 and of the transaction status. Those of contact policies (9000 and up) have no documented words."""

ORDER = ("7002", "7001", "7007", "7000", "7009", "7003", "7004", "7010", "7020")
"""In which the API checks: the first refusal is the one that is told."""


class Answered(NamedTuple):
    """What the API says of a request, or of one of its message objects."""

    code: str
    description: str

    @property
    def accepted(self) -> bool:
        """Whether it was taken."""
        return self.code == "1001"


def answered(code: str, description: str | None = None) -> Answered:
    """A code with the server's own words for it, or those given."""
    return Answered(code, description or DESCRIPTIONS.get(code, "Unknown status"))


def comes_first(code: str, other: str) -> bool:
    """Whether a refusal with ``code`` is told where ``other`` would refuse too."""
    return code in ORDER and other in ORDER and ORDER.index(code) < ORDER.index(other)


QUEUED = answered("1001")
