"""What programs are graded by, and what a careful one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from proviso.reports.findings import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A weakness. about: what it is, in one line. verdict: what a program that has it does. careful: what would be right."""

    about: str
    verdict: str
    level: Level
    careful: str


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "paid-again": Rule(
            about="A paid request is sent again although the first one may have been accepted.",
            verdict="pays again",
            level="error",
            careful="It stops, says that the outcome is unknown, and leaves it to its user to look before paying again; "
            "or it sends the documented token that makes a repetition harmless.",
        ),
        "charge-unseen": Rule(
            about="A paid request of unknown outcome is passed over as if all were well.",
            verdict="hides a charge",
            level="error",
            careful="It ends with an error that says that the request may have been accepted and billed.",
        ),
        "job-lost": Rule(
            about="A paid job is given up, and nobody is told its id.",
            verdict="loses a job",
            level="error",
            careful="It asks again after a failed poll, since polls are free; when it gives up, it names the job's id "
            "so that the result can be fetched later.",
        ),
        "end-missed": Rule(
            about="A documented end of a job is not taken for one.",
            verdict="misses an end",
            level="error",
            careful="It knows every documented end, stops asking when it is told one, and ends with an error where "
            "there is no result.",
        ),
        "waits-on": Rule(
            about="The program waits for what does not come.",
            verdict="waits on",
            level="error",
            careful="Every request and every job has a deadline; at the end of it the job's id is named.",
        ),
        "result-left": Rule(
            about="A paid result is neither fetched nor handed to anybody.",
            verdict="leaves results",
            level="warning",
            careful="It fetches results at once, since providers keep them for some time only.",
        ),
        "result-broken": Rule(
            about="A result that never came whole is taken for one that did.",
            verdict="takes half",
            level="error",
            careful="It asks again for a file that is not there yet or that breaks off, which costs nothing, and ends with "
            "an error when it has none.",
        ),
        "key-astray": Rule(
            about="The key is shown to somebody who has no business with it.",
            verdict="shows the key",
            level="error",
            careful="It shows the key to the provider's own address alone, in the documented place, and over TLS.",
        ),
        "refused": Rule(
            about="A request is none that the documents allow.",
            verdict="is refused",
            level="error",
            careful="It checks requests against the documented limits before they are sent.",
        ),
        "polls-fast": Rule(
            about="Jobs are asked about more often than the documents say.",
            verdict="polls fast",
            level="warning",
            careful="It keeps to the documented first poll and pauses.",
        ),
        "too-soon": Rule(
            about="A request is sent again before the moment that the provider gave.",
            verdict="returns too soon",
            level="warning",
            careful="It waits as long as the reply asks it to.",
        ),
        "elsewhere": Rule(
            about="Somebody else was asked; the request did not leave this machine.",
            verdict="asks elsewhere",
            level="note",
            careful="It asks nobody but the provider, or is run with what else it needs in place.",
        ),
        "fails-alone": Rule(
            about="The program does not end well where nothing goes wrong.",
            verdict="fails",
            level="error",
            careful="It ends with status 0 when all is well.",
        ),
        "scenario": Rule(about="A run in which nothing was found.", verdict="clean", level="none", careful=""),
    }
)
