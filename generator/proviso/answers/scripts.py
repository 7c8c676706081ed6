"""What a provider answers to the calls about one job, reply by reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from proviso.answers.documented import Reaction


@dataclass(frozen=True, kw_only=True)
class Script:
    """What a provider answers. Of several replies the last one is repeated.

    job_ids: those of a call that starts several jobs, where the client chooses them.
    links: the addresses that it gives for the calls about the job. slow: seconds that submit takes.
    first: what the first paid requests get.
    resolves: for the ids of files, in the order in which they are asked about, what it answers.
    keyed: files at its own addresses want to be shown the key.
    """

    job_id: str = ""
    job_ids: Sequence[str] = ()
    links: Mapping[str, str] = field(default_factory=dict[str, str])
    slow: float = 0
    first: Sequence[Reaction] = ()
    submit: Reaction | None = None
    polls: Sequence[Reaction] = ()
    collects: Sequence[Reaction] = ()
    cancels: Sequence[Reaction] = ()
    immediate: Reaction | None = None
    files: Mapping[str, Reaction] | None = None
    resolves: Mapping[str, Reaction] = field(default_factory=dict[str, Reaction])
    keyed: bool = False
