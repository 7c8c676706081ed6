"""Strategies of access: how a key is shown, what clients are set to, and what every call carries.

Names come from pools that share none, so that nothing in a request has two meanings.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .building import Spec
from .random_texts import HOSTILE, constants, maybe, prose, some

KEY_HEADERS = ("Authorization", "x-api-key", "X-'Key'", "K|1", "x_key", "`~")
KEY_MEMBERS = ("key", "api_key", "k[1]", "$key", "~", "class")
SIGNED_HEADERS = ("X-Sign", "x-nonce", "X-TIME", "Signature")
SIGNED_MEMBERS = ("sign", "Nonce", "time[s]")
# In a body, where no member of another meaning ends so.
BODY_MEMBERS = ("apiKey!", '"""!', "\\!", "é!", "'!")
HEADERS = ("X-Release", "x-tenant", "'", "X.Y", "A|B")
MEMBERS = ("api-version", "v", "$top", "a[b]", "for")
SETTINGS = ("region", "project", "int", "dict", "type", "tenant_2", "protocol", "clients", "none", "settings")
VALUES = ("eu", "us-east-1", "A", "a.b", "x_1", "None", "0", "-")
LABELS = ("eu", "us-east-1", "A", "0x1F")
_VARIABLES = ("ACME_KEY", "A", "KEY_2", "PATH_TO_KEY", "ACME_", "Z9")

# What may stand in a header as it is.
plain = st.sampled_from(["a", '"""', "\\", "'", "16:9", "a  b", "#", "%7B", "~", "a=b;c, d", "None"])


@st.composite
def providers(draw: st.DrawFn, *, keys_in_bodies: bool) -> Spec:
    """Draw what a provider says about access.

    keys_in_bodies: whether every body has objects alone, which could show a key.
    """
    settings = draw(_settings())
    names = list(settings)
    ways = draw(_ways(keys_in_bodies=keys_in_bodies))
    host = f"{{{names[0]}}}.api.acme.example" if names and _is_label(settings[names[0]]) else "api.acme.example"
    path = draw(st.sampled_from(["", "/v1", "/v1/", *(f"/p/{{{name}}}/é" for name in names[1:])]))
    further = [
        "https://jobs.acme.example",
        f"https://{{{names[0]}}}.cdn.acme.example:8443" if names else "http://a.example",
    ]
    own = {"headers": draw(headers(names)), "query": draw(queries(names))}
    if names:
        # Every setting stands somewhere.
        own["query"] = {**own["query"], **{f"s{at}": f"{{{name}}}" for at, name in enumerate(names)}}
    if draw(maybe):
        # It may be missing, and so stands in no address.
        settings["crew"] = {"required": False, "example": "7", "variable": "ACME_CREW", "description": draw(prose)}
        own["query"] = {**own["query"], "crew": "{crew}"}
    return {
        "base_url": f"https://{host}{path}",
        "auth": ways[0] if len(ways) == 1 else ways,
        **({"settings": settings} if settings else {}),
        **_filled(own),
        **draw(rates(least=5)),
        **some(
            draw,
            origins=further[: draw(st.integers(1, 2))] if not names or _is_label(settings[names[0]]) else further[:1],
        ),
    }


@st.composite
def models(draw: st.DrawFn) -> Spec:
    """Draw what every call of one model carries in place of what those of its provider do."""
    return {**_filled(some(draw, headers=draw(headers([])), query=draw(queries([])))), **draw(rates(least=1))}


@st.composite
def rates(draw: st.DrawFn, *, least: int) -> Spec:
    """Draw rate limits, none of which says what another one does. least: how many are let in, or up to twice as many."""
    many = st.integers(least, 2 * least - 1) | st.just(f"{least} to {least + 1}")
    limits: list[Spec] = [
        {"requests": 100 * least, "per": "1.5h"},
        {"submissions": draw(many), "per": "100ms", **some(draw, says=draw(prose))},
        {"jobs": draw(many), **some(draw, assumed=draw(prose))},
    ]
    chosen = [one for one in limits if draw(maybe)]
    if not chosen:
        return draw(st.sampled_from([{}, {"rate": {"unknown": "It says nothing."}}]))
    return {"rate": chosen[0] if len(chosen) == 1 and draw(maybe) else chosen}


@st.composite
def headers(draw: st.DrawFn, settings: list[str]) -> Spec:
    """Draw headers of every call."""
    values: st.SearchStrategy[Any] = plain | maybe | st.integers() | st.decimals(min_value=-9, max_value=9, places=2)
    if settings:
        values |= st.sampled_from([f"{{{name}}}" for name in settings]) | plain.map(
            lambda text: f"{text}/{{{settings[0]}}}"
        )
    return draw(st.dictionaries(st.sampled_from(HEADERS), values, max_size=2))


@st.composite
def queries(draw: st.DrawFn, settings: list[str]) -> Spec:
    """Draw members of the query of every call."""
    values = constants
    if settings:
        values |= st.sampled_from([f"{{{name}}}&é" for name in settings])
    return draw(st.dictionaries(st.sampled_from(MEMBERS), values, max_size=2))


def _filled(members: Spec) -> Spec:
    return {key: value for key, value in members.items() if value}


def _is_label(setting: Spec) -> bool:
    known = [*setting.get("enum", []), setting.get("example", "eu")]
    return all(value in LABELS for value in known)


@st.composite
def _settings(draw: st.DrawFn) -> Spec:
    found: Spec = {}
    for name in draw(st.lists(st.sampled_from(SETTINGS), max_size=2, unique=True)):
        pool = draw(st.sampled_from([LABELS, VALUES]))
        values = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
        said: Spec = {"enum": values, **some(draw, default=values[0])} if draw(maybe) else {"example": values[0]}
        found[name] = {**said, "variable": f"ACME_{name.upper()}", "description": draw(prose)}
    return found


@st.composite
def _ways(draw: st.DrawFn, *, keys_in_bodies: bool) -> list[Spec]:
    forms = ["bearer", "scheme", "header", "query", "hmac", "jwt", *(["body"] if keys_in_bodies else [])]
    chosen = draw(st.lists(st.sampled_from(forms), min_size=1, max_size=3, unique=True))
    variables = iter(draw(st.permutations(_VARIABLES)))
    return [{**_way(draw, form, variables), **some(draw, assumed=draw(prose))} for form in chosen]


def _way(draw: st.DrawFn, form: str, variables: Any) -> Spec:
    variable = next(variables)
    match form:
        case "bearer":
            return {"bearer": variable}
        case "scheme":
            return {"scheme": {draw(st.sampled_from(["Key", "a'b", "`", "Token|1", "#"])): variable}}
        case "header":
            return {"header": {draw(st.sampled_from(KEY_HEADERS)): variable}}
        case "query":
            return {"query": {draw(st.sampled_from(KEY_MEMBERS)): variable}}
        case "jwt":
            return {"jwt": {"key": variable, "secret": next(variables), "lasts": draw(st.sampled_from(["1m", "2.5h"]))}}
        case "body":
            return {"body": {draw(st.sampled_from(BODY_MEMBERS)): variable}}
        case _:
            return {"hmac": _signature(draw, variable, next(variables))}


def _signature(draw: st.DrawFn, key: str, secret: str) -> Spec:
    known = ["verb", "host", "path", "query", "timestamp", "nonce", "key", "body", "body_sha256"]
    parts = draw(st.lists(st.sampled_from(known), min_size=1, max_size=5))
    between = st.sampled_from([one for one in HOSTILE if "{" not in one])
    shown = ["{signature}", *(f"{{{one}}}" for one in ("key", "timestamp", "nonce") if draw(maybe))]
    carriers: dict[str, Spec] = {"headers": {}, "query": {}}
    names = {"headers": iter(SIGNED_HEADERS), "query": iter((*SIGNED_MEMBERS, "further"))}
    for one in shown:
        where = draw(st.sampled_from(["headers", "query"]))
        before = draw(plain) if where == "headers" else draw(between)
        carriers[where][next(names[where])] = f"{before}{one}{draw(st.sampled_from(['', ',']))}"
    used = {*parts, *(one[1:-1] for one in shown)}
    return {
        "key": key,
        "secret": secret,
        "algorithm": draw(st.sampled_from(["sha1", "sha256", "sha384", "sha512"])),
        "signs": "".join(f"{{{part}}}{draw(between)}" for part in parts),
        "encode": draw(st.sampled_from(["hex", "base64", "base64url"])),
        **({"timestamp": draw(st.sampled_from(["s", "ms"]))} if "timestamp" in used else {}),
        **({"nonce": "uuid"} if "nonce" in used else {}),
        **_filled(carriers),
    }
