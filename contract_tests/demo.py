"""Shows the main job: specs become clients, a wrong request is refused, a right one is priced, sent and collected.

The provider is `proviso mock` in a process of its own, and its time runs faster than it does; everything else is real.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 4.0
"""How long the job takes here."""
CONSOLE = Console(highlight=False, soft_wrap=True)
if not CONSOLE.is_terminal:
    CONSOLE.width = 120


def main() -> int:
    """Run every act; the exit status is 1 when something is not as it should be."""
    logging.getLogger("proviso_runtime").addHandler(logging.NullHandler())  # what it tells is shown here
    try:
        _regenerate()
        # The clients are imported after they were generated.
        from harness import demonstration

        demonstration.show(CONSOLE, out=ROOT / "out", seconds=SECONDS)
    except AssertionError as wrong:
        CONSOLE.print(f"[bold red]not as expected:[/] {escape(str(wrong))}")
        return 1
    return 0


def _regenerate() -> None:
    CONSOLE.rule("[bold]1. From specs to clients", align="left")
    for verb, wrong in (("lint", "the specs have complaints"), ("generate", "the clients cannot be generated")):
        CONSOLE.print(f"[dim]$ proviso {verb}[/]")
        start = time.perf_counter()
        command = [sys.executable, "-m", "proviso", verb]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        told = (run.stdout + run.stderr).strip() or "no complaints"
        CONSOLE.print(f"{escape(told)} [dim]({time.perf_counter() - start:.1f} s)[/]")
        assert run.returncode == 0, wrong


if __name__ == "__main__":
    sys.exit(main())
