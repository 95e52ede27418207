from msgspec_tool.stages.load import load_body, load_spec


def test_a_suppression_alone_covers_the_next_content_line() -> None:
    data = b"a: 1 # msgspec: ignore[x] own line\n# msgspec: ignore[y] next\n\n# other\nb: 2\n# msgspec: ignore[z]\n"
    loaded = load_spec("a.msg.yaml", data)
    assert [(item.names[0][0], item.line, item.reason) for item in loaded.suppressions] == [
        ("x", 1, "own line"),
        ("y", 5, "next"),
        ("z", 6, ""),
    ]
    assert not loaded.broken
    assert loaded.document is not None
    assert loaded.document.templated


def test_a_broken_spec_keeps_what_was_read() -> None:
    loaded = load_spec("a.msg.yaml", b"a: b: c\nd: 1\n")
    assert loaded.broken
    assert loaded.document is not None
    assert loaded.document.value["d"] == 1


def test_unquoted_templates_do_not_break_a_spec() -> None:
    assert not load_spec("a.msg.yaml", b"a: {{ x }} y\n").broken


def test_a_body_is_json_without_templates() -> None:
    loaded = load_body("body.json", b'{"a": "{{ x }}"}')
    assert loaded.document is not None
    assert not loaded.document.templated
    assert load_body("body.json", b"{").document is None
