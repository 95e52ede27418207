"""How long the page of many messages takes to make, and to be seen: ``python -m benchmarks.preview_speed``.

The specs are the examples, as many times as it takes, each with a name of its own. Making counts the time that the processors
worked; making again is what ``--serve`` does after a change to one spec. Seeing is measured in Chromium where the machine has it,
each time in a new window of 1500 by 1000 pixels: when the first content is painted, and when the whole page is there. The medians
of several rounds are shown.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path

from msgspec_tool.caching.watching import Noted
from msgspec_tool.preview.pages import PageMaker, preview_page
from msgspec_tool.preview.run import PreviewOptions

CHECKOUT = Path(__file__).resolve().parents[1]
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOW = datetime(2030, 1, 1, 9, 30, tzinfo=timezone.utc)


def copies(folder: Path, number: int) -> None:
    """So many specs, made of the examples, with the project file and the partials that they need."""
    examples = CHECKOUT / "specs_examples"
    shutil.copy(examples / "msgspec.yaml", folder)
    shutil.copytree(examples / "partials", folder / "partials")
    specs = sorted(examples.glob("*/*.msg.yaml"))
    for index in range(number):
        spec = specs[index % len(specs)]
        own = folder / f"{index:04d}"
        own.mkdir()
        for data in (file for file in spec.parent.iterdir() if file.is_file() and file != spec):
            shutil.copy(data, own)
        text = re.sub(r"^name: (.*)$", rf"name: \1-{index:04d}", spec.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (own / spec.name).write_text(text, encoding="utf-8")


def measured(number: int, rounds: int) -> dict[str, object]:
    """What the page of so many specs takes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "specs"
        folder.mkdir()
        copies(folder, number)
        options = PreviewOptions(NOW, paths=(str(folder),), environment="production")
        seconds = []
        for _round in range(rounds):
            before = time.process_time()
            page = preview_page(options)
            seconds.append(time.process_time() - before)
        again = list(_made_again(options, folder, rounds))
        file = Path(place) / "preview.html"
        file.write_text(page.html, encoding="utf-8")
        return {
            "messages": len(page.preview.specs),
            "renderings": page.preview.messages,
            "bytes": file.stat().st_size,
            "making_seconds": round(statistics.median(seconds), 3),
            "again_seconds": round(statistics.median(again), 3),
            **_seen(file, rounds),
        }


def _made_again(options: PreviewOptions, folder: Path, rounds: int) -> Iterator[float]:
    """What each page takes after the first, as ``--serve`` makes them: one spec has changed."""
    spec = sorted(folder.rglob("*.msg.yaml"))[0]
    maker = PageMaker(options.now)
    maker.page(options, Noted())
    for number in range(rounds):
        spec.write_text(f"{spec.read_text(encoding='utf-8')}# {number}\n", encoding="utf-8")
        before = time.process_time()
        maker.page(options, Noted())
        yield time.process_time() - before


def _seen(file: Path, rounds: int) -> Mapping[str, float]:
    browser = shutil.which("chromium")
    if browser is None:
        return {}
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=browser, args=list(_FLAGS))
        times = []
        for _round in range(rounds):
            window = one.new_context(viewport={"width": 1500, "height": 1000})
            page = window.new_page()
            page.goto(file.as_uri())
            times.append(page.evaluate(_TIMES))
            window.close()
        one.close()
    return {name: round(statistics.median(each[name] for each in times)) for name in times[0]}


_TIMES = """() => new Promise((done) => {
  new PerformanceObserver((painted) => {
    const first = painted.getEntriesByName('first-contentful-paint')[0];
    const loaded = performance.getEntriesByType('navigation')[0];
    if (first) done({ first_paint_ms: first.startTime, loaded_ms: loaded.loadEventEnd });
  }).observe({ type: 'paint', buffered: true });
})"""


def _table(rows: list[dict[str, object]]) -> Iterator[str]:
    names = list(rows[0])
    yield "  ".join(f"{name:>14}" for name in names)
    for row in rows:
        yield "  ".join(f"{row[name]!s:>14}" for name in names)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[16, 200])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [measured(number, given.rounds) for number in given.messages]
    print(json.dumps({"rows": rows}) if given.json else "\n".join(_table(rows)))


if __name__ == "__main__":
    main()
