"""SMS as phones show them: whole appearances, and parts against the count that everything else uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.appearances.sms import CostlyCharacter, SmsPart, SmsSeen, seen_sms
from msgspec_tool.appearances.texts import Look, Run
from msgspec_tool.channels.gsm7 import is_gsm7
from msgspec_tool.channels.sms_parts import count, part_spans

CURLY = "right single quotation mark: not in the GSM alphabet, so the whole SMS is sent in Unicode"
A, B = "a" * 153, "b" * 10

SEEN = [
    (
        {"senderid": "MERIDIAN", "text": "Hello."},
        SmsSeen("MERIDIAN", (SmsPart((Run("Hello."),), 6, 160),), unicode=False),
    ),
    (
        {"senderid": 56767, "text": A + B},
        SmsSeen("56767", (SmsPart((Run(A),), 153, 153), SmsPart((Run(B),), 10, 153)), unicode=False),
    ),
    (
        {"text": "10 € at https://example.com/a."},
        SmsSeen(
            "",
            (
                SmsPart(
                    (
                        Run("10 "),
                        Run("€", Look.TWO_SEPTETS, "euro sign: takes the room of two characters"),
                        Run(" at "),
                        Run("https://example.com/a", Look.LINK),
                        Run("."),
                    ),
                    31,
                    160,
                ),
            ),
            unicode=False,
            doubles=1,
        ),
    ),
    (
        {"text": "It’s due", "type": "4"},
        SmsSeen(
            "",
            (SmsPart((Run("It"), Run("’", Look.FORCES_UNICODE, CURLY), Run("s due")), 8, 70),),
            unicode=True,
            costly=CostlyCharacter("’", "right single quotation mark", 1, 0, 1),
        ),
    ),
    ({"text": "Plain", "type": "4"}, SmsSeen("", (SmsPart((Run("Plain"),), 5, 70),), unicode=True, needless=True)),
    ({"text": "Now!", "type": 2}, SmsSeen("", (SmsPart((Run("Now!"),), 4, 160),), unicode=False, flash=True)),
    ({"type": "3", "body": "48656C6C6F"}, SmsSeen("", (), unicode=False, binary=5)),
    (
        {"text": "Rate us: {{link_5}}"},
        SmsSeen(
            "",
            (
                SmsPart(
                    (Run("Rate us: "), Run("{{link_5}}", Look.SHORT_LINK, "the platform puts a short link here")),
                    23,
                    160,
                ),
            ),
            unicode=False,
        ),
    ),
    (None, SmsSeen("", (SmsPart((), 0, 160),), unicode=False)),
    ({"text": ["no", "text"], "senderid": {}}, SmsSeen("", (SmsPart((), 0, 160),), unicode=False)),
]


@pytest.mark.parametrize(("block", "expected"), SEEN)
def test_what_is_seen(block: object, expected: SmsSeen) -> None:
    assert seen_sms(block) == expected


def test_the_first_of_many_is_marked_where_the_script_is_another() -> None:
    seen = seen_sms({"text": "नमस्ते, आपकी जाँच 31 जनवरी 10:00 बजे है।"})
    assert [run.text for part in seen.parts for run in part.text if run.look is Look.FORCES_UNICODE] == ["न"]
    assert seen.costly == CostlyCharacter("न", "devanagari letter na", 1, 24, None)


TEXTS = st.text(st.sampled_from("abc €^é\n’ж😀"), max_size=400)


@given(TEXTS)
def test_parts_are_those_that_are_counted(text: str) -> None:
    unicode = not is_gsm7(text)
    spans, counted = list(part_spans(text, unicode=unicode)), count(text)
    assert len(spans) == counted.parts
    assert sum(units for _start, _end, units in spans) == counted.units
    assert "".join(text[start:end] for start, end, _units in spans) == text


@given(TEXTS)
def test_nothing_is_lost_of_a_text(text: str) -> None:
    assert "".join(run.text for part in seen_sms({"text": text}).parts for run in part.text) == text


def test_a_text_without_end_is_taken_apart_once() -> None:
    text = "\u2066€" * 100_000
    seen = seen_sms({"text": text})
    assert len(seen.parts) == 2986
    assert seen.costly is not None
    assert seen.costly.others == 99_999
