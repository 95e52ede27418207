"""Writes the expected output of every case again: ``python -m tests.update_cases``. Read the difference."""

from __future__ import annotations

from tests.case_runs import cases


def main() -> None:
    for case in cases("err"):
        _code, output = case.run()
        case.expected.write_text(output, encoding="utf-8")


if __name__ == "__main__":
    main()
