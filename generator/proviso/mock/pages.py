"""The mock's own pages: its books, what goes wrong at it, a page to read, and its providers as OpenAPI documents."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any

from proviso.answers.documented import Answer
from proviso.diagnostics import did_you_mean
from proviso.mock import faults
from proviso.mock.asking import Asked
from proviso.mock.desk import Desk
from proviso.mock.provider_mock import BOOKS, OWN, Mock

FAULTS = f"{OWN}/faults"
RESET = f"{OWN}/reset"
OPENAPI = f"{OWN}/openapi"

_SHOWN = 50  # requests on the page to read, the youngest


class Pages:
    """What the mock tells of itself."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock
        self._pages: Mapping[str, Mapping[str, Callable[[Asked], Answer]]] = {
            OWN: {"GET": self._index},
            f"{OWN}/": {"GET": self._index},
            BOOKS: {"GET": self._books},
            RESET: {"POST": self._reset},
            FAULTS: {"GET": self._faults, "POST": self._break, "DELETE": self._mend},
        }

    def answer(self, asked: Asked) -> Answer | None:
        """Answer a request for a page; None where it is for none."""
        if not asked.path.startswith(OWN):
            return None
        if asked.path.startswith(f"{OPENAPI}/"):
            return self._openapi(asked)
        verbs = self._pages.get(asked.path)
        if verbs is None:
            return None
        page = verbs.get("GET" if asked.verb == "HEAD" else asked.verb)
        if page is None:
            allowed = ", ".join(verbs)
            return _text(405, f"Use {' or '.join(verbs)}.", headers={"Allow": allowed})
        return page(asked)

    def _books(self, _asked: Asked) -> Answer:
        return _json(self._mock.books())

    def _reset(self, _asked: Asked) -> Answer:
        self._mock.reset()
        return _json({"reset": list(self._mock.desks)})

    def _faults(self, _asked: Asked) -> Answer:
        return _json({name: [faults.written(one) for one in desk.faults] for name, desk in self._mock.desks.items()})

    def _break(self, asked: Asked) -> Answer:
        """Let faults happen from now on: one a line, or as JSON; of every provider, or of the one in the query."""
        try:
            found = faults.parse_all(_listed(asked))
            desks = self._asked_for(asked)
        except ValueError as wrong:
            return _text(400, str(wrong))
        for desk in desks:
            desk.faults.replace(found)
        return self._faults(asked)

    def _mend(self, asked: Asked) -> Answer:
        for desk in self._mock.desks.values():
            desk.faults.replace(())
        return self._faults(asked)

    def _asked_for(self, asked: Asked) -> list[Desk]:
        named = [value for name, value in asked.query if name == "provider"]
        for name in named:
            if name not in self._mock.desks:
                raise ValueError(f"there is no provider {name!r} here{did_you_mean(name, self._mock.desks)}")
        return [self._mock.desks[name] for name in named or self._mock.desks]

    def _openapi(self, asked: Asked) -> Answer:
        name = asked.path.removeprefix(f"{OPENAPI}/").removesuffix(".json")
        desk = self._mock.desks.get(name)
        if desk is None:
            known = ", ".join(f"{OPENAPI}/{one}.json" for one in self._mock.desks)
            return _text(404, f"There are {known}.")
        if asked.verb not in ("GET", "HEAD"):
            return _text(405, "Use GET.", headers={"Allow": "GET"})
        from proviso.mock import described  # here, because few ask for it

        return _json(described.document(desk.provider, base_url=self._mock.base_url(name, origin=asked.origin)))

    def _index(self, asked: Asked) -> Answer:
        parts = [
            f"<!doctype html><html lang=en><meta charset=utf-8><title>proviso mock</title><style>{_STYLE}</style>",
            f"<h1>Documented providers</h1><p><a href={BOOKS}>books</a> · <a href={FAULTS}>faults</a></p>",
        ]
        for name, desk in self._mock.desks.items():
            parts += self._shown(name, desk, asked)
        content = "\n".join(parts).encode()
        return Answer(content=content, media_type="text/html; charset=utf-8", headers=_SAFE)

    def _shown(self, name: str, desk: Desk, asked: Asked) -> list[str]:
        money = desk.books.account
        rows = [
            f"<tr><td>{one.number}<td>{html.escape(f'{one.verb} {one.path}')}<td>{one.operation}"
            f"<td>{one.status or 'no reply'}<td>{html.escape(one.fault or one.remark or '')}"
            for one in itertools.islice(reversed(desk.books.requests), _SHOWN)
        ]
        charged = html.escape(f"charged {money.charged} {money.currency}")
        return [
            f"<h2>{html.escape(desk.provider.title)}</h2>",
            f"<p><code>{html.escape(self._mock.base_url(name, origin=asked.origin))}</code></p>",
            f"<p><a href={OPENAPI}/{name}.json>OpenAPI</a> · {charged}</p>",
            "<ul>",
            *(f"<li>{html.escape(model.title)} <code>{html.escape(model.id)}</code>" for model in desk.provider.models),
            "</ul>",
            *(["<table><tr><th>#<th>request<th>call<th>status<th>", *rows, "</table>"] if rows else []),
        ]


_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}
table{border-collapse:collapse}td,th{padding:.1em .8em .1em 0;text-align:left}"""
_SAFE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "no-store"}


def _listed(asked: Asked) -> list[str]:
    """Return the faults in a body: lines, or a list in JSON. Raises ValueError."""
    if asked.media_type == "application/json":
        found = asked.document
        listed = found.get("faults") if isinstance(found, dict) else found
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise ValueError('a list of faults is like ["poll:502 x2"]')
        return listed
    return [line for line in asked.body.decode(errors="replace").splitlines() if line.strip()]


def _json(value: Any) -> Answer:
    return Answer(content=json.dumps(value, indent=2, ensure_ascii=False, default=str).encode() + b"\n")


def _text(status: int, text: str, *, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(
        status=status, content=f"{text}\n".encode(), media_type="text/plain; charset=utf-8", headers=headers or {}
    )
