"""What must not be kept of requests and replies: keys, and the signatures of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

GONE = "***"

_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
_SHORT = 4  # characters; what is shorter is no secret, and stands everywhere


class Veil:
    """Replaces what is secret. secrets: the texts themselves."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {one for one in secrets if len(one) >= _SHORT}
        self._known = sorted(known | {quote(one, safe="") for one in known}, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Return a text without secrets, and its addresses without their queries."""
        for one in self._known:
            text = text.replace(one, GONE)
        return _ADDRESS.sub(lambda found: address(found[0]), text)

    def value(self, value: object) -> object:
        """Return JSON without secrets."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.text(str(name)): self.value(one) for name, one in value.items()}
            case list():
                return [self.value(one) for one in value]
            case _:
                return value


def address(url: str) -> str:
    """Return an address without its query and who it is for; a call's own query stays where it tells nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return GONE
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" + (f"?{GONE}" if parts.query else "")
