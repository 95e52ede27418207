"""What the analysis of templates costs, whether its bounds are true, and how tight they are: ``python -m benchmarks.analysis``.

Three figures, each measured on this machine in this run:

cost        the time that analysing all templates of a 60-line spec adds to its lint, with everything imported: the difference
            of medians between a lint with all rules, and one in which no template is analysed; rounds are interleaved
soundness   made-up templates and rows, as in the tests, really rendered: how many texts lay outside their bounds
usefulness  for every text of the examples: the longest that the search for examples prints, as a share of the upper bound
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from math import inf
from pathlib import Path
from time import process_time
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from msgspec_tool.lint_pipeline import LintOptions, inspect, lint
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.stages import analyse
from msgspec_tool.surroundings.discovery import InputFile, InputKind
from msgspec_tool.surroundings.project_file import load_project
from msgspec_tool.templates.bounds.analysis import Outcome
from msgspec_tool.templates.bounds.counterexamples import Search
from msgspec_tool.templates.bounds.operators import fits
from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.running.engine import Engine
from tests.templates.made_templates import DATA, TEMPLATES, analysis, scope

CHECKOUT = Path(__file__).resolve().parents[1]
EXAMPLES = CHECKOUT / "specs_examples"
SPEC = CHECKOUT / "benchmarks" / "sixty-lines.msg.yaml"
NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)


def cost(rounds: int) -> tuple[float, float]:
    """Medians in milliseconds of processor time of a lint with the analysis and of one without."""

    def timed() -> float:
        start = process_time()
        lint(LintOptions(now=NOW, paths=(str(SPEC),)))
        return (process_time() - start) * 1000

    def without() -> float:
        with patch.object(analyse, "_analyses", lambda *_arguments: {}):
            return timed()

    measured: dict[Callable[[], float], list[float]] = {timed: [], without: []}
    for turn in range(rounds + 5):
        gc.collect()
        for run, times in measured.items():
            spent = run()
            if turn >= 5:
                times.append(spent)
    return statistics.median(measured[timed]), statistics.median(measured[without])


def soundness(examples: int) -> tuple[int, int, int]:
    """Texts that were rendered, those outside their bounds, and those that the analysis of their row alone knew exactly."""
    engine = Engine(None)
    counts = [0, 0, 0]

    @settings(max_examples=examples, deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
    @given(TEMPLATES, st.lists(DATA, min_size=3, max_size=6))
    def run(source: str, rows: list[dict[str, object]]) -> None:
        known = analysis(source)
        compiled = engine.compile(known.template, native=False)
        for data in rows:
            try:
                text = str(compiled.render(scope(data)))
            except RenderFailure:
                continue
            counts[0] += 1
            counts[1] += not any(fits(text, outcome.text) for outcome in known.result.outcomes)
            exact = known.given({name: _constant(value) for name, value in data.items()})
            counts[2] += any(outcome.text.only == text for outcome in exact.outcomes)

    run()
    return counts[0], counts[1], counts[2]


def _constant(value: object) -> object:
    from msgspec_tool.domain.values import constant

    return constant(value)


def _longest(outcome: Outcome) -> float:
    """What is reached: of a few texts, one for each environment, the longest."""
    return outcome.text.most.points if outcome.text.finite is not None else outcome.text.least.points


def usefulness() -> Iterator[tuple[str, str, float, float]]:
    """For every text of the examples with an end: its spec, its place, the longest text that was found, and the upper bound."""
    project = load_project(EXAMPLES, None)
    from msgspec_tool.catalogue import select

    context = RuleContext(NOW, {name: known.values for name, known in project.environments.items()})
    for path in sorted(EXAMPLES.glob("*/*.msg.yaml")):
        spec = inspect(InputFile(str(path), InputKind.SPEC, path.read_bytes()), project, select(project.lint), context).spec
        for place, found in spec.analyses.items() if spec is not None else ():
            most = max((outcome.text.most.points for outcome in found.result.outcomes), default=0)
            if 0 < most < inf and place[0] != "destination":
                best = Search(found, unbounded=40).best(_longest, enough=most)
                yield path.parent.name, ".".join(map(str, place)), best.score if best is not None else 0, most


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with_it, without = cost(options.rounds)
    texts, outside, exact = soundness(options.examples)
    tight = list(usefulness())
    shares = [found / most for _spec, _place, found, most in tight]
    figures = {
        "lint_ms": round(with_it, 2),
        "lint_without_analysis_ms": round(without, 2),
        "analysis_ms": round(with_it - without, 2),
        "texts": texts,
        "outside": outside,
        "exact": round(exact / texts, 3),
        "bounds": len(shares),
        "reached_90_percent": sum(share >= 0.9 for share in shares),
        "median_share": round(statistics.median(shares), 3),
    }
    if options.json:
        print(json.dumps(figures))
        return
    print(
        f"cost        {with_it:.2f} ms a lint, {without:.2f} ms without: {with_it - without:.2f} ms for 60 lines ({options.rounds} rounds)"
    )
    print(f"soundness   {texts:,} texts of {options.examples:,} templates, {outside} outside their bounds; {exact:,} known exactly")
    reached = figures["reached_90_percent"]
    print(f"usefulness  {reached} of {len(shares)} bounds reached to 90 % by an example; median {figures['median_share']:.1%}")
    for spec, place, found, most in tight:
        if found / most < 0.9:
            print(f"            {spec}: {place}: {found:.0f} of {most:.0f} characters")


if __name__ == "__main__":
    main()
