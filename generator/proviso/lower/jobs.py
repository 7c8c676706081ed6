"""The course of a job, and when to ask about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from proviso import ir, words
from proviso.lower import conditions, matches, operations, results, texts
from proviso.lower.node import Node

_PHASES: tuple[ir.Phase, ...] = get_args(ir.Phase)


def job(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Job | None:
    """Read the course of a job."""
    if node is None:
        return None
    submit, state = node["submit"], _state(node["state"])
    reads: tuple[int, ...] = (200,)
    if state.at == ir.HTTP_STATUS:
        reads = tuple(sorted({word for word, _ in state.phases if isinstance(word, int)})) or reads
    poll = operations.fetch(node["poll"], reads=reads)
    assert poll is not None
    wait = operations.wait(submit.get("wait"))
    if wait is not None and submit.get("like") is None:
        submit["wait"].complain("a reply that waits for the result is `like: poll`; say so", "operations", at_key=True)
    return ir.Job(
        submit=operations.operation(submit, at_once=False),
        id=ir.CHOSEN_ID if submit["id"].text() == ir.CHOSEN_ID else texts.path(submit["id"]),
        like_poll=submit.get("like") is not None,
        wait=wait,
        poll=poll,
        collect=operations.fetch(node.get("collect"), reads=reads),
        cancel=operations.fetch(node.get("cancel")),
        state=state,
        failure=results.failure(node.get("failure")),
        results=results.results(node["results"], declared),
        empty=results.empty(node.get("empty"), job=True),
        retention=results.retention(node.get("retention")),
        place=node.key_place,
    )


def _state(node: Node) -> ir.State:
    ignore = node.get("ignore_case")
    ignore_case = ignore is not None and ignore.flag()
    absent, cases = node.get("absent"), node.get("cases")
    state = ir.State(
        at=_place(node),
        phases=tuple(_phases(node, ignore_case=ignore_case)),
        cases=() if cases is None else tuple(map(_case, cases.each())),
        absent=None if absent is None else _phase(absent),
        ignore_case=ignore_case,
        partial=node.optional_text("partial"),
        place=node.key_place,
    )
    means = {phase for _, phase in state.phases} | {case.means for case in state.cases} | {state.absent}
    if "succeeded" not in means:
        node.complain("no state means succeeded, so no job could ever end well", "state", at_key=True)
    return state


def _place(node: Node) -> str:
    at = node["at"]
    if at.text() != ir.HTTP_STATUS:
        return texts.path(at)
    for phase in _PHASES:
        for value in () if (listed := node.get(phase)) is None else listed.each():
            if not (isinstance(value.value, int) and 100 <= value.value <= 599):
                value.complain("the state is the HTTP status, an integer from 100 to 599", "state")
    for key in ("absent", "ignore_case"):
        if (one := node.get(key)) is not None:
            one.complain(
                f"every reply has an HTTP status, which is a number; {key!r} says nothing", "state", at_key=True
            )
    return ir.HTTP_STATUS


def _phases(node: Node, *, ignore_case: bool) -> Iterator[tuple[ir.Scalar, ir.Phase]]:
    # Python takes 1 for equal to true, and so would every table of states.
    seen: set[ir.Scalar] = set()
    for phase in _PHASES:
        for value in () if (listed := node.get(phase)) is None else listed.each():
            word = value.scalar()
            folded = word.casefold() if ignore_case and isinstance(word, str) else word
            if folded in seen:
                value.complain(f"state {words.spoken(word)} has a phase already", "state")
            seen.add(folded)
            yield word, phase


def _case(node: Node) -> ir.Case:
    return ir.Case(when=matches.matches(node["when"]), means=_phase(node["means"]), place=node.place)


def _phase(node: Node) -> ir.Phase:
    return next(phase for phase in _PHASES if phase == node.text())


def schedule(node: Node | None, declared: tuple[ir.Parameter, ...]) -> tuple[ir.Pace, ...] | ir.Unknown:
    """Read when to poll: paces, the first whose conditions hold counts, the last has none."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about when to poll.")
    if (unknown := node.unknown()) is not None:
        return unknown
    paces: list[ir.Pace] = []
    for pace in node.each():
        spans = {key: pace.get(key) for key in ("first", "limit")}
        every, typical = pace.get("every"), pace.get("typical")
        pause, later = (None, ()) if every is None else texts.pauses(every)
        paces.append(
            ir.Pace(
                when=conditions.when(pace, declared),
                **{key: None if span is None else texts.seconds(span) for key, span in spans.items()},
                every=pause,
                later=later,
                typical=None if typical is None else texts.seconds_range(typical),
                assumed=pace.optional_text("assumed"),
                place=pace.place,
            )
        )
    if paces and paces[-1].when:
        node.complain(
            "the last pace must have no `when`: it is for the requests that none before it fits",
            "schedule",
            at_key=True,
        )
    for pace_ in paces[:-1]:
        if not pace_.when:
            message = "a pace without `when` comes last; the ones behind it could never hold"
            node.complain(message, "schedule", at_key=True)
    return tuple(paces)
