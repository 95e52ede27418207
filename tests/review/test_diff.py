"""``diff``: whole outputs in each format, what is paired with what, and every exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repositories import Scratch
from tests.review.comparisons import FORMATS, STORED, new_and_removed, not_rendered, outputs, report, said
from tests.review.projects import FIRST, PARCEL, STATEMENT, three_commits

ORDER = ["statement", "parcel", "offer-autumn", "offer-spring", "offer-summer", "offer-winter"]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    return three_commits(tmp_path_factory.mktemp("three"))


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch.made(tmp_path)
    made.commit(FIRST)
    return made


@pytest.mark.parametrize("name", STORED)
def test_whole_outputs(tmp_path: Path, name: str) -> None:
    for file, code, output in outputs(name, tmp_path):
        assert (code, output) == (STORED[name][2], file.read_text(encoding="utf-8")), file.name


def test_three_commits_in_their_order(three: Scratch) -> None:
    specs = report(three.folder, base="HEAD~3")["specs"]
    assert [spec["name"] for spec in specs] == ORDER
    assert [len(spec["breaking"]) for spec in specs] == [1, 1, 0, 0, 0, 0]
    assert {tuple(spec["through"]) for spec in specs[2:]} == {("partials/opt-out.txt",)}


@pytest.mark.parametrize(("base", "names"), [("HEAD", []), ("HEAD~1", ["parcel"]), ("HEAD~2", ["parcel", *ORDER[2:]]), ("main~3", ORDER)])
def test_revisions(three: Scratch, base: str, names: list[str]) -> None:
    found = report(three.folder, base=base)
    assert [spec["name"] for spec in found["specs"]] == names
    assert found["summary"]["unchanged"] == 6 - len(names)


def test_exit_code(three: Scratch) -> None:
    assert said(three.folder, "--exit-code")[0] == 0
    assert said(three.folder, "--exit-code", base="HEAD~1")[0] == 1


def test_paths_choose(three: Scratch) -> None:
    assert [spec["name"] for spec in report(three.folder, "messages/parcel.msg.yaml", base="HEAD~3")["specs"]] == ["parcel"]
    assert [spec["path"] for spec in report(three.folder / "messages", base="HEAD~1")["specs"]] == ["parcel.msg.yaml"]


def test_work_tree_and_index_stay(three: Scratch) -> None:
    index = (three.folder / ".git" / "index").read_bytes()
    said(three.folder, base="HEAD~3")
    assert three.git("status", "--porcelain") == ""
    assert (three.folder / ".git" / "index").read_bytes() == index


# --- what is paired with what ---


def test_a_rename_by_bytes_and_by_name(scratch: Scratch) -> None:
    other = STATEMENT.replace("is ready", "has come")
    scratch.write({"messages/parcel.msg.yaml": None, "post/parcel.msg.yaml": PARCEL})
    scratch.write({"messages/statement.msg.yaml": None, "post/bank.msg.yaml": other})
    specs = report(scratch.folder)["specs"]
    assert [(one["status"], one["before_path"], one["path"]) for one in specs] == [
        ("changed", "messages/statement.msg.yaml", "post/bank.msg.yaml"),
        ("changed", "messages/parcel.msg.yaml", "post/parcel.msg.yaml"),
    ]
    assert [len(one["messages"]) for one in specs] == [2, 0]


def test_new_and_removed(tmp_path: Path) -> None:
    specs = report(new_and_removed(tmp_path).folder)["specs"]
    assert [(one["name"], one["status"], one["before_path"]) for one in specs] == [
        ("parcel", "removed", "messages/parcel.msg.yaml"),
        ("offer-other", "added", None),
    ]


def test_a_removed_spec_that_is_named(scratch: Scratch) -> None:
    scratch.write({"messages/parcel.msg.yaml": None})
    assert [one["status"] for one in report(scratch.folder, "messages/parcel.msg.yaml")["specs"]] == ["removed"]


def test_a_sample_that_is_new_is_rendered_on_both_sides(scratch: Scratch) -> None:
    scratch.write({"messages/parcel.msg.yaml": PARCEL + "  home: {place: your door}\n"})
    assert report(scratch.folder)["specs"] == []
    scratch.write({"messages/parcel.msg.yaml": PARCEL.replace("waits", "is") + "  home: {place: your door}\n"})
    (spec,) = report(scratch.folder)["specs"]
    changes = [(one["sample"], one["changes"][0]["before"], one["changes"][0]["after"]) for one in spec["messages"]]
    assert changes == [
        ("typical", "Your parcel waits at the depot.", "Your parcel is at the depot."),
        ("home", "Your parcel waits at your door.", "Your parcel is at your door."),
    ]


def test_a_spec_without_samples_gets_an_example(scratch: Scratch) -> None:
    bare = PARCEL.partition("samples:")[0]
    scratch.commit({"messages/parcel.msg.yaml": bare})
    scratch.write({"messages/parcel.msg.yaml": bare.replace("waits", "is").replace("place", "where")})
    (spec,) = report(scratch.folder)["specs"]
    (message,) = spec["messages"]
    assert (message["sample"], message["generated"]) == ("example", True)
    assert message["changes"][0]["before"] == "Your parcel waits at the depot."


def test_data_of_a_sample_that_differ_are_told(scratch: Scratch) -> None:
    scratch.write({"messages/parcel.msg.yaml": PARCEL.replace("typical: {place: the depot}", "typical: {place: the shop}")})
    (spec,) = report(scratch.folder)["specs"]
    assert spec["messages"][0]["other_data"] is True


def test_longer_data_of_a_sample_are_no_growth_of_the_message(scratch: Scratch) -> None:
    longer = STATEMENT.replace("typical: {month: March}", "typical: {month: '^^^^^^^^^^'}")
    scratch.write({"messages/statement.msg.yaml": longer})
    (spec,) = report(scratch.folder)["specs"]
    (message,) = spec["messages"]
    assert (message["other_data"], spec["breaking"], spec["costs"]) == (True, [], [])


# --- what else than the spec can change it ---

ENVIRONMENTS = """\
msgspec: 1
environments:
  sandbox: {endpoint: "https://localhost:8443/x", values: {senderid: TEST}}
  production: {region: uk, values: {senderid: NORTHLIGHT}}
"""
READS = PARCEL.replace("senderid: ACME", 'senderid: "{{ env.senderid }}"')


def test_the_project_file(scratch: Scratch) -> None:
    scratch.commit({"msgspec.yaml": ENVIRONMENTS, "messages/parcel.msg.yaml": READS})
    scratch.write({"msgspec.yaml": ENVIRONMENTS.replace("NORTHLIGHT", "MERIDIAN")})
    (spec,) = report(scratch.folder, "--env", "production")["specs"]
    assert (spec["name"], spec["through"]) == ("parcel", ["msgspec.yaml"])
    assert [one["message"] for one in spec["breaking"]] == ["the sender on sms is 'MERIDIAN', 'NORTHLIGHT' before"]
    assert report(scratch.folder, "--env", "sandbox")["specs"] == []


def test_an_environment_has_to_be_named(scratch: Scratch) -> None:
    scratch.commit({"msgspec.yaml": ENVIRONMENTS, "messages/parcel.msg.yaml": READS})
    scratch.write({"messages/parcel.msg.yaml": READS.replace("waits", "is")})
    code, output, errors = said(scratch.folder)
    assert (code, output) == (2, "")
    assert errors == "error: 'parcel' reads env: name the environment with --env\nhelp: the project has sandbox, production\n"


def test_an_environment_that_is_new(scratch: Scratch) -> None:
    scratch.write({"msgspec.yaml": ENVIRONMENTS, "messages/parcel.msg.yaml": READS})
    code, output, _errors = said(scratch.folder, "messages/parcel.msg.yaml", "--env", "production")
    assert code == 3
    assert "not rendered as of HEAD: there is no environment 'production'" in output


MAPPED = PARCEL.replace(
    'destination:\n  - msisdn: "+447700900001"\n    with: {place: the depot}\n',
    'destination: {from: people.csv, msisdn: "{{ phone }}"}\n',
)


def test_recipients_are_counts(scratch: Scratch) -> None:
    scratch.commit({"messages/parcel.msg.yaml": MAPPED, "messages/people.csv": "phone,place\n+447911123456,Ventnor Pier\n"})
    scratch.write({"messages/people.csv": "phone,place\n+447911123456,Ventnor Pier\n\n+447911123457,Ryde\n"})
    outputs = [said(scratch.folder, "--format", format_)[1] for format_ in FORMATS]
    (spec,) = report(scratch.folder)["specs"]
    assert (spec["recipients"], spec["messages"]) == ({"before": 1, "after": 2}, [])
    assert [one["message"] for one in spec["costs"]] == ["there are 2 recipients, 1 before"]
    assert not any(secret in output for output in outputs for secret in ("4479111", "Ventnor", "Ryde"))


# --- sides that can't be rendered ---


def test_a_side_that_does_not_render(tmp_path: Path) -> None:
    found = report(not_rendered(tmp_path).folder)
    assert [(one["side"], one["sample"]) for spec in found["specs"] for one in spec["unrendered"]] == [
        ("after", "typical"),
        ("before", None),
    ]
    assert found["summary"]["unrendered"] == 2


def test_nothing_to_compare(scratch: Scratch) -> None:
    (scratch.folder / "empty").mkdir()
    code, output, _errors = said(scratch.folder, "empty")
    assert (code, output) == (3, "nothing was compared with HEAD: no spec was found (files end in .msg.yaml)\n")
    code, output, _errors = said(scratch.folder, "nowhere.msg.yaml")
    assert (code, output.splitlines()[0]) == (3, "not compared: nowhere.msg.yaml: there is no file 'nowhere.msg.yaml'")


def test_a_partial_that_is_gone(scratch: Scratch) -> None:
    scratch.write({"partials/opt-out.txt": None})
    found = report(scratch.folder)
    assert found["summary"] == {
        "changed": 0, "added": 0, "removed": 0, "unchanged": 2, "unrendered": 4, "breaking": 0, "dearer": 0,
    }  # fmt: skip
    assert {tuple(one["through"]) for one in found["specs"]} == {("partials/opt-out.txt",)}


# --- what the command line can say besides ---


def test_standard_input_is_no_spec_of_a_repository(scratch: Scratch) -> None:
    assert said(scratch.folder, "-") == (
        2,
        "",
        "error: '-' is no spec of a repository: diff reads files\nhelp: name the file, or the folder that it is in\n",
    )


def test_a_project_file_that_is_named(scratch: Scratch, tmp_path_factory: pytest.TempPathFactory) -> None:
    scratch.commit({"other/shop.yaml": ENVIRONMENTS, "messages/parcel.msg.yaml": READS})
    parcel = ("messages/parcel.msg.yaml", "--env", "production", "--config")
    assert report(scratch.folder, *parcel, "other/shop.yaml")["specs"] == []
    scratch.write({"other/shop.yaml": ENVIRONMENTS.replace("NORTHLIGHT", "MERIDIAN")})
    (spec,) = report(scratch.folder, *parcel, "other/shop.yaml")["specs"]
    assert (spec["through"], len(spec["breaking"])) == (["other/shop.yaml"], 1)
    # one that the revision does not have means the same on both sides
    scratch.write({"new.yaml": ENVIRONMENTS, "messages/parcel.msg.yaml": READS.replace("waits", "is")})
    (spec,) = report(scratch.folder, *parcel, "new.yaml")["specs"]
    assert (spec["through"], len(spec["breaking"]), len(spec["messages"])) == (["messages/parcel.msg.yaml"], 0, 1)
    outside = tmp_path_factory.mktemp("outside") / "shop.yaml"
    outside.write_text(ENVIRONMENTS, encoding="utf-8")
    code, _output, errors = said(scratch.folder, *parcel, str(outside))
    assert code == 2
    assert "is outside the repository" in errors


def test_more_samples_than_are_rendered(scratch: Scratch) -> None:
    many = PARCEL + "".join(f"  s{number}: {{place: x}}\n" for number in range(1_001))
    scratch.write({"messages/parcel.msg.yaml": many})
    code, output, _errors = said(scratch.folder)
    assert code == 3
    assert "not rendered: the spec has more than 1,000 samples" in output


def test_an_example_that_does_not_fit(scratch: Scratch) -> None:
    bare = PARCEL.partition("samples:")[0].replace("examples: [the depot]", 'pattern: "^(?!x)y$"')
    scratch.write({"messages/parcel.msg.yaml": bare})
    assert said(scratch.folder)[0] == 3


def test_rows_of_parquet(scratch: Scratch) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    from pyarrow import parquet

    people = scratch.folder / "messages" / "people.parquet"
    parquet.write_table(pa.table({"phone": ["+447911123456"], "place": ["Ryde"]}), people)
    scratch.commit({"messages/parcel.msg.yaml": MAPPED.replace("people.csv", "people.parquet")})
    parquet.write_table(pa.table({"phone": ["+447911123456"] * 3, "place": ["Ryde"] * 3}), people)
    (spec,) = report(scratch.folder)["specs"]
    assert spec["recipients"] == {"before": 1, "after": 3}


def test_fewer_recipients(scratch: Scratch) -> None:
    scratch.commit({"messages/parcel.msg.yaml": MAPPED, "messages/people.csv": "phone,place\n+447911123456,Ryde\n+447911123457,Ryde\n"})
    scratch.write({"messages/people.csv": "phone,place\n+447911123456,Ryde\n"})
    output = said(scratch.folder)[1]
    assert output.splitlines()[:3] == [
        "messages/parcel.msg.yaml: no message changed",
        "  only through messages/people.csv",
        "  recipients: 2 → 1",
    ]


def test_links_in_texts(scratch: Scratch) -> None:
    reads = PARCEL.replace("{{ place }}.", "{{ place }}: https://shop.example.com/a.")
    scratch.commit({"messages/parcel.msg.yaml": reads})
    scratch.write({"messages/parcel.msg.yaml": reads.replace("/a.", "/b.")})
    output = said(scratch.folder)[1]
    assert "    links:\n      - https://shop.example.com/a\n      + https://shop.example.com/b\n" in output


def test_errors_in_a_comment_are_masked(scratch: Scratch) -> None:
    scratch.write({"messages/parcel.msg.yaml": PARCEL.replace('"+447700900001"', '"+44791"')})
    output = said(scratch.folder, "--format", "markdown")[1]
    assert "- **not rendered**: `the spec has 1 error`; `'***' is not a phone number" in output
    assert "44791" not in output


def test_what_was_agreed_is_told_and_not_called_breaking(scratch: Scratch) -> None:
    meant = PARCEL.replace(
        "  sms: {senderid: ACME", "  # msgspec: ignore[breaking-change] the brand has another name\n  sms: {senderid: MERIDIAN"
    )
    scratch.write({"messages/parcel.msg.yaml": meant})
    (spec,) = report(scratch.folder)["specs"]
    assert (spec["breaking"], [one["pointer"] for one in spec["messages"][0]["changes"]]) == ([], ["/channels/sms/senderid"])
