"""What can go wrong on the way of one request, and whether the provider had processed it by then."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import Literal

from harness import refusals
from harness.subjects import Subject
from proviso import ir
from proviso.answers import courses
from proviso.answers.documented import Answer
from proviso.answers.documented_calls import Operation

When = Literal["before", "after"]

_NEVER_LEFT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")
_ON_THE_WAY = ("WriteError", "WriteTimeout", "ReadError", "ReadTimeout", "RemoteProtocolError", "CloseError")
_CUT = ("ReadError", "ReadTimeout", "RemoteProtocolError")
_REDIRECT = Answer(status=307, headers={"Location": "https://elsewhere.test/asked"})
_STATUSES = (408, 425, 429, 500, 502, 503, 504, 520)
_GIVEN_UP = (408,)  # what a gateway says that may have passed the request on, unless it is documented
_ASKED = 37  # seconds, as no schedule of ours would wait by itself
_PAGE = "<html><body>One moment please</body></html>"
_JSON = (b"[[], 7]", b"null")
_BODIES = (
    (_PAGE.encode(), "text/html"),
    (b"", "application/json"),
    (b'{"data": {"id": "hal', "application/json"),
    *((content, "application/json") for content in _JSON),
)


@dataclass(frozen=True, kw_only=True)
class Drop:
    """The connection breaks by an exception of the HTTP library. processed: the provider had done its part."""

    error: str
    processed: bool

    @property
    def leaves(self) -> bool:
        """Whether something of the request may have left."""
        return self.error not in _NEVER_LEFT


@dataclass(frozen=True, kw_only=True)
class Page:
    """Another reply comes than the right one. retry_after: the seconds that it asks to wait."""

    answer: Answer
    processed: bool
    retry_after: float | None = None


@dataclass(frozen=True, kw_only=True)
class Half:
    """The right reply breaks in the middle."""

    error: str


@dataclass(frozen=True, kw_only=True)
class Stop:
    """The caller is interrupted before the provider has the request, or before it has the reply."""

    when: When


Fault = Drop | Page | Half | Stop


def is_doubtful(subject: Subject, fault: Fault) -> bool:
    """Say whether nobody who sees a fault of a paid request can know whether it was accepted."""
    match fault:
        case Drop():
            return fault.leaves
        case Page(answer=Answer(status=status)) if status >= 500:
            return not (_is_documented(subject, status) and refusals.billed(subject.model, status) is False)
        case Page(answer=Answer(status=status)) if status in _GIVEN_UP:
            return not _is_documented(subject, status)
        case Page(answer=Answer(status=status)):
            return status < 400
        case Half() | Stop():
            return True


@cache
def of_paid(subject: Subject) -> tuple[Fault, ...]:
    """Return what may happen to a paid request; the simplest first."""
    dropped = [Drop(error=name, processed=done) for done in (True, False) for name in _ON_THE_WAY]
    pages = [page for status in _STATUSES for page in _refusals(status)]
    processed = [Page(answer=one.answer, processed=True) for one in pages if is_doubtful(subject, one)]
    strange = [one for one in _strange() if not (_is_chosen(subject) and one.content in _JSON)]
    replies = [Page(answer=one, processed=done) for one in (*strange, _REDIRECT) for done in (True, False)]
    return (
        *(Drop(error=name, processed=False) for name in _NEVER_LEFT),
        *dropped,
        *(Half(error=name) for name in _CUT),
        *pages,
        *processed,
        *replies,
        Stop(when="before"),
        Stop(when="after"),
    )


@cache
def of_free(subject: Subject, operation: Operation) -> tuple[Fault, ...]:
    """Return what may happen to a request that costs nothing, and tells nothing of the job by happening."""
    silent = [status for status in _STATUSES if not _tells(subject, operation, status)]
    return (
        *(Drop(error=name, processed=False) for name in (*_NEVER_LEFT, *_ON_THE_WAY)),
        *(Half(error=name) for name in _CUT),
        *(page for status in silent for page in _refusals(status)),
        *(Page(answer=one, processed=True) for one in _strange()),
        *([] if operation == "file" else [Page(answer=_REDIRECT, processed=True)]),
        Stop(when="before"),
        Stop(when="after"),
    )


def _refusals(status: int) -> list[Page]:
    told = itertools.product(_BODIES[:2], (None, _ASKED) if status in (429, 503) else (None,))
    return [
        Page(
            answer=Answer(
                status=status,
                content=content,
                media_type=media_type,
                headers={} if wait is None else {"Retry-After": str(wait)},
            ),
            processed=False,
            retry_after=wait,
        )
        for (content, media_type), wait in told
    ]


def _strange() -> list[Answer]:
    return [Answer(content=content, media_type=media_type) for content, media_type in _BODIES]


def _tells(subject: Subject, operation: Operation, status: int) -> bool:
    """Say whether a status is documented to tell how the job is doing."""
    if subject.model.job is None or operation not in ("poll", "collect"):
        return False
    course = courses.job(subject)
    calls = [one for one in (course.poll, course.collect) if one is not None]
    by_status = course.state.at == ir.HTTP_STATUS and courses.of_word(course, status) is not None
    gone = any(one.status == status and one.means == "expired" for one in refusals.documented(subject.model))
    return by_status or gone or any(status in (*one.expired, *one.reads) for one in calls)


def _is_chosen(subject: Subject) -> bool:
    """Say whether a reply of success needs tell nothing, because the client has chosen the id of the job."""
    return subject.model.job is not None and subject.model.job.id == ir.CHOSEN_ID


def _is_documented(subject: Subject, status: int) -> bool:
    return any(one.status == status for one in refusals.documented(subject.model))
