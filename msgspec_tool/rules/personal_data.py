"""SEC903: people whose data stands in a repository."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec_tool.channels.fiction import is_fictional
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.domain.hosts import unreachable
from msgspec_tool.model import ShapedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field

_NUMBER = re.compile(r"\+[1-9][0-9 ().-]{6,20}\Z|[1-9][0-9]{9,14}\Z", re.ASCII)
_PHONE_NAMES = re.compile(r"phone|mobile|msisdn|cell|landline|tel\b|number", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@(?P<host>[^@\s]+\.[A-Za-z]{2,})\Z")
_CARD = re.compile(r"(?:[0-9][ -]?){12,18}[0-9]\Z", re.ASCII)
_ACCOUNT = re.compile(r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\Z", re.ASCII)
_TEST_CARDS = frozenset(("4242424242424242", "4111111111111111", "5555555555554444", "378282246310005", "4000056655665556"))
_HELP = "use numbers reserved for fiction (+447700900000 to +447700900999) and addresses of example.com, or a file of recipients elsewhere"


@rule("SEC903", "personal-data-in-repo", Subject.SHAPED, severity=Severity.WARNING, confident=False, profiles=("audit",))
def personal_data_in_repo(spec: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """Data of people who may be real stand in the spec.

    What: An inline destination, a sample, an example or a default holds a phone number that could be somebody's (no range
        reserved for fiction), an e-mail address outside of the example domains, the number of a payment card, or an IBAN.
    Why: A repository is copied, searched and kept; the people did not agree, and a test that is sent by mistake reaches them.
    Bad:
        samples:
          usual: {recipient: {msisdn: "+447911123456"}}
    Good:
        samples:
          usual: {recipient: {msisdn: "+447700900001"}}
    """
    for holder in _holders(spec):
        found = [(field, kind) for field in holder.walk() if (kind := _kind(field)) is not None]
        if found:
            field, kind = found[0]
            others = f", and {len(found) - 1} more of this list" if len(found) > 1 else ""
            message = f"this could be {kind} of a real person{others}"
            yield Finding(field.file, field.span, message, field.path, help=_HELP)


def _holders(spec: ShapedSpec) -> Iterator[Field]:
    """Where people's data are written: one finding for each is enough."""
    if spec.destination is not None and isinstance(spec.destination.value, list):
        yield spec.destination
    samples = spec.root.get("samples")
    yield from (sample for _name, sample in (samples.items() if samples is not None else ()))
    for variable in spec.variables.values():
        yield from (member for key in ("examples", "default", "const", "enum") if (member := variable.field.get(key)) is not None)


def _kind(field: Field) -> str | None:
    text = field.value
    if not isinstance(text, str) or field.templated or len(text) < 7:
        return None
    return next((kind for kind, holds in _KINDS.items() if holds(field, text)), None)


def _is_phone(field: Field, text: str) -> bool:
    named = any(isinstance(part, str) and _PHONE_NAMES.search(part) for part in field.path[-3:])
    if not _NUMBER.match(text) or not (named or text[0] == "+"):
        return False
    digits = re.sub(r"[^0-9]", "", text)
    if is_fictional(digits):
        return False
    from phonenumbers import phonenumberutil

    try:
        return bool(phonenumberutil.is_valid_number(phonenumberutil.parse("+" + digits, None)))
    except phonenumberutil.NumberParseException:
        return False


def _is_email(_field: Field, text: str) -> bool:
    found = _EMAIL.match(text)
    return found is not None and unreachable(found["host"]) is None


def _is_card(_field: Field, text: str) -> bool:
    digits = re.sub(r"[ -]", "", text)
    if not _CARD.match(text) or digits in _TEST_CARDS or digits[0] not in "3456" or len(digits) not in (15, 16):
        return False
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_account(_field: Field, text: str) -> bool:
    plain = text.replace(" ", "")
    if not _ACCOUNT.match(text) or not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


_KINDS: dict[str, Callable[[Field, str], bool]] = {
    "the phone number": _is_phone,
    "the e-mail address": _is_email,
    "the payment card": _is_card,
    "the bank account": _is_account,
}
