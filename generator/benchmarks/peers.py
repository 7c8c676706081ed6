"""A model's limits and rules in the words of other libraries, as a good user of each would write them.

The text of each class is made from the spec, so that the figures follow the
specs; `run.py --peers` prints it. Types are taken strictly, null is no value,
unknown members are refused, and the rules between parameters are checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, python_types, words

_SCHEMES = {("https",): "[Hh][Tt][Tt][Pp][Ss]", ("http", "https"): "[Hh][Tt][Tt][Pp][Ss]?"}
_RUST_END = "$"
_PYTHON_END = r"\Z"  # Python's dollar sign would let a line break pass


def pydantic_model(model: ir.Model) -> str:
    """Write a BaseModel of pydantic. A default is not validated, so that no field needs to allow null."""
    fields = (
        f"    {one.name}: {_annotation(one.kind, _RUST_END)}" + ("" if one.required else " = None")
        for one in model.parameters
    )
    lines = (
        "from typing import Annotated, Literal, Self",
        "from pydantic import BaseModel, ConfigDict, Field as Limits, model_validator",
        "",
        "class Request(BaseModel):",
        '    model_config = ConfigDict(extra="forbid", strict=True)',
        "",
        *fields,
        "",
        '    @model_validator(mode="after")',
        "    def rules(self) -> Self:",
        *_rules(model, given="self.{}", absent="self.{} is None"),
        "        return self",
    )
    return "\n".join(lines)


def pydantic_typed_dict(model: ir.Model) -> str:
    """Write a TypedDict for pydantic: nothing is built, so it is the quicker of its two forms."""
    fields = (
        f"    {one.name}: {'Required' if one.required else 'NotRequired'}[{_annotation(one.kind, _RUST_END)}]"
        for one in model.parameters
    )
    lines = (
        "from typing import Annotated, Literal",
        "from pydantic import AfterValidator, ConfigDict, Field as Limits, TypeAdapter",
        "from typing_extensions import NotRequired, Required, TypedDict",
        "",
        "class Members(TypedDict):",
        '    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)',
        "",
        *fields,
        "",
        "def rules(request: Members) -> Members:",
        *(line.removeprefix("    ") for line in _rules(model, given='request.get("{}")', absent='"{}" not in request')),
        "    return request",
        "",
        "Request = TypeAdapter(Annotated[Members, AfterValidator(rules)])",
    )
    return "\n".join(lines)


def msgspec_struct(model: ir.Model) -> str:
    """Write a Struct of msgspec."""
    fields = (
        f"    {one.name}: {_annotation(one.kind, _PYTHON_END)}" + ("" if one.required else " | UnsetType = UNSET")
        for one in model.parameters
    )
    lines = (
        "from typing import Annotated, Literal",
        "from msgspec import UNSET, Meta as Limits, Struct, UnsetType",
        "",
        "class Request(Struct, forbid_unknown_fields=True, kw_only=True):",
        *fields,
        "",
        "    def __post_init__(self) -> None:",
        *_rules(model, given="self.{}", absent="self.{} is UNSET"),
        "        return",
    )
    return "\n".join(lines)


def _annotation(kind: ir.Kind, end: str) -> str:
    match kind:
        case ir.Text(min_length=least, max_length=most, pattern=None):
            return _limited("str", min_length=least, max_length=most)
        case ir.Choice() | ir.Only() | ir.Flag():
            return python_types.python_type(kind)
        case ir.Url(schemes=schemes):
            host = r"[^/?#\x00-\x20\x7f][^\x00-\x20\x7f]*"
            return _limited("str", pattern=f"^{_SCHEMES[schemes]}://{host}{end}")
        case ir.PixelSize(tiers=tiers, separators=separators):
            between = "".join(f"\\{one}" if one in r"\]^-" else one for one in separators)
            explicit = f"[1-9][0-9]*[{between}][1-9][0-9]*"
            return _limited("str", pattern=f"^({'|'.join((*tiers, explicit))}){end}")
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            return _limited("int", ge=least, le=most, multiple_of=multiple)
        case ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below):
            bounds = {"ge": least, "le": most, "gt": above, "lt": below}
            given = {name: words.number(bound) for name, bound in bounds.items() if bound is not None}
            return _limited("float", **given)
        case ir.Sequence(unique=True):
            message = "the peers have no word for unique items; write one before measuring such a model"
            raise NotImplementedError(message)
        case ir.Sequence(items=items, min_items=least, max_items=most):
            return _limited(f"list[{_annotation(items, end)}]", min_length=least, max_length=most)
        case _:
            message = "the peers have no words for such values; write them before measuring such a model"
            raise NotImplementedError(message)


def _limited(kind: str, **limits: object) -> str:
    given = ", ".join(f"{name}={limit!r}" for name, limit in limits.items() if limit is not None)
    return f"Annotated[{kind}, Limits({given})]" if given else kind


def _rules(model: ir.Model, *, given: str, absent: str) -> Iterator[str]:
    """Yield the body of a method. given, absent: how a parameter is read, and how it is missed."""
    for rule in model.rules:
        if not isinstance(rule, ir.Require):
            message = "the peers are given rules that require; write the others before measuring such a model"
            raise NotImplementedError(message)
        for name in rule.parameters:
            when = " and ".join(_condition(one, given, absent) for one in rule.when)
            yield f"        if {when} and {absent.format(name)}:"
            yield f'            raise ValueError("{name} is required when {words.conditions(rule.when)}")'


def _condition(one: ir.Condition, given: str, absent: str) -> str:
    if not isinstance(one, ir.Among):
        message = "the peers are given conditions on values alone; write the others before measuring such a model"
        raise NotImplementedError(message)
    values = tuple(words.plain(value) for value in one.values)
    listed = f"== {values[0]!r}" if len(values) == 1 else f"in {values!r}"
    holds = f"{given.format(one.parameter)} {listed}"
    return f"({absent.format(one.parameter)} or {holds})" if one.by_default else holds
