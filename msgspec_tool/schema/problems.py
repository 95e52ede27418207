"""Validation errors become problems: one a cause, in words, at the value that is to blame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec_tool.model import ShapeProblem, ShapeProblemKind
from msgspec_tool.schema.conditions import json_type, types_of
from msgspec_tool.schema.thesaurus import elsewhere, is_wrapper, key_meant, nowhere, place_inside, value_meant
from msgspec_tool.schema.wording import alternatives, expected, few, place, quoted
from msgspec_tool.source.document import Field, Path, Plain

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_ANCHOR = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than", "exclusiveMaximum": "less than"}

MOST = 1000
"""Problems that are told of one file: a stranger's file with a million keys must not hold a linter up."""

_MOST_KEYS = 100
"""Unknown keys of one mapping that are told one by one."""

_OWN_KEYS = "customtags"
"""The member of ``extras`` that takes keys of an app's own."""

_ELSEWHERE = frozenset(
    ("whatsapp", "email", "mms", "rcs", "applebusinesschat", "applemessages", "instagram", "telegram", "viber", "line", "gbm")
)
"""Channels that the platform or others have, and this language has not."""

_DEVICES = frozenset(("android", "ios", "web", "windows"))

_TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
"""What somebody may give a variable in place of a declaration."""

_WRITTEN_AS: Mapping[Path, str] = {
    ("variables",): "variables: {first_name: {type: string}}",
    ("samples",): "samples: {typical: {first_name: Asha}}",
    ("channels",): "channels: {sms: {text: Hello}}",
    ("destination",): 'destination: [{msisdn: ["+447700900123"]}]',
    ("tests",): "tests: [{name: wording, expect: {channels.sms.text: Hello}}]",
    ("tags",): "tags: [billing, reminder]",
    ("channels", "sms"): "sms: {senderid: ACME, text: Hello}",
}
"""How the parts of a spec that people give the wrong shape look."""

_LONGEST_NAME = 64
_ALL = 8
"""Allowed values that are listed as a whole; of more only the nearest."""

Places = Mapping[str, tuple[str, ...]]
"""Property names and where they are valid."""


def shape_problems(root: Field, errors: Iterable[ValidationError], places: Places) -> tuple[ShapeProblem, ...]:
    """One problem a cause, in the order of the document's places."""
    found: dict[tuple[Path, str], ShapeProblem] = {}
    for error in errors:
        for problem in _translated(root, error, places):
            _keep(found, problem)
        if len(found) >= MOST:
            return (*found.values(), _more(root, next(iter(found.values())).kind))
    return tuple(found.values())


def _more(root: Field, kind: ShapeProblemKind) -> ShapeProblem:
    return ShapeProblem(
        kind, root, f"there are more than {MOST:,} mistakes of this sort in the file", help="mend the first ones and look again"
    )


def _keep(found: dict[tuple[Path, str], ShapeProblem], problem: ShapeProblem) -> None:
    """The first problem at a place stays, but a wrong type explains a wrong value."""
    key = (problem.field.path, problem.name)
    if key not in found or (problem.kind is ShapeProblemKind.TYPE and found[key].kind is ShapeProblemKind.VALUE):
        found[key] = problem


def _translated(root: Field, error: ValidationError, places: Places) -> Iterator[ShapeProblem]:
    target = root.find(*error.absolute_path) if error.absolute_path else root
    if target is None:
        return
    if "propertyNames" in error.absolute_schema_path:
        yield _bad_name(target, error)
        return
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    translate: Callable[..., Iterator[ShapeProblem]] = _TRANSLATIONS.get(str(error.validator), _bound)
    yield from translate(target, error.validator_value, schema, places)


def _missing(target: Field, required: Plain, schema: Mapping[str, Any], _places: Places) -> Iterator[ShapeProblem]:
    where = place(target.path)
    for name in required:
        if name not in target.value:
            message = f"'{name}' is missing" + (f" in {where}" if where else "")
            yield ShapeProblem(ShapeProblemKind.MISSING, target, message, name, help=f"add {_only_entry(name, schema)}")


def _only_entry(name: str, schema: Mapping[str, Any]) -> str:
    """A key, with its value where it has just one."""
    member = schema.get("properties", {}).get(name)
    options = list(member.get("enum", ())) if isinstance(member, dict) else []
    return f"{name}: {options[0]}" if len(options) == 1 else f"'{name}'"


def _unknown(target: Field, _false: Plain, schema: Mapping[str, Any], places: Places) -> Iterator[ShapeProblem]:
    members = {
        name: member if isinstance(member, dict) else {}
        for name, member in schema.get("properties", {}).items()
        if not (isinstance(member, dict) and "deprecated" in member)
    }
    free = {name: member for name, member in members.items() if name not in target.value} or members
    lacking = [name for name in schema.get("required", ()) if name in free]
    extra = [name for name in target.value if name not in schema.get("properties", {})]
    for number, name in enumerate(extra[: _MOST_KEYS + 1]):
        member = target.get(name) or target
        if number < _MOST_KEYS:
            yield _unknown_key(member, name, _Keys(tuple(members), free, lacking), places)
        else:
            message = f"{quoted(name)} and {len(extra) - number - 1:,} more keys are not known"
            yield ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name)


class _Keys(NamedTuple):
    """The keys of a mapping: all that it can have, those that it does not have yet, and those of them that it must have."""

    known: tuple[str, ...]
    free: Mapping[str, dict[str, Any]]
    lacking: Sequence[str]

    def meant_by(self, name: str, value: Plain, *, sure: bool) -> str | None:
        """The key that was most likely meant, one that takes such a value."""
        kind = json_type(value)
        fitting = [key for key, schema in self.free.items() if kind not in ("object", "array") or kind in types_of(schema)]
        return key_meant(name, (key for key in self.lacking if key in fitting), sure=sure) or key_meant(name, fitting, sure=sure)


def _unknown_key(member: Field, name: str, keys: _Keys, places: Places) -> ShapeProblem:
    where = place(member.path[:-1])
    message = f"{quoted(name)} is not known" + (f" in {where}" if where else " at the top")
    remedy = nowhere(name) if not where else elsewhere(name)
    if remedy is not None and keys.meant_by(name, member.value, sure=True) is None:
        return ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name, help=f"remove it; {remedy}")
    if is_wrapper(name, member.value, keys.known):
        remedy = f"write what it holds directly under {place(member.path[:-1])}" if where else "write what it holds at the top"
        return ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name, help=remedy)
    inside = place_inside(str(member.path[-2]), name) if len(member.path) > 1 else None
    if inside is not None:
        return ShapeProblem(
            ShapeProblemKind.UNKNOWN, member, f"{message}; it is valid under {inside}", name, help=f"move it to {where}.{inside}"
        )
    near = keys.meant_by(name, member.value, sure=name in places)
    if near is not None:
        return ShapeProblem(
            ShapeProblemKind.UNKNOWN, member, f"{message}; did you mean '{near}'?", name, help=f"write '{near}'", replacement=near
        )
    valid = _homes(member, places.get(name, ()))
    if valid:
        below = alternatives([option for option in valid if option]) if any(valid) else ""
        words = " or ".join([*["at the top"] * ("" in valid), *([f"under {below}"] if below else [])])
        return ShapeProblem(
            ShapeProblemKind.UNKNOWN, member, f"{message}; it is valid {words}", name, help=f"move it to {valid[0] or 'the top'}"
        )
    if _OWN_KEYS in keys.known:
        remedy = f"write it under '{_OWN_KEYS}', which takes keys of your own"
        return ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name, help=remedy)
    return ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name, help=_removal(keys.known))


def _removal(known: Sequence[str]) -> str:
    if not 0 < len(known) <= _ALL:
        return "remove it"
    names = [f"'{key}'" for key in known]
    return (
        f"remove it; known here {'is' if len(names) == 1 else 'are'} {' and '.join([', '.join(names[:-1]), names[-1]][len(names) == 1 :])}"
    )


def _homes(member: Field, options: Iterable[str]) -> list[str]:
    """The places, at most three, to which a key was most likely meant to go: what is written already counts before what may be.

    What belongs to another channel, or another kind of device, is no home.
    """
    root = member.document.value
    here = [part for part in member.path[:-1] if isinstance(part, str)]
    around = {".".join(here[: at - 1]) for at, part in enumerate(here, 1) if part == member.path[-1]}
    near = [option for option in options if option not in around and _is_of_the_same(here, option.split(".") if option else [])]
    steps = [(option, option.split(".") if option else []) for option in near]
    ranked = [
        (not _is_written(root, parts), parts[: len(here)] != here and here[: len(parts)] != parts, option)
        for option, parts in steps
        if option != place(member.path[:-1])
    ]
    return [option for *rank, option in ranked if rank == list(min(ranked)[:2])][:3]


def _is_of_the_same(here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether a place is of the same part of the document, and inside ``channels`` of the same channel and kind of device."""
    if not there or not here:
        return True
    mine, theirs = _block(here), _block(there)
    return all(one == other or "" in (one, other) for one, other in zip(mine, theirs, strict=True))


def _block(parts: Sequence[str]) -> tuple[str, str, str]:
    """The part of the document, the channel, and the kind of device that a place belongs to, as far as it says."""
    inner = [part for part in parts[1:] if part != "OTT-Messaging"] if parts[0] == "channels" else []
    device = next((part.removesuffix("_extras") for part in inner[1:] if part.removesuffix("_extras") in _DEVICES), "")
    return parts[0], inner[0] if inner else "", device


def _is_written(value: Plain, parts: Iterable[str]) -> bool:
    for part in parts:
        if not isinstance(value, dict) or part not in value:
            return False
        value = value[part]
    return isinstance(value, dict)


def _wrong_type(target: Field, types: Plain, schema: Mapping[str, Any], _places: Places) -> Iterator[ShapeProblem]:
    names = [types] if isinstance(types, str) else list(types)
    if "x-template" in schema:
        names = [name for name in names if name != "string"]
    if "string" in names and "integer" in names:
        names.remove("integer")
    yield _type_problem(target, names, schema.get("required", ()))


def _type_problem(target: Field, names: list[str], mandatory: Sequence[str] = ()) -> ShapeProblem:
    wanted = expected(names, json=not target.document.templated)
    message = f"{_element(target)} must be {wanted}, not {_found(target)}"
    meant = f"{{type: {_declared(target.value)}}}" if target.path[:-1] == ("variables",) else wanted
    form = _WRITTEN_AS.get(target.path) if target.document.templated else None
    if mandatory and names == ["object"] and form is None and meant == wanted:
        listed = [f"'{name}'" for name in mandatory]
        meant = f"{wanted} with {' and '.join([', '.join(listed[:-1]), listed[-1]][len(listed) == 1 :])}"
    return ShapeProblem(ShapeProblemKind.TYPE, target, message, help=f"write it like {form}" if form else f"write {meant}")


def _declared(value: Plain) -> str:
    """The type of a variable for which somebody wrote the type alone, an example or nothing."""
    if value in _TYPES:
        return str(value)
    kind = json_type(value)
    return "string" if kind in ("null", "object") else kind


def _wrong_value(target: Field, options: Plain, schema: Mapping[str, Any], _places: Places) -> Iterator[ShapeProblem]:
    texts = list(dict.fromkeys(str(option).lower() if isinstance(option, bool) else str(option) for option in options if option != ""))
    written = str(target.value)
    withdrawn = schema.get("x-withdrawn", {}).get(written) if isinstance(target.value, str) else None
    if withdrawn:
        message = f"{_subject(target)} cannot be {quoted(written)}: it was {withdrawn}"
        yield ShapeProblem(ShapeProblemKind.VALUE, target, message, help="use " + alternatives([f"'{text}'" for text in texts]))
        return
    several = [part for part in re.split(r"[\s,;/+&]+|\band\b", written.lower()) if part]
    if target.path == ("deliverychannel",) and len(several) > 1 and set(several) <= set(texts) and target.document.templated:
        yield ShapeProblem(
            ShapeProblemKind.VALUE, target, f"{quoted(written)} is one text, not a list of channels", help=f"write [{', '.join(several)}]"
        )
        return
    elsewhere = target.path[:1] == ("deliverychannel",) and written.lower().replace("-", "").replace("_", "") in _ELSEWHERE
    if elsewhere:
        remedy = "use one of " + ", ".join(f"'{text}'" for text in texts)
        message = f"{_subject(target)} cannot {'hold' if _is_item(target) else 'be'} {quoted(target.value)}: there is no such channel here"
        yield ShapeProblem(ShapeProblemKind.VALUE, target, message, help=remedy)
        return
    near = value_meant(written, texts) if isinstance(target.value, str) else None
    near = near or (texts[0] if len(texts) == 1 else None)
    message = f"{_subject(target)} cannot {'hold' if _is_item(target) else 'be'} {quoted(target.value)}"
    candidates = alternatives([f"'{text}'" for text in ([near] if near else texts if len(texts) <= _ALL else few(written, texts))])
    message += (
        f"; did you mean {candidates}?"
        if near and len(texts) > 1
        else f"; expected {candidates}" + (" or another documented value" if len(texts) > _ALL else "")
    )
    yield ShapeProblem(
        ShapeProblemKind.VALUE, target, message, help=f"write {candidates}" if near else "write one of them", replacement=near
    )


def _wrong_form(target: Field, _pattern: Plain, schema: Mapping[str, Any], _places: Places) -> Iterator[ShapeProblem]:
    if "x-template" in schema:
        yield _type_problem(target, [name for name in schema["type"] if name != "string"])
        return
    form = schema.get("x-expected", "another form")
    message = f"{_subject(target)} is {quoted(target.value)}, not {form}"
    meant = re.sub(r"[^a-z0-9]+", "-", str(target.value).lower()).strip("-")[:_LONGEST_NAME].strip("-") if target.path == ("name",) else ""
    remedy = f"write '{meant}'" if meant else schema.get("x-remedy", f"write {form}")
    yield ShapeProblem(ShapeProblemKind.VALUE, target, message, help=remedy, replacement=meant or None)


def _bound(target: Field, limit: Plain, schema: Mapping[str, Any], places: Places) -> Iterator[ShapeProblem]:
    if "x-expected" in schema:
        yield from _wrong_form(target, limit, schema, places)
        return
    message = f"{_subject(target)} is out of range: {quoted(target.value)}"
    yield ShapeProblem(ShapeProblemKind.VALUE, target, message, help="write a value inside the range")


def _number_bound(word: str) -> Callable[..., Iterator[ShapeProblem]]:
    def translate(target: Field, limit: Plain, _schema: Mapping[str, Any], _places: Places) -> Iterator[ShapeProblem]:
        message = f"{_subject(target)} is {quoted(target.value)}, and must be {word} {limit}"
        yield ShapeProblem(ShapeProblemKind.VALUE, target, message, help=f"write a number that is {word} {limit}")

    return translate


def _constant(target: Field, value: Plain, schema: Mapping[str, Any], places: Places) -> Iterator[ShapeProblem]:
    return _wrong_value(target, [value], schema, places)


def _bad_name(target: Field, error: ValidationError) -> ShapeProblem:
    member = target.get(str(error.instance)) or target
    form = error.schema.get("x-expected", "another form") if isinstance(error.schema, dict) else "another form"
    message = f"the name {quoted(error.instance)} is not allowed; expected {form}"
    return ShapeProblem(ShapeProblemKind.VALUE, member, message, name=str(error.instance), help="choose another name")


def _subject(target: Field) -> str:
    names = [part for part in target.path if isinstance(part, str)]
    if not target.path:
        return "the document"
    return f"'{names[-1]}'" if names else "each message"


def _is_item(target: Field) -> bool:
    return bool(target.path) and isinstance(target.path[-1], int)


def _element(target: Field) -> str:
    subject = _subject(target)
    return f"each item of {subject}" if _is_item(target) and subject.startswith("'") else subject


def _found(target: Field) -> str:
    kind = json_type(target.value)
    if kind in ("object", "array"):
        return expected([kind], json=not target.document.templated)
    return quoted(target.value) if kind == "null" else f"the {'text' if kind == 'string' else kind} {quoted(target.value)}"


_TRANSLATIONS: Mapping[str, Callable[..., Iterator[ShapeProblem]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _wrong_value,
    "const": _constant,
    "pattern": _wrong_form,
    **{keyword: _number_bound(word) for keyword, word in _ANCHOR.items()},
}
