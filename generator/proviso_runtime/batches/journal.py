"""What has become of the requests of a batch, one line of JSON each time one has ended: results.jsonl."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeAlias

from proviso_runtime import quotes, shapes
from proviso_runtime.ledger.entries import State

_BLOCK = 1 << 16  # bytes

Outcome: TypeAlias = State | Literal["unsaved"]
"""As in the ledger; `unsaved` has succeeded, and its results could not be fetched or written yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a request has ended, as far as is known. files: their names in the folder. why: what kept it from more.

    gone: the provider knows nothing of its job.
    """

    line: int
    reference: str
    state: Outcome
    job_id: str | None = None
    files: tuple[str, ...] = ()
    charge: quotes.Charge | None = None
    quote: quotes.Quote | None = None
    why: str | None = None
    gone: bool = False

    def as_json(self) -> dict[str, object]:
        """Give it as it is written down."""
        charge, quote = self.charge, self.quote
        return {
            "line": self.line,
            "reference": self.reference,
            "state": self.state,
            "job_id": self.job_id,
            "files": list(self.files),
            "charge": None
            if charge is None
            else {"amount": str(charge.amount), "currency": charge.currency, "by": charge.by},
            "quote": None
            if quote is None
            else {"least": _text(quote.least), "most": _text(quote.most), "currency": quote.currency},
            "why": self.why,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the journal says of a request."""

    reference: str
    state: str
    files: tuple[str, ...]
    job_id: str | None


class Journal:
    """The journal of a batch, to add to. A line that a kill has cut off is removed first."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        _mend(self._file)

    def add(self, ending: Ending) -> None:
        """Write down how a request has ended. Raises OSError."""
        content = json.dumps(ending.as_json(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        while content:  # a full disk may take a part
            content = content[os.write(self._file, content) :]

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()


def read(path: Path) -> Iterator[Told]:
    """Yield what a journal says, oldest first; what cannot be read says nothing."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        for line in file:
            if (told := _told(line)) is not None:
                yield told


def _told(line: bytes) -> Told | None:
    try:
        found: object = json.loads(line)
    except ValueError:
        return None
    if not shapes.is_object(found):
        return None
    reference, state, job_id, files = (found.get(name) for name in ("reference", "state", "job_id", "files"))
    if not isinstance(reference, str) or not isinstance(state, str) or not shapes.is_array(files):
        return None
    # A name and no path: nothing outside the folder is meant.
    names = tuple(one for one in files if isinstance(one, str) and Path(one).name == one)
    return Told(reference=reference, state=state, files=names, job_id=job_id if isinstance(job_id, str) else None)


def _mend(file: int) -> None:
    """Cut off what stands behind the last end of a line."""
    size = end = os.lseek(file, 0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _BLOCK)
        os.lseek(file, start, os.SEEK_SET)
        block = os.read(file, end - start)
        if (at := block.rfind(b"\n")) >= 0:
            end = start + at + 1
            break
        end = start
    if end < size:
        os.ftruncate(file, end)


def _text(amount: object) -> str | None:
    return None if amount is None else str(amount)
