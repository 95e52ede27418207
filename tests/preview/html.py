"""A page as a browser's parser would take it apart: elements, attributes, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "link", "img"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, name: str | None = None, **wanted: str) -> list[Element]:
        """Every element below, by its name and by values of its attributes (``class_`` is one of its classes)."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if name in (None, child.name) and all(child.has(key, value) for key, value in wanted.items()):
                    found.append(child)
                found += child.all(name, **wanted)
        return found

    def has(self, key: str, value: str) -> bool:
        given = self.attributes.get(key.rstrip("_").replace("_", "-"), "")
        return value in given.split() if key == "class_" else value == given


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def parsed(html: str) -> Element:
    """The page; every element has to be closed where it should be."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, f"left open: {[element.name for element in parser.open]}"
    return parser.root
