"""JSON Schema as its specification has it: numbers are taken by their decimal digits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from jsonschema import Draft202012Validator, ValidationError, validators

from harness.subjects import Subject
from proviso.oracle.simple_limits import is_multiple

if TYPE_CHECKING:
    from referencing import Registry


def validator(schema: object, registry: Registry[Any] | None = None) -> Draft202012Validator:
    """Return a validator; the library's own divides floats, for which 0.3 is no multiple of 0.1."""
    made: Any = _EXACT
    return cast("Draft202012Validator", made(schema) if registry is None else made(schema, registry=registry))


def _multiple_of(_: object, step: float, value: object, __: object) -> Iterator[ValidationError]:
    if isinstance(value, int | float) and not isinstance(value, bool) and not is_multiple(value, step):
        yield ValidationError(f"{value} is no multiple of {step}")


_EXACT = validators.create(
    meta_schema=Draft202012Validator.META_SCHEMA,
    validators={**Draft202012Validator.VALIDATORS, "multipleOf": _multiple_of},
    type_checker=Draft202012Validator.TYPE_CHECKER,
)


@cache
def published(subject: Subject) -> Draft202012Validator:
    """Return a validator of the published schema, which is a schema itself."""
    Draft202012Validator.check_schema(subject.module.SCHEMA)
    return validator(subject.module.SCHEMA)
