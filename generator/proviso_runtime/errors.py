"""What can go wrong, as one tree of exceptions.

    ProviderError
      RequestInvalid        the request breaks documented rules; nothing was sent
      KeyMissing            no key was given; nothing was sent
      KeyInvalid            a key or secret is not written as the documents ask; nothing was sent
      SettingMissing        a region, a project or the like was not given; nothing was sent
      SettingInvalid        a setting is none of those documented, or cannot stand in an address
      TooDear               it may cost more than the caller allows; nothing was sent
      LedgerFailed          it could not be written down in the ledger; nothing was sent
      Unreachable           the request certainly never left
      OutcomeUnknown        a paid request left and nobody knows whether it was accepted
      Refused               the provider said no
        BadRequest  Unauthorized  Forbidden  NotFound  MethodNotAllowed  OutOfCredit
        Conflict  Retired  RateLimited  ServerError  Unavailable  TimedOut
      JobFailed             the job ended without a result
        NoResult            it succeeded, and nothing came of it
      JobExpired            the provider no longer knows the job or its result
      WaitTimeout           the caller's time is over, the job's is not
      JobGoesOn             a callback tells of a job that has not ended
      UnexpectedReply       the reply is not what the documents describe
      SignatureInvalid      a callback is not from the provider, or came too late
      Replayed              a callback was read before

The text of an exception never holds a key, a prompt or the query of a signed address. What the
provider wrote stands word for word in `message` and `reply`.

This module imports nothing, because the checks before sending import it and must cost nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from proviso_runtime.media import AsyncMedia, Media
    from proviso_runtime.quotes import Quote
    from proviso_runtime.replies import Detail, Reply
    from proviso_runtime.results import ItemFailure
    from proviso_runtime.violation import Violation


class ProviderError(Exception):
    """Anything that keeps a call from its result. Catch it to catch them all.

    provider: the name of the provider.
    job_id: the job, where there is one; `resume(job_id)` takes it up again.
    job_ids: the jobs that a paid request may have started, as far as their ids are known.
    addresses: those of the job, where the provider gives it some; `resume` needs them then.
    status: the HTTP status of the reply.
    code: the provider's own code, as it came.
    message: the provider's own words. They may quote the request.
    billed: whether this costs money; None where that is not documented.
    worth_retry: whether the same request may succeed later; None where that is not documented.
    reply: the whole reply, with all its bytes.
    headers: the documented headers of the reply, meaning -> text, such as when a rate limit ends.
    """

    def __init__(
        self,
        text: str = "",
        *,
        provider: str | None = None,
        job_id: str | None = None,
        status: int | None = None,
        code: str | int | None = None,
        message: str | None = None,
        billed: bool | None = None,
        worth_retry: bool | None = None,
        reply: Reply | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(text)
        self.provider = provider
        self.job_id = job_id
        self.status = status
        self.code = code
        self.message = message
        self.billed = billed
        self.worth_retry = worth_retry
        self.reply = reply
        self.headers: Mapping[str, str] = {} if headers is None else headers
        self.job_ids: tuple[str, ...] = ()
        self.addresses: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class RequestInvalid(ProviderError):
    """The request breaks documented rules. Nothing was sent.

    violations: every breach, advice included.
    """

    def __init__(self, violations: Iterable[Violation] = ()) -> None:
        super().__init__(billed=False, worth_retry=False)
        self.violations = tuple(violations)

    def __str__(self) -> str:
        # Made when it is read: refusing a request must not pay for sentences.
        return "\n".join(map(str, self.violations))

    def __reduce__(self) -> tuple[type[RequestInvalid], tuple[tuple[Violation, ...]], dict[str, object]]:
        # The text is made from the violations: a copy must start from them as well.
        return type(self), (self.violations,), self.__dict__


class KeyMissing(ProviderError):
    """No key was given, neither as api_key nor in the environment."""


class KeyInvalid(ProviderError, ValueError):
    """A key or secret is not written as the documents ask, or cannot stand in a header. It is not shown."""


class SettingMissing(ProviderError):
    """A setting such as a region was not given, neither to the client nor in the environment."""


class SettingInvalid(ProviderError, ValueError):
    """A setting is none of those documented, or has characters that cannot stand where it goes."""


class TooDear(ProviderError):
    """The request may cost more than the caller allows. Nothing was sent.

    quote: what it would cost. limit: what is allowed, None where only a known price is.
    """

    quote: Quote | None = None
    limit: Decimal | None = None


class LedgerFailed(ProviderError):
    """The ledger cannot be read or written. A paid request that it could not keep was not sent."""


class Unreachable(ProviderError):
    """The request certainly never left: sending it again is safe."""


class OutcomeUnknown(ProviderError):
    """A paid request left, and its answer is lost or a server failed: it may have been accepted and billed.

    model: the model's id.
    sent_at: when it was sent, in seconds since 1970.
    body_sha256: digest of the body, to find it in the provider's log or in your own.
    partial: what a stream brought before it broke, finished or not.
    """

    model: str | None = None
    sent_at: float | None = None
    body_sha256: str | None = None
    partial: tuple[Media | AsyncMedia, ...] = ()

    def __reduce__(self) -> tuple[type[OutcomeUnknown], tuple[object, ...], dict[str, object]]:
        # What came of a stream belongs to the client that heard it, which no copy can take along.
        return type(self), self.args, {name: kept for name, kept in self.__dict__.items() if name != "partial"}


class Refused(ProviderError):
    """The provider said no, with a status or inside a reply.

    details: what is wrong, one by one, where the provider lists it. retry_after: the seconds after
    which it asks to be tried again; None where it does not say.
    """

    details: tuple[Detail, ...] = ()
    retry_after: float | None = None


class BadRequest(Refused):
    """The provider calls the request wrong."""


class Unauthorized(Refused):
    """The key is missing or not known."""


class Forbidden(Refused):
    """The key may not do this."""


class NotFound(Refused):
    """There is no such model or job."""


class MethodNotAllowed(Refused):
    """The address does not take this verb."""


class OutOfCredit(Refused):
    """The balance does not cover the request."""


class Conflict(Refused):
    """The request contradicts the state of things at the provider."""


class Retired(Refused):
    """The model is no longer offered."""


class RateLimited(Refused):
    """Too many requests."""


class ServerError(Refused):
    """The provider failed."""


class Unavailable(Refused):
    """The provider or the model cannot take requests now."""


class TimedOut(Refused):
    """The provider gave up on the request."""


class JobFailed(ProviderError):
    """The job ended without a result.

    state: the provider's word for its end. phase: ours, "failed", "cancelled" or "moderated".
    """

    state: str | int | float | Decimal | None = None
    phase: str = "failed"


class NoResult(JobFailed):
    """What was asked for succeeded, and there is no result: it was filtered, or is gone.

    why: what the documents say that this means. failures: what is told of single results.
    """

    why: str = ""
    failures: tuple[ItemFailure, ...] = ()


class JobExpired(ProviderError):
    """The provider no longer knows the job or its result."""


class WaitTimeout(ProviderError):
    """The time given to wait is over and the job has not ended. It goes on and can be resumed.

    state: the provider's last word; None before the first one. waited: in seconds.
    """

    state: str | int | float | Decimal | None = None
    waited: float | None = None


class JobGoesOn(ProviderError):
    """A callback tells that its job has not ended: answer it with success, and expect another one.

    state: the provider's word. phase: ours, "queued" or "running"; "unknown" for a word that nobody documented.
    """

    state: str | int | float | Decimal | None = None
    phase: str = "unknown"


class UnexpectedReply(ProviderError):
    """The reply is not what the documents describe. Its bytes are kept in `reply`.

    expected: a sentence that says what should have come.
    """

    expected: str = ""


class SignatureInvalid(ProviderError):
    """The signature of a callback is missing, wrong or too old: do not believe what it says."""


class Replayed(ProviderError):
    """A callback was read before, word for word: answer it with success, and do nothing.

    Where its result was lost on your side, `resume(job_id)` takes the job up.
    """


def refuse(found: Iterable[Violation]) -> None:
    """Raise RequestInvalid with all of found if one of them is an error; advice alone passes."""
    found = tuple(found)
    if any(violation.severity == "error" for violation in found):
        raise RequestInvalid(found)
