"""A document for tests: YAML (or JSON, which is YAML enough) with places, read by PyYAML's composer alone."""

from __future__ import annotations

import json
from typing import Any

import yaml

from msgspec_tool.model import LoadedSpec
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.source.text import SourceFile, Span


class Written:
    def __init__(self, text: str, *, templated: bool = True) -> None:
        self.file = SourceFile("example.msg.yaml" if templated else "body.json", text)
        self.templated = templated
        self._nodes: dict[Path, Any] = {}
        self._keys: dict[Path, Any] = {}
        self.value = self._read(yaml.compose(text, yaml.SafeLoader), ())

    def _read(self, node: Any, path: Path) -> Plain:
        self._nodes[path] = node
        if isinstance(node, yaml.MappingNode):
            out = {}
            for key, member in node.value:
                self._keys[(*path, key.value)] = key
                out[key.value] = self._read(member, (*path, key.value))
            return out
        if isinstance(node, yaml.SequenceNode):
            return [self._read(item, (*path, index)) for index, item in enumerate(node.value)]
        if node.style is not None:
            return node.value
        return {"": None, "null": None, "true": True, "false": False}.get(node.value, self._number(node.value))

    @staticmethod
    def _number(text: str) -> Plain:
        try:
            return int(text) if text.lstrip("+-").isdigit() else float(text)
        except ValueError:
            return text

    def span(self, path: Path) -> Span:
        node = self._nodes[path]
        return Span(node.start_mark.index, node.end_mark.index)

    def key_span(self, path: Path) -> Span:
        node = self._keys.get(path)
        return self.span(path) if node is None else Span(node.start_mark.index, node.end_mark.index)

    def text_span(self, path: Path, start: int, end: int) -> Span:
        return self.span(path)

    def lexeme(self, path: Path) -> str:
        return self.file.slice(self.span(path))

    def style(self, path: Path) -> str:
        node = self._nodes[path]
        if isinstance(node, yaml.ScalarNode):
            return {None: "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}[node.style]
        return "flow" if node.flow_style else "block"


MINIMAL = {
    "msgspec": "msgspec: 1\n",
    "name": "name: example\n",
    "deliverychannel": "deliverychannel: sms\n",
    "channels": "channels: {sms: {text: Hello}}\n",
    "destination": 'destination: [{msisdn: ["+447700900123"]}]\n',
}


def completed(fragment: str) -> str:
    """A fragment of a spec with what the minimal spec has besides."""
    written = yaml.compose(fragment, yaml.SafeLoader)
    keys = {key.value for key, _value in written.value}
    return "".join(line for key, line in MINIMAL.items() if key not in keys) + fragment


def loaded(text: str, *, templated: bool = True) -> LoadedSpec:
    document = Written(text, templated=templated)
    return LoadedSpec(document.file, document)


def body(value: Plain) -> LoadedSpec:
    return loaded(json.dumps(value, indent=1), templated=False)


def root(text: str, *, templated: bool = True) -> Field:
    document = Written(text, templated=templated)
    return Field(document, (), document.value)
