"""Facts that meet in one spec come out as what they mean together."""

from __future__ import annotations

import datetime as dt
import importlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from proviso_runtime import jsontext, schedule

from . import building
from .building import Spec

TIER = {"type": "string", "enum": ["2K", "4K"], "default": "2K", "description": "The tier."}
COUNT = {"type": "integer", "minimum": 0, "maximum": 4, "required": True, "unit": "image", "description": "How many."}


def priced(formula: str) -> Spec:
    rates = {"image": {"amount": Decimal("0.25"), "per": "image"}, "flat": {"amount": 2}}
    price = {"currency": "USD", "rates": rates, "hold": "flat + requested * image", "charge": formula}
    return building.model({"n": COUNT}, price=price)


@pytest.mark.parametrize(("params", "first"), [({"tier": "2K"}, 1.0), ({"tier": "4K"}, 9.0), ({}, 1.0)])
def test_a_pace_holds_for_what_is_left_out_and_counts_as_its_value(params: Spec, first: float, tmp_path: Path) -> None:
    paces = [{"when": {"tier": "2K"}, "first": "1s"}, {"first": "9s"}]
    spec = building.model({"prompt": building.prompt(), "tier": TIER}, schedule=paces)
    with building.imported_model(tmp_path, spec) as model:
        calls: Any = importlib.import_module(f"{model.__name__}.calls")
        chosen = schedule.choose(calls.MODEL.job.schedule, {"prompt": "a hat", **params})
    assert chosen.first == first


@pytest.mark.parametrize("code", [0, "ok", True])
def test_an_envelope_is_recognised_in_the_reply_that_shows_it(code: Any, tmp_path: Path) -> None:
    shared = building.provider(envelope={"at": "$.code", "ok": [code]})
    for reply in shared["replies"]:
        reply["body"] = {**reply["body"], "code": code}
    with building.imported(building.write(tmp_path / "specs", shared=shared), tmp_path / "out") as package:
        protocol: Any = importlib.import_module(f"{package.__name__}.acme.protocol")
        sent = jsontext.read(json.dumps({"code": code}, default=float))
        assert isinstance(sent, dict)
        assert any(jsontext.same(sent["code"], ok) for ok in protocol.PROVIDER.envelope.ok)


@pytest.mark.parametrize(
    ("formula", "charge"),
    [
        ("n * image", "0.5"),
        ("min(image, image) * n", "0.5"),
        ("flat - (flat - image * n)", "0.5"),
        ("image / 8 * n", "0.0625"),
        (" + ".join(["flat"] * 60), "120"),
        ("+".join(["flat"] * 90), "180"),
        ("flat * 0.0000001", "0.0000002"),
        ("round_up(flat / 3, 0.01)", "0.67"),
        ("flat / 1024", "0.001953125"),
    ],
)
def test_a_formula_that_is_accepted_is_reckoned(formula: str, charge: str, tmp_path: Path) -> None:
    with building.imported_model(tmp_path, priced(formula)) as model:
        assert model.quote({"n": 2}).charge == Decimal(charge)


def test_a_formula_that_divides_by_nothing_is_refused_or_has_no_amount(tmp_path: Path) -> None:
    specs = building.write(tmp_path / "check", {building.MODEL: priced("flat * n / n")})
    if building.complaints(specs):
        return
    with building.imported_model(tmp_path, priced("flat * n / n")) as model:
        assert model.quote({"n": 0}).charge is None


@pytest.mark.parametrize("separator", [" x ", "by", "0", "[", "x"])
def test_every_separator_that_is_accepted_separates(separator: str, tmp_path: Path) -> None:
    spec = building.model({"size": {"type": "string", "size": {"separators": [separator]}, "description": "Pixels."}})
    if building.complaints(building.write(tmp_path / "check", {building.MODEL: spec})):
        return
    with building.imported_model(tmp_path, spec) as model:
        assert model.violations({"size": f"12{separator}34"}) == ()
        assert model.violations({"size": f"12{separator[0]}"}) != ()
        assert model.violations({"size": "1234"}) != ()


@pytest.mark.parametrize(("default", "value"), [(1, Decimal("1.0")), (Decimal("1.0"), 1), (1, 1)])
def test_a_default_is_its_value_however_it_is_written(default: Any, value: Any, tmp_path: Path) -> None:
    parameters = {
        "strength": {"type": "number", "default": default, "description": "How far."},
        "image": {"type": "string", "description": "An image."},
    }
    spec = building.model(parameters, rules=[{"when": {"strength": value}, "require": ["image"]}])
    with building.imported_model(tmp_path, spec) as model:
        assert [one.at for one in model.violations({"strength": 1})] == ["/image"]
        assert [one.at for one in model.violations({})] == ["/image"]


@pytest.mark.parametrize(
    "place",
    [
        "auth",
        "envelope",
        "output",
        "sizes",
        "rate",
        "unknown price",
        "acknowledge",
        "retention",
        "rule",
        "pace",
        "errors",
    ],
)
def test_a_source_named_anywhere_is_a_declared_one(place: str, tmp_path: Path) -> None:
    blog = {"source": "blog"}
    ratio = {"type": "string", "enum": ["1:1"], "required": True, "description": "A ratio."}
    shared, spec = (
        building.provider(),
        building.model({"prompt": building.prompt(), "ratio": ratio, "hook": building.prompt(required=False)}),
    )
    match place:
        case "auth":
            shared["auth"] |= blog
        case "envelope":
            shared["envelope"] = {"at": "$.id", "ok": ["j1"], **blog}
            shared["replies"] = [{**reply, "body": {**reply["body"], "id": "j1"}} for reply in shared["replies"]]
        case "output":
            spec["output"] |= blog
        case "sizes":
            spec["sizes"] = {"by": ["ratio"], "rows": {"1:1": "1x1"}, **blog}
        case "rate":
            rates = {"image": {"amount": 1, "per": "image", **blog}}
            spec["price"] = {
                "currency": "USD",
                "rates": rates,
                "hold": "requested * image",
                "charge": "delivered * image",
            }
        case "unknown price":
            spec["price"] = {"unknown": "It is not printed.", **blog}
        case "acknowledge":
            shared["callback"] = {"parameter": "hook", "body": "poll", "acknowledge": {"status": 200, **blog}}
        case "retention":
            shared["job"]["retention"] = {"unknown": "It is not printed.", **blog}
        case "rule":
            spec["rules"] = [{"when": {"ratio": "1:1"}, "require": ["hook"], **blog}]
        case "pace":
            spec["schedule"] = [{"first": "1s", **blog}]
        case _:
            shared["errors"] = {"billed": False, **blog}
    found = building.complaints(building.write(tmp_path / "specs", {building.MODEL: spec}, shared))
    assert found == ["source 'blog' is not declared; there are page [reference]"]


def test_the_usual_price_is_the_first_that_holds(tmp_path: Path) -> None:
    rates = {"image": {"amount": 3, "per": "image"}}
    one = {"currency": "USD", "rates": rates, "hold": building.UNSURE, "charge": "requested * image"}
    price = [{**one, "from": "2026-01-02", "until": "2026-01-31"}, {**one, "currency": "EUR"}]
    with building.imported_model(tmp_path, building.model(price=price)) as model:
        params = {"prompt": "a hat"}
        days = [dt.date(2026, 1, 1), dt.date(2026, 1, 2), dt.date(2026, 1, 31), dt.date(2026, 2, 1)]
        assert [model.quote(params, on=day).currency for day in days] == ["EUR", "USD", "USD", "EUR"]
        assert model.quote(params, on=days[1], currency="EUR").currency == "EUR"
        assert model.quote(params, on=days[0], currency="USD").currency is None


@pytest.mark.parametrize("spelled", ["class", "class_"])
def test_a_formula_names_a_parameter_as_documents_or_as_python_does(spelled: str, tmp_path: Path) -> None:
    length = {
        "type": "string",
        "quantity": {"unit": "s"},
        "default": "5s",
        "unit": "second",
        "description": "How long.",
    }
    spec = building.model(
        {"class": COUNT, "clip-length": length},
        price={
            "currency": "USD",
            "rates": {"image": {"amount": 2, "per": "image"}, "second": {"amount": 1, "per": "second"}},
            "hold": building.UNSURE,
            "charge": f"{spelled} * image + clip_length * second",
        },
    )
    with building.imported_model(tmp_path, spec) as model:
        assert model.quote({"class_": 3}).charge == 11
        assert model.quote({"class_": 0, "clip_length": "12s"}).charge == 12
