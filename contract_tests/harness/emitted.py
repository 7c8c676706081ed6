"""All that a client lets out beside what it returns: the log, exceptions with their notes and causes, and texts of objects."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from harness import callbacks, keys
from harness.subjects import Params, Subject

PROMPT = "a heron of the tests among reeds"
_WINDOW = 16  # characters of the prompt that are known again
_SECRETS = (
    keys.KEY,
    quote(keys.KEY, safe=""),
    keys.SIGNER,
    callbacks.SHARED,
    base64.b64encode(callbacks.SHARED.encode()).decode(),
    "s3cret",
    *(PROMPT[at : at + _WINDOW] for at in range(len(PROMPT) - _WINDOW + 1)),
)
_TOKEN = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+", re.ASCII)


class Ear(logging.Handler):
    """Hears everything that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as it would be written, and what it is written from."""
        self.lines.append(f"{self.format(record)} {record.args!r}")

    @contextmanager
    def listening(self) -> Iterator[Ear]:
        """Hear all levels until the block ends."""
        root = logging.getLogger()
        level = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        try:
            yield self
        finally:
            root.removeHandler(self)
            root.setLevel(level)


def prompted(subject: Subject, params: Params) -> dict[str, object]:
    """Return a request with a prompt that is known again wherever it is read, as far as it takes one."""
    found = dict(params)
    for name in subject.free_texts:
        tried = {**found, name: PROMPT}
        if name in found and not subject.module.violations(tried):
            found = tried
    return found


def texts(error: BaseException) -> Iterator[str]:
    """Yield what an exception and those behind it say."""
    seen: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is not None and one not in seen:
            seen.append(one)
            left += (one.__cause__, one.__context__)
            yield from (str(one), repr(one), *notes(one))


def notes(error: BaseException) -> list[str]:
    """Return the notes of an exception."""
    return list(getattr(error, "__notes__", []))


def secrets(text: str) -> list[str]:
    """Return what of a text nobody should read."""
    return [one for one in _SECRETS if one in text] + (_TOKEN.findall(text) if "eyJ" in text else [])
