"""The figure of a first check: import a provider's package in a new process and check one request."""

from __future__ import annotations

import sys

from benchmarks import measure, subject
from benchmarks.figures import Figure, span
from benchmarks.measure import Process

_HTTP = ("httpx", "httpx2", "httpcore", "requests", "urllib3", "aiohttp", "http.client", "socket", "ssl")
_BAR = 10.0
_AIM = 5.0


def figures(*, rounds: int) -> list[Figure]:
    """Measure whole processes, over a bare interpreter of the same environment."""
    model = subject.largest()
    request = subject.with_a_list(subject.documented(model))
    package, provider, name = model.module_name.split(".")
    check = (
        f"from {package} import {provider}\n"
        f"if {provider}.{name}.violations({request.params!r}): raise SystemExit('refused')\n"
    )
    guard = f"import sys\nfound = sorted(set(sys.modules) & set({_HTTP!r}))\nif found: raise SystemExit(found)\n"
    # Python's own compiled files are there on every start but the first.
    measure.run(Process(command=(sys.executable, "-c", check + guard)))
    contenders = {
        "bare": Process(command=(sys.executable, "-c", "pass")),
        "ours": Process(command=(sys.executable, "-c", check)),
    }
    taken = measure.processes(contenders, rounds=rounds)
    return [
        Figure(
            what="Import a provider and check one request in a new process",
            ours=span(taken["ours"].median),
            rival="python -c pass",
            theirs=span(taken["bare"].median),
            value=measure.difference(taken["ours"], taken["bare"]) * 1e3,
            unit="ms",
            bar=_BAR,
            aim=_AIM,
        )
    ]
