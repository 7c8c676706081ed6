"""Finding a generated model by what a person types, and reading request bodies."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import click

from proviso import naming
from proviso.diagnostics import did_you_mean, printable
from proviso_runtime import layout
from proviso_runtime.errors import RequestInvalid

LONGEST_BODY = 64 << 20
"""The longest body that is read, in bytes."""


class BodyError(ValueError):
    """Text that is not a JSON document."""


def model(name: str, package: str) -> ModuleType:
    """Import the model that PROVIDER/MODEL names, by its id or its Python name.

    package: an importable name, or the folder of a generated package.
    """
    top = _package(package)
    wanted_provider, slash, wanted_model = name.partition("/")
    if not slash:
        raise click.BadParameter(f"{name!r} is not of the form PROVIDER/MODEL", param_hint="PROVIDER/MODEL")
    provider = _choose(top, "PROVIDERS", wanted_provider, "provider")
    return _choose(provider, "MODELS", wanted_model, f"model of {wanted_provider}")


def bodies(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines that are not blank; None for a line that is too long."""
    number = 0
    while line := stream.readline(LONGEST_BODY + 1):
        number += 1
        if len(line) > LONGEST_BODY:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_BODY)
            yield number, None
        elif line.strip():
            yield number, line


def parse(text: bytes | None) -> object:
    """Parse one JSON body; raise BodyError that says what is wrong and where."""
    if text is None or len(text) > LONGEST_BODY:
        raise BodyError(f"is longer than {LONGEST_BODY >> 20} MiB")
    try:
        return json.loads(text.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_members)
    except UnicodeDecodeError as error:
        raise BodyError(f"is not UTF-8: byte {error.start} cannot be read") from None
    except json.JSONDecodeError as error:
        raise BodyError(f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise BodyError("nests too deeply to be a request") from None
    except BodyError:
        raise
    except ValueError:
        raise BodyError("holds a number with thousands of digits") from None


def carries_many(checked: ModuleType) -> bool:
    """Tell whether one body of a model may carry several requests."""
    return hasattr(checked, "from_body_many")


def read(checked: ModuleType, body: object, beside: dict[str, object]) -> Any:
    """Read the params of a body, or those of every request in it where it may carry several.

    Raises RequestInvalid with every violation, each at its place in the body.
    """
    return checked.from_body_many(body) if carries_many(checked) else checked.from_body(body, **beside)


def breaches(checked: ModuleType, text: bytes | None, beside: dict[str, object]) -> list[dict[str, str]]:
    """List what is wrong with a body and with what travels beside it, and what is advised against, as data."""
    wire = import_module(f"{checked.__name__}.wire")
    try:
        params = read(checked, parse(text), beside)
    except BodyError as error:
        return [{"at": "", "rule": "json", "message": str(error), "severity": "error"}]
    except RequestInvalid as invalid:
        found = invalid.violations
    else:
        # Read back, a body is not asked for what travels beside it; a request is.
        advice = layout.advice_many if carries_many(checked) else layout.advice
        found = advice(wire.BODY, params, checked.violations)
    return [{"at": one.at, "rule": one.rule, "message": one.message, "severity": one.severity} for one in found]


def errors(found: list[dict[str, str]]) -> int:
    """Count what refuses a body; advice does not."""
    return sum(one["severity"] == "error" for one in found)


def report(found: list[dict[str, str]], form: str, *, line: int | None = None) -> int:
    """Print what is wrong with a body, or that nothing is, and what is advised; return how much is wrong."""
    wrong = errors(found)
    if form == "json":
        where = {} if line is None else {"line": line}
        document = {**where, "valid": not wrong, "violations": found}
        click.echo(json.dumps(document, ensure_ascii=True, indent=None if line is not None else 2))
        return wrong
    prefix = "" if line is None else f"line {line}: "
    for one in found:
        at = printable(one["at"]) or "the body"
        rule = f"[{one['rule']}{', advice' if one['severity'] == 'advice' else ''}]"
        click.echo(f"{prefix}{click.style(at, bold=True)}: {one['message']} {click.style(rule, fg='yellow')}")
    if line is None and not wrong:
        click.echo("valid", err=True)
    return wrong


def _refuse(word: str) -> object:
    raise BodyError(f"is not JSON: {word} is no number there")


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Counted once for all: a body of a million names must not be looked through a million times.
        (double, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise BodyError(f"has the member {double[:40]!r} twice in one object")
    return found


def _package(package: str) -> ModuleType:
    folder = Path(package)
    name = package
    if not all(part.isidentifier() for part in package.split(".")) or (folder / "__init__.py").is_file():
        if not (folder / "__init__.py").is_file():
            raise click.BadParameter(f"{package!r} is neither a package nor its folder", param_hint="--package")
        sys.path.insert(0, str(folder.resolve().parent))
        name = folder.resolve().name
    try:
        found = import_module(name)
    except ModuleNotFoundError:
        message = f"no package {package!r}; generate it, or give its folder"
        raise click.BadParameter(message, param_hint="--package") from None
    if not hasattr(found, "PROVIDERS"):
        raise click.BadParameter(f"{package!r} is no generated package", param_hint="--package")
    return found


def _choose(holder: ModuleType, catalogue: str, wanted: str, what: str) -> ModuleType:
    listed: dict[str, str] = getattr(holder, catalogue)
    spelled = listed.get(wanted, naming.module_name(wanted))
    if spelled not in listed.values():
        hint = did_you_mean(wanted, (*listed, *listed.values()))
        known = f"; there are {', '.join(listed)}"
        where = f"{holder.__name__} has no {what} {wanted!r}{hint or known}"
        raise click.BadParameter(f"{where} (--package names another package)", param_hint="PROVIDER/MODEL")
    return import_module(f"{holder.__name__}.{spelled}")
