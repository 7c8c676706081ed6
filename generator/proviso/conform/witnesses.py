"""Recorded witnesses: what a run asked and heard, a file a probe, to be judged again without a network or a key."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from proviso import ir
from proviso.conform import exchanges
from proviso.conform.exchanges import Course
from proviso.conform.probes import Probe
from proviso.conform.running import Asker
from proviso.conform.secrets_kept import Veil

VERSION = 1
_INDEX = "index.json"
_LONGEST = 16 << 20  # bytes of a file that is read


class UnreadableError(Exception):
    """A recording that is none, or is broken; says which file and why."""


def digest(provider: ir.Provider) -> str:
    """Return the SHA-256 of what a spec says, the same wherever its files are and however they are laid out."""
    return hashlib.sha256(repr(provider).encode()).hexdigest()


@dataclass(slots=True, kw_only=True)
class Recorder:
    """Passes probes on, and writes down what comes of them. folder: of the recording. veil: over what is secret."""

    asker: Asker
    folder: Path
    provider: ir.Provider
    veil: Veil

    def begin(self) -> None:
        """Write the index. Raises OSError where nothing can be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _written(
            self.folder / _INDEX,
            {"version": VERSION, "provider": self.provider.name, "spec_sha256": digest(self.provider)},
        )

    def follow(self, probe: Probe) -> Course | None:
        """Put a probe, and keep what it brought about."""
        course = self.asker.follow(probe)
        if course is not None:
            document = {"version": VERSION, "probe": probe.id, "says": probe.says, "model": repr(probe.subject)}
            kept = self.veil.value(exchanges.as_json(course))
            _written(self.folder / f"{probe.id}.json", document | {"course": kept})
        return course


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Looks up what became of probes. fits: whether the spec still says what it said then."""

    folder: Path
    fits: bool

    def follow(self, probe: Probe) -> Course | None:
        """Return what a probe brought about; None where it was not asked. Raises UnreadableError."""
        path = self.folder / f"{probe.id}.json"
        if not path.is_file():
            return None
        document = _read(path)
        try:
            return exchanges.from_json(document["course"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise UnreadableError(f"{path}: it is no witness of a conformance run") from error


def opened(folder: Path, provider: ir.Provider) -> Recording:
    """Open a recording of a provider. Raises UnreadableError where it is none, or of another provider."""
    index = _read(folder / _INDEX)
    if index.get("version") != VERSION:
        raise UnreadableError(f"{folder / _INDEX}: a recording of version {VERSION} is wanted")
    if index.get("provider") != provider.name:
        raise UnreadableError(f"{folder / _INDEX}: it is a recording of {str(index.get('provider'))[:60]}")
    return Recording(folder=folder, fits=index.get("spec_sha256") == digest(provider))


def _read(path: Path) -> dict[str, object]:
    if path.exists() and not path.is_file():
        raise UnreadableError(f"{path}: it is no file")
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    if len(content) > _LONGEST:
        raise UnreadableError(f"{path}: it is longer than {_LONGEST >> 20} MiB")
    try:
        document = exchanges.parsed(content, kept=True)
    except ValueError as error:
        raise UnreadableError(f"{path}: it is not JSON") from error
    if not isinstance(document, dict):
        raise UnreadableError(f"{path}: it is no witness of a conformance run")
    return document


def _written(path: Path, document: dict[str, object]) -> None:
    """Write a file in one step, so that a run that is interrupted leaves whole ones."""
    aside = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        aside.write_text(json.dumps(document, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
