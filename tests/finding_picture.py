"""The picture of findings in the README: what a terminal shows of one message, as SVG."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.command import CHECKOUT, NOW, environment

PICTURE = CHECKOUT / "docs" / "findings.svg"
WIDTH = 96

MESSAGE = """\
msgspec: 1
name: parcel-today
variables:
  first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}
  slot: {type: string, maxLength: 13, charset: gsm7, examples: ["14:00-16:00"]}
deliverychannel: sms
expiry: 2030-01-31T18:30:00.000+5:30
channels:
  sms:
    senderid: NORTHLIGHT
    text: >-
      Hi {{ frist_name }}, your parcel comes today, {{ slot }}. We’ll ring
      once; if nobody answers it waits for you at the counter.
destination:
  - msisdn: ["+447700900123"]
    with: {first_name: Asha, slot: "14:00-16:00"}
"""

THEME = TerminalTheme(
    (24, 27, 33),
    (222, 226, 232),
    [(24, 27, 33), (255, 107, 107), (126, 211, 133), (240, 190, 90), (110, 170, 255), (214, 140, 235), (95, 205, 215), (222, 226, 232)],
    [
        (125, 133, 145),
        (255, 130, 130),
        (150, 225, 155),
        (250, 208, 120),
        (140, 190, 255),
        (226, 165, 245),
        (130, 220, 230),
        (255, 255, 255),
    ],
)

# no font is fetched: each reader has a monospaced one
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="findings of lint in a terminal">
<style>
{styles}
.{unique_id}-matrix {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture() -> str:
    """What ``lint`` prints of :data:`MESSAGE`, with its colours."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "parcel-today.msg.yaml").write_text(MESSAGE, encoding="utf-8")
        command = [sys.executable, "-m", "msgspec_tool", "--color", "always", "lint", "parcel-today.msg.yaml", "--now", NOW]
        variables = {name: value for name, value in environment().items() if name != "NO_COLOR"}
        shown = subprocess.run(command, cwd=folder, env={**variables, "COLUMNS": str(WIDTH)}, capture_output=True, check=False)
    assert shown.returncode == 1, shown.stderr.decode()
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    console.print(Text("$ msgspec-tool lint parcel-today.msg.yaml"), Text.from_ansi(shown.stdout.decode().rstrip(os.linesep)), sep="\n")
    svg = console.export_svg(title="", theme=THEME, code_format=FRAME, unique_id="shown")
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
