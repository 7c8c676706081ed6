"""Specs of an invented provider: the least that is accepted, changed from there, and what is generated of it."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from proviso import ir, pipeline
from proviso.tree import File

Spec = dict[str, Any]

PROVIDER = "acme"
MODEL = "still-1"
UNSURE = {"unknown": "The page does not say."}

_numbers = itertools.count(1)


def provider(**changes: Any) -> Spec:
    """Make the spec of a provider whose jobs are submitted and polled."""
    return {
        "provider": PROVIDER,
        "title": "Acme",
        "source": "page",
        "sources": {
            "page": {
                "title": "The page",
                "address": "https://docs.acme.example/still",
                "read": "2026-01-02",
                "sha256": "ab" * 32,
            }
        },
        "base_url": "https://api.acme.example/v1",
        "auth": {"bearer": "ACME_KEY"},
        "body": "{*}",
        "job": job(),
        "replies": [
            {"name": "accepted", "of": "submit", "status": 200, "body": {"id": "j1"}},
            {"name": "busy", "of": "poll", "status": 200, "body": {"state": "busy"}},
            {
                "name": "done",
                "of": "poll",
                "status": 200,
                "body": {"state": "done", "urls": ["https://acme.example/1.png"]},
            },
        ],
        **changes,
    }


def job(**changes: Any) -> Spec:
    """Make a job that the replies of `provider` are examples of."""
    return {
        "submit": {"call": "POST /jobs", "id": "$.id"},
        "poll": {"call": "GET /jobs/{id}"},
        "state": {"at": "$.state", "running": ["busy"], "succeeded": ["done"]},
        "results": "$.urls[*]",
        **changes,
    }


def model(parameters: Spec | None = None, **changes: Any) -> Spec:
    """Make the spec of a model, by default with a prompt alone."""
    return {
        "model": "acme/still-1",
        "title": "Still 1",
        "summary": "Draws still images.",
        "source": "page",
        "output": {"kind": "image", "count": 1},
        "parameters": {"prompt": prompt()} if parameters is None else parameters,
        "price": UNSURE,
        **changes,
    }


def prompt(**changes: Any) -> Spec:
    """Make a parameter that must be sent."""
    return {"type": "string", "required": True, "description": "What to draw.", **changes}


def write(
    folder: Path,
    models: Mapping[str, Spec] | None = None,
    shared: Spec | None = None,
    *,
    name: str = PROVIDER,
) -> Path:
    """Write the specs of one provider into a folder of specs."""
    there = folder / name
    there.mkdir(parents=True, exist_ok=True)
    (there / "provider.yaml").write_text(dumped(provider(provider=name) if shared is None else shared), "utf-8")
    for stem, spec in ({MODEL: model()} if models is None else models).items():
        (there / f"{stem}.yaml").write_text(dumped(spec), "utf-8")
    return folder


def dumped(spec: Spec) -> str:
    """Write a spec as YAML; every text is quoted, so that none is taken for a number."""
    return yaml.dump(spec, Dumper=_Dumper, sort_keys=False, width=1_000_000)


def accepted(specs: Path) -> tuple[ir.Provider, ...]:
    """Read specs that have no complaint."""
    found = pipeline.read(specs)
    if found.complaints:
        raise AssertionError("\n".join(map(str, found.complaints)))
    return found.providers


def complaints(specs: Path) -> list[str]:
    """Read specs and give what is wrong with them, without places."""
    return [f"{one.message} [{one.rule}]" for one in pipeline.read(specs).complaints]


def files(specs: Path, package: str = "clients") -> tuple[File, ...]:
    """Generate the files of a package."""
    return pipeline.build(accepted(specs), package=package)


@contextmanager
def imported(specs: Path, out: Path) -> Iterator[ModuleType]:
    """Generate a package under a name that no other has, and import it for a while."""
    package = f"clients_{next(_numbers)}"
    for file in files(specs, package):
        target = out / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.text.encode())
    sys.path.insert(0, str(out))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(package)
    finally:
        sys.path.remove(str(out))
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]


@contextmanager
def imported_model(folder: Path, spec: Spec, shared: Spec | None = None) -> Iterator[ModuleType]:
    """Generate and import one model."""
    with imported(write(folder / "specs", {MODEL: spec}, shared), folder / "out") as package:
        yield importlib.import_module(f"{package.__name__}.{PROVIDER}.still_1")


class _Dumper(yaml.SafeDumper):
    """Write numbers exactly, and nothing by reference."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    text = f"{value:f}"
    # Without the tag of an integer, a number without a point would be written with a tag.
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _decimal)
