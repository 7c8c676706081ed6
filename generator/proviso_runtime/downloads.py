"""Fetch a result from its address, and from where that sends on to.

It is free and changes nothing, so redirects are followed, unlike those of calls: some of them, and
never from https to http. The key is shown where the documents ask for it, and then to the
provider's own origins alone.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from proviso_runtime import errors, refusals, telling
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Flow, Lost, Request, ask
from proviso_runtime.target import web_address

RATE = 16 * 1024
"""Bytes a second that come at least, on average and after a minute: whoever sends fewer may hold a caller for days."""

_MEDIA_LIMIT = 2**30  # bytes of a result read into memory
_FILE_LIMIT = 16 * 2**30  # bytes of a result streamed to a file
_MOST = 5  # redirects
_REDIRECTS = (301, 302, 303, 307, 308)
_WHOLE = "the whole result with status 200"


def download(
    url: str,
    *,
    provider: str,
    job_id: str | None = None,
    with_key: bool = False,
    into: Callable[[bytes], object] | None = None,
    most: int | None = None,
) -> Flow[bytes]:
    """Fetch a result, into a sink or into memory.

    job_id: the job that it comes from. with_key: the key is shown to addresses that are the provider's own.
    most: how many of its bytes are wanted; None for all.
    Raises Unreachable when the host cannot be reached, Refused when it says no (signed addresses
    end), and UnexpectedReply when the bytes do not come whole, or the address leads astray. It costs
    nothing to try again.
    """
    with telling.about(provider, job_id):
        return (yield from _fetched(url, provider, with_key=with_key, into=into, most=most))


def _fetched(
    url: str, provider: str, *, with_key: bool, into: Callable[[bytes], object] | None, most: int | None
) -> Flow[bytes]:
    asked: list[str] = []
    while True:
        url = url.partition("#")[0]
        asked.append(url)
        limit = most or (_FILE_LIMIT if into else _MEDIA_LIMIT)
        answer = yield from ask(Request(verb="GET", url=url, credentials=with_key, limit=limit, into=into, rate=RATE))
        if isinstance(answer, Lost):
            raise _lost(answer, provider) from answer.error
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            break
        url = _next(answer, asked, provider)
    if answer.status >= 400:
        raise refusals.by_status(answer, "the download of a result", provider=provider)
    page = answer.media_type in ("text/html", "application/json", "application/xml", "text/xml")
    short = answer.cut and (most is None or len(answer.content) < most)
    if answer.status != 200 or short or page or (into is None and not answer.content):
        raise _unusable(answer, f"expected {_WHOLE}, but {answer!r} came", provider)
    return answer.content


def _next(answer: Reply, asked: list[str], provider: str) -> str:
    """Return the address that a redirect leads to. Raises UnexpectedReply where nobody should follow it."""
    try:
        url = web_address(urljoin(asked[-1], answer.headers["location"]))
    except ValueError:
        url = None
    if url is None:
        why = "to no http address"
    elif urlsplit(asked[-1]).scheme == "https" and urlsplit(url).scheme != "https":
        why = "from https to http"
    elif url.partition("#")[0] in asked:
        why = "in a circle"
    elif len(asked) > _MOST:
        why = f"more than {_MOST} times"
    else:
        return url
    raise _unusable(answer, f"the download of a result was redirected {why}, which is not followed", provider)


def _lost(lost: Lost, provider: str) -> errors.ProviderError:
    kind = errors.Unreachable if lost.sent == "no" else errors.UnexpectedReply
    error = kind(
        f"{provider}: the result could not be fetched ({type(lost.error).__name__}); trying again is free",
        provider=provider,
        billed=False,
        worth_retry=True,
    )
    if isinstance(error, errors.UnexpectedReply):
        error.expected = "the whole result"
    return error


def _unusable(answer: Reply, told: str, provider: str) -> errors.UnexpectedReply:
    error = errors.UnexpectedReply(
        f"{provider}: {told}", provider=provider, status=answer.status, billed=False, reply=answer
    )
    error.expected = _WHOLE
    return error
