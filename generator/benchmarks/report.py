"""The figures as a table on the terminal, as JSON, and as Markdown between two marks of a README."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure

BEGIN = "<!-- figures: made by generator/benchmarks/run.py -->"
END = "<!-- end of figures -->"
_WIDTH = 200
_HEAD = ("what", "ours", "beside", "theirs", "figure", "held to", "")
_LIBRARIES = (
    "fastjsonschema", "hypothesis", "jsonschema", "jsonschema-rs", "msgspec", "openapi-python-client", "pydantic", "ruff",
)  # fmt: skip


def show(figures: list[Figure]) -> None:
    """Print the table."""
    table = Table(*_HEAD)
    for figure in figures:
        table.add_row(*_cells(figure), style="" if figure.met else "bold red")
    # A file or a pipe has no width of its own to break cells for.
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table)


def save(figures: list[Figure], path: Path) -> None:
    """Write the figures and the versions that they hold for; nothing in it names the machine."""
    versions = {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}
    listed = [{**asdict(one), "value": round(one.value, 3), "verdict": one.verdict} for one in figures]
    text = json.dumps({"versions": versions, "figures": listed}, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def put_into(readme: Path, figures: list[Figure]) -> None:
    """Put the table between the two marks, which have to be there."""
    before, begin, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        message = f"{readme} needs the lines {BEGIN} and {END}"
        raise SystemExit(message)
    readme.write_text(f"{before}{BEGIN}\n{_markdown(figures)}\n{END}{after}", encoding="utf-8")


def _markdown(figures: list[Figure]) -> str:
    rows = [_HEAD, tuple("---" for _ in _HEAD), *map(_cells, figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.what, figure.ours, figure.rival, figure.theirs, figure.shown, figure.held_to, figure.verdict
    )  # fmt: skip
