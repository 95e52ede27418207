"""``test --update`` and what it stores: whole files, whole outputs, and files that are not what they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool.trials.stored_renderings import _differences, _file_stem
from tests.cli.inside import run
from tests.cli.projects import files
from tests.command import NOW
from tests.published_schemas import validate_report

SPEC = """\
msgspec: 1
name: order
variables:
  first_name: {type: string, maxLength: 20}
expiry: {after: 2h}
deliverychannel: [sms, fb]
channels:
  sms: {senderid: MERIDIAN, text: "Hello {{ first_name }}, your order is here."}
  fb: {text: "Hello {{ first_name }}, your order is here.", appid: FB1}
destination:
  - {msisdn: "+447700900001", psid: "1", with: {first_name: Asha}}
samples:
  asha: {first_name: Asha, recipient: {msisdn: "+447700900001", psid: "10"}}
"""
STORED = """\
[
  [
    {
      "deliverychannel": "sms",
      "expiry": {
        "after": "2h"
      },
      "channels": {
        "sms": {
          "senderid": "MERIDIAN",
          "text": "Hello Asha, your order is here."
        }
      },
      "destination": [
        {
          "msisdn": [
            "+447700900001"
          ]
        }
      ]
    },
    {
      "deliverychannel": "fb",
      "appid": "FB1",
      "expiry": {
        "after": "2h"
      },
      "channels": {
        "OTT-Messaging": {
          "fb": {
            "text": "Hello Asha, your order is here."
          }
        }
      },
      "destination": [
        {
          "psid": [
            "10"
          ]
        }
      ]
    }
  ]
]
"""
DIFFERENT = """\
order.msg.yaml: 4 passed, 1 failed

failed: stored rendering (sample 'asha')
--> order.msg.yaml:5:17: /0/0/expiry/after is "3h"; stored is "2h" in order.msg.yaml.rendered/asha.json
  |
5 | expiry: {after: 3h}
  |                 ^^
  = stored: [-2h-]
  = got:    {+3h+}
--> order.msg.yaml:8:35: /0/0/channels/sms/text is not as stored in order.msg.yaml.rendered/asha.json
  |
8 |   sms: {senderid: MERIDIAN, text: "Hi {{ first_name }}, your order is here."}
  |                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = stored: [-Hello-] Asha, your order is here.
  = got:    {+Hi+} Asha, your order is here.
--> order.msg.yaml:5:17: /0/1/expiry/after is "3h"; stored is "2h" in order.msg.yaml.rendered/asha.json
  |
5 | expiry: {after: 3h}
  |                 ^^
  = stored: [-2h-]
  = got:    {+3h+}
--> order.msg.yaml:9:14: /0/1/channels/OTT-Messaging/fb/text is not as stored in order.msg.yaml.rendered/asha.json
  |
9 |   fb: {text: "Hi {{ first_name }}, your order is here.", appid: FB1}
  |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = stored: [-Hello-] Asha, your order is here.
  = got:    {+Hi+} Asha, your order is here.

renderings differ: compare with the --env that they were stored with; what is meant, --update stores
4 passed, 1 failed in 1 file (1 tested)
"""


def tried(folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = run("test", *arguments, "--now", NOW, cwd=folder)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def report(folder: Path, *arguments: str) -> dict[str, object]:
    made = json.loads(tried(folder, "--format", "json", *arguments)[1])
    validate_report(made, "test")
    return made["specs"][0]  # type: ignore[no-any-return]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return files(tmp_path, order_msg_yaml=SPEC)


@pytest.fixture
def stored(folder: Path) -> Path:
    tried(folder, "--update")
    return folder / "order.msg.yaml.rendered" / "asha.json"


def test_what_is_stored(folder: Path) -> None:
    code, output, _ = tried(folder, "--update")
    assert (code, output.splitlines()[:2]) == (
        0,
        ["order.msg.yaml: 5 passed; renderings: 1 stored", "  stored order.msg.yaml.rendered/asha.json"],
    )
    path = folder / "order.msg.yaml.rendered" / "asha.json"
    assert path.read_text(encoding="utf-8") == STORED
    before = path.stat().st_mtime_ns
    assert tried(folder, "--update")[1].splitlines()[0] == "order.msg.yaml: 5 passed; renderings: 1 as stored"
    assert path.stat().st_mtime_ns == before
    assert tried(folder)[1].splitlines()[0] == "order.msg.yaml: 5 passed"


def test_without_the_folder_nothing_is_compared(folder: Path) -> None:
    assert tried(folder)[1].splitlines()[0] == "order.msg.yaml: 4 passed"


def test_what_differs(folder: Path, stored: Path) -> None:
    files(folder, order_msg_yaml=SPEC.replace("Hello {{", "Hi {{").replace("2h", "3h"))
    assert tried(folder) == (1, DIFFERENT, "")
    assert stored.read_text(encoding="utf-8") == STORED
    spec = report(folder)
    mismatches = [one for case in spec["cases"] for one in case["mismatches"]]  # type: ignore[attr-defined]
    texts = ("stored", "Hello Asha, your order is here.", "Hi Asha, your order is here.")
    assert [(one["pointer"], one["form"], one["expected"], one["got"]) for one in mismatches] == [
        ("/expiry/after", "stored", "2h", "3h"),
        ("/channels/sms/text", *texts),
        ("/expiry/after", "stored", "2h", "3h"),
        ("/channels/fb/text", *texts),
    ]


def test_what_is_new_and_what_is_gone(folder: Path, stored: Path) -> None:
    files(folder, order_msg_yaml=SPEC.replace("senderid: MERIDIAN, ", "").replace("expiry:", "priority: high\nexpiry:"))
    output = tried(folder)[1]
    assert "/0/0/priority is new: it is not in order.msg.yaml.rendered/asha.json" in output
    assert "/0/0/channels/sms/senderid is gone: it is in order.msg.yaml.rendered/asha.json" in output
    assert [*report(folder, "--update")["stored"].values()] == [["order.msg.yaml.rendered/asha.json"], [], 0]  # type: ignore[attr-defined]
    assert tried(folder)[0] == 0


def test_samples_come_and_go(folder: Path, stored: Path) -> None:
    files(folder, order_msg_yaml=SPEC.replace("  asha: {", "  'a/s.h a': {"))
    output = tried(folder)[1]
    assert "nothing is stored of the sample: there is no order.msg.yaml.rendered/a%2Fs.h a.json" in output
    assert "order.msg.yaml.rendered/asha.json is the rendering of no sample: remove it" in output
    changes = report(folder, "--update")["stored"]
    assert changes == {
        "written": ["order.msg.yaml.rendered/a%2Fs.h a.json"],
        "removed": ["order.msg.yaml.rendered/asha.json"],
        "unchanged": 0,
    }
    assert [path.name for path in stored.parent.iterdir()] == ["a%2Fs.h a.json"]


def test_files_of_others_stay(folder: Path, stored: Path) -> None:
    other = stored.with_name("notes.json")
    other.write_text('{"by": "hand"}', encoding="utf-8")
    code, output, _ = tried(folder, "--update")
    assert (code, other.exists()) == (1, True)
    assert "order.msg.yaml.rendered/notes.json is the rendering of no sample: remove it" in output


def test_a_sample_that_is_refused_keeps_what_is_stored(folder: Path, stored: Path) -> None:
    files(folder, order_msg_yaml=SPEC.replace("asha: {first_name: Asha", f"asha: {{first_name: {'A' * 21}"))
    code, output, _ = tried(folder, "--update")
    assert code == 1
    assert "renderings" not in output.splitlines()[0]
    assert stored.read_text(encoding="utf-8") == STORED


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 100_000, b"nonsense"], ids=["empty", "object", "bytes", "deep", "text"])
def test_what_is_no_rendering(folder: Path, stored: Path, content: bytes) -> None:
    stored.write_bytes(content)
    code, output, _ = tried(folder)
    assert code == 1
    assert "order.msg.yaml.rendered/asha.json is no stored rendering: it holds no JSON array of request bodies" in output
    assert tried(folder, "--update")[0] == 0
    assert stored.read_text(encoding="utf-8") == STORED


def test_many_differences_are_counted(folder: Path, stored: Path) -> None:
    stored.write_text(json.dumps([*range(30)]), encoding="utf-8")
    output = tried(folder)[1]
    assert output.count("is gone: it is in") == 19
    assert "order.msg.yaml.rendered/asha.json has 10 more differences" in output


def test_links_are_not_written_through(folder: Path, stored: Path) -> None:
    precious = folder / "precious.json"
    precious.write_text("[]", encoding="utf-8")
    stored.unlink()
    stored.symlink_to(precious)
    code, output, _ = tried(folder, "--update")
    assert (code, precious.read_text(encoding="utf-8")) == (3, "[]")
    assert "'order.msg.yaml.rendered/asha.json' is a link; renderings are written through none" in output
    stored.unlink()
    stored.parent.rmdir()
    (folder / "elsewhere").mkdir()
    stored.parent.symlink_to(folder / "elsewhere")
    assert tried(folder, "--update")[0] == 3
    assert not list((folder / "elsewhere").iterdir())


def test_a_folder_that_can_not_be_made(folder: Path) -> None:
    (folder / "order.msg.yaml.rendered").write_text("a file", encoding="utf-8")
    code, output, _ = tried(folder, "--update")
    assert code == 3
    assert "not tested: order.msg.yaml.rendered" in output


def test_update_and_generate(folder: Path) -> None:
    code, _, said = tried(folder, "--update", "--generate")
    assert (code, "--generate and --update exclude each other" in said) == (2, True)


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, names)
def test_names_of_samples_are_names_of_files(tmp_path: Path, one: str, other: str) -> None:
    stems = _file_stem(one), _file_stem(other)
    assert (stems[0] == stems[1]) == (one == other)
    for stem in stems:
        path = tmp_path / f"{stem}.json"
        path.write_bytes(b"")
        assert path.parent == tmp_path
        assert path in tmp_path.iterdir()
        path.unlink()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
)


@given(values, values)
def test_values_differ_where_they_are_not_equal(one: object, other: object) -> None:
    assert not list(_differences(one, one))
    assert bool(list(_differences(one, other))) == (json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))
