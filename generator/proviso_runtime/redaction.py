"""Keep keys, prompts and signed addresses out of what gets printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from proviso_runtime.jsontext import Json

_ADDRESS = re.compile(r"""(https?://)(?:[^\s/?#"'<>@]*@)?([^\s?#"'<>]*)([?#][^\s"'<>]*)?""", re.IGNORECASE)
_TOKEN = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_JWT = re.compile(r"eyJ[\w-]{4,}\.eyJ[\w-]{4,}\.[\w-]{4,}", re.ASCII)
_SHOWN = 300  # characters of a provider's message in the text of an exception
_STATE = 64  # characters of a state in the text of an exception
_REMEMBERED = 20_000  # characters of one text of the request; an image in base64 has millions
_BASE64 = re.compile(r"[\w+/-]{40,}={0,2}", re.ASCII)
_WINDOW = 12  # an echo of that many characters of the request counts as a quotation


@dataclass(frozen=True, slots=True)
class Discretion:
    """What must not be printed: keys, and what the request says. request None: not known.

    keys: the key in each of its spellings, and the secret; longer ones come first.
    """

    keys: tuple[str, ...] = field(repr=False)
    request: tuple[str, ...] | None = field(default=None, repr=False)

    def about(self, body: Json) -> Discretion:
        """Return the discretion that the body of a request asks for."""
        texts = {" ".join(text[:_REMEMBERED].split()) for text in _texts(body)}
        return replace(self, request=tuple(text for text in texts if len(text) > 2))

    def without_key(self, text: str) -> str:
        """Return text with every key blanked, and every token that may have been made of one."""
        for key in self.keys:
            text = text.replace(key, "…")
        return _JWT.sub("…", text)

    def shown(self, text: str) -> str | None:
        """Return what may be printed of the provider's words; None when the request is not known.

        Providers quote requests, whole or in part. Of a job that another process submitted we do
        not know the prompt, so nothing can be told from a quotation.
        """
        if self.request is None:
            return None
        text = " ".join(without_query(self.without_key(text[:2000])).split())
        if any(len(secret) >= _REMEMBERED for secret in self.request):
            # What lies behind the part of a file that is remembered can be told by its looks alone.
            text = _BASE64.sub("…", text)
        quoted = bytearray(len(text))
        for secret in self.request:
            width = min(len(secret), _WINDOW)
            for at in range(len(text) - width + 1):
                if text[at : at + width] in secret:
                    quoted[at : at + width] = b"\1" * width
        kept = "".join("\0" if mark else letter for mark, letter in zip(quoted, text, strict=True))
        text = re.sub("\0+", "…", kept)
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

    def shown_code(self, code: str | int) -> str:
        """Return what may be printed of a provider's code."""
        if isinstance(code, int):
            return str(code)
        secrets = (*(self.request or ()), *self.keys)
        plain = _TOKEN.fullmatch(code) and not _JWT.search(code) and not any(secret in code for secret in secrets)
        return code if plain else "…"

    def shown_state(self, state: str) -> str:
        """Return what may be printed of the provider's word for a state: a short text that quotes nothing."""
        secrets = (*(self.request or ()), *self.keys)
        plain = len(state) <= _STATE and state.isprintable() and not any(secret in state for secret in secrets)
        return state if plain else "…"


def without_query(text: str) -> str:
    """Return text with the query, fragment and user of every address in it blanked."""
    return _ADDRESS.sub(lambda found: found[1] + found[2] + ("?…" if found[3] else ""), text)


def _texts(body: Json) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for item in body:
            yield from _texts(item)
    elif isinstance(body, dict):
        for member in body.values():
            yield from _texts(member)
