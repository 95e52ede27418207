"""Every rule by its handles, and which of them a run uses."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec_tool.config import LintSettings
from msgspec_tool.diagnostics import Rule, Severity, Subject
from msgspec_tool.errors import UsageError
from msgspec_tool.rules._generated import index
from msgspec_tool.source.quoting import shown

RULE_SET = 1
"""The rule set that ``msgspec: 1`` pins."""

PROFILES = ("default", "strict", "audit", "submit")
"""``default``: what is wrong for sure; ``strict``: advice too; ``audit``: everything; ``submit``: what the platform refuses."""

RULES: tuple[Rule, ...] = index.RULES
"""In the order of :mod:`msgspec_tool.rules.registration`."""

HANDLES: Mapping[str, Rule] = {handle: known for known in RULES for handle in (known.name, known.code)}
"""Rules by name and by code."""

FAMILIES = tuple(dict.fromkeys(known.family for known in RULES))


def find(handle: str) -> Rule | None:
    """A rule by its name or code, whatever the case."""
    return HANDLES.get(handle.lower()) or HANDLES.get(handle.upper())


class FileSettings(NamedTuple):
    """What a project file says of the files that match a pattern: rules that join, rules that leave, severities."""

    pattern: str
    added: frozenset[str]
    removed: frozenset[str]
    severities: Mapping[str, Severity | None]
    notes: frozenset[str]

    def cover(self, path: str) -> bool:
        """Whether a path, as seen from the project's root, is meant; a pattern without ``/`` means names in any folder."""
        name = path if "/" in self.pattern else path.rpartition("/")[2]
        return fnmatch.fnmatchcase(name, self.pattern)


class Readers:
    """Rules by what they read."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.by_subject = {subject: [known for known in self.rules if known.subject is subject] for subject in Subject}
        self._needing = [known for known in self.rules if known.needs]
        self._of_form: dict[tuple[str | None, bool], list[Rule]] = {}
        self._sparing: dict[frozenset[str], Readers] = {}

    def of_form(self, channel: str | None, *, alike: bool) -> list[Rule]:
        """Those that look at message forms of a channel; ``alike`` is whether the form before has the same root."""
        found = self._of_form.get((channel, alike))
        if found is None:
            asked = [known for known in self.by_subject[Subject.MESSAGE] if not known.channels or channel in known.channels]
            found = self._of_form[channel, alike] = [known for known in asked if not (alike and known.common)]
        return found

    def of_text(self, text: str) -> Readers:
        """Those that a file is not spared because it holds none of the texts that they need."""
        spared = frozenset([known.code for known in self._needing if not any(need in text for need in known.needs)])
        found = self._sparing.get(spared)
        if found is None:
            if len(self._sparing) >= _MOST_SPARING:
                self._sparing.clear()
            found = self._sparing[spared] = Readers(known for known in self.rules if known.code not in spared)
        return found


_MOST_SPARING = 64
"""Sets of rules that files are spared, for which it is kept what is left."""


class Selection:
    """Which rules run, and how severe each is."""

    def __init__(
        self,
        rules: tuple[Rule, ...],
        severities: Mapping[str, Severity | None] = MappingProxyType({}),
        per_file: tuple[FileSettings, ...] = (),
        notes: frozenset[str] = frozenset(),
    ) -> None:
        self.rules = rules
        self.severities = severities
        """By rule name, where the project file says so; None switches a rule off."""
        self.per_file = per_file
        self.notes = notes
        """Rules whose findings of severity info are shown: those named outright, and all of the strict profile."""
        self.readers = Readers(rules)
        """The rules by what they read; most files of a run have the same."""
        self._covered: dict[tuple[str, ...], Selection] = {}
        """The selections of files, by the patterns that they match."""

    def for_file(self, path: str) -> Selection:
        """The selection for one file, given as seen from the project's root; later patterns win."""
        covering = tuple([settings for settings in self.per_file if settings.cover(path)])
        patterns = tuple([settings.pattern for settings in covering])
        if patterns not in self._covered:
            self._covered[patterns] = self._with(covering)
        return self._covered[patterns]

    def _with(self, covering: tuple[FileSettings, ...]) -> Selection:
        if not covering and None not in self.severities.values():
            return Selection(self.rules, self.severities, (), self.notes)
        names, severities, notes = {known.name for known in self.rules}, dict(self.severities), self.notes
        for settings in covering:
            names = (names | settings.added) - settings.removed
            severities |= settings.severities
            notes |= settings.notes
        rules = tuple(known for known in RULES if known.name in names and severities.get(known.name, known.severity) is not None)
        return Selection(rules, severities, (), notes)

    def severity(self, known: Rule, found: Severity | None) -> Severity | None:
        """The project file's word, else the finding's own, else the rule's severity; None for a note that nobody asked for."""
        chosen = self.severities.get(known.name) or found or known.severity
        return None if chosen is Severity.INFO and known.name not in self.notes else chosen


def select(settings: LintSettings, *, only: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
    """The selection of a project file and a command line. ``UsageError`` for names that no rule, family or profile has."""
    asked = tuple(only)
    wanted = named(asked, "--select") if asked else named(settings.select, "select")
    unwanted = (*named(settings.ignore, "ignore"), *named(ignore, "--ignore"))
    severities = _severities(settings.severity)
    chosen = {known.code for known in wanted} - {known.code for known in unwanted}
    rules = tuple(known for known in RULES if known.code in chosen)
    # what the command line selects is all that runs, so no file adds to it
    per_file = tuple(_file_settings(pattern, entry, adds=not asked) for pattern, entry in settings.per_file.items())
    return Selection(rules, severities, per_file, _notes(asked or settings.select, severities))


def _file_settings(pattern: str, entry: Mapping[str, Any], *, adds: bool) -> FileSettings:
    added = tuple(entry.get("select") or ()) if adds else ()
    severities = _severities(entry.get("severity") or {})
    return FileSettings(
        pattern,
        frozenset(known.name for known in named(added, "per-file")),
        frozenset(known.name for known in named(tuple(entry.get("ignore") or ()), "per-file")),
        severities,
        _notes(added, severities),
    )


def _severities(words: Mapping[str, str]) -> dict[str, Severity | None]:
    return {known.name: _severity(word) for handle, word in words.items() for known in named((handle,), "severity")}


def _notes(handles: Iterable[str], severities: Mapping[str, Severity | None]) -> frozenset[str]:
    asked = named((handle for handle in handles if handle not in ("default", "submit")), "select")
    return frozenset(known.name for known in asked) | {name for name, severity in severities.items() if severity is Severity.INFO}


def _severity(word: str) -> Severity | None:
    return None if word == "off" else Severity[word.upper()]


def named(handles: Iterable[str], where: str) -> tuple[Rule, ...]:
    """The rules that names, codes, families and profiles stand for."""
    found: list[Rule] = []
    for handle in handles:
        matching = _matching(handle)
        if not matching:
            raise UsageError(f"{where}: there is no rule, family or profile '{shown(handle)}'", help=_suggestion(handle))
        found += matching
    return tuple(found)


def objection(handle: str) -> str | None:
    """What is wrong with a name that no rule, family or profile has; None where one has it."""
    return None if _matching(handle) else f"there is no rule, family or profile '{shown(handle)}'; {_suggestion(handle)}"


def _matching(handle: str) -> tuple[Rule, ...]:
    known = find(handle)
    if known is not None:
        return (known,)
    if handle == "all":
        return RULES
    if handle in PROFILES:
        return tuple(candidate for candidate in RULES if handle in candidate.profiles)
    return tuple(candidate for candidate in RULES if candidate.family == handle.upper())


def suggestion(handle: str) -> str | None:
    """The rule, family or profile that was probably meant."""
    from difflib import get_close_matches

    near = get_close_matches(handle, (*HANDLES, *FAMILIES, *PROFILES), n=1, cutoff=0.6) or get_close_matches(handle.upper(), HANDLES, n=1)
    return near[0] if near else None


def _suggestion(handle: str) -> str:
    near = suggestion(handle)
    return f"did you mean '{near}'?" if near else "`msgspec-tool rules` lists them"
