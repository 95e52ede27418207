"""How a template of a spec is read: all that Jinja's lexer and parser ask of their environment.

A stock environment can also compile, load and run templates. Lint only reads them, and what it takes to do more is not loaded for it.
A test notes what lexer and parser ask, and compares each answer with that of the environment in which templates run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from jinja2.lexer import Lexer, TokenStream, get_lexer


class Syntax:
    """Jinja's default delimiters; tags take the line break behind them, and the blanks before them on their line."""

    block_start_string, block_end_string = "{%", "%}"
    variable_start_string, variable_end_string = "{{", "}}"
    comment_start_string, comment_end_string = "{#", "#}"
    line_statement_prefix = line_comment_prefix = None
    trim_blocks = lstrip_blocks = True
    keep_trailing_newline = True
    newline_sequence = "\n"

    @cached_property
    def lexer(self) -> Lexer:
        """The lexer for these rules."""
        return get_lexer(self)  # type: ignore[arg-type]

    def iter_extensions(self) -> Iterator[object]:
        """None: the tags are Jinja's own."""
        return iter(())

    def _tokenize(self, source: str, name: str | None, filename: str | None = None, state: str | None = None) -> TokenStream:
        """The tokens of a template, as the parser asks for them."""
        return self.lexer.tokenize(source, name, filename, state)


SYNTAX = Syntax()
"""That of every template of a spec."""
