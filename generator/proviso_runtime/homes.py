"""Where the handle of a job is at home, so that a copy in another process can be waited for.

A copy holds no key: it is found in the environment there, as every client finds it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A client by what it can be made of anew. calls: the class of the calls of a model."""

    client: Callable[..., Any]
    calls: Callable[..., Any]
    base_url: str
    settings: Mapping[str, str] = field(default_factory=dict[str, str])

    def reached(self) -> Any:
        """Return the calls of a client that is shared by all copies from the same home.

        Raises KeyMissing where the environment has no key.
        """
        return self.calls(_client(self.client, self.base_url, tuple(sorted(self.settings.items()))))


@functools.lru_cache(maxsize=32)
def _client(made: Callable[..., Any], base_url: str, settings: tuple[tuple[str, str], ...]) -> Any:
    return made(base_url=base_url, **dict(settings))


def revived(
    home: Home,
    job_id: str,
    addresses: Mapping[str, str],
    params: Mapping[str, object] | None,
    kept: Mapping[str, object],
) -> Any:
    """Return the handle of a job from its copy. kept: what else the handle knew, by the names of its attributes."""
    job = home.reached().resume(job_id, addresses=addresses or None)
    known: dict[str, Any] = job.__dict__
    aim: Any = known["_target"]
    known.update(kept, _target=replace(aim, params=params))
    return job
