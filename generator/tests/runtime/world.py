"""A provider behind every door: it takes a job, and finishes it at the second poll."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import doors, scripted
from .doors import Answer, Sent

JSON = {"content-type": "application/json"}
PICTURE = b"\x89PNG picture"
Kind = type[doors.BlockingHttpx2 | doors.BlockingHttpx | doors.AwaitedHttpx2 | doors.AwaitedHttpx]

every_door = pytest.mark.parametrize("kind", doors.DOORS)


class World:
    """A provider that takes a job and finishes it at the second poll; answers can be replaced."""

    def __init__(self, **answers: Answer | Callable[[Sent], Answer]) -> None:
        self.answers = answers
        self.seen: list[Sent] = []

    def __call__(self, sent: Sent) -> Answer:
        self.seen.append(sent)
        step = self.step(sent)
        answer = self.answers.get(step)
        if answer is not None:
            return answer(sent) if callable(answer) else answer
        match step:
            case "submit":
                return 200, JSON, scripted.ACCEPTED.content
            case "poll":
                polls = sum(self.step(one) == "poll" for one in self.seen)
                return 200, {**JSON, "X-Credits": "7"}, (scripted.WORKING if polls == 1 else scripted.DONE).content
            case "now":
                return 200, {"content-type": "image/png", "x-credits": "12.50"}, PICTURE
            case _:
                return 200, {"content-type": "image/png"}, PICTURE

    @staticmethod
    def step(sent: Sent) -> str:
        if sent.host != "api.acme.test" or "/files/" in sent.url:
            return "media"
        return "now" if "/now/" in sent.url else "submit" if sent.verb == "POST" else "poll"

    @property
    def steps(self) -> list[str]:
        return [self.step(sent) for sent in self.seen]
