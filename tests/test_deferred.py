"""Deferred data classes and expressions are those of the standard library, made later."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import msgspec_tool
from msgspec_tool import deferred


def _families(library: Any) -> dict[str, Any]:
    """The same classes, made by the standard library and deferred."""
    dataclass, field = library.dataclass, library.field

    @dataclass
    class Plain:
        a: int
        b: list[int] = field(default_factory=list)
        c: str = "c"
        hidden: int = field(default=1, repr=False, compare=False)

        def __post_init__(self) -> None:
            self.summed = self.a + len(self.b)

    @dataclass(frozen=True)
    class Frozen:
        a: int
        b: Any = None

        @cached_property
        def twice(self) -> int:
            return self.a * 2

    @dataclass(frozen=True)
    class Child(Frozen):
        b: Any = 5
        c: tuple[int, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Slotted:
        a: int
        b: Any = field(default=None, compare=False)

        @property
        def twice(self) -> int:
            return self.a * 2

    @dataclass(frozen=True, slots=True, eq=False)
    class Single:
        a: int

    @dataclass
    class Later:
        made: list[int] = field(default_factory=list, init=False)
        a: int = field(default=3, init=False)
        b: int = 4

    @dataclass
    class Nothing:
        pass

    @dataclass(frozen=True)
    class Own:
        a: int
        b: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and self.a == other.a

        def __repr__(self) -> str:
            return "own"

    return {known.__name__: known for known in (Plain, Frozen, Child, Slotted, Single, Later, Nothing, Own)}


STANDARD, DEFERRED = _families(dataclasses), _families(deferred)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Plain", (1,), {}),
    ("Plain", (1, [2], "x"), {"hidden": 9}),
    ("Plain", (), {"a": 1, "hidden": 2}),
    ("Plain", (), {}),
    ("Plain", (1, 2, 3, 4, 5), {}),
    ("Plain", (1,), {"none": 1}),
    ("Frozen", (1,), {}),
    ("Frozen", (1, [2]), {}),
    ("Child", (1,), {}),
    ("Child", (1, 2, (3,)), {}),
    ("Child", (1,), {"c": (4,)}),
    ("Slotted", (1,), {}),
    ("Slotted", (1, 2), {}),
    ("Slotted", ([1],), {}),
    ("Single", (1,), {}),
    ("Later", (), {}),
    ("Later", (7,), {}),
    ("Later", (), {"a": 7}),
    ("Nothing", (), {}),
    ("Own", (1, 2), {}),
    ("Own", (1,), {"b": 3}),
]


def _outcome(act: Callable[[], object]) -> object:
    try:
        return act()
    except Exception as error:
        return type(error).__name__, re.sub(r"_families.<locals>.|\w+\.__init__", "", str(error))


def _seen(name: str, family: dict[str, Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Iterator[object]:
    made = family[name]
    one = _outcome(lambda: made(*arguments, **named))
    if isinstance(one, tuple):
        yield one
        return
    known = [field.name for field in dataclasses.fields(one)]  # type: ignore[arg-type]
    yield repr(one), made.__match_args__, known, dataclasses.asdict(one)  # type: ignore[call-overload]
    yield {key: value for key, value in vars(one).items() if key not in known} if hasattr(one, "__dict__") else None
    again = made(*arguments, **named)
    yield one == again, one != again, one == object(), one == family["Nothing"](), again in [one]
    yield _outcome(lambda: hash(one) == hash(again))
    for change in known:
        yield _outcome(lambda: setattr(one, change, 1))  # noqa: B023
    yield _outcome(lambda: delattr(one, "a"))
    yield _outcome(lambda: repr(dataclasses.replace(again, a=8)))  # type: ignore[type-var]
    yield _outcome(lambda: repr(copy.deepcopy(again)))
    yield getattr(one, "twice", None)


@pytest.mark.parametrize(("name", "arguments", "named"), CALLS)
def test_deferred_classes_behave_as_those_of_the_standard_library(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    assert list(_seen(name, DEFERRED, arguments, named)) == list(_seen(name, STANDARD, arguments, named))


def test_replace_takes_the_same_changes() -> None:
    for family, replace in ((DEFERRED, deferred.replace), (STANDARD, deferred.replace), (STANDARD, dataclasses.replace)):
        one = family["Child"](1, c=(2,))
        assert repr(replace(one, b=9)).endswith("Child(a=1, b=9, c=(2,))")
        assert "unexpected keyword" in str(_outcome(lambda: replace(one, z=1)))  # noqa: B023


def test_a_class_of_the_standard_library_can_be_based_on_a_deferred_one() -> None:
    @dataclasses.dataclass(frozen=True)
    class Mixed(DEFERRED["Child"]):  # type: ignore[misc]
        d: int = 4

    assert repr(Mixed(1)).endswith("Mixed(a=1, b=5, c=(), d=4)")
    assert Mixed(1, c=(2,)) == dataclasses.replace(Mixed(1), c=(2,))
    with pytest.raises(TypeError, match="cannot inherit non-frozen"):
        dataclasses.dataclass(type("Other", (DEFERRED["Frozen"],), {"__annotations__": {"d": "int"}}))


@deferred.dataclass(frozen=True, slots=True)
class _Travelling:
    a: int
    b: str = "b"


def test_an_instance_with_slots_travels_in_a_pickle() -> None:
    assert pickle.loads(pickle.dumps(_Travelling(1))) == _Travelling(1)
    assert copy.copy(_Travelling(2, "c")) == _Travelling(2, "c")


def test_repr_of_what_holds_itself_ends() -> None:
    shown = []
    for family in (DEFERRED, STANDARD):
        one = family["Plain"](1)
        one.b.append(one)
        shown.append(repr(one))
    assert shown[0] == shown[1]


def test_every_expression_of_the_program_can_be_compiled() -> None:
    found = 0
    for module in pkgutil.walk_packages(msgspec_tool.__path__, "msgspec_tool."):
        if module.name.split(".")[1] in ("engines", "sandbox", "serving", "__main__", "shards"):
            continue
        for _name, value in inspect.getmembers(importlib.import_module(module.name)):
            if type(value).__name__ == "_Pattern":
                assert isinstance(value.pattern, str)
                found += 1
    assert found > 100


def test_an_expression_is_compiled_once_and_answers_like_one() -> None:
    one = deferred.expression(r"(a+)b", re.IGNORECASE)
    assert vars(one) == {"_source": (r"(a+)b", re.IGNORECASE)}
    assert one.sub("-", "AAb aab x") == "- - x"
    assert one.search is one.search
    assert one.pattern == r"(a+)b"
    assert re.compile(one.pattern, one.flags) == re.compile(r"(a+)b", re.IGNORECASE)
    with pytest.raises(AttributeError):
        one.nothing  # type: ignore[attr-defined] # noqa: B018
    assert not hasattr(one, "__array__")


def _package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(folder.parent))
    folder.mkdir()
    (folder / "__init__.py").write_text("from . import part\nbuilt = part.number + 1\n__version__ = '1'\n", encoding="utf-8")
    (folder / "part.py").write_text("number = 1\n", encoding="utf-8")
    deferred.package(folder.name)


@pytest.mark.parametrize(
    "ask", ["from deferred_a import built", "import deferred_a; deferred_a.built", "import deferred_a; deferred_a.__version__"]
)
def test_a_package_is_loaded_when_something_of_it_is_asked_for(ask: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(tmp_path / "deferred_a", monkeypatch)
    exec("from deferred_a import part; import deferred_a.part", {})
    known = sys.modules["deferred_a"]
    assert "built" not in vars(known)
    assert vars(known)["part"].number == 1
    exec(ask, {})
    assert vars(known)["built"] == 2
    assert "__getattr__" not in vars(known)
    for name in ("deferred_a", "deferred_a.part"):
        sys.modules.pop(name, None)


def test_a_package_that_lacks_something_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(tmp_path / "deferred_b", monkeypatch)
    known = sys.modules["deferred_b"]
    with pytest.raises(AttributeError, match="__wrapped__"):
        known.__wrapped__  # noqa: B018
    with pytest.raises(AttributeError, match="nothing"):
        known.nothing  # noqa: B018
    deferred.package("deferred_b")
    assert sys.modules["deferred_b"] is known
    deferred.package("there.is_no_such_package_here".partition(".")[2])
    for name in ("deferred_b", "deferred_b.part"):
        sys.modules.pop(name, None)
