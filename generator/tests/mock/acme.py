"""A mock of an invented provider, asked by hand in a time that stands still."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from proviso.answers.documented import Answer
from proviso.mock.asking import Asked
from proviso.mock.clock import Held
from proviso.mock.desk import Desk
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock
from tests import building

ORIGIN = "http://127.0.0.1:4010"
PAID = {"prompt": "a boat"}


class Acme:
    """The mock of a provider with one model. options: those of the mock."""

    def __init__(self, folder: Path, model: building.Spec | None = None, *, shared: Any = None, **options: Any) -> None:
        models = {building.MODEL: building.model() if model is None else model}
        (self.provider,) = building.accepted(building.write(folder, models, shared))
        self.clock = Held()
        self.mock = Mock([self.provider], Options(clock=self.clock, **options))

    @property
    def desk(self) -> Desk:
        """The provider at work."""
        return self.mock.desks[self.provider.name]

    def ask(self, verb: str, target: str, body: object = None, **headers: str) -> Answer:
        """Ask for something, with the right key."""
        shown = {"authorization": "Bearer mock-key", "content-type": "application/json", **headers}
        content = b"" if body is None else json.dumps(body).encode()
        asked = Asked(verb=verb, target=target, headers=shown, body=content, origin=ORIGIN)
        return self.mock.answer(asked).answer

    def submit(self) -> Any:
        """Start a job, and return its acceptance."""
        return json.loads(self.ask("POST", "/v1/jobs", PAID).content)
