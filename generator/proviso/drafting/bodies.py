"""Request bodies: their forms, the parameters of each, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from proviso.drafting import fields, marks
from proviso.drafting.parts import Part
from proviso.drafting.simple import Simple, simple
from proviso.yaml_text import Block, Tree

_JSON = re.compile(r"(application|text)/([a-z0-9.+-]+\+)?json\s*(;.*)?", re.IGNORECASE)
_NAME = re.compile(r"[^\s/~{}]{1,80}")
_MODEL = "model"


@dataclass(slots=True, kw_only=True)
class Form:
    """One form of a body: its parameters and their layout; `model` is the id that it names, if it names one."""

    name: str
    model: str | None = None
    parameters: Block = field(default_factory=Block)
    layout: Tree = "{*}"
    constants: dict[str, object] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def json_of(content: Part) -> Part:
    """Find the JSON among the media types of a request or a reply."""
    return next((media for name, media in content.members() if _JSON.fullmatch(name)), Part())


def forms(schema: Part, *, version: str, model: str | None) -> Iterator[Form]:
    """Draft each form of a body.

    Args:
        schema: what the document says about the JSON body.
        version: the version of OpenAPI, 3.0 or 3.1.
        model: the id of the model, where the user gave it.
    """
    whole = simple(schema, version=version)
    if not whole.arms:
        yield _form("", whole, version, model)
        return
    for number, arm in enumerate(whole.arms, 1):
        # What stands beside the arms holds for each of them.
        joined = simple(Part({**whole.keywords, "allOf": [arm.value]}), version=version)
        yield _form(_arm_name(arm, joined, number), joined, version, model)


def _arm_name(arm: Part, joined: Simple, number: int) -> str:
    if title := arm["title"].text:
        return title
    tag = Part(joined.keywords.get("discriminator"))["propertyName"].text
    for name in (tag, *Part(joined.keywords.get("properties")).names()):
        value = _constant(Part(joined.keywords.get("properties"))[name])
        if isinstance(value, str):
            return value
    return f"form {number}"


def _form(name: str, body: Simple, version: str, model: str | None) -> Form:
    form = Form(name=name, model=model)
    properties = {key: one for key, one in Part(body.keywords.get("properties")).members() if not one["readOnly"].flag}
    form.names = frozenset(properties)
    required = set(Part(body.keywords.get("required")).texts())
    wrapper = _wrapper(properties, required, version)
    layout: dict[str, Tree] = {}
    for key, schema in properties.items():
        if key == wrapper:
            inner = simple(schema, version=version)
            wrapped = Part(inner.keywords.get("properties"))
            layout[key] = _members(
                form, dict(wrapped.members()), set(Part(inner.keywords.get("required")).texts()), version
            )
    own = {key: one for key, one in properties.items() if key != wrapper}
    around = _members(form, own, required, version, apart=wrapper is not None)
    if wrapper is not None and isinstance(around, dict):
        form.layout = {
            key: layout.get(key, around.get(key, "")) for key in properties if key in layout or key in around
        }
    else:
        form.layout = around
    return form


def _members(form: Form, properties: dict[str, Part], required: set[str], version: str, *, apart: bool = False) -> Tree:
    """Add parameters to a form; give their layout.

    apart: each parameter has a place of its own, since the others stand elsewhere.
    """
    layout: dict[str, Tree] = {}
    rest = False
    for key, schema in properties.items():
        value = _constant(schema)
        if key == _MODEL and (isinstance(value, str) or (form.model is not None and value is None)):
            form.model = value if isinstance(value, str) else form.model
            layout[key] = "{model}"
        elif key in required and isinstance(value, str | int | bool):
            layout[key] = value
            form.constants[key] = value
        elif not _NAME.fullmatch(key):
            form.parameters.remark(*marks.also([f"a field {marks.shown(key)}, which the language cannot name"]))
        else:
            block, remarks = fields.parameter(key, schema, required=key in required, version=version)
            form.parameters.put(key, block, *remarks)
            rest = True
            if apart:
                layout[key] = f"{{{key}}}"
    if apart:
        return layout
    if rest and layout:
        layout["*"] = "{*}"
    return layout or "{*}"


def _wrapper(properties: dict[str, Part], required: set[str], version: str) -> str | None:
    """Find the one required object that holds the parameters, when there is just one object in the body."""
    objects = {key: simple(one, version=version) for key, one in properties.items()}
    found = [
        key for key, one in objects.items() if one.keywords.get("type") == "object" or "properties" in one.keywords
    ]
    if len(found) != 1 or found[0] not in required:
        return None
    inner = dict(Part(objects[found[0]].keywords.get("properties")).members())
    return found[0] if inner and not inner.keys() & properties.keys() else None


def _constant(schema: Part) -> object:
    if schema.has("const"):
        return schema["const"].value
    values = schema["enum"].value
    return values[0] if isinstance(values, list) and len(values) == 1 else None
