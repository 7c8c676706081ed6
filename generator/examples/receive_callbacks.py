"""Receive callbacks with Starlette: check who sent them, answer at once, and hand on what came of each job once.

Take this file as it is, and give it the model whose callbacks come in, by a client that awaits:

    client = lantern.AsyncClient()  # the secret of callbacks is in the environment
    app = receiver("/callbacks/film", client.torch_film, hand_on)  # uvicorn receive_callbacks:app

    async def hand_on(outcome: Outcome[AsyncDone[AsyncVideo]]) -> None:
        await queue.put(outcome)  # soon done: providers wait some seconds for the answer

What could not be handed on is handed on when the provider sends the callback again. Should this process end in between,
the job is in the ledger of the client, and `resume` takes it up.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from proviso_runtime import errors
from proviso_runtime.jobs import AsyncDone

Made = TypeVar("Made", bound=AsyncDone[Any])
Made_co = TypeVar("Made_co", bound=AsyncDone[Any], covariant=True)

Outcome: TypeAlias = "Made | errors.JobFailed | errors.JobExpired"
"""What came of a job: its result, or why there is none. Each has the `job_id`."""

LIMIT = 2**20
"""Bytes of a callback that are read; a provider that sends results themselves needs more."""

_log = logging.getLogger(__name__)


class Calls(Protocol[Made_co]):
    """A model at a provider whose callbacks show who sent them."""

    async def parse_callback(self, headers: Mapping[str, str], body: bytes) -> Made_co:
        """Check who sent a callback, and return the result of its job."""
        ...


def receiver(
    path: str, calls: Calls[Made], hand_on: Callable[[Outcome[Made]], Awaitable[None]], *, limit: int = LIMIT
) -> Starlette:
    """Make an app that receives the callbacks of a model at a path.

    hand_on: takes what came of a job, once for each job unless it raises. limit: bytes of a callback, at most.
    """
    receive = _Receiver(calls, hand_on, limit)
    return Starlette(routes=[Route(path, receive.answer, methods=["POST"])])


class _Receiver(Generic[Made]):
    def __init__(self, calls: Calls[Made], hand_on: Callable[[Outcome[Made]], Awaitable[None]], limit: int) -> None:
        self._calls = calls
        self._hand_on = hand_on
        self._limit = limit
        self._left: dict[str, Outcome[Made]] = {}  # what could not be handed on, by the ids of jobs

    async def answer(self, request: Request) -> Response:
        """Answer with success to what need not come again, and with failure to what is wrong or should."""
        body = await self._body(request)
        if body is None:
            return Response("The callback is too long.", 413)
        try:
            outcome = await self._read(request.headers, body)
        except errors.SignatureInvalid:
            return Response("Nobody knows who sent this.", 401)
        except errors.ProviderError as trouble:
            _log.warning("a callback is to come again: %s", trouble)
            return Response("Please send this again.", 503)
        if outcome is not None:
            await self._deliver(outcome)
        return Response(status_code=204)

    async def _read(self, headers: Mapping[str, str], body: bytes) -> Outcome[Made] | None:
        """Return what came of a job; nothing where that is told later, or was handed on before."""
        try:
            return await self._calls.parse_callback(headers, body)
        except (errors.JobFailed, errors.JobExpired) as ended:
            return ended
        except errors.JobGoesOn:
            return None
        except errors.Replayed as replayed:
            return self._left.pop(replayed.job_id or "", None)

    async def _deliver(self, outcome: Outcome[Made]) -> None:
        try:
            await self._hand_on(outcome)
        except BaseException:
            self._left[outcome.job_id or ""] = outcome
            raise  # which is answered with a failure, so that the callback comes again

    async def _body(self, request: Request) -> bytes | None:
        """Return the body of a request, None where it is too long."""
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._limit:
                return None
        return bytes(body)
