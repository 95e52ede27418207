"""The project that reviews are tried on: a statement near the end of its part, a parcel, and four offers with one partial."""

from __future__ import annotations

from pathlib import Path

from tests.repositories import Scratch

OFFER = """\
msgspec: 1
name: offer-NAME
variables:
  first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}
deliverychannel: sms
channels:
  sms:
    senderid: ACME
    text: 'Hi {{ first_name }}, the NAME offer is here. {% include "opt-out.txt" %}'
destination:
  - msisdn: "+447700900001"
    with: {first_name: Asha}
samples:
  typical: {first_name: Asha}
"""
STATEMENT = """\
msgspec: 1
name: statement
variables:
  month: {type: string, maxLength: 10, charset: gsm7, examples: [March]}
deliverychannel: sms
channels:
  sms:
    senderid: ACME
    text: >-
      Your statement for {{ month }} is ready. You can read it in the app under Documents, or at any of our branches
      when you bring your card with you.
destination:
  - msisdn: "+447700900001"
    with: {month: March}
samples:
  typical: {month: March}
  longest: {month: September}
"""
PARCEL = """\
msgspec: 1
name: parcel
variables:
  place: {type: string, maxLength: 20, charset: gsm7, examples: [the depot]}
deliverychannel: sms
channels:
  sms: {senderid: ACME, text: "Your parcel waits at {{ place }}."}
destination:
  - msisdn: "+447700900001"
    with: {place: the depot}
samples:
  typical: {place: the depot}
"""
FIRST = {
    "msgspec.yaml": "msgspec: 1\n",
    "partials/opt-out.txt": "To opt out, text STOP to 60777.",
    "messages/statement.msg.yaml": STATEMENT,
    "messages/parcel.msg.yaml": PARCEL,
    **{f"messages/offer-{name}.msg.yaml": OFFER.replace("NAME", name) for name in ("spring", "summer", "autumn", "winter")},
}


def three_commits(folder: Path) -> Scratch:
    """The first state, then a text that crosses a part boundary, a partial of four messages, and a variable with another name."""
    scratch = Scratch.made(folder)
    scratch.commit(FIRST)
    scratch.commit({"messages/statement.msg.yaml": STATEMENT.replace("your card with you", "your card and your passport with you")})
    scratch.commit({"partials/opt-out.txt": "Text STOP to 60777 to opt out."})
    scratch.commit({"messages/parcel.msg.yaml": PARCEL.replace("place", "where")})
    return scratch
