"""The folder of a batch: whose it is, who works in it, and what its files are called.

batch.json      which batch it is; made once
batch.lock      names the process that works on it
results.jsonl   a line for every request that has ended
000001-1.png    the first result of the request of line 1
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from proviso_runtime import files, shapes
from proviso_runtime.batches.lock import Held, Lock

IDENTITY = "batch.json"
LOCK = "batch.lock"
RESULTS = "results.jsonl"

_RESULT = re.compile(r"[0-9]{6,}(-[0-9a-f]{8})?-[0-9]+\.[a-z0-9]+")
_PART = re.compile(r"\.([0-9a-f]{16}|[0-9]{6,}(-[0-9a-f]{8})?-[0-9]+)\.part")


class BatchRefused(Exception):
    """A batch cannot be begun or gone on with. Nothing was sent. pid: who works on it, where that is why."""

    def __init__(self, text: str, *, pid: int | None = None) -> None:
        super().__init__(text)
        self.pid = pid


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which batch a folder is of. sent: whether the ledger was ever told of a request of it."""

    batch: str
    provider: str
    model: str
    sent: bool = False


class Folder:
    """The folder of a batch of requests to a model. Nothing is touched before `claim`."""

    def __init__(self, path: Path, *, provider: str, model: str) -> None:
        self.path = path
        self._provider = provider
        self._model = model
        self._lock: Lock | None = None

    def look(self) -> Identity | None:
        """Return which batch it is; None where none has begun. Raises BatchRefused."""
        place = self.path / IDENTITY
        try:
            found = _read(place.read_bytes())
        except FileNotFoundError:
            self._check_unused()
            return None
        if found is None:
            raise BatchRefused(f"{place} is not what a batch writes there. Restore it, or take another folder")
        if (found.provider, found.model) != (self._provider, self._model):
            raise BatchRefused(
                f"{self.path} holds a batch for {found.provider}/{found.model}, not for "
                f"{self._provider}/{self._model}. Take another folder"
            )
        return found

    def claim(self) -> Identity:
        """Work in the folder until `release`, as nobody else, and return which batch it is; a new one if need be.

        Raises BatchRefused, and OSError where the folder cannot be written.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            self._lock = Lock(self.path / LOCK)
        except Held as held:
            who = "another process" if held.pid is None else f"process {held.pid}"
            raise BatchRefused(f"{who} works on {self.path}. Wait until it has ended", pid=held.pid) from None
        try:
            identity = self.look()
            if identity is None:
                identity = Identity(batch=secrets.token_hex(16), provider=self._provider, model=self._model)
                self.keep(identity)
            self._tidy()
        except BaseException:
            self.release()
            raise
        return identity

    def keep(self, identity: Identity) -> None:
        """Write down which batch it is, whole or not at all."""
        told = {
            "batch": identity.batch,
            "provider": identity.provider,
            "model": identity.model,
            "sent": identity.sent,
        }
        with files.whole(self.path / IDENTITY) as file:
            file.write(json.dumps(told, indent=2).encode() + b"\n")

    def release(self) -> None:
        """Let others work in the folder."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def has(self, names: tuple[str, ...]) -> bool:
        """Tell whether all of some files are there."""
        return all((self.path / name).is_file() for name in names)

    def _check_unused(self) -> None:
        """Refuse a folder that has results and does not say whose: they would be paid for again."""
        if not self.path.is_dir():
            return
        for one in self.path.iterdir():
            if one.name == RESULTS or _RESULT.fullmatch(one.name):
                raise BatchRefused(
                    f"{self.path} has results ({one.name}), and no {IDENTITY} that says which batch they are of. "
                    "Restore it, or take another folder"
                )

    def _tidy(self) -> None:
        """Remove what a killed run has left half written."""
        for one in self.path.iterdir():
            if _PART.fullmatch(one.name):
                with contextlib.suppress(OSError):
                    one.unlink()


def _read(content: bytes) -> Identity | None:
    try:
        told: object = json.loads(content)
    except ValueError:
        return None
    if not shapes.is_object(told):
        return None
    texts = [told.get(name) for name in ("batch", "provider", "model")]
    match texts:
        case [str(batch), str(provider), str(model)] if re.fullmatch(r"[0-9a-f]{32}", batch):
            return Identity(batch=batch, provider=provider, model=model, sent=told.get("sent") is True)
        case _:
            return None
