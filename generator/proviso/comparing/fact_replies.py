"""How facts about refusals, callbacks, paces, rates, and how long results are kept, are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from proviso import ir
from proviso.comparing.changes import breaking, compatible, information
from proviso.comparing.fact_inputs import ASSUMED, SOURCES, WORDS
from proviso.comparing.here import Fact

_SCHEDULE = Fact(
    rule="schedule",
    what="when to poll",
    changed=compatible("polls come at other times, results stay the same: {at} is {new} in place of {old}"),
    added=compatible("polls come at other times, results stay the same: {at} is {new} from now on"),
    removed=compatible("polls come at other times, results stay the same: {at} is said no longer ({old} before)"),
    many="list",
)
_ERRORS = Fact(
    rule="errors",
    what="how refusals look",
    changed=breaking("clients made before misread refusals: {at} is {new} in place of {old}"),
    added=compatible("more is known of refusals: {at} is {new}"),
    removed=breaking("less is known of refusals: {at} is gone ({old} before)"),
    many="list",
)
_RATE = Fact(
    rule="rate-limit",
    what="how much is taken from one account",
    changed=breaking("the provider takes {new} in place of {old}"),
    added=breaking("the provider takes {new} and no more: clients wait their turn from now on"),
    removed=compatible("a limit is gone: {old}"),
)
_ALLOWED = Fact(
    rule="rate-limit",
    what="how much is taken from one account",
    changed=breaking("the provider takes {new} at a time in place of {old}"),
    more=compatible("the provider takes more at a time: {new} in place of {old}"),
    less=breaking("the provider takes less at a time: {new} in place of {old}; clients wait their turn for longer"),
)
_CALLBACK = Fact(
    rule="callback",
    what="callbacks",
    changed=breaking("receivers of callbacks must follow: {at} is {new} in place of {old}"),
    added=compatible("results can be sent to an address of yours from now on"),
    removed=breaking("nothing is sent to addresses of yours any longer: poll for results"),
)

REPLIES: Mapping[tuple[type, str], Fact] = {
    (ir.Provider, "schedule"): _SCHEDULE,
    (ir.Model, "schedule"): _SCHEDULE,
    (ir.Provider, "rate"): _RATE,
    (ir.Model, "rate"): _RATE,
    (ir.Provider, "errors"): _ERRORS,
    (ir.Model, "errors"): _ERRORS,
    (ir.Model, "callback"): _CALLBACK,
    (ir.Retention, "seconds"): Fact(
        rule="retention",
        what="how long results can be fetched",
        changed=breaking("results can be fetched for {new} in place of {old}"),
        more=compatible("results can be fetched for {new} in place of {old}"),
        less=breaking("results can be fetched for {new} in place of {old}: save them sooner"),
        seconds=True,
    ),
    (ir.Retention, "since"): Fact(
        rule="retention",
        what="from when results can be fetched",
        changed=breaking("how long results can be fetched counts from {new} in place of {old}"),
    ),
    (ir.Pace, "assumed"): ASSUMED,
    (ir.Pace, "typical"): Fact(
        rule="schedule",
        what="how long jobs take",
        changed=information("jobs take {new} in place of {old} as a rule"),
        added=information("jobs take {new} as a rule"),
        removed=information("how long jobs take is said no longer ({old} before)"),
        many="whole",
        seconds=True,
    ),
    (ir.Pace, "first"): replace(_SCHEDULE, seconds=True),
    (ir.Pace, "every"): replace(_SCHEDULE, seconds=True),
    (ir.Pace, "later"): replace(_SCHEDULE, seconds=True, many="whole"),
    (ir.Pace, "limit"): Fact(
        rule="schedule",
        what="how long a job is waited for",
        changed=breaking("jobs are waited for as long as {new} in place of {old}"),
        added=breaking("jobs are given up after {new} from now on: what comes later is paid for, and must be taken up"),
        removed=compatible("jobs are no longer given up after {old}"),
        more=compatible("jobs are waited for as long as {new} in place of {old}"),
        less=breaking(
            "jobs are given up after {new} in place of {old}: what comes later is paid for, and must be taken up"
        ),
        seconds=True,
    ),
    (ir.RateLimit, "least"): _ALLOWED,
    (ir.RateLimit, "most"): _ALLOWED,
    (ir.RateLimit, "says"): WORDS,
    (ir.RateLimit, "assumed"): ASSUMED,
    (ir.RateLimit, "sources"): SOURCES,
    (ir.Callback, "says"): WORDS,
    (ir.Callback, "parameter"): Fact(
        rule="callback",
        what="the parameter that asks for callbacks",
        changed=breaking("callbacks are asked for by {new} in place of {old}"),
    ),
    (ir.Callback, "acknowledge"): Fact(
        rule="callback",
        what="the status of an acknowledgement",
        changed=breaking(
            "a callback is acknowledged by {new} in place of {old}: receivers that answer as before get it again"
        ),
    ),
    (ir.Callback, "within"): Fact(
        rule="callback",
        what="the time for an acknowledgement",
        changed=breaking("a callback is to be acknowledged within {new} in place of {old}"),
        more=compatible("a callback may be acknowledged within {new} in place of {old}"),
        less=breaking("a callback is to be acknowledged within {new} in place of {old}: slow receivers get it again"),
        seconds=True,
    ),
    (ir.Callback, "retries"): Fact(
        rule="callback",
        what="how often a callback is tried again",
        changed=breaking("a callback is tried again {new} times in place of {old}"),
        more=compatible("a callback is tried again {new} times in place of {old}"),
        less=breaking(
            "a callback is tried again {new} times in place of {old}: a receiver that is down misses it sooner"
        ),
    ),
    (ir.Callback, "signature"): Fact(
        rule="callback",
        what="how a callback shows who sent it",
        changed=breaking("receivers that check callbacks as before refuse them: {at} is {new} in place of {old}"),
        added=compatible("callbacks show who sent them from now on, and can be checked: {new}"),
        removed=breaking("nothing shows any longer who sent a callback"),
    ),
    (ir.Callback, "body"): Fact(
        rule="callback",
        what="what a callback holds",
        changed=breaking("a callback holds {new} in place of {old}: receivers must follow"),
        added=compatible("what a callback holds is known from now on: {new}"),
        removed=breaking("what a callback holds is no longer known"),
    ),
    (ir.Errors, "statuses"): Fact(
        rule="errors",
        what="a status of refusals",
        changed=breaking("another exception is raised: {at} is {new} in place of {old}"),
        added=compatible("what a refusal with this status means is known from now on: {new}"),
        removed=breaking(
            "what a refusal with this status means is no longer known: another exception is raised ({old} before)"
        ),
    ),
    (ir.Errors, "codes"): Fact(
        rule="errors",
        what="a code of refusals",
        changed=breaking("another exception is raised: {at} is {new} in place of {old}"),
        added=compatible("what a refusal with this code means is known from now on: {new}"),
        removed=breaking(
            "what a refusal with this code means is no longer known: another exception is raised ({old} before)"
        ),
    ),
    (ir.Errors, "open"): WORDS,
    (ir.StatusMeaning, "says"): WORDS,
    (ir.StatusMeaning, "sources"): SOURCES,
    (ir.CodeMeaning, "says"): WORDS,
    (ir.CodeMeaning, "sources"): SOURCES,
}
