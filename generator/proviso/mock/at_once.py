"""Work that is answered at once: as JSON, as events, as the bytes of a result, or as the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from proviso.answers import documented, immediate, made
from proviso.answers.documented import Answer, Shape
from proviso.mock import replies, streaming, withheld
from proviso.mock import works as making
from proviso.mock.adapting import Stage, Told
from proviso.mock.handing import Delivery
from proviso.mock.orders import Orders
from proviso.mock.pricing import Terms
from proviso.mock.refusals import Refusal
from proviso.mock.told import Teller
from proviso.mock.withheld import Withheld
from proviso.mock.works import Work
from proviso.oracle.subject import Params, Subject

_FAILED = Refusal(means="server", message="The work failed.")
_MODERATED = Refusal(means="invalid", message="The result was held back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """One request that is answered at once. staged: makes the stage of replies for what there is to tell."""

    subject: Subject
    params: Params
    terms: Terms
    orders: Orders
    teller: Teller
    staged: Callable[[Told], Stage]
    now: float

    def served(self) -> Answer | Refusal:
        """Do the work, charge it, and hand it over."""
        fate = self.orders.fate()
        if fate in (None, "partial"):
            return self._delivered(partly=fate == "partial")
        nothing = withheld.at_once(self.subject) if fate == "moderated" else None
        if nothing is None:
            return _MODERATED if fate == "moderated" else _FAILED
        return self._withheld(nothing)

    def _delivered(self, *, partly: bool) -> Answer:
        subject, params = self.subject, self.params
        streamed = streaming.place(subject, params)
        shape = None if streamed is not None else way(subject, params)
        works = self._works(shape) if streamed is None else making.works(subject, params, place=None)
        failing = 1 if partly and making.delivered(subject, works) > 1 else 0
        works = works[failing:]
        told = self._charged(making.delivered(subject, works))
        stage, token = self.staged(told), self.orders.token()
        delivery = Delivery(subject=subject, params=params, works=works, token=token, failing=failing)
        if streamed is not None:
            answer = streaming.answer(delivery, stage)
        elif shape is not None:
            answer = replies.at_once(delivery, shape, stage)
        else:
            content, media_type = stage.draw(works[0]), works[0].media_type
            answer = Answer(content=content, media_type=media_type, headers=_headers(subject, works[0]))
        self.orders.shelves.put(token, works, now=self.now)
        return self._told(answer, told)

    def _works(self, shape: Shape | None) -> list[Work]:
        if shape is not None:
            return making.all_of(self.subject, self.params, shape)
        returns = immediate.call(self.subject).returns
        return making.works(self.subject, self.params, place=None, returns=returns)

    def _withheld(self, nothing: Withheld) -> Answer:
        """Answer with the documented success without a result, which may cost something all the same."""
        works = making.works(self.subject, self.params, place=None)
        if nothing.why.billed is True:
            told = self._charged(len(works))
        else:
            told = self.teller.of_bill(self.orders.cashier.release(replace(self.terms, hold=None)), self.terms)
        answer = documented.answer(nothing.reply, nothing.reply.body)
        if nothing.reply.body is None:
            answer = replace(answer, content=self.staged(told).draw(works[0]))
        return self._told(answer, told)

    def _charged(self, delivered: int) -> Told:
        cashier = self.orders.cashier
        cashier.hold(self.terms)
        bill = cashier.settle(self.subject, self.params, self.terms, delivered=delivered, now=self.now)
        return self.teller.of_bill(bill, self.terms)

    def _told(self, answer: Answer, told: Told) -> Answer:
        headers = self.teller.headers(immediate.call(self.subject).operation, told)
        return replace(answer, headers={**answer.headers, **headers})


def way(subject: Subject, params: Params) -> Shape | None:
    """Return the documented JSON that hands over results of a request; None where the body is the result itself.

    Where the documents leave open which of both comes, it is JSON.
    """
    return next(immediate.shapes(subject, params), None)


def is_guessed(subject: Subject) -> bool:
    """Say whether no document tells when the answer is JSON and when it is the result itself."""
    call = immediate.call(subject)
    return bool(call.returns and call.results)


def _headers(subject: Subject, work: Work) -> dict[str, str]:
    """Return the headers that documents show of a body that is the result."""
    call = immediate.call(subject)
    shown = [one for one in subject.model.replies if one.of == "immediate" and one.body is None and not one.events]
    right = (one for one in shown if one.status < 300 and made.filtered(call.empty, one.headers) is None)
    found = min(right, key=lambda one: one.media_type != work.media_type, default=None)
    return {} if found is None else dict(found.headers)
