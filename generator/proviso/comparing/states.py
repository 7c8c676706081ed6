"""Words for states, pixels of sizes, settings and refusals: what one more, one less or another of them means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from proviso import ir
from proviso.comparing.changes import Change, Verdict, breaking, compatible, information
from proviso.comparing.here import Here
from proviso.comparing.spoken import spoken
from proviso.comparing.walk import appearing, compare, comparer, parts

_WAITING = ("queued", "running")
_Billed: TypeAlias = "bool | ir.Unknown | None"


@comparer(ir.State)
def _state(here: Here, old: ir.State, new: ir.State) -> Iterator[Change]:
    before, after = ({(type(word), word): (word, phase) for word, phase in one.phases} for one in (old, new))
    found = []
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if one != other:
            word = (one or other or ("",))[0]
            found.append(
                _word(here.into(f"phases[{spoken(word)}]", old, new), word, one and one[1], other and other[1])
            )
    yield from found
    if not found:
        yield from compare(here.into("phases", old, new), old.phases, new.phases)
    yield from parts(here, old, new, apart=("phases",))


def _word(here: Here, word: ir.Scalar, old: ir.Phase | None, new: ir.Phase | None) -> Change:
    if old is None:
        waits = "clients made before wait on, as they do for every word that they do not know"
        ends = "clients made before wait for such a job until their deadline: make them anew"
        says = f"jobs may say {{word}} as well, which means {{new}}; {waits if new in _WAITING else ends}"
        verdict = compatible(says)
    elif new is None:
        verdict = (
            compatible("jobs no longer say {word} ({old}); a client that hears it waits on")
            if old in _WAITING
            else breaking("{word} no longer means {old}: a job that says it is waited for until the deadline")
        )
    elif old in _WAITING and new in _WAITING:
        verdict = information("{word} means {new} in place of {old}: jobs are waited for as before")
    else:
        verdict = breaking("{word} means {new} in place of {old}: clients made before take such a job for {old}")
    return here.change(verdict, old=old, new=new, word=word)


@comparer(ir.SizeRow)
def _row(here: Here, old: ir.SizeRow, new: ir.SizeRow) -> Iterator[Change]:
    row = " ".join(new.values)
    before, after = ("x".join(map(str, one.pixels)) for one in (old, new))
    verdict = breaking("{row} comes as {new} in place of {old}: the same request gives other pixels")
    yield here.change(verdict, old=before, new=after, row=row)


@appearing(ir.Setting)
def _setting(here: Here, one: ir.Setting, *, added: bool) -> Iterator[Change]:
    if not added:
        yield here.change(here.fact.removed or here.fact.changed, old=one)
    elif one.required and one.default is None:
        yield here.change(
            breaking("no client is made without this setting: give it, or set its variable: {new}"), new=one
        )
    else:
        yield here.change(compatible("a client may be given one more setting: {new}"), new=one)


@comparer(ir.Errors)
def _errors(here: Here, old: ir.Errors, new: ir.Errors) -> Iterator[Change]:
    yield from _billed(here.into("billed", old, new), old.billed, new.billed, "refused requests")
    yield from parts(here, old, new, apart=("billed",))


@comparer(ir.StatusMeaning)
def _status(here: Here, old: ir.StatusMeaning, new: ir.StatusMeaning) -> Iterator[Change]:
    yield from _refusal(here, old, new, f"requests refused with the status {new.status}")


@comparer(ir.CodeMeaning)
def _code(here: Here, old: ir.CodeMeaning, new: ir.CodeMeaning) -> Iterator[Change]:
    yield from _refusal(here, old, new, f"requests refused with the code {new.code}")


def _refusal(
    here: Here, old: ir.StatusMeaning | ir.CodeMeaning, new: ir.StatusMeaning | ir.CodeMeaning, whom: str
) -> Iterator[Change]:
    yield from _billed(here.into("billed", old, new), old.billed, new.billed, whom)
    if old.retry != new.retry:
        verdict = (
            compatible("{whom} are sent again by themselves")
            if new.retry
            else breaking("{whom} are no longer sent again by themselves")
        )
        yield here.into("retry", old, new).change(verdict, old=old.retry, new=new.retry, whom=whom)
    yield from parts(here, old, new, apart=("billed", "retry"))


def _billed(here: Here, old: _Billed, new: _Billed, whom: str) -> Iterator[Change]:
    told = [one if isinstance(one, bool) else None for one in (old, new)]
    if told[0] == told[1]:
        if isinstance(old, ir.Unknown) and isinstance(new, ir.Unknown):
            yield from compare(here, old, new)
        return
    verdicts: dict[bool | None, Verdict] = {
        True: breaking("{whom} are billed from now on"),
        False: compatible(
            "{whom} are free from now on" if told[0] else "{whom} are free: that was not documented before"
        ),
        None: breaking("nothing says any longer that {whom} are free")
        if told[0] is False
        else information("nothing says any longer that {whom} are billed"),
    }
    yield here.change(verdicts[told[1]], old=told[0], new=told[1], rule="billing", whom=whom)
