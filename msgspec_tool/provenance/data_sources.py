"""What gave a name of a template its value: a sample, a row, an environment, or the default of a declaration.

Values of a recipients file are shown only where their variable is declared and its ``sensitivity`` is ``public``: whom a
message goes to and what is said of a person stay out of every output, as they stay out of the reasons of refused rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec_tool.model import AnalysedSpec, Template, Variable
from msgspec_tool.origins import Datum, Written
from msgspec_tool.recipients.rows import Row
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.variables.keywords import shape

_PERSONAL = ("personal", "secret")
_PROGRAM: dict[tuple[str, ...], str] = {
    ("spec",): "name and version of the spec",
    ("spec", "version"): "the digest of the spec's text",
    ("recipient",): "row, address and channel of the message",
    ("recipient", "row"): "the number of the row",
    ("recipient", "address"): "the recipient's address",
    ("recipient", "channel"): "the channel of the message",
}


@dataclass(frozen=True)
class DataSources:
    """Where the names of one recipient's templates get their values."""

    spec: AnalysedSpec
    kind: str
    """``sample``, ``destination`` or ``row``."""
    words: str
    """Who the recipient is: "sample 'typical'", "row 3 of people.csv"."""
    given: Field | None = None
    """The values that the spec itself gives: a sample, or the ``with`` of a destination."""
    holder: Field | None = None
    """What holds the recipient's identifier keys, where the spec writes them."""
    row: Row | None = None
    """The recipient's row, without what is missing in it."""
    environment: str | None = None
    values: Mapping[str, Plain] = field(default_factory=dict)
    """The environment's."""

    def datum(self, name: tuple[str, ...]) -> Datum:
        """What gave a name its value; ``name`` goes with constant attributes, ``("env", "senderid")``."""
        if name[0] == "env":
            return self._of_environment(name)
        if name[0] in ("spec", "recipient"):
            return self._of_program(name)
        variable = self.spec.shaped.variables.get(name[0])
        # only a row has names that nobody declares
        return self._column(name[0], masked=True) if variable is None else self._variable(variable)

    def _of_environment(self, name: tuple[str, ...]) -> Datum:
        value: Plain = self.values
        for part in name[1:]:
            value = value.get(part) if isinstance(value, Mapping) else None
        return Datum(".".join(name), "environment", f"environment '{self.environment}'", value, in_words(value))

    def _of_program(self, name: tuple[str, ...]) -> Datum:
        if name == ("spec", "name"):
            field = self.spec.shaped.root.get("name")
            return Datum(
                "spec.name", "program", "the spec's name", self.spec.shaped.name, in_words(self.spec.shaped.name), place=_at(field)
            )
        masked = self.row is not None and name[:2] in (("recipient",), ("recipient", "address"))
        return Datum(".".join(name), "program", _PROGRAM.get(name, "no member"), None, "", masked)

    def _variable(self, variable: Variable) -> Datum:
        given = self._with().get(variable.name) if self.row is not None else self._given(variable.name)
        if given is not None and given.value is not None:
            return self._written(variable, given)
        if self.row is not None and given is None and self.row.values.get(variable.name) is not None:
            return self._column(variable.name, masked=_is_personal(variable))
        if "default" in variable.schema:
            value = variable.schema["default"]
            place = _at(variable.field.get("default"))
            return Datum(variable.name, "default", "its default", value, in_words(value), place=place)
        return Datum(variable.name, "missing", "no value, and no default", None, "null", place=_at(variable.field))

    def _given(self, name: str) -> Field | None:
        return self.given.get(name) if self.given is not None else None

    def _with(self) -> dict[str, Field]:
        found = self.spec.shaped.root.find("destination", "with")
        return dict(found.items()) if found is not None else {}

    def _written(self, variable: Variable, given: Field) -> Datum:
        """A value that the spec writes; under ``with`` it may be a template that reads others."""
        through = tuple(self._through(name, variable) for name in _read_by(self.spec.templates.get(given.path)))
        words = self.words if self.kind == "sample" else f"'with' of {self.words if self.row is None else 'the destination'}"
        kind = self.kind if self.row is None else "destination"
        is_number = isinstance(given.value, (int, float)) and not isinstance(given.value, bool)
        said = given.lexeme if is_number else in_words(given.value)
        return Datum(variable.name, kind, words, given.value, said, place=_at(given), through=through)

    def _through(self, name: tuple[str, ...], variable: Variable) -> Datum:
        # a column that is given to a variable is as personal as the variable
        if self.row is not None and name[0] in self.row.values and name[0] not in self.spec.shaped.variables:
            return self._column(name[0], masked=_is_personal(variable))
        return self.datum(name)

    def _column(self, name: str, *, masked: bool) -> Datum:
        assert self.row is not None
        value = self.row.values.get(name)
        words = f"row {self.row.number}, column '{name}'"
        return Datum(name, "row", words, None if masked else value, shape(value) if masked else in_words(value), masked)


def _read_by(template: Template | None) -> tuple[tuple[str, ...], ...]:
    if template is None or template.tree is None:
        return ()
    from msgspec_tool.templates.names.lineage import Lineage

    return Lineage(template).everything()


def _is_personal(variable: Variable) -> bool:
    return variable.schema.get("sensitivity") in _PERSONAL


def _at(field: Field | None) -> Written | None:
    return Written(field.file, field.span) if field is not None else None


def in_words(value: Plain) -> str:
    """A value for a person: text in quotes, numbers as JSON, of lists and objects the shape."""
    if isinstance(value, str):
        return f"'{shown(value)}'"
    if isinstance(value, (list, Mapping)):
        return shape(value)
    return getattr(value, "lexeme", None) or json.dumps(value)
