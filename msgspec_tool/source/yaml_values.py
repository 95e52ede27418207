"""Plain data from YAML nodes, and what is odd about them on the way: duplicate keys, merge keys, tags, keys that are no text."""

from __future__ import annotations

import re
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode

from msgspec_tool.source.document import Path, Plain
from msgspec_tool.source.masking import MaskedText
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.scalars import STARTS, resolve_plain
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_guards import MAX_DEPTH, too_deep
from msgspec_tool.source.yaml_nodes import MERGE_KEY, Nodes, is_merge, own_span
from msgspec_tool.source.yaml_parser import COLLECTION, PLAIN, TEXT

_USUAL = (PLAIN, TEXT)
"""Tags of scalars for which none was written."""
_ESCAPED = re.compile(r"\\[uU]")
"""By which a mark of byte order can get into a key."""
_CORE = "tag:yaml.org,2002:"
_TEXT_TAG = _CORE + "str"
_RESOLVED_TAGS = frozenset(_CORE + name for name in ("null", "bool", "int", "float"))
_COLLECTION_TAGS = frozenset((_CORE + "map", _CORE + "seq"))


class Values:
    """Builds the data of one document. ``problems`` has each place once, however many aliases lead to it."""

    def __init__(self, masked: MaskedText, nodes: Nodes) -> None:
        self._masked = masked
        self._nodes = nodes
        self._as_written = masked.untouched and ("\\" not in masked.text or _ESCAPED.search(masked.text) is None)
        self._found: dict[tuple[SourceProblemKind, Span], SourceProblem] = {}
        self.odd_keys = False
        """Whether some key is a list or a mapping."""

    @property
    def problems(self) -> tuple[SourceProblem, ...]:
        return tuple(self._found.values())

    def build(self, node: Node, path: Path = ()) -> Plain:
        """The value of a node. ``UnreadableError`` where it is nested too deep."""
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        if len(path) >= MAX_DEPTH:
            raise too_deep(self._masked.file, node.start_mark.index)
        if node.tag is not COLLECTION and node.tag not in _COLLECTION_TAGS:
            self._unknown_tag(node, path)
        if not isinstance(node, MappingNode):
            return [self._plain(item) if item.tag in _USUAL else self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        usual = _usual(node) if self._as_written else None
        return self._odd_mapping(node, path) if usual is None else self._mapping(usual, path)

    def _mapping(self, members: dict[str, Any], path: Path) -> Plain:
        """The values in place of their nodes."""
        for name, node in members.items():
            tag = node.tag
            if tag is PLAIN or tag is TEXT:
                text = node.value
                members[name] = resolve_plain(text) if tag is PLAIN and text[:1] in STARTS else text
            else:
                members[name] = self.build(node, (*path, name))
        return members

    def _odd_mapping(self, node: MappingNode, path: Path) -> Plain:
        members = self._nodes.members(node)
        if id(node) in self._nodes.irregular:
            self._explain_irregular(node, path)
        result = {}
        for name, (key, value) in members.items():
            if key.__class__ is not ScalarNode:
                self._key_is_no_text(key, path)
            result[name] = self._plain(value) if value.tag in _USUAL else self.build(value, (*path, name))
        return result

    def _plain(self, node: Node) -> Plain:
        """The value of a scalar without a written tag, of which nothing can be said: its path is not needed."""
        text = node.value if self._as_written else self._masked.restore(node.value)
        return resolve_plain(text) if node.tag is PLAIN and text[:1] in STARTS else text

    def _scalar(self, node: ScalarNode, path: Path) -> Plain:
        if node.tag in _USUAL:
            return self._plain(node)
        tag, text = node.tag, self._masked.restore(node.value)
        if tag == _TEXT_TAG:
            return text
        if tag in _RESOLVED_TAGS:
            return resolve_plain(text)
        self._unknown_tag(node, path)
        return text

    # --- problems -------------------------------------------------------------------------------------------------------

    def _note(self, problem: SourceProblem) -> None:
        self._found.setdefault((problem.kind, problem.span), problem)

    def _unknown_tag(self, node: Node, path: Path) -> None:
        text = self._masked.text
        start = text.find("!", node.start_mark.index, own_span(text, node).start + 1)
        start = node.start_mark.index if start < 0 else start
        end = start
        while end < len(text) and not text[end].isspace():
            end += 1
        tag = self._masked.file.text[start:end]
        remedy = "remove it: specs hold text, numbers, true, false, null, lists and mappings"
        self._note(
            SourceProblem(SourceProblemKind.DOCUMENT, Span(start, end), f"the tag '{shown(tag)}' is not known here", path, help=remedy)
        )

    def _key_is_no_text(self, key: Node, path: Path) -> None:
        self.odd_keys = True
        self._note(
            SourceProblem(
                SourceProblemKind.DOCUMENT,
                own_span(self._masked.text, key),
                "a list or mapping is used as a key; keys are text",
                path,
                help="write the key as text",
            )
        )

    def _explain_irregular(self, node: MappingNode, path: Path) -> None:
        first: dict[str, Node] = {}
        for key, value in node.value:
            if is_merge(key, value):
                self._merge_key(key, path)
                continue
            name = self._nodes.key(key)
            if name in first:
                self._duplicate(name, first[name], key, path)
            first.setdefault(name, key)

    def _merge_key(self, key: Node, path: Path) -> None:
        self._note(
            SourceProblem(
                SourceProblemKind.ALIAS,
                own_span(self._masked.text, key),
                "the merge key '<<' is no part of YAML 1.2: it is followed here, other programs see a key named '<<'",
                path,
                help="write the merged keys out",
                serious=False,
            )
        )

    def _duplicate(self, name: str, first: Node, again: Node, path: Path) -> None:
        text = self._masked.text
        self._note(
            SourceProblem(
                SourceProblemKind.DUPLICATE_KEY,
                own_span(text, again),
                f"the key '{shown(name)}' is written twice in one mapping; the last value counts",
                (*path, name),
                related=(("first written here", own_span(text, first)),),
                help="remove one of them",
            )
        )


def _usual(node: MappingNode) -> dict[str, Any] | None:
    """The nodes of a mapping whose keys are texts, each of them once; None of any other."""
    try:
        nodes = {key.value: value for key, value in node.value}
    except TypeError:
        return None
    return nodes if len(nodes) == len(node.value) and MERGE_KEY not in nodes else None
