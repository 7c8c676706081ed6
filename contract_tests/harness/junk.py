"""Strategies of what a server should never send and a caller should never pass."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from proviso.answers.documented import Answer, Reaction
from proviso.drawing import drawing
from proviso.drawing.drawing import Draw, Picks
from proviso.oracle.exact import plain

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**63, 2**200, 0.5, 1e308, "", " ", "0", "x" * 3000, "\x00", "🦄", "//", "javascript:a()"]),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["data", "code", "id", "status", "output", "error", "", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=8,
)
_NO_JSON = (
    b"", b" ", b"{", b"[1,", b"nul", b"<html><body>502 Bad Gateway</body></html>", b"\xff\xfe\x00", b"NaN", b"{'a': 1}",
    b"\x89PNG\r\n", b"[" * 100_000, b'{"code": ' + b"9" * 5000 + b"}", b'{"a": 1e9999999999999999999}', b'{"code": 200} trailing',
)  # fmt: skip


def no_json(documented: Answer) -> st.SearchStrategy[Answer]:
    """Return a strategy of replies that are no JSON: HTML, nothing, or the documented reply cut short."""

    def drawn(draw: Draw) -> Answer:
        pick = Picks(draw)
        cut = documented.content[: pick.of(range(len(documented.content)))]
        content = pick.of((pick.of(_NO_JSON), cut))
        media_type = pick.of(("application/json", "text/html", ""))
        return Answer(status=documented.status, content=content, media_type=media_type)

    return drawing.by(drawn)


def spoilt(documented: Reaction | None) -> st.SearchStrategy[Answer]:
    """Return a strategy of documented replies in which one value, anywhere, is something else or gone."""
    assert isinstance(documented, Answer)
    body: object = json.loads(documented.content)
    ways = list(_ways(body, ()))
    status, media_type = documented.status, documented.media_type

    def drawn(draw: Draw) -> Answer:
        pick = Picks(draw)
        changed = _changed(body, pick.of(ways), draw(JSON), gone=pick.of((False, True)))
        content = json.dumps(changed).encode()
        return Answer(status=status, content=content, media_type=media_type)

    return drawing.by(drawn)


def _ways(node: object, at: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    match node:
        case dict():
            return [at, *(way for name, member in node.items() for way in _ways(member, (*at, str(name))))]
        case list():
            return [at, *(way for index, item in enumerate(node) for way in _ways(item, (*at, index)))]
        case _:
            return [at]


def _changed(node: object, way: tuple[str | int, ...], value: object, *, gone: bool) -> object:
    if not way:
        return plain(value)
    step, rest = way[0], way[1:]
    match node, step:
        case dict(), str():
            kept = {name: member for name, member in node.items() if not (gone and not rest and name == step)}
            return {name: _changed(one, rest, value, gone=gone) if name == step else one for name, one in kept.items()}
        case list(), int():
            return [_changed(one, rest, value, gone=gone) if at == step else one for at, one in enumerate(node)]
        case _:
            return node
