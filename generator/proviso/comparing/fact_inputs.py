"""How facts about parameters, rules and sizes are judged; limits of values have comparers of their own."""

from __future__ import annotations

from collections.abc import Mapping

from proviso import ir
from proviso.comparing.changes import breaking, compatible, information
from proviso.comparing.here import Fact

WORDS = Fact(rule="words", what="the wording", changed=information("reads otherwise; nothing else is another"))
SOURCES = Fact(
    rule="source", what="the page", changed=information("the page that says so is another: {new} in place of {old}")
)
ASSUMED = Fact(
    rule="assumed",
    what="an assumption",
    changed=information("what is assumed reads otherwise"),
    added=information("rests on an assumption from now on: {new}"),
    removed=information("is documented now; it was assumed"),
)

INPUTS: Mapping[tuple[type, str], Fact] = {
    (ir.Parameter, "wire"): Fact(
        rule="parameter",
        what="the name on the wire",
        changed=breaking("bodies that say {old} are refused from now on: the name on the wire is {new}"),
    ),
    (ir.Parameter, "kind"): Fact(
        rule="type",
        what="the type",
        changed=breaking("{what} takes {new} in place of {old}: other values are refused from now on"),
    ),
    (ir.Parameter, "description"): WORDS,
    (ir.Parameter, "on_wire"): Fact(
        rule="default-on-wire",
        what="whether the default is sent",
        changed=compatible("the default is sent {new} in place of {old}: bodies differ, and mean the same"),
        added=compatible("the default is {new} sent from now on: bodies differ, and mean the same"),
        removed=compatible("the default is sent where it is given, no longer {old}: bodies differ, and mean the same"),
    ),
    (ir.Parameter, "advice"): Fact(
        rule="advice",
        what="advice",
        changed=information("other values are advised against: {new} in place of {old}; no request is refused for it"),
        added=information("some values are advised against ({new}); no request is refused for it"),
        removed=information("nothing is advised against any longer ({old} before)"),
    ),
    (ir.Parameter, "examples"): Fact(
        rule="example", what="an example", changed=information("the documented examples are others"), many="whole"
    ),
    (ir.Parameter, "deprecated"): Fact(
        rule="deprecated",
        what="the notice that it is on its way out",
        changed=information("is still on its way out: {new}"),
        added=information("still works, and is on its way out: {new}"),
        removed=information("is no longer on its way out"),
    ),
    (ir.Parameter, "unit"): Fact(
        rule="unit",
        what="the unit",
        changed=information("is counted in {new} in place of {old} where prices are reckoned"),
    ),
    (ir.Parameter, "assumed"): ASSUMED,
    (ir.Parameter, "sources"): SOURCES,
    (ir.Stated, "sources"): SOURCES,
    (ir.Sizes, "by"): Fact(
        rule="sizes",
        what="what sizes go by",
        changed=breaking("pixels go by {new} in place of {old}"),
        many="whole",
    ),
    (ir.Sizes, "rows"): Fact(
        rule="sizes",
        what="a row of the table of sizes",
        changed=breaking("the same request gives other pixels: {new} in place of {old}"),
        added=compatible("the pixels of one more combination are known before it is paid for: {new}"),
        removed=breaking("nothing says any longer which pixels come of {old}"),
    ),
    (ir.Sizes, "partial"): Fact(
        rule="sizes",
        what="why rows are missing",
        changed=information("why some combinations have no pixels reads otherwise"),
    ),
}
"""Of the types that rules are made of, `Stated` alone has entries: rules are compared as whole sentences."""
