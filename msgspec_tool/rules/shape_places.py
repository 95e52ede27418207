"""Where findings on shape stand, how keys and values are replaced, and which refusal the platform documents."""

from __future__ import annotations

from msgspec_tool.channels.layout import BLOCK_PATHS
from msgspec_tool.diagnostics import Applicability, Edit, Fix, Prediction
from msgspec_tool.model import OTT_CHANNELS, MessageForm, RequestBody, ShapedSpec, ShapeProblem
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

Shape = ShapedSpec | RequestBody
"""What was compared with a schema."""

MISSING = "Mandatory parameters missing"
"""The documented text of 7003 where the server has none of its own."""

INVALID = "Invalid parameters"
"""The documented text of 7004 where the server has none of its own."""

_TOOL_KEYS = frozenset({"msgspec", "name", "description", "owner", "tags", "locale", "timezone", "variables", "samples", "tests"})
_TOOL_MEMBERS = frozenset({("expiry", "after"), ("destination", "from"), ("destination", "with")})


def holder_span(field: Field) -> Span:
    """Where something is missing: at the key of the object that lacks it, or at its first key where it has none of its own."""
    if field.path and isinstance(field.path[-1], str):
        return field.key_span
    for _name, member in field.items():
        return member.key_span
    span = field.span
    return Span(span.start, min(span.end, span.start + 1))


def rename_key(field: Field, name: str, applicability: Applicability = Applicability.SAFE) -> Fix:
    """Write another name for the key of a field; its quotes stay."""
    return Fix(f"write '{name}'", (Edit(field.key_span, _requoted(field.file.slice(field.key_span), name)),), applicability)


def replace_value(field: Field, text: str) -> Fix:
    """Write another value; its quotes stay."""
    return Fix(f"write '{text}'", (Edit(field.span, _requoted(field.file.slice(field.span), text)),), Applicability.UNSAFE)


def _requoted(written: str, text: str) -> str:
    quote = written[:1] if written[:1] in ("'", '"') else ""
    return f"{quote}{text}{quote}"


def is_body(field: Field) -> bool:
    """Whether a field stands in a request body and not in a spec."""
    return not field.document.templated


def of_the_api(problem: ShapeProblem) -> bool:
    """Whether the platform would see the field: everything but what a spec keeps for the tool."""
    path = problem.field.path
    first = path[0] if path else problem.name
    return is_body(problem.field) or (first not in _TOOL_KEYS and (*path, problem.name)[:2] not in _TOOL_MEMBERS and first != "")


def block_missing(channel: str, root: Field | None = None) -> Prediction:
    """The server's words where a channel's block is missing from a message (``root``)."""
    if channel == "push":
        return Prediction("7003", "param 'push' missing for push channel")
    if channel in OTT_CHANNELS and root is not None and root.find("channels", "OTT-Messaging") is not None:
        return Prediction("7003", f"param '{channel}' missing for channel {channel}")
    return Prediction("7003", f"param '{BLOCK_PATHS[channel][1]}' missing for channel {channel}")


def has_template(form: MessageForm) -> bool:
    """Whether a platform template is named."""
    template = form.root.find("message", "template")
    return template is not None and template.value != ""
