"""What a call is sent: parameters beside the body, and the body of every model that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from proviso import ir, json_schema, naming, reply_paths, words
from proviso.exports import beside, carried, facts, layouts, parts
from proviso.exports.calls import Call, Use
from proviso.exports.names import distinct, slug
from proviso.kind_schemas import Schema

PAID = beside.PAID
TYPES: dict[ir.BodyEncoding, str] = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
}
"""The media type of every way to write a body."""


def schema_name(model: ir.Model) -> str:
    """Name the body of a model."""
    return f"{naming.module_name(model.name)}_body"


def schema(provider: ir.Provider, model: ir.Model) -> Schema:
    """Describe the body of a model. OpenAPI 3.1 speaks the same dialect, so it need not be named."""
    described = {name: value for name, value in json_schema.body(model).items() if name != "$schema"}
    described = parts.with_files(_with(described, _keys(provider)), model)
    return described | ({"deprecated": True} if model.deprecated is not None else {})


def _keys(provider: ir.Provider) -> Schema:
    return {one.member: _secret(one) for one in provider.auth if isinstance(one, ir.BodyKey)}


def _with(described: Schema, keys: Schema) -> Schema:
    """Let every object of a body show the key."""
    found = dict(described)
    for word in ("prefixItems", "oneOf"):
        if isinstance(inner := described.get(word), list):
            found[word] = [_with(one, keys) for one in inner]
    if isinstance(each := described.get("items"), dict):
        found["items"] = _with(each, keys)
    if isinstance(properties := described.get("properties"), dict):
        found["properties"] = {**properties, **keys}
    return found


def _secret(one: ir.BodyKey) -> Schema:
    return {
        "type": "string",
        "format": "password",
        "writeOnly": True,
        "description": f"The key, where it is shown in the body. The generated clients take it from {one.variable}.",
    }


def parameters(provider: ir.Provider, call: Call) -> list[Schema]:
    """Describe what travels beside the body: in the path, the query and headers."""
    placed = dict.fromkeys(name for use in call.uses for name in use.placeholders)
    queried = dict.fromkeys(name for use in call.uses for name, _ in use.query)
    found = [_in_path(provider, call, name) for name in placed] + [_in_query(provider, call, name) for name in queried]
    own = [*beside.parameters(call), *carried.parameters(provider, call)]
    return found + own + list(_waiting(call))


def _waiting(call: Call) -> Iterator[Schema]:
    """Describe how the reply to submit is asked to wait for the result."""
    waits = [use.model.job.wait for use in call.uses if use.role == "submit" and use.model.job is not None]
    for name in dict.fromkeys(one.name for one in waits if one is not None):
        one = next(one for one in waits if one is not None and one.name == name)
        before, _, behind = one.value.partition("{seconds}")
        yield {
            "name": name,
            "in": one.where,
            "required": False,
            "description": f"The seconds, {words.number(one.most)} at most, for which the reply waits for the result.",
            "schema": {"type": "string", "pattern": f"^{_literally(before)}[0-9]+{_literally(behind)}$"},
        }


def _literally(text: str) -> str:
    """Write a text as a pattern of ECMA 262, which knows fewer escapes than Python."""
    return re.sub(r"[\\^$.|?*+()\[\]{}/]", r"\\\g<0>", text)


def body(provider: ir.Provider, call: Call) -> Schema | None:
    """Describe the request body; None for a call that has none."""
    keys = _keys(provider)
    templates = [(use.template_of_body, use.model) for use in call.uses]
    asked = [_with(_asked(template, model), keys) for template, model in templates if template is not None]
    models = [use.model for use in call.uses if use.role in PAID]
    models = list({model.name: model for model in models}.values())
    if not models:
        return _one_of(asked)
    examples: Schema = {}
    for model in models:
        for witness in model.witnesses:
            name = witness.name if len(models) == 1 else f"{naming.module_name(model.name)}.{witness.name}"
            said = facts.members(witness, without=("name", "body"))
            examples[distinct(slug(name), examples)] = {
                "summary": witness.name if len(models) == 1 else f"{model.title}: {witness.name}",
                "value": facts.body(witness.body),
                **{f"x-proviso-{name}": value for name, value in said.items()},
            }
    content: Schema = {}
    for encoding in dict.fromkeys(model.encoding for model in models):
        alike = [model for model in models if model.encoding == encoding]
        written, files = _choice(alike), parts.encodings(alike)
        also = asked if encoding == "json" else []
        schema = {"anyOf": [written, *also]} if also else written
        content[TYPES[encoding]] = {
            "schema": schema,
            **({"encoding": files} if files else {}),
            **({"examples": examples} if examples else {}),
        }
    return {"required": True, "content": content}


def _one_of(asked: list[Schema]) -> Schema | None:
    different = [one for at, one in enumerate(asked) if one not in asked[:at]]
    schema: Schema = different[0] if len(different) == 1 else {"anyOf": different}
    return {"required": True, "content": {"application/json": {"schema": schema}}} if different else None


def _asked(template: ir.Template, model: ir.Model) -> Schema:
    """Describe the body of a call about a job."""
    match template:
        case Mapping():
            members: Schema = {name: _asked(member, model) for name, member in template.items()}
            return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}
        case tuple():
            return {
                "type": "array",
                "prefixItems": [_asked(item, model) for item in template],
                "minItems": len(template),
                "maxItems": len(template),
            }
        case str() if "{id}" in template:
            return {"type": "string", "description": f"The id of the job, as in {template}."}
        case str():
            return {"const": template.replace("{model}", model.id)}
        case _:
            return {"const": facts.body(template)}


def _choice(models: list[ir.Model]) -> Schema:
    refs: list[object] = [{"$ref": f"#/components/schemas/{schema_name(model)}"} for model in models]
    if len(refs) == 1:
        return {"$ref": f"#/components/schemas/{schema_name(models[0])}"}
    constants = [layouts.constants(model.body) for model in models]
    apart = all(
        any(one[place] != other[place] for place in one.keys() & other.keys())
        for at, one in enumerate(constants)
        for other in constants[at + 1 :]
    )
    if not apart:
        return {"anyOf": refs}
    telling = next((place for place in constants[0] if _tells(place, constants)), None)
    if telling is None:
        return {"oneOf": refs}
    mapping = {
        str(one[telling]): f"#/components/schemas/{schema_name(model)}"
        for one, model in zip(constants, models, strict=True)
    }
    return {"oneOf": refs, "discriminator": {"propertyName": telling[0], "mapping": mapping}}


def _tells(place: tuple[str, ...], constants: list[dict[tuple[str, ...], ir.Scalar]]) -> bool:
    values = [one.get(place) for one in constants]
    return len(place) == 1 and all(isinstance(one, str) for one in values) and len(set(values)) == len(values)


def _in_path(provider: ir.Provider, call: Call, name: str) -> Schema:
    # OpenAPI escapes whatever stands in a path.
    kept: Schema = (
        {"x-proviso-slashes": "part the path"} if any(f"{{+{name}}}" in use.call for use in call.uses) else {}
    )
    if name == "file":
        file: Schema = {"description": "The id of a file, as the reply with the results gave it.", **kept}
        return {"name": name, "in": "path", "required": True, **file, "schema": {"type": "string"}}
    if (own := beside.in_path(call, name)) is not None:
        return own
    described = _job_id(call) if name == "id" else carried.values_of(provider, [f"{{{name}}}"])
    return {"name": name, "in": "path", "required": True, **described, **kept}


def _in_query(provider: ir.Provider, call: Call, name: str) -> Schema:
    values = [dict(use.query).get(name) for use in call.uses]
    given = list(dict.fromkeys(value for value in values if value is not None))
    found: Schema = {"name": name, "in": "query", "required": None not in values}
    if any(use.job_parameter == name for use in call.uses):
        return found | _job_id(call)
    return found | carried.values_of(provider, given)


def _job_id(call: Call) -> Schema:
    examples = list(dict.fromkeys(example for use in call.uses if (example := _shown_id(use)) is not None))
    return {
        "description": "The id of the job, as the reply to submit gave it.",
        "schema": {"type": "string", **({"examples": examples} if examples else {})},
    }


def _shown_id(use: Use) -> str | None:
    job = use.model.job
    if job is None:
        return None
    for reply in use.model.replies:
        if reply.of == "submit" and job.id not in (ir.CHOSEN_ID, *reply.blanked):
            found = reply_paths.find(job.id, reply.body)
            if found and found[0]:
                return str(found[0])
    return None
