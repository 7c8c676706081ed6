"""How facts about providers and models are judged, apart from what they take, cost and answer."""

from __future__ import annotations

from collections.abc import Mapping

from proviso import ir
from proviso.comparing.changes import breaking, compatible, information
from proviso.comparing.fact_inputs import SOURCES, WORDS
from proviso.comparing.here import Fact

_PAGES = Fact(
    rule="source",
    what="a page",
    changed=information("a page was read anew, or stands elsewhere: {new} in place of {old}"),
    added=information("one more page was read: {new}"),
    removed=information("a page is cited no longer: {old}"),
)
_DOUBT = Fact(
    rule="doubt",
    what="a doubt",
    changed=information("a doubt reads otherwise"),
    added=information("a doubt was raised: {new}"),
    removed=information("a doubt is settled: {old}"),
)
_WITNESS = Fact(
    rule="witness",
    what="a documented example",
    changed=information("a documented example reads otherwise"),
    added=information("one more example is documented"),
    removed=information("an example is documented no longer"),
)
_CARRIED = Fact(
    rule="carried",
    what="what every call carries",
    changed=breaking("every call carries {new} in place of {old}: clients made before send the old one"),
    added=breaking("every call carries {new} from now on: clients made before do not"),
    removed=compatible("calls no longer carry {old}"),
)
_MADE = Fact(rule="output", what="what is made", changed=breaking("a request makes {new} in place of {old}"))
_ACCESS = Fact(
    rule="auth",
    what="a way to show the key",
    changed=breaking("the key is shown otherwise ({new} in place of {old}): clients made before are turned away"),
    added=compatible("the key can be shown in one more way: {new}"),
    removed=breaking("the key can no longer be shown so: {old}"),
)

_VARIABLE = Fact(
    rule="auth",
    what="the variable that holds the key",
    changed=breaking("the key is read from {new} in place of {old}: set that variable"),
)

MODELS: Mapping[tuple[type, str], Fact] = {
    **{(way, "variable"): _VARIABLE for way in (ir.HeaderKey, ir.QueryKey, ir.BodyKey, ir.Signature, ir.Jwt)},
    **{(way, "secret_variable"): _VARIABLE for way in (ir.Signature, ir.Jwt)},
    (ir.Provider, "title"): WORDS,
    (ir.Provider, "base_url"): Fact(
        rule="address",
        what="the address of the provider",
        changed=breaking("calls go to {new} in place of {old}: clients made before, and firewalls, know the old one"),
    ),
    (ir.Provider, "auth"): _ACCESS,
    (ir.Provider, "settings"): Fact(
        rule="setting",
        what="a setting",
        changed=breaking("a setting is {new} in place of {old}"),
        removed=breaking("a client is made without this setting: leave {old} out"),
    ),
    (ir.Setting, "description"): WORDS,
    (ir.Setting, "variable"): Fact(
        rule="setting",
        what="the variable",
        changed=breaking("the setting is read from {new} in place of {old}: set that variable"),
    ),
    (ir.Setting, "values"): Fact(
        rule="setting",
        what="a value of a setting",
        changed=breaking("the setting takes {new} in place of {old}"),
        added=compatible("the setting may be {new} as well"),
        removed=breaking("the setting can no longer be {old}"),
    ),
    (ir.Setting, "default"): Fact(
        rule="setting",
        what="the default of a setting",
        changed=breaking("clients that do not say otherwise go by {new} in place of {old}"),
        added=compatible("clients that do not say otherwise go by {new}"),
        removed=breaking("a client must be given this setting; it was {old} by itself"),
    ),
    (ir.Setting, "required"): Fact(
        rule="setting",
        what="whether a setting is required",
        changed=breaking("required is {new} in place of {old}"),
        more=breaking("no client is made without this setting from now on: give it, or set its variable"),
        less=compatible("a client may be made without this setting"),
    ),
    (ir.Setting, "example"): WORDS,
    (ir.Setting, "sources"): SOURCES,
    (ir.Provider, "origins"): Fact(
        rule="address",
        what="a further origin of the provider's",
        changed=breaking("the key is shown to {new} in place of {old}"),
        added=compatible("the key is shown to {new} as well"),
        removed=breaking("the key is no longer shown to {old}: what lies there cannot be fetched with it"),
    ),
    (ir.Provider, "headers"): _CARRIED,
    (ir.Provider, "query"): _CARRIED,
    (ir.Model, "headers"): _CARRIED,
    (ir.Model, "query"): _CARRIED,
    (ir.Provider, "envelope"): Fact(
        rule="envelope",
        what="the wrapper of replies",
        changed=breaking("replies are wrapped otherwise ({new} in place of {old}): clients made before misread them"),
    ),
    (ir.Provider, "reply_headers"): Fact(
        rule="reply-header",
        what="a header of replies",
        changed=breaking("what a header tells stands at {new} in place of {old}"),
        added=compatible("one more header of replies is read: {new}"),
        removed=breaking("a header of replies is no longer read: {old}"),
    ),
    (ir.Provider, "sources"): _PAGES,
    (ir.Model, "sources"): SOURCES,
    (ir.Provider, "doubts"): _DOUBT,
    (ir.Model, "doubts"): _DOUBT,
    (ir.Model, "replies"): _WITNESS,
    (ir.Model, "witnesses"): _WITNESS,
    (ir.Model, "title"): WORDS,
    (ir.Model, "summary"): WORDS,
    (ir.Model, "id"): Fact(
        rule="model",
        what="the id of the model",
        changed=breaking(
            "requests go to the model {new} in place of {old}: other pictures, and open jobs stay with the old one"
        ),
    ),
    (ir.Model, "name"): Fact(
        rule="model",
        what="the name of the model",
        changed=breaking("the model is imported as {new} in place of {old}; its id is the same"),
    ),
    (ir.Model, "deprecated"): Fact(
        rule="deprecated",
        what="the notice that the model is on its way out",
        changed=information("the model is still on its way out: {new}"),
        added=information("the model still works, and is on its way out: {new}"),
        removed=information("the model is no longer on its way out"),
    ),
    (ir.Model, "output"): _MADE,
    (ir.Output, "kind"): Fact(
        rule="output", what="the kind of results", changed=breaking("results are of the kind {new} in place of {old}")
    ),
    (ir.Output, "count"): Fact(
        rule="output",
        what="how many results come",
        changed=breaking("how many results come is said by {new} in place of {old}"),
    ),
    (ir.Output, "at_most"): Fact(
        rule="output",
        what="whether fewer may come",
        changed=breaking("whether fewer results may come than are asked for is {new} now"),
        more=breaking("fewer results may come than are asked for, and are no mistake"),
        less=compatible("as many results come as are asked for"),
    ),
    (ir.Output, "media_type"): Fact(
        rule="output",
        what="the format of results",
        changed=breaking("the format of results is told by {new} in place of {old}"),
        added=compatible("the format of results is known before they come: {new}"),
        removed=information("the format of results is no longer known before they come"),
    ),
    (ir.TypeBy, "types"): Fact(
        rule="output",
        what="the media type of a format",
        changed=breaking("results come as {new} in place of {old}"),
        added=compatible("one more format is known: {new}"),
        removed=breaking("one format is no longer known: {old}"),
    ),
    (ir.Output, "pixels"): Fact(
        rule="output",
        what="whether results have the pixels that a request names",
        changed=information("delivered pixels are compared by {new} in place of {old}; no request is refused for it"),
    ),
    (ir.Model, "parameters"): Fact(
        rule="parameter", what="a parameter", changed=breaking("the parameter is {new} in place of {old}")
    ),
    (ir.Model, "rules"): Fact(rule="rule", what="a rule", changed=breaking("a rule is {new} in place of {old}")),
    (ir.Model, "body"): Fact(
        rule="body",
        what="the body",
        changed=breaking(
            "{at} holds {new} in place of {old}: bodies written by hand, and by clients made before, are refused"
        ),
    ),
    (ir.Model, "beside"): Fact(
        rule="body",
        what="what travels beside the body",
        changed=breaking("{at} holds {new} in place of {old}: clients made before send it otherwise"),
    ),
    (ir.Model, "encoding"): Fact(
        rule="body", what="the encoding of the body", changed=breaking("bodies travel as {new} in place of {old}")
    ),
    (ir.Model, "resend_for"): Fact(
        rule="resend",
        what="how long a request may be sent again",
        changed=breaking("a request whose outcome is unknown is sent again for {new} in place of {old}"),
        added=compatible("a request whose outcome is unknown is sent again for {new}, and starts nothing twice"),
        removed=breaking(
            "a request whose outcome is unknown is no longer sent again ({old} before): look for its result by hand"
        ),
        more=compatible("a request whose outcome is unknown is sent again for {new} in place of {old}"),
        seconds=True,
    ),
    (ir.Model, "sizes"): Fact(
        rule="sizes",
        what="the table of sizes",
        changed=breaking("the table of sizes is another"),
        added=compatible("the pixels of a request are known before it is paid for"),
        removed=breaking("nothing says any longer which pixels come of a request"),
    ),
    (ir.Model, "price"): Fact(
        rule="price", what="the price", changed=breaking("the price is {new} in place of {old}: reckon budgets anew")
    ),
}
