import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.text import MAX_BYTES, decode


def test_decode_keeps_bom_and_carriage_returns() -> None:
    assert decode("x", b"\xef\xbb\xbfa: 1\r\n").text == "\ufeffa: 1\r\n"


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"a: 1\nb: \xff\n", "encoding", "byte 0xff at byte offset 8 (line 2)"),
        (b"\xff\xfea\x00", "encoding", "UTF-16"),
        (b"a: \xed\xa0\x80", "encoding", "byte offset 3"),
        (b"x" * (MAX_BYTES + 1), "too-large", "10,000,000"),
    ],
)
def test_decode_refuses(data: bytes, reason: str, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode("x", data)
    assert caught.value.reason == reason
    assert words in caught.value.message
