"""Write down the jobs that a paid request has started, and lose none of their ids to whatever comes in between."""

from __future__ import annotations

from collections.abc import Mapping

from proviso_runtime import links
from proviso_runtime.ledger.entries import Change
from proviso_runtime.steps import Flow, Record


def recorded(provider: str, jobs: Mapping[str, Mapping[str, str]], told: tuple[Change, ...]) -> Flow[None]:
    """Record that jobs were accepted. Whatever interrupts that is told how each of them is taken up.

    jobs: the addresses of each, by its id. told: what the ledger is to know.
    """
    try:
        yield from kept(told)
    except GeneratorExit:
        raise
    except BaseException as error:
        for job_id, addresses in jobs.items():
            error.add_note(f"The {provider} job {job_id!r} goes on: {links.taken_up(addresses, job_id)} takes it up")
        raise


def kept(told: tuple[Change, ...]) -> Flow[None]:
    """Record what has happened, also where that is interrupted."""
    record = Record(changes=told)
    try:
        yield record
    except GeneratorExit:
        raise
    except BaseException:
        yield record  # it may have been interrupted before it was kept, and is kept once whatever comes twice
        raise
