"""YAML 1.2 from a file's text: data with places, comments, and everything that is wrong with it in one go.

Keys are text. Scalars follow the YAML 1.2 core schema. Merge keys (``<<``, YAML 1.1) are followed and reported.
"""

from __future__ import annotations

from typing import NamedTuple

from yaml.error import MarkedYAMLError
from yaml.nodes import Node, ScalarNode

from msgspec_tool.source.comments import find_comments
from msgspec_tool.source.document import Comment, Document
from msgspec_tool.source.masking import BOM, UNREADABLE, MaskedText, unreadable
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import quoted, shown
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.source.yaml_document import YamlDocument
from msgspec_tool.source.yaml_guards import MAX_ALIASED, aliases_multiply, check_limits, read_anchors
from msgspec_tool.source.yaml_nodes import Nodes, own_span
from msgspec_tool.source.yaml_parser import compose, unique_nodes
from msgspec_tool.source.yaml_templates import templates_read_as_mappings
from msgspec_tool.source.yaml_values import Values

MAX_REPAIRS = 10
"""Syntax mistakes behind the first that one run still names."""

MAX_REREAD = 5_000_000
"""Characters that repairs may have read again in all: each costs another reading of the file."""

MAX_CHARACTER_PROBLEMS = 10


class YamlReading(NamedTuple):
    """What a YAML file holds. ``document`` is None where nothing could be made of it; ``problems`` then say why."""

    document: Document | None
    problems: tuple[SourceProblem, ...] = ()
    comments: tuple[Comment, ...] = ()


def read_yaml(file: SourceFile) -> YamlReading:
    """Read a file. What is wrong with it is in ``problems``.

    Raises :class:`~msgspec_tool.errors.UnreadableError` only for nesting over the limit (reason ``too-deep``).
    """
    reader = _Reader(MaskedText(file))
    reader.mask_characters()
    while (reading := reader.reading(reader.compose())) is None:
        pass
    return reading


class _Reader:
    """One file on its way through the parser: the masked text and the problems so far."""

    def __init__(self, masked: MaskedText) -> None:
        self._masked = masked
        self._mistakes_left = MAX_REPAIRS + 1
        self._readings_left = max(2, MAX_REREAD // max(len(masked.text), 1000))
        self._problems: list[SourceProblem] = []
        self._second: int | None = None
        self._failed = False
        self._tabbed = False
        self._alias_spans: set[Span] = set()

    def mask_characters(self) -> None:
        """Take out what YAML allows nowhere, and name marks of byte order inside the text."""
        text = self._masked.file.text
        offenders = unreadable(text, MAX_CHARACTER_PROBLEMS)
        for offset in offenders:
            self._problems.append(
                _character_problem(text, offset, f"the control character U+{ord(text[offset]):04X} is not allowed in YAML")
            )
        if offenders:
            self._masked.text = UNREADABLE.sub("\ufffd", self._masked.text)
        inside = text.find(BOM, 1)
        if inside > 0:
            message = "a byte order mark (U+FEFF) stands inside the text, where nobody sees it"
            self._problems.append(_character_problem(text, inside, message)._replace(serious=False))

    def compose(self) -> Node | None:
        """The node graph, after as many repairs as it takes and the limit allows."""
        while True:
            check_limits(self._masked.file, self._masked.text)
            try:
                self._check_anchors()
                root, self._second = compose(self._masked.text)
                return root
            except MarkedYAMLError as error:
                from msgspec_tool.source.yaml_repair import INDENTATION, repair

                before = self._masked.text
                problem = repair(self._masked, error)
                if problem.help != INDENTATION or not self._tabbed:
                    self._problems.append(problem)
                self._tabbed |= "\t" in self._masked.file.slice(problem.span)
                self._mistakes_left -= problem.kind is SourceProblemKind.SYNTAX
                self._readings_left -= 1
                if self._masked.text == before or self._mistakes_left <= 0 or self._readings_left <= 0:
                    self._failed = True
                    return None

    def _hide_templates(self, root: Node) -> bool:
        found = templates_read_as_mappings(root, self._masked.text)
        if not found:
            return False
        from msgspec_tool.source.yaml_repair import template_problem

        problems = [template_problem(self._masked, start, in_flow=in_flow) for start, in_flow in found]
        self._problems += problems
        self._masked.hide_all(problem.span for problem in problems)
        return True

    def _check_anchors(self) -> None:
        """Name what anchors and aliases do wrong, and mask it, so that composing can't fail or make a cycle."""
        text = self._masked.text
        if "*" not in text and "&" not in text:
            return
        anchors = read_anchors(text)
        for name, span in anchors.undefined:
            self._alias_problem(
                span, f"the alias '*{shown(name)}' names no anchor", f"define '&{shown(name)}' before it, or put the value in quotes"
            )
        for name, span in anchors.cyclic:
            self._alias_problem(span, f"the alias '*{shown(name)}' stands inside the value that it names", "write the value out")
        self._masked.hide_all(span for _name, span in (*anchors.undefined, *anchors.cyclic))
        for name, span in anchors.repeated:
            self._alias_problem(span, f"the anchor '&{shown(name)}' is defined twice", "give one of them another name")
            self._masked.blank(*span)
        for name, span in anchors.unused:
            self._alias_problem(span, f"the anchor '&{shown(name)}' is never used", "remove it, or put the value in quotes", serious=False)

    def _alias_problem(self, span: Span, message: str, help: str, *, serious: bool = True) -> None:
        problem = SourceProblem(SourceProblemKind.ALIAS, span, message, help=help, serious=serious)
        if span not in self._alias_spans:
            self._alias_spans.add(span)
            self._problems.append(problem)

    # --- the result -----------------------------------------------------------------------------------------------------

    def reading(self, root: Node | None) -> YamlReading | None:
        """What a node graph holds; None where the text has to be read again: it held templates that YAML took for mappings."""
        if root is None or self._nothing_in(root):
            if not self._failed:
                self._note_empty()
            return YamlReading(None, self._sorted(), find_comments(self._masked, root))
        if "*" in self._masked.text and self._hide_templates(root):
            return None
        if "*" in self._masked.text and aliases_multiply(root):
            span = read_anchors(self._masked.text).aliases[0]
            message = f"aliases multiply the values of this file by more than the {MAX_ALIASED:,} that are allowed"
            self._alias_problem(span, message, "write the values out, or put recipients into a file of their own")
            return YamlReading(None, self._sorted())
        nodes = Nodes(self._masked)
        values = Values(self._masked, nodes)
        value = values.build(root)
        if values.odd_keys and self._hide_templates(root):
            return None
        self._note_second_document()
        self._problems += values.problems
        self._finish_templates(root)
        return YamlReading(YamlDocument(self._masked, nodes, root, value), self._sorted(), find_comments(self._masked, root))

    def _sorted(self) -> tuple[SourceProblem, ...]:
        return tuple(sorted(self._problems, key=lambda problem: problem.span))

    def _nothing_in(self, root: Node) -> bool:
        return isinstance(root, ScalarNode) and root.value == "" and not root.style and root.start_mark.index == root.end_mark.index

    def _note_empty(self) -> None:
        if any(problem.serious for problem in self._problems):
            return
        end = min(len(self._masked.text), 1)
        self._problems.append(
            SourceProblem(
                SourceProblemKind.DOCUMENT, Span(0, end), "the file is empty", help="'msgspec-tool init' writes an example to begin with"
            )
        )

    def _note_second_document(self) -> None:
        if self._second is None:
            return
        marker = self._masked.text.rfind("---", 0, self._second + 3)
        start = self._second if marker < 0 else marker
        span = Span(start, min(start + 3, len(self._masked.text)))
        message = "a second document begins here; a file holds one, and what follows is not read"
        self._problems.append(SourceProblem(SourceProblemKind.DOCUMENT, span, message, help="put it into a file of its own"))

    def _finish_templates(self, root: Node) -> None:
        """Now that values are known to their last line: where each unquoted template ends, and how it is quoted."""
        kinds = [problem.kind for problem in self._problems]
        if SourceProblemKind.UNQUOTED_TEMPLATE not in kinds:
            return
        starts = {node.start_mark.index: node for node in unique_nodes(root) if isinstance(node, ScalarNode)}
        self._problems = [
            _with_quotes(self._masked, problem, starts.get(problem.span.start))
            if problem.kind is SourceProblemKind.UNQUOTED_TEMPLATE
            else problem
            for problem in self._problems
        ]


def _with_quotes(masked: MaskedText, problem: SourceProblem, node: Node | None) -> SourceProblem:
    span = own_span(masked.text, node) if node is not None else problem.span
    source = masked.file.slice(span)
    return problem._replace(span=span, edits=((span, quoted(source)),), edit_description="quote the text")


def _character_problem(text: str, offset: int, message: str) -> SourceProblem:
    span = Span(offset, offset + 1)
    # inside a word, or at its end, it is a part of some text: elsewhere, without it, an indicator could begin to count
    before, behind = text[max(offset - 1, 0) : offset], text[offset + 1 : offset + 2]
    in_text = behind.isalnum() or (before.isalnum() and behind == " ")
    removable = in_text and not 0xD800 <= ord(text[offset]) <= 0xDFFF
    return SourceProblem(
        SourceProblemKind.DOCUMENT,
        span,
        message,
        help="remove it",
        edits=((span, ""),) if removable else (),
        edit_description="remove the character" if removable else "",
    )
