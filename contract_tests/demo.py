"""Shows the main job: specs become clients, a wrong request is refused, a right one is priced, sent and collected.

The provider is a mock made from its spec, and time runs faster than it does; everything else is real.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 2.0
"""How long the waiting of the job takes here."""
CONSOLE = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run every act; the exit status is 1 when something is not as it should be."""
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
    CONSOLE.print("[dim]$ python -m proviso generate[/]")
    start = time.perf_counter()
    command = [sys.executable, "-m", "proviso", "generate"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    CONSOLE.print(escape((run.stdout + run.stderr).strip()))
    assert run.returncode == 0, "the specs have complaints"
    CONSOLE.print(f"[dim]{time.perf_counter() - start:.1f} s[/]")


if __name__ == "__main__":
    sys.exit(main())
