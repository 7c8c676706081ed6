"""How facts about jobs, answers at once, calls and results are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from proviso import ir
from proviso.comparing.changes import breaking, compatible, information
from proviso.comparing.fact_inputs import WORDS
from proviso.comparing.here import Fact

_JOB = Fact(
    rule="job",
    what="the course of a job",
    changed=breaking("clients made before follow jobs in the old way: {at} is {new} in place of {old}"),
    added=compatible("work can be accepted now and finished later from now on"),
    removed=breaking("there are no jobs any longer: submit() is gone"),
)
_IMMEDIATE = Fact(
    rule="immediate",
    what="the answer at once",
    changed=breaking("clients made before read answers at once in the old way: {at} is {new} in place of {old}"),
    added=compatible("a request can be answered at once from now on"),
    removed=breaking("no request is answered at once any longer: generate_sync() is gone"),
)
_PATH = "clients made before look in the wrong place: {what} is at {new} in place of {old}"
_RESULTS = Fact(
    rule="results",
    what="where results stand",
    changed=breaking("clients made before do not find what was paid for: {at} is {new} in place of {old}"),
    added=compatible("results are found in one more place: {new}"),
    removed=breaking("results are no longer found at {old}"),
    many="list",
)
_CALL = Fact(
    rule="operation",
    what="a call",
    changed=breaking("a call is {new} in place of {old}: clients made before call what is no longer there"),
    added=compatible("one more call can be made: {new}"),
    removed=breaking("a call can no longer be made: {old}"),
)
_READS = Fact(
    rule="operation",
    what="the statuses of a reply that are read",
    changed=breaking("replies with the status {new} are read in place of {old}"),
    added=compatible("replies with the status {new} are read as well"),
    removed=breaking("replies with the status {old} are refusals from now on"),
)
_EXPIRED = Fact(
    rule="operation",
    what="a status that says that the job is gone",
    changed=breaking("the status {new} says that a job is gone, in place of {old}"),
    added=compatible("the status {new} says that a job is gone"),
    removed=breaking("the status {old} no longer says that a job is gone"),
)
_REPORTS = Fact(
    rule="reports",
    what="a reported value",
    changed=breaking("a reported value stands at {new} in place of {old}"),
    added=compatible("one more value is reported, at {new}"),
    removed=breaking("a value is no longer reported ({old} before)"),
)
_STREAM = Fact(
    rule="stream",
    what="the stream of events",
    changed=breaking("clients made before read streams in the old way: {at} is {new} in place of {old}"),
    added=compatible("a request can be answered as a stream of events from now on"),
    removed=breaking("no request is answered as a stream any longer: generate_stream() is gone"),
)
_EMPTY = Fact(
    rule="results",
    what="what a success without a result means",
    changed=breaking("a success without a result is told otherwise: {at} is {new} in place of {old}"),
    added=compatible("one more way of a success without a result is known: {new}"),
    removed=breaking("a success without a result is no longer told so: {old}"),
    many="list",
)

JOBS: Mapping[tuple[type, str], Fact] = {
    (ir.Provider, "job"): _JOB,
    (ir.Model, "job"): _JOB,
    (ir.Provider, "immediate"): _IMMEDIATE,
    (ir.Model, "immediate"): _IMMEDIATE,
    (ir.Job, "submit"): _CALL,
    (ir.Job, "poll"): _CALL,
    (ir.Job, "collect"): replace(
        _CALL,
        added=breaking("results are fetched by a call of their own, {new}, which clients made before do not make"),
        removed=breaking("results stand in the reply to a poll; clients made before ask {old} for them"),
    ),
    (ir.Job, "cancel"): replace(
        _CALL,
        added=compatible("jobs can be stopped from now on: {new}"),
        removed=breaking("jobs can no longer be stopped: {old} is gone"),
    ),
    (ir.Job, "like_poll"): replace(
        _JOB,
        more=compatible("the reply to a submission tells from now on what one to a poll would"),
        less=breaking(
            "the reply to a submission no longer tells what one to a poll would: clients made before misread it"
        ),
    ),
    (ir.Job, "id"): Fact(rule="job", what="the id of a job", changed=breaking(_PATH)),
    (ir.Job, "wait"): Fact(
        rule="job",
        what="the wait for a result in the reply to submit",
        changed=breaking("clients made before ask to wait in the old way: {at} is {new} in place of {old}"),
        added=compatible("a submission can wait for its result from now on"),
        removed=breaking("a submission can no longer wait for its result: patience= is gone"),
    ),
    (ir.Patience, "most"): Fact(
        rule="job",
        what="the longest wait",
        changed=breaking("a submission waits {new} at most in place of {old}"),
        more=compatible("a submission waits up to {new} in place of {old}"),
        seconds=True,
    ),
    (ir.Operation, "call"): _CALL,
    (ir.Fetch, "call"): _CALL,
    (ir.Fetch, "address"): Fact(
        rule="job",
        what="the address of a call",
        changed=breaking(_PATH),
        added=compatible("the address of a call is read from a reply, at {new}"),
        removed=breaking("the address of a call is no longer read from a reply, at {old}"),
    ),
    (ir.Fetch, "body"): Fact(
        rule="operation",
        what="the body of a call about a job",
        changed=breaking("clients made before send the old body: {at} is {new} in place of {old}"),
    ),
    (ir.Operation, "reads"): _READS,
    (ir.Fetch, "reads"): _READS,
    (ir.Operation, "expired"): _EXPIRED,
    (ir.Fetch, "expired"): _EXPIRED,
    (ir.Operation, "reports"): _REPORTS,
    (ir.Fetch, "reports"): _REPORTS,
    (ir.Operation, "told"): _REPORTS,
    (ir.Operation, "cost"): _REPORTS,
    (ir.Operation, "told_cost"): _REPORTS,
    (ir.Fetch, "cost"): _REPORTS,
    (ir.Job, "state"): Fact(
        rule="state",
        what="how the state of a job is told",
        changed=breaking("clients made before misread how a job goes: {at} is {new} in place of {old}"),
        many="list",
    ),
    (ir.State, "at"): Fact(rule="state", what="the state of a job", changed=breaking(_PATH)),
    (ir.State, "partial"): WORDS,
    (ir.Job, "failure"): Fact(
        rule="failure",
        what="where a failed job says why",
        changed=breaking("clients made before do not find why a job failed: {at} is {new} in place of {old}"),
        added=compatible("why a job failed is told from now on: {new}"),
        removed=breaking("why a job failed is told no longer ({old} before)"),
        many="list",
    ),
    (ir.Failure, "codes"): Fact(
        rule="failure",
        what="a code of failed jobs",
        changed=breaking("a code of failed jobs is {new} in place of {old}"),
        added=compatible("jobs may fail with the code {new} as well: handle it where codes are told apart"),
        removed=compatible("jobs no longer fail with the code {old}"),
    ),
    (ir.Failure, "open"): Fact(
        rule="failure",
        what="the notice that other codes must be expected",
        changed=information("why other codes must be expected reads otherwise"),
        added=compatible("codes that nobody lists must be expected from now on: {new}"),
        removed=information("the list of codes is complete from now on"),
    ),
    (ir.Job, "results"): _RESULTS,
    (ir.Immediate, "results"): _RESULTS,
    (ir.Events, "results"): _RESULTS,
    (ir.ResultsAt, "forms"): Fact(
        rule="results",
        what="a form of results",
        changed=breaking("results are written as {new} in place of {old}"),
        added=compatible("results may be written as {new} as well; clients made before cannot read that"),
        removed=breaking("results are no longer written as {old}"),
    ),
    (ir.Job, "empty"): _EMPTY,
    (ir.Immediate, "empty"): _EMPTY,
    (ir.Empty, "says"): WORDS,
    (ir.Job, "retention"): Fact(
        rule="retention",
        what="how long results can be fetched",
        changed=breaking("results can be fetched for {new} in place of {old}"),
        added=compatible("results can be fetched for {new}: that was not documented before"),
        removed=breaking("nothing says any longer how long results can be fetched ({old} before): save them at once"),
    ),
    (ir.Immediate, "operation"): _CALL,
    (ir.Immediate, "returns"): Fact(
        rule="results",
        what="a media type of answers at once",
        changed=breaking("answers at once come as {new} in place of {old}"),
        added=compatible("answers at once may come as {new} as well"),
        removed=breaking("answers at once no longer come as {old}"),
    ),
    (ir.Immediate, "stream"): _STREAM,
}
