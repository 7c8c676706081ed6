"""Parameters that came, went, or are others: what becomes of the requests that people send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proviso import ir
from proviso.comparing.changes import Change, breaking, compatible, information
from proviso.comparing.facts import FACTS
from proviso.comparing.here import Here
from proviso.comparing.kinds import kinds
from proviso.comparing.walk import alike, appearing, comparer, parts


@comparer(ir.Parameter)
def _parameter(here: Here, old: ir.Parameter, new: ir.Parameter) -> Iterator[Change]:
    yield from kinds(replace(here, fact=replace(FACTS[ir.Parameter, "kind"], what=_name(here))), old.kind, new.kind)
    if old.required != new.required:
        verdict = (
            breaking("requests without {name} are refused from now on")
            if new.required
            else compatible("{name} may be left out from now on")
        )
        yield here.into("required", old, new).change(
            verdict, old=old.required, new=new.required, rule="required", name=_name(here)
        )
    yield from _default(here.into("default", old, new), old, new)
    yield from parts(here, old, new, apart=("kind", "required", "default"))


def _default(here: Here, old: ir.Parameter, new: ir.Parameter) -> Iterator[Change]:
    before, after = old.default, new.default
    if alike(before, after):
        return
    if before is None:
        sent = new.on_wire == "always"
        verdict = (
            breaking("requests without {name} are sent with {new} from now on: their result may be another")
            if sent
            else information("what happens without {name} is documented now: it counts as {new}")
        )
    elif after is None:
        verdict = breaking("nothing says any longer that {name} counts as {old} where it is left out: send it")
    else:
        verdict = breaking("the same request without {name} gives another result: it counts as {new} in place of {old}")
    yield here.change(verdict, old=before, new=after, rule="default", name=_name(here))


@appearing(ir.Parameter)
def _appears(here: Here, one: ir.Parameter, *, added: bool) -> Iterator[Change]:
    if not added:
        verdict = breaking("requests that send {name} are refused from now on: it is gone")
        yield here.change(verdict, old=one, rule="parameter", name=_name(here))
    elif one.required:
        verdict = breaking("requests without {name} are refused from now on: it is new, and required")
        yield here.change(verdict, new=one, rule="parameter", name=_name(here))
    else:
        verdict = compatible("requests may send {name} from now on; those that do not stay as they are")
        yield here.change(verdict, new=one, rule="parameter", name=_name(here))


def _name(here: Here) -> str:
    """Say the way to a parameter as people do, such as `frame.style`."""
    return here.at.removeprefix("parameters.").removesuffix(".default").removesuffix(".required")
