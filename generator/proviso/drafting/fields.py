"""Parameters of the spec language from schemas: what both can say, and a remark that names what only the schema says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from proviso import naming, pattern_parser, pattern_ways, patterns
from proviso.drafting import files, marks, unions
from proviso.drafting.parts import Part, is_number
from proviso.drafting.simple import Simple, simple
from proviso.yaml_text import Block, Tree

_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
# By type, in the order in which specs write them.
_LIMITS: dict[str, tuple[str, ...]] = {
    "string": ("format", "pattern", "minLength", "maxLength"),
    "integer": _NUMBERS,
    "number": _NUMBERS,
    "boolean": (),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": (),
}
# What OpenAPI calls them, and what a spec calls them.
_FORMATS = {"uuid": "uuid", "date-time": "date-time", "byte": "base64"}
# What no spec needs: words for people, and what is read in another way.
_SILENT = frozenset({
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
    "xml", "type", "enum", "items", "properties", "required", "additionalProperties", "discriminator", "$comment",
})  # fmt: skip
_MOST_EXAMPLES = 5
_PROSE = 3
_MOST_OBJECTS = 4
_MOST_LISTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """How many objects and lists a value stands in, and the version of OpenAPI that describes it.

    types: the media types of what stands in a field of a multipart form, () for any; None where no file can stand.
    """

    version: str
    objects: int = 0
    lists: int = 0
    types: tuple[str, ...] | None = None


def parameter(name: str, schema: Part, *, required: bool, inside: Inside) -> tuple[Block, list[str]]:
    """Describe a parameter, or the member of an object; the remarks say what is left out.

    Args:
        name: its name.
        schema: what the document says about its values.
        required: whether it must be sent.
        inside: where it stands.
    """
    read = simple(schema, version=inside.version)
    block, remarks = kind(read, inside)
    if required:
        block.put("required", True)
    is_file = block.members.get("format") == files.FORMAT
    default = read.keywords.get("default")
    if isinstance(default, str | int | Decimal) and not is_file:
        block.put("default", default)
    elif default is not None:
        remarks.extend(marks.also([f"default {marks.shown(default)}"]))
    # What a page shows in place of a file is none.
    if not is_file and (examples := list(_examples(read))):
        block.put("examples", examples)
    if read.keywords.get("deprecated") is True:
        block.put("deprecated", "The document marks it as deprecated and gives no reason here.")
    block.put("description", f"The field {name}.")
    return block, remarks


def is_prose(text: str) -> bool:
    """Tell whether a text is a sentence, which is somebody's own, and not a word of the protocol."""
    return len(text.split()) >= _PROSE


def kind(read: Simple, inside: Inside) -> tuple[Block, list[str]]:
    """Describe the values that a schema allows; the remarks say what is left out.

    Args:
        read: the schema.
        inside: where it stands.
    """
    if inside.types is not None and files.is_file(read):
        block, unread = files.file(read, inside.types)
        return block, marks.also([*read.also, *unread, *left_out(read, files.USED)])
    if read.arms:
        return _union(read, inside)
    of = read.keywords.get("type")
    if not isinstance(of, str) or of not in _LIMITS:
        what = "the document gives none" if of is None else f"the document says {marks.shown(of)}"
        return _open(what, read)
    match of:
        case "object":
            return _object(read, inside)
        case "array":
            return _list(read, inside)
        case _:
            return _simple(of, read)


def _simple(of: str, read: Simple) -> tuple[Block, list[str]]:
    block = _typed(of, read)
    values = read.keywords.get("enum")
    if isinstance(values, list) and _fits(of, values):
        if len(values) == 1 and not read.nullable:
            block.put("const", values[0])
        elif of != "boolean":
            block.put("enum", [*values, None] if read.nullable else values)
        return block, marks.also([*read.also, *left_out(read, frozenset({"enum", *_LIMITS[of]}))])
    used = {key for key, into, value in _limits(of, read) if _put(block, into, value)}
    unread = [f"enum {marks.shown(values)}"] if values is not None else []
    return block, marks.also([*read.also, *unread, *left_out(read, frozenset(used))])


def _list(read: Simple, inside: Inside) -> tuple[Block, list[str]]:
    if inside.lists == _MOST_LISTS:
        return _open("the document says a list of lists of lists", read)
    block = _typed("array", read)
    into = replace(inside, lists=inside.lists + 1)
    inner = simple(Part(read.keywords.get("items")), version=inside.version)
    items, remarks = kind(inner, into)
    block.put("items", items)
    flat = inner.keywords.get("type") not in ("array", "object") and not inner.arms
    used = {
        key
        for key, into_, value in _limits("array", read)
        if (key != "uniqueItems" or flat) and _put(block, into_, value)
    }
    return block, [*remarks, *marks.also([*read.also, *left_out(read, frozenset(used))])]


def _object(read: Simple, inside: Inside) -> tuple[Block, list[str]]:
    if inside.objects == _MOST_OBJECTS:
        return _open(f"the document nests more than {_MOST_OBJECTS} objects here", read)
    members, others = Block(), list(read.also)
    required = Part(read.keywords.get("required")).texts()
    into = Inside(version=inside.version, objects=inside.objects + 1)
    for name, schema in Part(read.keywords.get("properties")).members():
        if naming.is_member_name(name):
            block, remarks = parameter(name, schema, required=name in required, inside=into)
            members.put(name, block, *remarks)
        else:
            others.append(f"a member {marks.shown(name)}, which the language cannot name")
    if not members.members:
        return _open("the document says an object, and not what stands in it", read)
    block = _typed("object", read)
    block.put("properties", members)
    unread = [
        *(f"a rule {marks.shown(rule)}" for rule in read.rules),
        *(f"if {marks.shown(one['if'].value)}" for one in read.conditions),
    ]
    return block, marks.also([*others, *unread, *left_out(read)])


def _union(read: Simple, inside: Inside) -> tuple[Block, list[str]]:
    if inside.types is not None and (several := files.of_several(read, version=inside.version)) is not None:
        return _list(several, inside)
    arms = unions.arms(read, version=inside.version)
    if not unions.are_told_apart(arms, version=inside.version):
        return _open(f"the document has {len(arms)} forms, and nothing tells them apart", read)
    drafted = [kind(arm, inside) for arm in arms]
    listed: list[Tree] = [block for block, _ in drafted]
    if read.nullable:
        listed.append({"type": "null"})
    return Block({"anyOf": listed}), [*(one for _, remarks in drafted for one in remarks), *marks.also(read.also)]


def _open(what: str, read: Simple) -> tuple[Block, list[str]]:
    nullable = ["null is allowed"] if read.nullable else []
    remarks = [
        marks.todo(f"give the type; {what}"),
        *marks.also([*read.also, *nullable, *left_out(read)]),
    ]
    return Block({"type": marks.TODO}), remarks


def _typed(of: str, read: Simple) -> Block:
    return Block({"type": [of, "null"] if read.nullable else of})


def _put(block: Block, key: str, value: Tree) -> bool:
    block.put(key, value)
    return True


def _limits(of: str, read: Simple) -> Iterator[tuple[str, str, Tree]]:
    """Give the limits that a spec can hold: by their names in the document and in the spec."""
    for key in _LIMITS[of]:
        value = read.keywords.get(key)
        match key, value:
            case "format", str() if value in _FORMATS:
                yield key, key, _FORMATS[value]
            case "pattern", str() if _is_pattern(value) and read.keywords.get("format") not in _FORMATS:
                yield key, key, value
            case "uniqueItems", True:
                yield key, key, True
            case _ if is_number(value) and (of == "number" or value == int(value)):
                yield key, key, value if of == "number" else int(value)
            case _:
                pass
    if of == "string" and read.keywords.get("contentEncoding") == "base64" and "format" not in read.keywords:
        yield "contentEncoding", "format", "base64"


def _is_pattern(text: str) -> bool:
    try:
        pattern_ways.check(pattern_parser.parse(text))
    except patterns.PatternError:
        return False
    return True


def left_out(read: Simple, used: frozenset[str] = frozenset()) -> Iterator[str]:
    """Name the keywords of a schema that a spec does not say.

    Args:
        read: the schema.
        used: the keywords that it says.
    """
    for key, value in read.keywords.items():
        if key not in _SILENT and key not in used and not key.startswith("x-") and value is not False:
            yield f"{key} {marks.shown(value)}"


def _fits(of: str, values: list[object]) -> bool:
    """Tell whether values are all of a type, and each stands there once."""
    match of:
        case "string":
            fit = all(isinstance(value, str) for value in values)
        case "integer":
            fit = all(isinstance(value, int) and not isinstance(value, bool) for value in values)
        case "number":
            fit = all(map(is_number, values))
        case _:
            fit = all(isinstance(value, bool) for value in values)
    return fit and bool(values) and len(set(map(str, values))) == len(values)


def _examples(read: Simple) -> Iterator[Tree]:
    listed = read.keywords.get("examples")
    given = [*(listed if isinstance(listed, list) else ()), read.keywords.get("example")]
    seen: list[tuple[type, object]] = []
    for value in given:
        if isinstance(value, str | int | Decimal) and (type(value), value) not in seen:
            seen.append((type(value), value))
            if len(seen) <= _MOST_EXAMPLES and not (isinstance(value, str) and is_prose(value)):
                yield value
