"""Reply paths as runtime expressions, which OpenAPI's links and Arazzo share.

A runtime expression is a JSON Pointer: it finds one value, and never looks inside a text.
"""

from __future__ import annotations

from proviso import ir, layouts, reply_paths, words


def body(path: str) -> str | None:
    """Write a reply path as an expression; None where it may find several values or goes on inside a text."""
    steps, *inside = reply_paths.parse(path)
    return None if inside or None in steps else _pointed(steps)


def job_id(model: ir.Model, job: ir.Job) -> str | None:
    """Write where the id of a job stands once it is submitted; None where no expression leads there."""
    if job.id == ir.CHOSEN_ID:
        return chosen(model)
    # Of a call that may carry many requests, links and workflows follow the first.
    return first(job.id) if layouts.most(model) > 1 else body(job.id)


def chosen(model: ir.Model) -> str | None:
    """Write where a request carries the UUID that its client chooses; None where that is no member of its body."""
    each = (
        [spot for spot, leaf in layouts.leaves(arm.body) if isinstance(leaf, ir.Fresh)]
        for arm in layouts.arms(model.body)
    )
    first, *others = [spots[:1] for spots in each]
    # Of several bodies that have it at different places, no one expression leads there.
    return "$request.body#" + pointer(first[0]) if first and all(one == first for one in others) else None


def first(path: str) -> str:
    """Write a reply path as an expression for the first value that it finds."""
    return _pointed(tuple(0 if step is None else step for step in reply_paths.parse(path)[0]))


def nearest(path: str) -> str:
    """Write the part of a reply path that an expression can follow."""
    steps = reply_paths.parse(path)[0]
    return _pointed(steps[: steps.index(None)] if None in steps else steps)


def literal(value: ir.Scalar) -> str:
    """Write a value as it stands in a condition."""
    plain = words.plain(value)
    match plain:
        case bool():
            return "true" if plain else "false"
        case str():
            return "'" + plain.replace("'", "''") + "'"
        case _:
            return str(plain)


def _pointed(steps: tuple[reply_paths.Step, ...]) -> str:
    return f"$response.body#{pointer(steps)}" if steps else "$response.body"


def pointer(steps: tuple[str | int | None, ...]) -> str:
    """Spell steps as JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
