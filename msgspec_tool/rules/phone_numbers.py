"""DST502: numbers that the platform can call or write to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec_tool.channels.msisdns import MSISDN, surely_possible
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import Address, addresses, predicted
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.quoting import shown

_SEVERAL = r"(?a)(?:\+?[1-9][0-9]{6,14}(?:[,;|/\s]+|\Z)){2,}"
_NATIONAL = r"(?a)0[1-9][0-9 ().-]{5,16}\Z"


def _surely_numbers(path: Path, values: Sequence[str], context: RuleContext) -> bool:
    """Whether none of many addresses is refused."""
    if path[:1] != ("destination",) or "msisdn" not in path:
        return True
    plus = context.option("bad-msisdn", "plus", None)
    if plus is not None and {value[:1] == "+" for value in values} != {plus == "required"}:
        return False
    return surely_possible(values) or all(map(_is_number, values))


@lru_cache(maxsize=100_000)
def _is_number(text: str) -> bool:
    from phonenumbers.phonenumberutil import NumberParseException, is_possible_number, parse

    try:
        return bool(MSISDN.match(text)) and is_possible_number(parse("+" + text.lstrip("+"), None))
    except NumberParseException:
        return False


@rule("DST502", "bad-msisdn", Subject.MESSAGE, common=True, fix=FixKind.UNSAFE, api=("7102",), clears=_surely_numbers)
def bad_msisdn(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """An address is no phone number with its country code.

    What: An ``msisdn`` is not made of the country code and digits (7 to 15 of them, with or without ``+``), or no country
        has such numbers (error); or the country does not use the number (warning). Ranges reserved for fiction are fine.
        The option ``plus`` (``required`` or ``forbidden``) follows the tenant's "+E.164" setting.
    Why: The platform answers 7102, or the message reaches a stranger.
    Bad:
        destination:
          - msisdn: ["07700 900123"]
    Good:
        destination:
          - msisdn: ["+447700900123"]
    """
    plus = context.option("bad-msisdn", "plus", None)
    for address in addresses(form):
        if address.key == "msisdn" and address.text.strip():
            finding = _msisdn_finding(address, plus)
            if finding is not None:
                yield finding


def _msisdn_finding(address: Address, plus: object) -> Finding | None:
    text = address.text
    if not MSISDN.match(text):
        words = "lacks the country code" if re.match(_NATIONAL, text) else "is not a phone number with its country code"
        return _bad_number(address, f"'{shown(text)}' {words}", Severity.ERROR)
    if (plus == "required" and text[0] != "+") or (plus == "forbidden" and text[0] == "+"):
        wanted = f"+{text}" if plus == "required" else text[1:]
        fix = _replace(address.field, wanted) if address.field.value == text else None
        words = "must begin" if plus == "required" else "must not begin"
        return Finding(
            address.field.file,
            address.field.span,
            f"'{text}' {words} with '+' in this project",
            address.field.path,
            help=f"write {wanted}",
            fix=fix,
            api=predicted("7102"),
        )
    from msgspec_tool.channels.fiction import is_fictional

    if is_fictional(text):
        return None
    return _unknown_number(address, text)


def _unknown_number(address: Address, text: str) -> Finding | None:
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + text.lstrip("+"), None)
    except phonenumbers.NumberParseException:
        return _bad_number(address, f"'{text}' begins with no country code", Severity.ERROR)
    if not phonenumbers.is_possible_number(number):
        region = phonenumbers.region_code_for_country_code(number.country_code or 0)
        return _bad_number(address, f"'{text}' has a length that numbers of {region} (+{number.country_code}) never have", Severity.ERROR)
    if not phonenumbers.is_valid_number(number):
        return _bad_number(address, f"'{text}' is in no range that +{number.country_code} is known to use", Severity.WARNING)
    return None


def _bad_number(address: Address, message: str, severity: Severity) -> Finding:
    wanted = _mended(address.text) if severity is Severity.ERROR else None
    fix = _replace(address.field, wanted) if wanted and isinstance(address.field.value, str) else None
    return Finding(
        address.field.file,
        address.field.span,
        message,
        address.field.path,
        severity=severity,
        help=f"write {wanted}" if wanted else _remedy(address.text),
        fix=fix,
        api=predicted("7102") if severity is Severity.ERROR else None,
    )


def _remedy(text: str) -> str:
    if re.fullmatch(_SEVERAL, text):
        return 'these are several numbers: write a list such as ["+447700900123", "+447700900124"]'
    if re.match(_NATIONAL, text):
        return 'put the country code in place of the leading 0, as in "+447700900123"'
    return 'write the country code and the number, digits only, in quotes: "+447700900123"'


def _mended(text: str) -> str | None:
    """The number without the marks that people write between digits, where that makes it one."""
    plain = re.sub(r"[\s().\-/\u00a0]", "", text)
    plain = "+" + plain[2:] if plain.startswith("00") else plain
    return plain if plain != text and MSISDN.match(plain) else None


def _replace(field: Field, text: str) -> Fix:
    return Fix(f"write {text}", (Edit(field.span, f'"{text}"'),), Applicability.UNSAFE)
