"""The HTTP calls of a provider as OpenAPI counts them: one verb at one path is one operation, whoever uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import quote, unquote

from proviso import ir, naming

Role = Literal["submit", "poll", "collect", "cancel", "immediate", "resolve"]
ROLES: tuple[Role, ...] = get_args(Role)

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a model uses a call for."""

    model: ir.Model
    role: Role
    call: str
    operation: ir.Operation | ir.Fetch

    @property
    def template(self) -> str:
        """The path with its query, and the model's id in its places."""
        path = self.call.partition(" ")[2]
        return path.replace("{model}", quote(self.model.id)).replace("{+", "{")

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.template.partition("?")[0]

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The members of the query: names, and values that may hold placeholders."""
        parts = [part.partition("=") for part in self.template.partition("?")[2].split("&") if part]
        return tuple((unquote(name), unquote(value)) for name, _, value in parts)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names of the placeholders in the path."""
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(self.path)))

    @property
    def job_parameter(self) -> str | None:
        """The parameter that takes the job's id whole; None where there is none."""
        if "id" in self.placeholders:
            return "id"
        return next((name for name, value in self.query if value == "{id}"), None)

    @property
    def given_at(self) -> str | None:
        """Where a reply gives the address of the call; None where none does."""
        return self.operation.address if isinstance(self.operation, ir.Fetch) else None

    @property
    def template_of_body(self) -> ir.Template | None:
        """What a call about a job sends; None where it sends nothing."""
        return self.operation.body if isinstance(self.operation, ir.Fetch) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One verb at one path, and every use of it."""

    id: str
    verb: str
    path: str
    uses: tuple[Use, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """What it is used for, in the order of a job's life."""
        return tuple(role for role in ROLES if any(use.role == role for use in self.uses))

    @property
    def models(self) -> tuple[ir.Model, ...]:
        """The models that use it, each once."""
        return tuple({use.model.name: use.model for use in self.uses}.values())


def calls(provider: ir.Provider) -> tuple[Call, ...]:
    """Find every call of a provider at a documented address, in the order of its models and of a job's life."""
    found: dict[tuple[str, str], list[Use]] = {}
    for model in provider.models:
        for use in uses(model):
            found.setdefault((use.call.partition(" ")[0], use.path), []).append(use)
    taken: set[str] = set()
    return tuple(
        Call(id=_id(together, taken), verb=verb, path=path, uses=tuple(together))
        for (verb, path), together in found.items()
    )


def calls_at_given_addresses(provider: ir.Provider) -> tuple[Call, ...]:
    """Find the calls whose addresses only a reply gives, one a role."""
    found: dict[Role, list[Use]] = {}
    for model in provider.models:
        for role, operation in _made(model):
            if operation.call is None:
                found.setdefault(role, []).append(Use(model=model, role=role, call="GET ", operation=operation))
    return tuple(
        Call(id=f"{role}_at_given_address", verb="GET", path="", uses=tuple(together))
        for role, together in found.items()
    )


def uses(model: ir.Model) -> Iterator[Use]:
    """Yield every call that a model makes at a documented address."""
    for role, operation in _made(model):
        if operation.call is not None:
            yield Use(model=model, role=role, call=operation.call, operation=operation)


def find(known: tuple[Call, ...], model: ir.Model, role: Role) -> tuple[Call, Use] | None:
    """Find the call that a model makes in a role, and its use of it."""
    for call in known:
        for use in call.uses:
            if use.model is model and use.role == role:
                return call, use
    return None


def _made(model: ir.Model) -> Iterator[tuple[Role, ir.Operation | ir.Fetch]]:
    made: list[tuple[Role, ir.Operation | ir.Fetch | None]] = []
    if (job := model.job) is not None:
        made += [("submit", job.submit), ("poll", job.poll), ("collect", job.collect), ("cancel", job.cancel)]
    if model.immediate is not None:
        made.append(("immediate", model.immediate.operation))
    made += [("resolve", place.resolve.operation) for place in model.places if place.resolve is not None]
    seen: list[tuple[Role, str | None]] = []
    for role, operation in made:
        if operation is not None and (role, operation.call) not in seen:
            seen.append((role, operation.call))
            yield role, operation


def _id(together: list[Use], taken: set[str]) -> str:
    """Name a call by its role; behind it the model where the path names one, and more where that is taken."""
    first = together[0]
    in_path = "{model}" in first.call.partition("?")[0]
    name = f"{first.role}_{naming.module_name(first.model.name)}" if in_path else first.role
    names = [name, f"{name}_{_WORD.sub('_', first.path).strip('_').lower()}"]
    names += [f"{name}_{number}" for number in range(2, len(taken) + 3)]
    chosen = next(one for one in names if one not in taken)
    taken.add(chosen)
    return chosen
