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
    "7600": "No transaction found",
    "7601": "Transaction does not belong to this service",
}


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


QUEUED = answered("1001")
