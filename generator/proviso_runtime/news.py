"""What the standard log is told of paid calls and their jobs. It never holds a key, a prompt or an address."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

    from proviso_runtime import differences, errors


def unkept(error: errors.LedgerFailed) -> None:
    """Tell that the ledger lacks something that has happened."""
    _log().error("the ledger could not be written, and lacks what has just happened: %s", error)


def retried(what: str, error: BaseException, *, pause: float) -> None:
    """Tell that something is tried again. what: such as `acme: the request for m`."""
    _log().info("%s is sent again in %.1f s (%s)", what, pause, type(error).__name__)


def unknown(error: errors.OutcomeUnknown) -> None:
    """Tell that a paid request may have been accepted."""
    _log().warning("%s", error)


def unheard(error: Exception) -> None:
    """Tell that a caller's `on_partial` failed, and is called no more."""
    _log().error("on_partial failed (%s) and is called no more; the stream goes on", type(error).__name__)


def accepted(provider: str, model: str, job_id: str) -> None:
    """Tell that a job was accepted."""
    _log().info("%s: %s: job %r was accepted", provider, model, job_id)


def polled(provider: str, job_id: str, state: str) -> None:
    """Tell the state of a job."""
    _log().debug("%s: job %r is %s", provider, job_id, state)


def troubled(provider: str, job_id: str, error: BaseException) -> None:
    """Tell that a question about a job got no usable reply."""
    _log().info("%s: job %r: no usable reply (%s); asking again", provider, job_id, type(error).__name__)


def ended(provider: str, job_id: str, how: str) -> None:
    """Tell how a job ended."""
    _log().info("%s: job %r %s", provider, job_id, how)


def differs(who: str, difference: differences.Difference) -> None:
    """Tell that something was delivered otherwise than it was asked for."""
    _log().warning("%s: %s", who, difference)


@functools.cache
def _log() -> logging.Logger:
    import logging  # only those who pay for a call pay for it

    return logging.getLogger("proviso_runtime")
