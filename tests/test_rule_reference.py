"""The reference of the rules says what the rules say."""

from tests.rule_reference import DOCUMENT, reference


def test_the_page_is_what_the_rules_generate() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference()
