"""Request bodies: their forms, the parameters of each, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from proviso.drafting import fields, files, marks, relations
from proviso.drafting.parts import Part
from proviso.drafting.simple import Simple, simple
from proviso.yaml_text import Block, Tree

_JSON = re.compile(r"(application|text)/([a-z0-9.+-]+\+)?json\s*(;.*)?", re.IGNORECASE)
_NAME = re.compile(r"[^\s/~{}]{1,80}")
_MODEL = "model"
_IDS = ("enum", "default", "example", "examples")


@dataclass(slots=True, kw_only=True)
class Form:
    """One form of a body: its parameters and their layout.

    `model` is the id that it names, and `ids` is what the document says about it when it does not name just one.
    """

    name: str
    model: str | None = None
    parameters: Block = field(default_factory=Block)
    rules: list[Tree] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    layout: Tree = "{*}"
    constants: dict[str, object] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def json_of(content: Part) -> Part:
    """Find the JSON among the media types of a request or a reply."""
    return next((media for name, media in content.members() if _JSON.fullmatch(name)), Part())


def media(content: Part) -> tuple[str, Part]:
    """Choose how a request is written: json, multipart or form, and what the document says of it."""
    found = json_of(content)
    for name, encoding in (("multipart/form-data", "multipart"), ("application/x-www-form-urlencoded", "form")):
        if not found and content[name]:
            return encoding, content[name]
    return "json", found


def forms(media: Part, *, version: str, model: str | None, encoding: str = "json") -> Iterator[Form]:
    """Draft each form of a body.

    Args:
        media: what the document says about the body.
        version: the version of OpenAPI, 3.0 or 3.1.
        model: the id of the model, where the user gave it.
        encoding: how the body is written: json, form or multipart.
    """
    whole = simple(media["schema"], version=version)
    types = files.types(media) if encoding == "multipart" else None
    if not whole.arms:
        yield _form("", _Level(whole, types), version, model)
        return
    for number, arm in enumerate(whole.arms, 1):
        # What stands beside the arms holds for each of them.
        joined = simple(Part({**whole.keywords, "allOf": [arm.value]}), version=version)
        yield _form(_arm_name(arm, joined, number), _Level(joined, types), version, model)


def _arm_name(arm: Part, joined: Simple, number: int) -> str:
    if title := arm["title"].text:
        return title
    tag = Part(joined.keywords.get("discriminator"))["propertyName"].text
    for name in (tag, *Part(joined.keywords.get("properties")).names()):
        value = _constant(Part(joined.keywords.get("properties"))[name])
        if isinstance(value, str):
            return value
    return f"form {number}"


@dataclass(frozen=True, slots=True)
class _Level:
    """The members of an object of the body: those that a request may send. types: their media types, in a multipart form."""

    read: Simple
    types: Mapping[str, tuple[str, ...]] | None = None

    @property
    def properties(self) -> dict[str, Part]:
        found = Part(self.read.keywords.get("properties")).members()
        return {key: one for key, one in found if not one["readOnly"].flag}

    @property
    def required(self) -> list[str]:
        return Part(self.read.keywords.get("required")).texts()


def _form(name: str, level: _Level, version: str, model: str | None) -> Form:
    form = Form(name=name, model=model)
    form.names = frozenset(level.properties)
    wrapper = _wrapper(level, version)
    if wrapper is None:
        form.layout = _spread(form, level, version)
    else:
        inner = _Level(simple(level.properties[wrapper], version=version))
        places: dict[str, Tree] = {}
        for key in level.properties:
            place = _spread(form, inner, version) if key == wrapper else _place(form, key, level, version)
            if place is not None:
                places[key] = place
        form.layout = places
        _relate(form, inner)
    _relate(form, level)
    return form


def _spread(form: Form, level: _Level, version: str) -> Tree:
    """Add the members of an object to a form; give the layout in which all parameters share one place."""
    places = {key: _place(form, key, level, version) for key in level.properties}
    shares = form.parameters.members.keys()
    constants = {key: place for key, place in places.items() if place is not None and key not in shares}
    shared: dict[str, Tree] = {"*": "{*}"} if len(constants) < len(places) else {}
    return {**constants, **shared} if constants else "{*}"


def _place(form: Form, key: str, level: _Level, version: str) -> Tree:
    """Add a member to a form, as a constant or as a parameter; give its place in the layout, None for none."""
    schema = level.properties[key]
    value = _constant(schema)
    required = key in level.required
    if key == _MODEL and (isinstance(value, str) or value is None):
        if isinstance(value, str):
            form.model = value
        elif form.model is None:
            form.ids = [f"{word} {marks.shown(schema[word].value)}" for word in _IDS if schema.has(word)]
        return "{model}"
    if required and isinstance(value, str | int | bool):
        form.constants[key] = value
        return value
    if not _NAME.fullmatch(key):
        form.also.append(f"a field {marks.shown(key)}, which the language cannot name")
        return None
    inside = fields.Inside(version=version, types=None if level.types is None else level.types.get(key, ()))
    block, remarks = fields.parameter(key, schema, required=required, inside=inside)
    form.parameters.put(key, block, *remarks)
    return f"{{{key}}}"


def _relate(form: Form, level: _Level) -> None:
    """Add the rules between the members of an object, as far as all of them are parameters."""
    form.also.extend([*level.read.also, *fields.left_out(level.read)])
    found = [*level.read.rules]
    for condition in level.read.conditions:
        rule = relations.of_condition(condition, level.properties)
        if rule is None:
            form.also.append(f"if {marks.shown(condition['if'].value)} then {marks.shown(condition['then'].value)}")
        else:
            found.append(rule)
    for rule in found:
        if relations.names(rule) <= form.parameters.members.keys():
            form.rules.append(rule)
        else:
            form.also.append(f"a rule {marks.shown(rule)}")


def _wrapper(level: _Level, version: str) -> str | None:
    """Find the one required object that holds the parameters, when there is just one object in the body."""
    objects = {key: simple(one, version=version) for key, one in level.properties.items()}
    found = [
        key for key, one in objects.items() if one.keywords.get("type") == "object" or "properties" in one.keywords
    ]
    if len(found) != 1 or found[0] not in level.required:
        return None
    inner = _Level(objects[found[0]]).properties
    return found[0] if inner and not inner.keys() & level.properties.keys() else None


def _constant(schema: Part) -> object:
    if schema.has("const"):
        return schema["const"].value
    values = schema["enum"].value
    return values[0] if isinstance(values, list) and len(values) == 1 else None
