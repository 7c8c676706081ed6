"""The words that exceptions about a provider have in common; they never hold a key or a prompt."""

from __future__ import annotations

from proviso_runtime.target import Target


def who(target: Target, job_id: str | None) -> str:
    """Say of whom an exception speaks: of a job, or of a request for a model."""
    return f"{target.provider.name}: {target.model.id if job_id is None else f'job {job_id!r}'}"


def words(target: Target, *, code: str | int | None, message: str | None) -> str:
    """Say what may be printed of the code and the words of a provider."""
    told = "" if code is None else f", code {target.discretion.shown_code(code)}"
    if message is None:
        return told
    shown = target.discretion.shown(message)
    return told + (f": {shown}" if shown else ". The provider's words stand in .message")
