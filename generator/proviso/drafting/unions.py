"""Forms of a value in a schema, and whether a reader can tell them apart as specs demand."""

from __future__ import annotations

from proviso.drafting.parts import Part
from proviso.drafting.simple import Simple, simple


def arms(read: Simple, *, version: str) -> list[Simple]:
    """List the forms; what stands beside them holds for each, and forms of a form stand in its place.

    Args:
        read: a schema that has forms.
        version: the version of OpenAPI.
    """
    found: list[Simple] = []
    beside = {key: value for key, value in read.keywords.items() if key not in ("discriminator", "default", "title")}
    for arm in read.arms:
        joined = simple(Part({**beside, "allOf": [arm.value]}), version=version)
        read.nullable |= joined.nullable
        joined.nullable = False
        found.extend(arms(joined, version=version) if joined.arms else [joined])
    return found


def are_told_apart(found: list[Simple], *, version: str) -> bool:
    """Tell whether each form is of another type, or is an object with a text of its own in the same member.

    Args:
        found: the forms.
        version: the version of OpenAPI.
    """
    kinds = ["number" if (of := one.keywords.get("type")) == "integer" else of for one in found]
    objects = [one for one, of in zip(found, kinds, strict=True) if of == "object"]
    others = [of for of in kinds if of != "object"]
    if len(others) != len(set(map(str, others))) or None in others or len(kinds) < 2:
        return False
    return len(objects) < 2 or any(
        _told_by(name, objects, version) for name in Part(objects[0].keywords.get("properties")).names()
    )


def _told_by(name: str, objects: list[Simple], version: str) -> bool:
    tags: list[object] = []
    for one in objects:
        if name not in Part(one.keywords.get("required")).texts():
            return False
        read = simple(Part(one.keywords.get("properties"))[name], version=version)
        values = read.keywords.get("enum")
        if read.nullable or not isinstance(values, list) or len(values) != 1 or not isinstance(values[0], str):
            return False
        tags.append(values[0])
    return len(set(tags)) == len(tags)
