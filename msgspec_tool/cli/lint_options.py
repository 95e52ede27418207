"""The options of ``lint`` as data, and how a plain command line is read without loading click.

A third of the time that checking one file takes would be click's. What is plain is read here: paths, and options with their
whole names and values that are surely right. Anything else (help, mistakes, words that could be read in two ways) is click's,
which reads the same options, so that both mean the same by the same words.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec_tool.reporters.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Words(NamedTuple):
    """What a command line of ``lint`` says."""

    paths: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str
    format_: str
    output: tuple[str, ...]
    fix: bool
    unsafe: bool
    diff: bool
    baseline: str | None
    write_baseline: str | None
    statistics: bool
    as_api: bool
    environment: str | None
    recipients: str | None
    against: str | None
    now: str | None
    config: str | None
    jobs: int | None
    no_cache: bool
    stdin_filename: str


class Kind(Enum):
    """What follows an option."""

    FLAG = "nothing"
    TEXT = "any text"
    NAME = "a text that is not empty"
    CHOICE = "one of some words"
    COUNT = "a whole number from 1 on"


class Option(NamedTuple):
    """One option, as click and the reader of plain command lines know it."""

    name: str
    help: str
    kind: Kind = Kind.TEXT
    metavar: str | None = None
    default: Any = None
    choices: tuple[str, ...] = ()
    multiple: bool = False
    parameter: str | None = None
    """What the program calls it, where that is not the name."""

    @property
    def key(self) -> str:
        """The name of the parameter."""
        return self.parameter or self.name[2:].replace("-", "_")

    @property
    def absent(self) -> Any:
        """What a command line without it says."""
        return () if self.multiple else False if self.kind is Kind.FLAG else self.default


OPTIONS = (
    Option("--select", "Only these: names, codes, families or profiles, comma-separated.", metavar="RULES", multiple=True),
    Option("--ignore", "All but these.", metavar="RULES", multiple=True),
    Option("--fail-on", "Exit with 1 from this severity on.", Kind.CHOICE, default="error", choices=("error", "warning", "info", "never")),
    Option("--format", "What standard output gets.", Kind.CHOICE, default="full", choices=tuple(FORMATS), parameter="format_"),
    Option("--output", "Write a report to a file too; repeatable.", metavar="FORMAT=FILE", multiple=True),
    Option("--fix", "Apply the safe fixes, then check again.", Kind.FLAG),
    Option("--unsafe-fixes", "With --fix or --diff: those too that may change what is meant.", Kind.FLAG, parameter="unsafe"),
    Option("--diff", "Print what the fixes would change, and change nothing.", Kind.FLAG),
    Option("--baseline", "Leave out the findings that are known.", Kind.NAME, metavar="FILE"),
    Option("--write-baseline", "Write what is found now as known.", Kind.NAME, metavar="FILE"),
    Option("--statistics", "Count the findings of each rule instead of listing them.", Kind.FLAG),
    Option("--as-api", "Print what the platform would answer to each request instead of findings.", Kind.FLAG),
    Option("--env", "Check against one environment; without it against all.", Kind.NAME, metavar="NAME", parameter="environment"),
    Option("--recipients", "The file whose columns destination templates may read.", Kind.NAME, metavar="FILE"),
    Option("--against", "Say too what changes since a git revision break, and what they cost.", Kind.NAME, metavar="REV"),
    Option("--now", "The clock of the run; the present without it.", Kind.NAME, metavar="TIME"),
    Option("--config", "The project file, in place of the nearest msgspec.yaml.", Kind.NAME, metavar="FILE"),
    Option("--jobs", "Processes; as many as pay without it.", Kind.COUNT, metavar="N"),
    Option("--no-cache", "Check everything again, and remember nothing.", Kind.FLAG),
    Option("--stdin-filename", "What to call standard input (-).", metavar="PATH", default="<stdin>"),
)

_BY_NAME = {option.name: option for option in OPTIONS}


def plain_words(arguments: Sequence[str]) -> Words | None:
    """What the words behind ``lint`` say; None where that is for click to tell."""
    words: dict[str, Any] = {option.key: option.absent for option in OPTIONS}
    paths = []
    left = iter(arguments)
    for word in left:
        if not word.startswith("-"):
            paths.append(word)
            continue
        name, equals, value = word.partition("=")
        option = _BY_NAME.get(name)
        if option is None or (option.kind is Kind.FLAG and equals):
            return None
        said = True if option.kind is Kind.FLAG else _value(option, value if equals else next(left, "-"))
        if said is None:
            return None
        words[option.key] = (*words[option.key], said) if option.multiple else said
    return Words(**words, paths=tuple(paths))


def _value(option: Option, text: str) -> Any:
    if text.startswith("-") or (option.kind is Kind.CHOICE and text not in option.choices):
        return None
    if option.kind is Kind.COUNT:
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) else None
    return None if option.kind is Kind.NAME and not text else text
