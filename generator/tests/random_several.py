"""Specs of which one call may carry several requests, made of random ones that can be told so."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .building import Spec
from .random_jobs import ID
from .random_requests import Asked

_CALLS = {"poll": "GET /jobs/{id}", "collect": "GET /jobs/{id}/result", "cancel": "DELETE /jobs/{id}"}


def crowd(draw: st.DrawFn, asked: Asked, spec: Spec, shared: Spec) -> None:
    """Let one call carry several requests in one spec of two where that can be: each has a job, and all is in its body."""
    each = _each(asked.body)
    beside = [one for key in ("query", "headers") for one in asked.request.get(key, {}).values()]
    twice = "{uuid}" in str(each) and "{uuid}" in beside
    job = shared.get("job")
    if (
        each is None
        or twice
        or asked.beside
        or asked.form in ("form", "multipart")
        or job is None
        or draw(st.booleans())
    ):
        return
    if job["submit"]["id"] == "{uuid}" and "{uuid}" not in str(each):
        return
    spec["body"] = {"many": each, "most": draw(st.integers(2, 4))}
    job["submit"] = {key: one for key, one in job["submit"].items() if key in ("call", "id", "reports")}
    if job["submit"]["id"] != "{uuid}":
        job["submit"]["id"] = "$.jobs[*].id"
        shared["replies"][0]["body"]["jobs"] = [{"id": ID}, {"id": f"{ID}-2"}]
    for name, call in _CALLS.items():
        if "address" in job.get(name, {}):
            # One reply tells of many jobs, and gives no address that is that of one.
            job[name] = {"call": call}


def _each(body: Any) -> Spec | None:
    if body == "{*}":
        return {"*": "{*}"}
    one = body[0] if isinstance(body, list) and len(body) == 1 else body
    return one if isinstance(one, dict) and set(one) not in ({"choose"}, {"many", "most"}) else None
