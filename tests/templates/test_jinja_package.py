"""Jinja's parser is loaded without its compiler, and whoever imports Jinja gets all of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.command import environment


def answered(code: str) -> str:
    """What some lines print in a process of their own."""
    result = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    return result.stdout.strip()


LOADS_THE_PARSER = "import sys; from msgspec_tool.templates.reading import read; read('{{ a }}', None)"
NAMES = "import jinja2; print({name: f'{value.__module__}.{name}' for name, value in vars(jinja2).items() if name[0].isupper()})"

ASK_AT_ONCE = """
from threading import Barrier, Thread
ready, found = Barrier(8), []
def ask():
    ready.wait()
    from jinja2 import Environment
    found.append(Environment.__name__)
threads = [Thread(target=ask) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
print(len(found))
"""


def test_the_parser_loads_no_compiler() -> None:
    assert answered(f"{LOADS_THE_PARSER}; print(*('jinja2.' + name in sys.modules for name in ('parser', 'compiler', 'runtime')))") == (
        "True False False"
    )


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("import jinja2; print(jinja2.Environment().from_string('{{ 1 + 1 }}').render())", "2"),
        ("from jinja2 import Environment, nodes; print(Environment.__module__, nodes.__name__)", "jinja2.environment jinja2.nodes"),
        ("import jinja2; print(jinja2.filters.do_upper('a'), 'jinja2.compiler' in sys.modules)", "A False"),
        ("from jinja2 import *; print(Template('a').render())", "a"),
        ("import jinja2; print(hasattr(jinja2, 'nothing'), type(jinja2).__name__)", "False module"),
        (ASK_AT_ONCE, "8"),
        ("import jinja2.sandbox; from jinja2 import Template; print(Template('{{ a }}').render(a=1))", "1"),
    ],
)
def test_whoever_imports_jinja_then_gets_all_of_it(code: str, answer: str) -> None:
    assert answered(f"{LOADS_THE_PARSER}\n{code}") == answer


def test_the_names_of_jinja_are_its_own() -> None:
    assert answered(f"{LOADS_THE_PARSER}; import jinja2; jinja2.Environment; {NAMES}") == answered(NAMES)


def test_jinja_that_is_there_stays_as_it_is() -> None:
    assert (
        answered("import jinja2, msgspec_tool.templates; print(type(jinja2).__name__, jinja2.Environment.__name__)") == "module Environment"
    )
