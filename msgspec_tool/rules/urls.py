"""URL: addresses that phones, browsers and the platform open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec_tool.config import MESSAGING_PATH
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Prediction, Severity, Subject, rule
from msgspec_tool.model import FileSet, MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.reader_texts import READ_KEYS, written_parts
from msgspec_tool.rules.reading import predicted
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.quoting import shown

_URL_KEYS = frozenset(
    {"notifyurl", "url", "iconurl", "attachmenturl", "imageurl", "imageUrl", "file", "image_url", "item_url", "order_url", "logo", "image"}
)
_URL_LISTS = frozenset({"imageUrls"})
_URL_ACTIONS = frozenset({"OPEN_URL", "OPENWEBVIEW", "OPEN_WEBVIEW"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PLAIN_LINK = r"(?i)\bhttp://[^\s\"'<>]*[^\s\"'<>.,;:!?)]"
_START = r"[A-Za-z][A-Za-z0-9+.-]*(?::|\Z)"


def _endpoints(files: FileSet, _context: RuleContext) -> Iterator[Finding]:
    """Endpoints of the project file's environments that ``submit`` refuses."""
    environments = files.settings.get("environments") if files.settings is not None else None
    for name, entry in environments.items() if environments is not None else ():
        endpoint = entry.get("endpoint")
        if endpoint is not None and isinstance(endpoint.value, str):
            yield from _endpoint(shown(name), endpoint, endpoint.value)


def _endpoint(environment: str, field: Field, url: str) -> Iterator[Finding]:
    scheme, _, rest = url.partition("://")
    span, secret = field.span, False
    if scheme.lower() != "https":
        span = field.text_span(0, len(scheme))
        flaw, help = "is not HTTPS: submit sends nothing there", "use https://"
    elif "@" in rest.partition("/")[0]:
        flaw, help, secret = "holds a user name or a password", "take it out: key_env names the variable with the key", True
    elif "?" in rest or "#" in rest or rest.startswith(("/", ":")):
        flaw, help = "is no plain URL of a host and a path", f"write it like https://host{MESSAGING_PATH}"
    else:
        return
    words = f"the endpoint of environment '{environment}' {flaw}"
    yield Finding(field.file, span, words, field.path, help=help, secret=secret)


@rule("URL801", "url-not-https", Subject.MESSAGE, fix=FixKind.UNSAFE, api=("7004",), proves=True, across=_endpoints)
def url_not_https(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A URL is not absolute and HTTPS.

    What: A field that holds a URL has a value that is no absolute URL or has spaces around it (error), or begins with
        ``http://`` (warning), as does a link in a text next to ``shortenLinks``, which shortens ``https://`` only (warning). Of a
        template counts what all its texts begin with, values of the environment included. The
        ``endpoint`` of an environment in the project file is one to which ``submit`` would send nothing (error). The server is
        known to look at the URLs of buttons only (7004).
    Why: The platform does not retry invalid notify URLs; phones refuse or warn about pages and pictures without TLS.
    Bad:
        notifyurl: hooks.example.com/receipts
    Good:
        notifyurl: https://hooks.example.com/receipts
    """
    for field in url_fields(form):
        finding = _judge(field, field.value) if not field.templated else _printed(form, field, context)
        if finding is not None:
            yield finding._replace(api=_prediction(form, field)) if finding.severity is None else finding
    if not context.proving and form.origin is not Origin.RENDERED:
        yield from _unshortened(form)


def _unshortened(form: MessageForm) -> Iterator[Finding]:
    """Links in texts that stay long although links shall be shortened."""
    wish = form.root.find("options", "shortenLinks")
    if wish is None or str(wish.value).lower() != "true" or form.block is None:
        return
    for field, start, text in _plain_links(form, form.block):
        span = field.text_span(start, start + len("http"))
        yield Finding(
            field.file,
            span,
            f"'{shown(text)}' stays as long as it is: shortenLinks shortens https links only",
            field.path,
            severity=Severity.WARNING,
            related=(Label("links shall be shortened", wish.file, wish.key_span),),
            help="use https://",
            fix=Fix("use https://", (Edit(span, "https"),), Applicability.UNSAFE),
        )


def _plain_links(form: MessageForm, block: Field) -> Iterator[tuple[Field, int, str]]:
    """Links without TLS in what people read: the text, where one begins in it, and the link."""
    for field in block.strings():
        if field.path[-1] in READ_KEYS and "http://" in field.value.lower():
            for start, end in written_parts(form, field):
                yield from ((field, start + found.start(), found[0]) for found in re.finditer(_PLAIN_LINK, field.value[start:end]))


def _prediction(form: MessageForm, field: Field) -> Prediction | None:
    """The server looks at the values of buttons; what it makes of other URLs is not documented."""
    if "interactive" not in field.path:
        return None
    return predicted("7004", f"specified value is invalid for action {_action(form.root, field)}")


def url_fields(form: MessageForm) -> tuple[Field, ...]:
    """Every field of a message that holds a URL."""
    notifyurl = form.root.get("notifyurl")
    inside = form.block.once(_urls_below) if form.block is not None else ()
    return inside if notifyurl is None else (notifyurl, *inside)


def _urls_below(block: Field) -> tuple[Field, ...]:
    return tuple(field for field in block.strings() if _holds_url(block, field))


def _holds_url(block: Field, field: Field) -> bool:
    key = field.path[-1]
    if isinstance(key, int):
        return field.path[-2] in _URL_LISTS
    return key in _URL_KEYS or (key == "value" and _action(block, field) in _URL_ACTIONS)


def _action(holder: Field, field: Field) -> Plain:
    """The ``action`` beside a ``value``, which stands somewhere below the holder."""
    action = holder.find(*field.path[len(holder.path) : -1], "action")
    return action.value if action is not None and not isinstance(action.value, (dict, list)) else None


def _printed(form: MessageForm, field: Field, context: RuleContext) -> Finding | None:
    """A template's URL, as far as all its texts are known, or at least what they begin with."""
    for text in texts_of(form, field):
        for one in sorted(text.finite) if text.finite is not None else ():
            finding = _judge(field, one)
            if finding is not None:
                return finding._replace(fix=None, span=field.span)
        if text.finite is None:
            finding = _begun(field, text.prefix)
            if finding is not None or context.proving:
                return finding or _relative(field, str(field.value))
    return None


def _begun(field: Field, prefix: str) -> Finding | None:
    """A URL of which only the beginning is known."""
    if not prefix:
        return None
    if prefix != prefix.lstrip():
        return _spaces(field, str(field.value))
    if re.match(_START, prefix) is None:
        return _relative(field, str(field.value))
    scheme = _SCHEME.match(prefix)
    finding = _scheme(field, prefix + "a", scheme[1].lower()) if scheme is not None and prefix.find("//") >= 0 else None
    return finding._replace(fix=None, span=field.span) if finding is not None and finding.severity is not None else None


def _judge(field: Field, value: str) -> Finding | None:
    if not value:
        return None
    if value != value.strip():
        return _spaces(field, value)
    scheme = _SCHEME.match(value)
    return _relative(field, value) if scheme is None else _scheme(field, value, scheme[1].lower())


def _scheme(field: Field, value: str, scheme: str) -> Finding | None:
    if scheme == "http":
        span = field.text_span(0, 4)
        fix = Fix("use https://", (Edit(span, "https"),), Applicability.UNSAFE)
        return Finding(
            field.file, span, f"'{shown(value)}' is not encrypted", field.path, severity=Severity.WARNING, help="use https://", fix=fix
        )
    if scheme != "https":
        return _relative(field, value)
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None
    if not host or len(value.split()) > 1:
        return Finding(
            field.file,
            field.span,
            f"'{shown(value)}' is not a URL",
            field.path,
            help="write an absolute URL such as https://example.com/page",
        )
    return None


def _relative(field: Field, value: str) -> Finding:
    return Finding(
        field.file,
        field.span,
        f"'{shown(value)}' is not an absolute https URL",
        field.path,
        help="write an absolute URL such as https://example.com/page",
    )


def _spaces(field: Field, value: str) -> Finding:
    end = len(value.rstrip())
    edits = []
    if value[:1].isspace():
        edits.append(Edit(field.text_span(0, len(value) - len(value.lstrip())), ""))
    if end < len(value):
        edits.append(Edit(field.text_span(end, len(value)), ""))
    quoted = field.document.style(field.path) in ("single", "double")
    fix = Fix("remove the spaces", tuple(edits), Applicability.UNSAFE) if quoted else None
    return Finding(field.file, field.span, "there are spaces around this URL", field.path, help="remove them", fix=fix)
