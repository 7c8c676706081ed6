"""Measure proviso beside its peers: `.venv/bin/python generator/benchmarks/run.py`.

Every figure is a ratio of medians taken in one run, contenders in turn, since
times alone say little about another machine. The exit status is 1 when a
figure misses its bar.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.figures import Figure

_HOME = Path(__file__).resolve().parent
_CONTRACT_TESTS = _HOME.parents[1] / "contract_tests"
_ROUNDS = {
    "checking": (100, 15),
    "starting": (60, 15),
    "generating": (3, 1),
    "drawing": (15, 3),
    "ledger": (7, 3),
    "exchanging": (40, 8),
    "mocking": (7, 3),
    "contract_suite": (3, 1),
}
"""Part -> in how many rounds its module measures: as a rule, and when in a hurry."""


def main() -> int:
    """Measure, print and keep."""
    options = _options()
    # The figures share the harness of the contract tests, which no installed package holds.
    sys.path.append(str(_CONTRACT_TESTS))
    if options.peers:
        _print_peers()
        return 0

    from benchmarks import report

    figures: list[Figure] = []
    for part in options.only or _ROUNDS:
        rounds, few = _ROUNDS[part]
        more = {"prism": options.prism} if part == "mocking" else {}
        figures += import_module(f"benchmarks.{part}").figures(rounds=few if options.quick else rounds, **more)
    report.show(figures)
    if not options.only:
        report.save(figures, options.json)
    if options.readme is not None:
        report.put_into(options.readme, figures)
    return 0 if all(one.met for one in figures) else 1


def _print_peers() -> None:
    from benchmarks import peers, subject

    model = subject.largest().model
    for write in (peers.pydantic_model, peers.pydantic_typed_dict, peers.msgspec_struct):
        sys.stdout.write(f"{write(model)}\n\n\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds: enough to see, too few to publish")
    parser.add_argument("--only", action="append", choices=list(_ROUNDS), help="one part; can be given again")
    parser.add_argument("--json", type=Path, default=_HOME / "results.json", help="where the figures go")
    parser.add_argument("--readme", type=Path, help="a Markdown file with the marks of the table")
    parser.add_argument("--prism", type=Path, help="the program of Stoplight Prism, to measure the mock beside it")
    parser.add_argument("--peers", action="store_true", help="print the peers' models of the same rules, and stop")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
