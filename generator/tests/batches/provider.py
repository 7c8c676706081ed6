"""The provider of the tests of batches: its spec, what is generated of it, and it itself, in another process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests import building, desk

MODEL = "acme/still-1"
AT_ONCE = "instant/snap"
NAMED = "acme/named-3"
COST = Decimal("0.5")
PACKAGE = "out/batch_clients"
PRICE = {**desk.PRICE, "rates": {"image": {"amount": 0.5, "per": "image"}}, "charge": "delivered * image"}
REPLIES = [
    *building.provider()["replies"],
    {"name": "failed", "of": "poll", "status": 200, "body": {"state": "broken"}},
]
PARAMETERS = {"prompt": building.prompt(), "seed": {"type": "integer", "description": "Where chance begins."}}


def build(folder: Path) -> None:
    """Generate its package: a model with a price, one without, one whose jobs the client names, and one without jobs."""
    state = {"at": "$.state", "running": ["busy"], "succeeded": ["done"], "failed": ["broken"]}
    shared = building.provider(
        job=building.job(state=state), replies=REPLIES, schedule=[{"first": "5ms", "every": "5ms", "limit": "20s"}]
    )
    models = {
        "still-1": building.model(PARAMETERS, price=PRICE),
        "free-2": building.model(model="acme/free-2"),
        "named-3": building.model(
            {"prompt": building.prompt()},
            model="acme/named-3",
            price=PRICE,
            body={"id": "{uuid}", "prompt": "{prompt}"},
            job=building.job(state=state, submit={"call": "POST /jobs", "id": "{uuid}"}),
        ),
    }
    building.write(folder / "specs", models, shared)
    prompt = {"prompt": building.prompt()}
    picture = {"name": "picture", "of": "immediate", "status": 200, "type": "image/png"}
    at_once = building.provider(provider="instant", auth={"bearer": "ACME_KEY"})
    del at_once["job"], at_once["replies"]
    snap = building.model(
        prompt, model="snap", price=PRICE, immediate={"call": "POST /snap", "returns": ["image/png"]}, replies=[picture]
    )
    building.write(folder / "specs", {"snap": snap}, at_once, name="instant")
    done = desk.run("generate", str(folder / "specs"), "--out", str(folder / "out"), "--package", "batch_clients")
    if done.exit_code:
        raise AssertionError(done.output)


@dataclass(kw_only=True)
class Provider:
    """The provider as it runs. accepted: what stands in its books."""

    address: str
    accepted: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def paid(self, prompt: str) -> int:
        """How many jobs it has accepted for a prompt."""
        return sum(one["prompt"] == prompt for one in self.accepted)


@contextmanager
def running(**told: Any) -> Iterator[Provider]:
    """Run it. told: as the program says."""
    replies = {one["name"]: one["body"] for one in REPLIES}
    given = {"replies": replies, "seed": 1, "submit": 0.002, "job": 0.01, **told}
    command = [sys.executable, str(Path(__file__).with_name("bookkeeper.py")), json.dumps(given)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdout = process.stdout
        provider = Provider(address=stdout.readline().strip())

        def listen() -> None:
            for line in stdout:
                provider.accepted.append(json.loads(line))

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield provider
        finally:
            process.stdin.close()
            listener.join(10)


def write(path: Path, *requests: str | dict[str, object]) -> Path:
    """Write requests, a prompt or params each, one a line."""
    params = ({"prompt": one} if isinstance(one, str) else one for one in requests)
    path.write_text("".join(json.dumps(one) + "\n" for one in params), "utf-8")
    return path


def arguments(address: str, *options: str, model: str = MODEL, params: str = "in.jsonl") -> list[str]:
    """Give the words of the command."""
    places = ("--params", params, "--out", "pictures", "--package", PACKAGE, "--ledger", "ledger.db")
    return ["run", model, *places, "--base-url", address, *options]


def ended(folder: Path) -> list[dict[str, Any]]:
    """Read what results.jsonl says."""
    return [json.loads(line) for line in (folder / "pictures/results.jsonl").read_text("utf-8").splitlines()]
