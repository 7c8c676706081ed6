"""A name that lint lets pass works in Python; no two things get one name."""

from __future__ import annotations

import ast
import importlib
import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso import naming
from proviso_runtime import clients, pixels, protocol

from . import building

# Names that generated modules, the runtime or Python use for something else.
TAKEN = (
    "str", "int", "float", "bool", "list", "type", "id", "table", "params", "value", "given", "found", "item", "items",
    "index", "number", "double", "violation", "pixels", "urls", "checks", "model", "body", "client", "cls", "kwargs",
    "Literal", "Required", "TypedDict", "Params", "match", "case", "_", "_x", "chosen", "annotations", "size", "quote",
    "Mode", "mode", "MODE", "mode_2", "_1", "submit", "job",
)  # fmt: skip


ODD = (
    "from",
    "self",
    "timeout",
    "__x",
    "print",
    "é",
    "16:9",
    "negative-prompt",
    "negative_prompt",
    "class",
    "",
    "__",
    "ﬁ",
    "__class__",
)


@given(st.text(max_size=8) | st.sampled_from((*TAKEN, *ODD)))
def test_whatever_a_parameter_is_called_it_has_a_name_that_can_be_a_keyword_argument(name: str) -> None:
    spelled = naming.parameter_name(name)
    tree = ast.parse(
        f"class C:\n    def f(self, *, timeout, on_update, {spelled}): return f(on_update, {spelled}={name!r})"
    )
    assert any(isinstance(node, ast.arg) and node.arg == spelled for node in ast.walk(tree))
    assert not spelled.startswith("__")
    assert spelled.isascii()


@given(st.lists(st.text(max_size=4) | st.sampled_from(ODD), unique=True))
def test_no_two_parameters_get_one_name(names: list[str]) -> None:
    spelled = naming.parameters(names)
    assert list(spelled) == names
    assert len(set(spelled.values())) == len(names)
    assert all(spelled[name] == name for name in names if naming.parameter_name(name) == name)


@given(st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True))
def test_a_slug_that_passes_can_be_a_module(slug: str) -> None:
    if naming.why_no_module(slug) is None:
        ast.parse(f"from package import {naming.module_name(slug)}")
        assert naming.module_name(slug).replace("_", "-") == slug


PROVIDER = protocol.Provider(
    name="acme",
    title="Acme",
    base_url="https://api.acme.example",
    auth=protocol.HeaderKey(header="Authorization", prefix="Bearer ", variable="ACME_KEY"),
)


class _Client(clients.Client):
    provider = PROVIDER


class _AsyncClient(clients.AsyncClient):
    provider = PROVIDER


@pytest.mark.parametrize("kind", [_Client, _AsyncClient])
def test_no_model_takes_the_name_of_a_part_of_the_clients(kind: type[_Client | _AsyncClient]) -> None:
    parts = {name for name in dir(kind(api_key="k")) if not name.startswith("_")}
    assert parts <= naming.RESERVED_MODELS


def test_no_parameter_takes_the_name_of_an_argument(tmp_path: Path) -> None:
    with building.imported_model(tmp_path, building.model()) as model:
        methods = [getattr(model.Calls, name) for name in ("submit", "generate")]
        named = {
            parameter.name
            for method in (*methods, pixels.look_up)
            for parameter in inspect.signature(method).parameters.values()
            if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        }
    assert named <= naming.RESERVED_PARAMETERS


def test_a_parameter_may_be_named_like_anything_that_code_uses(tmp_path: Path) -> None:
    ratio = {"type": "string", "enum": ["1:1", "16:9"], "required": True, "description": "A ratio."}
    spec = building.model(
        parameters=dict.fromkeys(TAKEN, ratio),
        sizes={"by": ["table"], "rows": {"1:1": "1x1", "16:9": "16x9"}},
    )
    with building.imported_model(tmp_path, spec) as model:
        params = dict.fromkeys(TAKEN, "1:1")
        assert model.violations(params) == ()
        assert model.from_body(model.to_body(params)) == params
        wrong = model.violations(dict.fromkeys(TAKEN, "none"))
        assert [one.at for one in wrong] == [f"/{name}" for name in TAKEN]
        assert model.size(table="16:9") == (16, 9)


def test_rates_whose_names_look_alike_are_told_apart(tmp_path: Path) -> None:
    price = {
        "currency": "USD",
        "rates": {name: {"amount": Decimal(at), "per": "image"} for at, name in enumerate(("a_b", "a__b", "a_b_"), 1)},
        "hold": "requested * (a_b * 10000 + a__b * 100 + a_b_)",
        "charge": "delivered * a_b",
    }
    with building.imported_model(tmp_path, building.model(price=price)) as model:
        quote = model.quote({"prompt": "a hat"})
        assert (quote.hold, quote.charge) == (Decimal(10203), Decimal(1))


def test_a_measured_quantity_is_told_from_the_function_of_a_rate(tmp_path: Path) -> None:
    price = {
        "currency": "USD",
        "rates": {
            "a": {"amount": [{"when": {"prompt": "x"}, "is": 2}, {"is": 3}], "in": "number"},
            "s": {"amount": 1, "per": "second"},
        },
        "measured": {
            "a_rate": {"unit": "second", "minimum": 5, "maximum": 7},
            "a_rate_": {"unit": "second", "maximum": 0},
        },
        "hold": building.UNSURE,
        "charge": "a * s * (a_rate + a_rate_)",
    }
    with building.imported_model(tmp_path, building.model(price=price)) as model:
        quote = model.quote({"prompt": "a hat"})
        assert (quote.least, quote.most) == (Decimal(15), Decimal(21))


@pytest.mark.parametrize(
    "slug", ["still-1", "errors-1", "client-2", "checks", "wire", "models-2", "proviso-runtime", "v1"]
)
def test_a_model_may_have_any_name_that_passes(slug: str, tmp_path: Path) -> None:
    specs = building.write(tmp_path / "specs", {slug: building.model()})
    spelled = naming.module_name(slug)
    with building.imported(specs, tmp_path / "out") as package:
        provider: Any = importlib.import_module(f"{package.__name__}.acme")
        client = provider.Client(api_key="k")
        assert type(getattr(client, spelled)).__name__ == "Calls"
        assert getattr(provider, spelled).violations({"prompt": "a hat"}) == ()
