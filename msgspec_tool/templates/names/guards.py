"""Which names surely have a value where a condition is true or false: what ``is defined`` promises to the code under it."""

from __future__ import annotations

from jinja2 import nodes

DEFINED, UNDEFINED = "defined", "undefined"

Paths = frozenset[tuple[str, ...]]


def path_of(node: nodes.Node) -> tuple[str, ...]:
    """``env.senderid`` or ``env["senderid"]`` as a path; empty for anything that is no name with constant attributes."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = path_of(node.node)
        return (*before, node.attr) if before else ()
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        before = path_of(node.node)
        return (*before, node.arg.value) if before else ()
    return ()


def named_in(expression: nodes.Node) -> Paths:
    """Every name in an expression, as a path of one part."""
    found = expression.find_all(nodes.Name)
    own = (expression.name,) if isinstance(expression, nodes.Name) else ()
    return frozenset((name,) for name in (*own, *(one.name for one in found)))


def when_true(test: nodes.Node) -> Paths:
    """Paths that surely have a value where the test is true."""
    if isinstance(test, nodes.Test) and test.name == DEFINED:
        return frozenset((path_of(test.node),))
    if isinstance(test, nodes.Not):
        return when_false(test.node)
    if isinstance(test, nodes.And):
        return when_true(test.left) | when_true(test.right)
    if isinstance(test, nodes.Or):
        return when_true(test.left) & when_true(test.right)
    return frozenset()


def when_false(test: nodes.Node) -> Paths:
    """Paths that surely have a value where the test is false."""
    if isinstance(test, nodes.Test) and test.name == UNDEFINED:
        return frozenset((path_of(test.node),))
    if isinstance(test, nodes.Not):
        return when_true(test.node)
    if isinstance(test, nodes.Or):
        return when_false(test.left) | when_false(test.right)
    if isinstance(test, nodes.And):
        return when_false(test.left) & when_false(test.right)
    return frozenset()
