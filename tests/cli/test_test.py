"""``test``: whole outputs of every form, and every exit code of the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.inside import run
from tests.cli.projects import BODY, CLEAN, PROJECT, WRONG, files
from tests.command import NOW
from tests.published_schemas import validate_report

SPEC = """\
msgspec: 1
name: welcome
variables:
  first_name: {type: string, maxLength: 20, examples: [Asha]}
  offer: {type: string, maxLength: 20, default: "", examples: [Tea for two.]}
  vip: {type: boolean, default: false, examples: [true]}
deliverychannel: sms
channels:
  sms:
    text: >-
      Welcome to Meridian Bank, {{ 'dear ' if vip }}{{ first_name }}.
      {%- if offer %} {{ offer }}{% endif %} {% include "bye.txt" %}
destination:
  - msisdn: "+447700900123"
    with: {first_name: Asha}
samples:
  typical: {first_name: Asha}
  nameless: {}
tests:
  - name: wording
    sample: typical
    expect:
      channels.sms.text: Welcome to Meridian Bank, Asha. Good  bye!
      sms.parts: 1
  - name: small enough
    expect:
      sms.units: {max: 100}
      bytes: {max: 4096}
  - name: of nobody
    sample: typcal
    expect: {sms.parts: 1}
"""
BYE = "{% for line in ['Bye!'] %}{{ line }}{% else %}never{% endfor %}"
SAMPLES_ONLY = CLEAN + "samples: {usual: {}}\n"
PASSES = SAMPLES_ONLY + "tests:\n  - {name: wording, expect: {channels.sms.text: Hello from Meridian Bank.}}\n"

TEXT = """\
welcome.msg.yaml: 7 passed, 5 failed; branches: 3 of 6

failed: sample 'nameless'
--> welcome.msg.yaml:18:3: the sample can't be rendered: 'first_name': there is no value, and no default is declared [VAR302]
   |
18 |   nameless: {}
   |   ^^^^^^^^

failed: wording (sample 'typical')
--> welcome.msg.yaml:23:26: channels.sms.text is not the expected text
   |
23 |       channels.sms.text: Welcome to Meridian Bank, Asha. Good  bye!
   |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = expected: Welcome to Meridian Bank, Asha. [-Good  bye!-]
  = got:      Welcome to Meridian Bank, Asha. {+Bye!+}

failed: small enough (sample 'nameless')
--> welcome.msg.yaml:25:11: sample 'nameless' gives no message
   |
25 |   - name: small enough
   |           ^^^^^^^^^^^^

failed: small enough (generated sample 'other-letters')
  = with: first_name = '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', offer = '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', vip = false
--> welcome.msg.yaml:27:24: sms.units is 113; expected at most 100
   |
27 |       sms.units: {max: 100}
   |                        ^^^

failed: of nobody (sample 'typcal')
--> welcome.msg.yaml:30:13: there is no sample 'typcal'; did you mean 'typical'?
   |
30 |     sample: typcal
   |             ^^^^^^

not reached: `if vip` taken
--> welcome.msg.yaml:11:36
   |
11 |       Welcome to Meridian Bank, {{ 'dear ' if vip }}{{ first_name }}.
   |                                    ^^^^^^^

not reached: `if offer` taken
--> welcome.msg.yaml:12:7
   |
12 |       {%- if offer %} {{ offer }}{% endif %} {% include "bye.txt" %}
   |       ^^^^^^^^^^^^^^^

not reached: the else of `for line in ['Bye!']`
--> bye.txt:1:37
  |
1 | {% for line in ['Bye!'] %}{{ line }}{% else %}never{% endfor %}
  |                                     ^^^^^^^^^^

7 passed, 5 failed in 1 file (1 tested); branches: 3 of 6
"""


HOSTILE_TEXT = r"""a.msg.yaml: 4 passed, 1 failed; branches: 1 of 2

failed: ]]><evil a='\x1b[0m'>\r\n::error:: (sample ']]>\x1b[31m"<&')
--> a.msg.yaml:16:26: channels.sms.text is '\x1b]0;title\x07]]>&amp;<b>'; expected ']]>\u202e\x1b[31m'
   |
16 |       channels.sms.text: "]]>\u202e\e[31m"
   |                          ^^^^^^^^^^^^^^^^^
  = expected: [-]]>\u202e\x1b[31m-]
  = got:      {+\x1b]0;title\x07]]>&amp;<b>+}
--> a.msg.yaml:17:19: the message has no '\x1b[2J]]>'
   |
17 |       "\e[2J]]>": 1
   |                   ^
--> a.msg.yaml:18:21: channels.sms is an object of 2 members; expected a list of 1 item
   |
18 |       channels.sms: ["]]>\e"]
   |                     ^^^^^^^^^
  = expected: [-["]]>\u001b"]-]
  = got:      {+{"text": "\u001b]0;title\u0007]]>&amp;<b>", "type": "4"}+}

not reached: `if ']]>\u200b' == x` taken
--> a.msg.yaml:7:48
  |
7 |   sms: {text: "{{ x | default('') }}]]>&amp;<b>{% if ']]>\u200b' == x %}{% endif %}"}
  |                                                ^^^^^^^^^^^^^^^^^^^^^^^^^

4 passed, 1 failed in 1 file (1 tested); branches: 1 of 2
"""


def tried(folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = run("test", *arguments, "--now", NOW, cwd=folder)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return files(tmp_path, welcome_msg_yaml=SPEC, bye_txt=BYE)


def test_text(folder: Path) -> None:
    assert tried(folder, "--coverage") == (1, TEXT, "")


def test_text_without_coverage(folder: Path) -> None:
    without = re.sub(r"not reached: .*?\n\n", "", TEXT, flags=re.DOTALL).replace("; branches: 3 of 6", "")
    assert tried(folder, "welcome.msg.yaml") == (1, without, "")


def test_text_in_colours(folder: Path) -> None:
    result = run("--color", "always", "test", "--coverage", "--now", NOW, cwd=folder)
    output = result.stdout.decode()
    assert "  = \x1b[1mexpected\x1b[0m: Welcome to Meridian Bank, Asha. \x1b[1;31mGood  bye!\x1b[0m\n" in output
    assert "  = \x1b[1mgot\x1b[0m:      Welcome to Meridian Bank, Asha. \x1b[1;32mBye!\x1b[0m\n" in output
    assert re.sub(r"\x1b\[[0-9;]*m", "", output) == TEXT.replace("[-", "").replace("-]", "").replace("{+", "").replace("+}", "")


def test_what_passes_takes_a_line(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=PASSES, b__c_msg_yaml=SAMPLES_ONLY, d_msg_yaml=CLEAN)
    passed = (
        "a.msg.yaml: 2 passed\nb/c.msg.yaml: 1 passed\nd.msg.yaml: nothing to test: no samples and no tests\n"
        "3 passed in 3 files (2 tested, 1 with nothing to test)\n"
    )
    assert tried(tmp_path) == (0, passed, "")
    assert tried(tmp_path, "--coverage")[1].splitlines()[0] == "a.msg.yaml: 2 passed; no branches"


# --- exit codes ----------------------------------------------------------------------------------------------------------


def test_nothing_to_test_is_not_success(tmp_path: Path) -> None:
    assert tried(tmp_path) == (3, "nothing was tested: no spec was found (files end in .msg.yaml)\n", "")
    files(tmp_path, a_msg_yaml=CLEAN)
    nothing = "a.msg.yaml: nothing to test: no samples and no tests\n"
    assert tried(tmp_path) == (3, f"{nothing}nothing was tested in 1 file (1 with nothing to test)\n", "")


UNSENT = """\
msgspec: 1
name: unsent
variables: {link: {type: string, examples: ["https://example.com/a"]}}
deliverychannel: sms
notifyurl: "{{ link }}"
channels: {sms: {senderid: ACME, text: Hello}}
destination: [{msisdn: "+447700900123", with: {link: "https://example.com/a"}}]
samples: {usual: {link: "https://example.com/a"}}
tests: [{name: small, expect: {sms.parts: 1}}]
"""


def test_generated_samples_may_be_refused(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=UNSENT)
    code, output, _ = tried(tmp_path)
    assert code == 0
    assert output.startswith("a.msg.yaml: 4 passed, 2 not sent\n\nnot sent: generated sample 'longest': sms: notifyurl (text of 40 char")
    assert "\n  = with: link = '" in output
    assert output.endswith("\n4 passed, 2 not sent in 1 file (1 tested)\n")
    cases = json.loads(tried(tmp_path, "--format", "json")[1])["specs"][0]["cases"]
    assert [(case["sample"], case["passed"], case["unsent"] is None) for case in cases] == [
        *(("usual", True, True), ("shortest", True, True), ("longest", False, False), ("other-letters", False, False)),
        *(("usual", True, True), ("shortest", True, True)),
    ]
    suites = ElementTree.fromstring(tried(tmp_path, "--format", "junit")[1])
    assert [suite.get("skipped") for suite in suites] == ["2"]
    assert len(suites.findall("testsuite/testcase/skipped")) == 2


def test_tests_without_samples_fail(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN + "tests:\n  - {name: lonely, expect: {sms.parts: 1}}\n")
    code, output, _ = tried(tmp_path)
    assert code == 1
    assert "failed: lonely\n--> a.msg.yaml:9:12: there is no sample to test\n" in output


def test_a_sample_without_a_message_fails(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SAMPLES_ONLY.replace("deliverychannel: sms", "deliverychannel: []"))
    code, output, _ = tried(tmp_path)
    assert code == 1
    assert "failed: sample 'usual'\n--> a.msg.yaml:8:11: the sample gives no message\n" in output


def test_a_spec_with_errors_shows_them(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=PASSES, wrong_msg_yaml=WRONG + "samples: {usual: {}}\n")
    code, output, _ = tried(tmp_path, "--coverage")
    assert code == 1
    assert output.startswith("a.msg.yaml: 2 passed; no branches\nwrong.msg.yaml: not tested: 1 error\n\nerror[undefined-variable] TPL202: ")
    assert output.endswith("\n\n2 passed in 2 files (1 tested, 1 with errors); no branches\n")
    assert tried(tmp_path, "wrong.msg.yaml")[1].endswith("\nnothing was tested in 1 file (1 with errors)\n")


def test_what_can_not_be_read_hides_nothing_and_is_not_success(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=PASSES, b_msg_yaml=b"\xff", body_json=BODY)
    output = (
        "a.msg.yaml: 2 passed\n"
        "not tested: gone.msg.yaml: there is no file 'gone.msg.yaml'\n"
        "not tested: b.msg.yaml: the file is not UTF-8: byte 0xff at byte offset 0 (line 1) does not belong there; save it as UTF-8\n"
        "2 passed in 4 files (1 tested, 2 not read, 1 skipped)\n"
    )
    assert tried(tmp_path, ".", "gone.msg.yaml", "body.json") == (3, output, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--env", "nowhere"), "error: there is no environment 'nowhere'\nhelp: the project has sandbox, production\n"),
        ((), "error: 'hello' reads env: name the environment with --env\nhelp: the project has sandbox, production\n"),
        (("--config", "gone.yaml"), "error: there is no project file 'gone.yaml'\nhelp: --config names a msgspec.yaml\n"),
        (("--now", "noon"), "error: --now 'noon' is not a time\nhelp: write it as 2030-01-31T18:30:00Z\n"),
        (("-",), "error: '-' is no spec with a folder: test reads files\nhelp: name the file, or the folder that it is in\n"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    reads_env = PASSES.replace("{text: ", '{senderid: "{{ env.senderid }}", text: ')
    files(tmp_path, a_msg_yaml=reads_env, msgspec_yaml=PROJECT)
    result = run("test", *arguments, *(() if "--now" in arguments else ("--now", NOW)), cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", said)
    if not arguments:
        assert tried(tmp_path, "--env", "production")[0] == 0


def test_more_comparisons_than_are_made_are_said(tmp_path: Path) -> None:
    many = "samples:\n" + "".join(f"  s{n}: {{}}\n" for n in range(100))
    tests = "tests:\n" + "".join(f"  - {{name: t{n}, expect: {{sms.parts: 1}}}}\n" for n in range(25))
    files(tmp_path, a_msg_yaml=CLEAN + many + tests)
    said = "not tested: a.msg.yaml: the samples and tests take more than 5,000 comparisons\nnothing was tested in 1 file (1 not read)\n"
    assert tried(tmp_path) == (3, said, "")
    files(tmp_path, a_msg_yaml=CLEAN + many + "tests:\n  - {name: t, expect: {sms.parts: 1}}\n")
    assert tried(tmp_path)[:2] == (0, "a.msg.yaml: 200 passed\n200 passed in 1 file (1 tested)\n")


def test_the_project_file_can_be_named(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=PASSES.replace("{text: ", '{senderid: "{{ env.senderid }}", text: '), other__msgspec_yaml=PROJECT)
    assert tried(tmp_path, "a.msg.yaml", "--config", "other/msgspec.yaml", "--env", "sandbox")[0] == 0


def test_each_file_has_the_project_above_it(tmp_path: Path) -> None:
    reads_env = PASSES.replace("{text: ", '{senderid: "{{ env.senderid }}", text: ')
    one = "msgspec: 1\nenvironments:\n  only: {endpoint: 'https://localhost:1/x', values: {senderid: ONE}}\n"
    files(tmp_path, a__msgspec_yaml=one, a__x_msg_yaml=reads_env, b__y_msg_yaml=PASSES)
    assert tried(tmp_path)[:2] == (0, "a/x.msg.yaml: 2 passed\nb/y.msg.yaml: 2 passed\n4 passed in 2 files (2 tested)\n")


def test_a_template_that_needs_too_much_work_fails_its_sample(tmp_path: Path) -> None:
    loops = "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}" + "{% endfor %}" * 3
    burning = "{# msgspec: ignore[costly-construct] on purpose #}" + loops + "ok"
    files(tmp_path, a_msg_yaml=SAMPLES_ONLY.replace("{text: Hello from Meridian Bank.}", f'{{text: "{burning}"}}'))
    code, output, _ = tried(tmp_path, "--coverage")
    assert code == 1
    assert "the template needs too much work" in output
    assert "; branches: 0 of 3\n" in output


# --- forms for machines --------------------------------------------------------------------------------------------------


def test_json(folder: Path) -> None:
    code, output, _ = tried(folder, "--coverage", "--format", "json")
    report = json.loads(output)
    assert code == 1
    assert validate_report(report, "test") == ()
    (spec,) = report["specs"]
    assert report == {
        "version": 1,
        "tool": {"name": "msgspec-tool", "version": report["tool"]["version"], "rules": 1},
        "summary": {
            "found": 1, "tested": 1, "empty": 0, "refused": 0, "skipped": 0, "passed": 7, "failed": 5,
            "branches": {"total": 6, "reached": 3},
        },
        "failures": [],
        "specs": [spec],
    }  # fmt: skip
    assert {key: value for key, value in spec.items() if key not in ("cases", "branches")} == {
        "path": "welcome.msg.yaml", "name": "welcome", "samples": 2, "tests": 3, "passed": 7, "failed": 5, "diagnostics": [],
        "stored": None,
    }  # fmt: skip
    assert [(case["name"], case["sample"], case["passed"]) for case in spec["cases"]] == [
        (None, "typical", True),
        (None, "nameless", False),
        (None, "shortest", True),
        (None, "longest", True),
        (None, "other-letters", True),
        ("wording", "typical", False),
        ("small enough", "typical", True),
        ("small enough", "nameless", False),
        ("small enough", "shortest", True),
        ("small enough", "longest", True),
        ("small enough", "other-letters", False),
        ("of nobody", "typcal", False),
    ]
    assert [case["data"] for case in spec["cases"][1:3]] == [None, {"first_name": "", "offer": "", "vip": False}]
    assert spec["cases"][5]["mismatches"] == [
        {
            "message": "channels.sms.text is not the expected text",
            "place": "channels.sms.text",
            "form": "equals",
            "expected": "Welcome to Meridian Bank, Asha. Good  bye!",
            "got": "Welcome to Meridian Bank, Asha. Bye!",
            "path": "welcome.msg.yaml",
            "pointer": "/tests/0/expect/channels.sms.text",
            "start": {"line": 23, "column": 26, "offset": SPEC.index("Welcome to Meridian Bank, Asha.")},
            "end": {"line": 23, "column": 68, "offset": SPEC.index("Good  bye!") + 10},
        }
    ]
    assert spec["cases"][11]["mismatches"][0]["pointer"] == "/tests/2/sample"
    assert spec["cases"][11]["mismatches"][0]["form"] is None
    assert spec["branches"]["unreached"][2] == {
        "kind": "for-else",
        "words": "the else of `for line in ['Bye!']`",
        "path": "bye.txt",
        "start": {"line": 1, "column": 37, "offset": 36},
        "end": {"line": 1, "column": 47, "offset": 46},
    }


def test_json_of_everything_that_can_go_wrong(tmp_path: Path) -> None:
    odd = "tests:\n  - {name: odd, sample: usual, expect: {sms.parts: .inf, channels.sms: [.nan]}}\n"
    files(tmp_path, a_msg_yaml=SAMPLES_ONLY + odd, b_msg_yaml=b"\xff", c_msg_yaml=CLEAN, d_msg_yaml=WRONG, body_json=BODY)
    code, output, _ = tried(tmp_path, ".", "body.json", "--format", "json")
    report = json.loads(output, parse_constant=pytest.fail)
    assert code == 3
    assert validate_report(report, "test") == ()
    assert report["summary"] == {
        "found": 5, "tested": 1, "empty": 1, "refused": 1, "skipped": 1, "passed": 1, "failed": 1, "branches": None,
    }  # fmt: skip
    assert [one["reason"] for one in report["failures"]] == ["encoding"]
    assert [one["expected"] for one in report["specs"][0]["cases"][1]["mismatches"]] == ["inf", ["nan"]]
    assert report["specs"][2]["diagnostics"][0]["code"] == "TPL202"


JUNIT = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="msgspec-tool" tests="12" failures="5" errors="0" time="0.000">
  <testsuite name="welcome.msg.yaml" tests="12" failures="5" errors="0" skipped="0" time="0.000">
    <testcase name="sample &#x27;typical&#x27;" classname="welcome" time="0.000"/>
    <testcase name="sample &#x27;nameless&#x27;" classname="welcome" time="0.000">
      <failure message="the sample can&#x27;t be rendered: &#x27;first_name&#x27;: there is no value, and no default is declared \
[VAR302]" type="sample">failed: sample 'nameless'
--&gt; welcome.msg.yaml:18:3: the sample can't be rendered: 'first_name': there is no value, and no default is declared [VAR302]
   |
18 |   nameless: {}
   |   ^^^^^^^^</failure>
    </testcase>
    <testcase name="generated sample &#x27;shortest&#x27;" classname="welcome" time="0.000"/>
    <testcase name="generated sample &#x27;longest&#x27;" classname="welcome" time="0.000"/>
    <testcase name="generated sample &#x27;other-letters&#x27;" classname="welcome" time="0.000"/>
    <testcase name="wording (sample &#x27;typical&#x27;)" classname="welcome" time="0.000">
      <failure message="channels.sms.text is not the expected text" type="expectation">failed: wording (sample 'typical')
--&gt; welcome.msg.yaml:23:26: channels.sms.text is not the expected text
   |
23 |       channels.sms.text: Welcome to Meridian Bank, Asha. Good  bye!
   |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = expected: Welcome to Meridian Bank, Asha. [-Good  bye!-]
  = got:      Welcome to Meridian Bank, Asha. {+Bye!+}</failure>
    </testcase>
    <testcase name="small enough (sample &#x27;typical&#x27;)" classname="welcome" time="0.000"/>
    <testcase name="small enough (sample &#x27;nameless&#x27;)" classname="welcome" time="0.000">
      <failure message="sample &#x27;nameless&#x27; gives no message" type="expectation">failed: small enough (sample 'nameless')
--&gt; welcome.msg.yaml:25:11: sample 'nameless' gives no message
   |
25 |   - name: small enough
   |           ^^^^^^^^^^^^</failure>
    </testcase>
    <testcase name="small enough (generated sample &#x27;shortest&#x27;)" classname="welcome" time="0.000"/>
    <testcase name="small enough (generated sample &#x27;longest&#x27;)" classname="welcome" time="0.000"/>
    <testcase name="small enough (generated sample &#x27;other-letters&#x27;)" classname="welcome" time="0.000">
      <failure message="sms.units is 113; expected at most 100" type="expectation">\
failed: small enough (generated sample 'other-letters')
  = with: first_name = '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', offer = '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', vip = false
--&gt; welcome.msg.yaml:27:24: sms.units is 113; expected at most 100
   |
27 |       sms.units: {max: 100}
   |                        ^^^</failure>
    </testcase>
    <testcase name="of nobody (sample &#x27;typcal&#x27;)" classname="welcome" time="0.000">
      <failure message="there is no sample &#x27;typcal&#x27;; did you mean &#x27;typical&#x27;?" type="expectation">\
failed: of nobody (sample 'typcal')
--&gt; welcome.msg.yaml:30:13: there is no sample 'typcal'; did you mean 'typical'?
   |
30 |     sample: typcal
   |             ^^^^^^</failure>
    </testcase>
  </testsuite>
</testsuites>
"""


def test_junit(folder: Path) -> None:
    code, output, _ = tried(folder, "--format", "junit")
    assert code == 1
    assert re.sub(r'time="[0-9]+\.[0-9]{3}"', 'time="0.000"', output) == JUNIT


def structure_problems(text: str) -> list[str]:
    """What a document has against the structure that CI servers read."""
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    problems = []
    for suite in root:
        wanted = {"tests": len(suite), "failures": len(suite.findall("testcase/failure")), "errors": len(suite.findall("testcase/error"))}
        problems += [f"{suite.get('name')}: {key}" for key, number in wanted.items() if suite.get(key) != str(number)]
        problems += [f"{one.tag} has no time" for one in (suite, *suite) if not re.fullmatch(r"[0-9]+\.[0-9]{3}", one.get("time") or "")]
        problems += [f"{case.attrib}" for case in suite if case.tag != "testcase" or not case.get("name") or not case.get("classname")]
        problems += [f"{outcome.tag}" for case in suite for outcome in case if outcome.get("message") is None or not outcome.get("type")]
    for key in ("tests", "failures", "errors"):
        if root.get(key) != str(sum(int(suite.get(key, "")) for suite in root)):
            problems.append(f"the sum of {key}")
    return problems


def test_junit_of_everything_that_can_go_wrong(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SPEC, b_msg_yaml=b"\xff", c_msg_yaml=CLEAN, d_msg_yaml=WRONG, bye_txt=BYE)
    code, output, _ = tried(tmp_path, "--format", "junit")
    assert code == 3
    assert structure_problems(output) == []
    root = ElementTree.fromstring(output)
    assert [suite.get("name") for suite in root] == ["a.msg.yaml", "c.msg.yaml", "d.msg.yaml", "b.msg.yaml"]
    errors = {case.get("name"): case[0].get("message") for case in root.iter("testcase") if case.find("error") is not None}
    assert errors["lint"] == "the spec has 1 error"
    assert (errors["read"] or "").startswith("the file is not UTF-8")


# --- hostile texts -------------------------------------------------------------------------------------------------------

HOSTILE = r"""
msgspec: 1
name: hostile
variables:
  x: {type: string, maxLength: 99, required: false, examples: [a]}
deliverychannel: sms
channels:
  sms: {text: "{{ x | default('') }}]]>&amp;<b>{% if ']]>\u200b' == x %}{% endif %}"}
destination:
  - msisdn: "+447700900123"
    with: {x: a}
samples:
  "]]>\e[31m\"<&": {x: "\e]0;title\a"}
tests:
  - name: "]]><evil a='\e[0m'>\r\n::error::"
    expect:
      channels.sms.text: "]]>\u202e\e[31m"
      "\e[2J]]>": 1
      channels.sms: ["]]>\e"]
""".lstrip()


@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_no_text_steers_a_terminal_or_breaks_a_form(tmp_path: Path, form: str) -> None:
    files(tmp_path, a_msg_yaml=HOSTILE)
    code, output, said = tried(tmp_path, "--coverage", "--format", form)
    assert (code, said) == (1, "")
    assert all(char.isprintable() or char == "\n" for char in output)
    if form == "text":
        assert output == HOSTILE_TEXT
    elif form == "json":
        assert validate_report(json.loads(output), "test") == ()
        assert json.loads(output)["specs"][0]["cases"][4]["mismatches"][0]["got"] == "\x1b]0;title\x07]]>&amp;<b>"
    else:
        assert structure_problems(output) == []
        assert "]]>" not in output
        (case,) = ElementTree.fromstring(output).findall("testsuite/testcase[failure]")
        assert case.get("name") == "]]><evil a='\\x1b[0m'>\\r\\n::error:: (sample ']]>\\x1b[31m\"<&')"
        assert "\\x1b]0;title\\x07]]>&amp;<b>+}\n" in (case[0].text or "")
