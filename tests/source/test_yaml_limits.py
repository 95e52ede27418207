import time

import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.text import SourceFile
from msgspec_tool.source.yaml_reader import read_yaml

BIG = {
    "one scalar of 9 MB": 'a: "' + "x" * 9_000_000 + '"',
    "a literal of 9 MB": "a: |\n" + ("  " + "x" * 98 + "\n") * 90_000,
    "an integer of 9 MB": "a: " + "9" * 9_000_000,
    "colons": "a: " + "x:" * 500_000,
    "a long tag": "a: !" + "x" * 1_000_000 + " 1\n",
    "unclosed quotes": 'a: "\n' * 20_000,
    "unquoted templates": "- {{ x }}\n" * 10_000,
    "unquoted templates with text": "- {{ x }} y\n" * 10_000,
    "undefined aliases": "".join(f"k{n}: *a{n}\n" for n in range(20_000)),
    "unused anchors": "".join(f"k{n}: &a{n} 1\n" for n in range(20_000)),
    "tabs": "\ta: 1\n" * 20_000,
    "control characters": "\0" * 1_000_000,
    "every private character": "".join(map(chr, range(0xF0000, 0xFFFFE))) + "\u2028",
    "braces": "- {{\n" * 20_000,
    "a hundred thousand keys": "".join(f"k{n}: 1\n" for n in range(100_000)),
    "a million keys": "".join(f"k{n}: 1\n" for n in range(1_000_000)),
    "a million commas": "a: [" + "1," * 1_000_000 + "]",
    "a million comments": "# x\n" * 1_000_000 + "a: 1\n",
}


@pytest.mark.parametrize("name", BIG)
def test_big_and_hostile_files_end_in_time(name: str) -> None:
    file = SourceFile("x", BIG[name])
    started = time.process_time()
    reason = None
    try:
        read_yaml(file)
    except UnreadableError as refusal:
        reason = refusal.reason
    assert reason in (None, "limit", "too-deep")
    # The promise is 2 s; measuring coverage may take twice that.
    assert time.process_time() - started < 4
