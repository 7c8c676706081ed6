"""Requests for which a run does nothing: how they stand, and what a person can do about it."""

from __future__ import annotations

import time

from proviso_runtime.batches.book import Task
from proviso_runtime.batches.journal import Ending, Outcome


def state(task: Task) -> Outcome:
    """Return how a request stands for which nothing is done."""
    if task.action == "done" or task.known is None:
        return "succeeded"
    match task.known.state:
        case "sending" | "unknown":
            return "unknown"
        case "succeeded":
            return "unsaved"
        case "cancelled" | "moderated" | "expired" as ended:
            return ended
        case _:
            return "failed"


def ending(task: Task) -> Ending:
    """Say how a request stands for which nothing is done."""
    found, known = state(task), task.known
    return Ending(
        line=task.number,
        reference=task.reference,
        state=found,
        job_id=None if known is None else known.job_id,
        files=() if known is None else known.files,
        why=_why(task, found),
    )


def _why(task: Task, found: Outcome) -> str:
    known = task.known
    if found == "unknown" and known is not None:
        moment = "" if known.at is None else time.strftime(" at %Y-%m-%d %H:%M:%S UTC", time.gmtime(known.at))
        body = "" if known.body_sha256 is None else f", SHA-256 of its body: {known.body_sha256}"
        return (
            f"It was about to be sent{moment} when its run ended, and may have been accepted and billed. Look at the "
            f"provider's list of jobs or at the balance{body}. --retry-unknown sends it again"
        )
    if found == "unsaved":
        return "It was paid for, came at once and was not saved before its run ended. --retry-failed pays for it again"
    return "It has ended without a result. --retry-failed sends it again"
