"""What a batch needs of a generated model."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, Self, cast

from proviso_runtime import clients, done, jobs, protocol
from proviso_runtime.violation import Violation


class Calls(Protocol):
    """The calls of a model to await: those of jobs, or the one that answers at once."""

    def submit(self, **params: object) -> Awaitable[jobs.AsyncJob[Any]]:
        """Start a job."""
        ...

    def resume(self, job_id: str, *, addresses: Mapping[str, str] | None = None) -> jobs.AsyncJob[Any]:
        """Take a job up by its id."""
        ...

    def generate_sync(self, **params: object) -> Awaitable[done.AsyncMade[Any] | done.Instant]:
        """Get results with one call."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A generated model: what checks its params, and what calls it."""

    provider: protocol.Provider
    model: protocol.Model
    violations: Callable[[object], Sequence[Violation]]
    calls: Callable[[clients.AsyncClient], Calls]

    @classmethod
    def of(cls, model: ModuleType) -> Self:
        """Take the module of a model. Raises TypeError for another one."""
        provider = import_module(model.__name__.rpartition(".")[0] or model.__name__)
        try:
            made: Any = model.AsyncCalls
            client: Any = provider.AsyncClient
            violations: Any = model.violations
        except AttributeError:
            raise TypeError(f"model is the module of a generated model, and {model.__name__} is none") from None
        return cls(
            provider=client.provider,
            model=made.model,
            violations=cast("Callable[[object], Sequence[Violation]]", violations),
            calls=cast("Callable[[clients.AsyncClient], Calls]", made),
        )
