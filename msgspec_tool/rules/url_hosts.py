"""URL: where links lead, by the names of their hosts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.domain.hosts import SHORTENERS, belongs_to, disguised, unreachable
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.links import Link, links
from msgspec_tool.schema.wording import nearest
from msgspec_tool.source.document import Path
from msgspec_tool.source.quoting import shown


def _without_login(_path: Path, values: Sequence[str], _context: RuleContext) -> bool:
    """Whether no text of many holds the sign that ends a password: of a row only that refuses."""
    from msgspec_tool.templates.running.gaps import any_holds

    return not any_holds(values, "@")


@rule("URL802", "url-bad-host", Subject.MESSAGE, severity=Severity.WARNING, worst=Severity.ERROR, clears=_without_login)
def url_bad_host(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A link leads to a host that nobody can reach, or holds a password.

    What: A URL holds a user name and a password (error); or its host is localhost, an address or a name of a private network,
        or reserved for examples (warning). What a sandbox environment brings is fine, and so is every URL when lint is asked
        for one (``--env``). The option ``allow`` names hosts that are meant.
    Why: Whoever gets the message reads the password; the link works on the author's machine and nowhere else.
    Bad:
        notifyurl: https://localhost:8443/receipts
    Good:
        notifyurl: https://hooks.your-company.com/receipts
    """
    for link in links(form):
        if link.login is not None:
            yield _login(link)
        reason = unreachable(link.host)
        if reason is not None and not _is_meant(link, context):
            yield Finding(
                link.field.file,
                link.span,
                f"'{shown(link.host)}' {reason}",
                link.field.path,
                help="write the host that recipients reach; url-bad-host: {allow: […]} in msgspec.yaml names those that are meant",
            )


def _login(link: Link) -> Finding:
    return Finding(
        link.field.file,
        link.login or link.span,
        "this URL holds a user name and a password",
        link.field.path,
        severity=Severity.ERROR,
        help="change the password and take both out: who gets the message can read them",
        secret=True,
    )


def _is_meant(link: Link, context: RuleContext) -> bool:
    """Allowed by the project, or brought by environments that are for trying things out."""
    if belongs_to(link.host, context.names("url-bad-host", "allow")) or context.environment in context.sandboxes:
        return True
    bringing = {name for name, values in context.environments.items() if any(link.host in str(value) for value in values.values())}
    return link.span == link.field.span and bool(bringing) and bringing <= context.sandboxes


@rule("URL804", "url-shortener", Subject.MESSAGE, severity=Severity.WARNING, confident=False, profiles=("audit",))
def url_shortener(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A link hides where it leads, or leads to a host that the project does not list.

    What: The host is a public link shortener, or is written with letters of several alphabets or in Punycode; or it is not
        among the hosts that the option ``allow`` names, where it names any. The option ``shorteners`` adds to the known ones.
    Why: Carriers block shortened links as spam (the platform's code 7111), and customers learn to trust any address.
    Bad:
        channels:
          sms: {senderid: ACME, text: "Your bill: https://bit.ly/3xyzabc"}
    Good:
        channels:
          sms: {senderid: ACME, text: "Your bill: https://pay.your-company.com/b/3xyzabc"}
    """
    allowed = context.names("url-shortener", "allow")
    shorteners = (*SHORTENERS, *context.names("url-shortener", "shorteners"))
    for link in links(form):
        found = _objection(link.host, allowed, shorteners)
        if found is not None:
            message, help = found
            yield Finding(link.field.file, link.span, message, link.field.path, help=help)


def _objection(host: str, allowed: tuple[str, ...], shorteners: tuple[str, ...]) -> tuple[str, str] | None:
    if belongs_to(host, allowed):
        return None
    if belongs_to(host, shorteners):
        help = "write the whole link, or shorten it with options.shortenLinks and a domain of your own"
        return f"'{shown(host)}' is a public link shortener", help
    looks = disguised(host)
    if looks is not None:
        return f"'{shown(host)}' looks like another name: it is shown as '{shown(looks)}'", "write the name in plain letters"
    if not allowed:
        return None
    near = nearest(host, allowed)
    return (
        f"'{shown(host)}' is not among the hosts of this project" + (f"; did you mean '{near}'?" if near else ""),
        "write a host of the project, or add it to url-shortener: {allow: […]} in msgspec.yaml",
    )
