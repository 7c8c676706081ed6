"""The steps of a flow: what it yields to its driver, and what it is sent back.

A flow is a generator that holds a protocol and does no I/O. It yields a Request and is sent a
Reply or a Lost; it yields a Pause or a Record and is sent None. What keeps its driver from a step,
such as the end of a task, is thrown into it, and it may still record what that leaves open. What
it returns is the result of the call.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

from proviso_runtime.ledger.entries import Change
from proviso_runtime.replies import Reply

T = TypeVar("T")

JSON_LIMIT = 64 * 2**20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request, to be sent once at most.

    paid: it costs money. credentials: the key goes with it.
    patience: seconds to wait for the reply. limit: bytes of it to read, None for all.
    into: takes the bytes of a reply with status 200 as they come; its content is then empty.
    rate: bytes a second that come at least, on average and after a minute; None where the reply must be there by then,
    or is taken as it comes. ids: the UUIDs that it carries.
    within: seconds from now in which it begins to leave, or else is lost unsent. None for the patience.
    stays: called where it is kept from leaving by what is raised next, such as the end of a task that waits its turn.
    """

    verb: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = field(default=None, repr=False)
    paid: bool = False
    credentials: bool = True
    patience: float = 60.0
    limit: int | None = JSON_LIMIT
    into: Callable[[bytes], object] | None = field(default=None, repr=False)
    rate: float | None = None
    ids: tuple[str, ...] = ()
    within: float | None = None
    stays: Callable[[], object] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Let so many seconds pass."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A request without a reply. sent: "no" when it certainly never left, "maybe" otherwise.

    passes: what kept it from leaving may pass.
    """

    error: Exception
    sent: Literal["no", "maybe"]
    passes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Write changes into the ledger.

    vital: without them nothing may go on. Of other changes that cannot be kept the log tells: what has happened at
    the provider has happened.
    """

    changes: tuple[Change, ...]
    vital: bool = False


Step: TypeAlias = Request | Pause | Record
Answer: TypeAlias = Reply | Lost
Flow: TypeAlias = Generator[Step, "Answer | None", T]


def ask(request: Request) -> Flow[Answer]:
    """Yield request and return its answer."""
    answer = yield request
    if answer is None:
        raise RuntimeError("the driver of a flow must answer a request with a Reply or a Lost")
    return answer
