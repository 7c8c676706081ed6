"""The files of a specs folder: which ones there are, and what is in them, before any of it is YAML."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proviso import naming
from proviso.diagnostics import Diagnostic, Place, printable
from proviso.limits import SPEC, Limits

_BREAK = re.compile(r"\r\n|\r|\n")
# Neither control characters nor line breaks that YAML 1.1 knows and 1.2 does not, nor a byte order mark in the text.
_NEVER = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecFile:
    """Name a spec file, and the path that complaints show."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecFolder:
    """List the spec files of one provider."""

    name: str
    provider: SpecFile
    models: tuple[SpecFile, ...]


def read(path: Path, *, shown: str, limits: Limits = SPEC) -> bytes | Diagnostic:
    """Read a whole file, or say why that cannot be.

    Args:
        path: the file.
        shown: its path in complaints.
        limits: how large it may be, in bytes.
    """
    start = Place(shown, 1, 1)
    too_large = Diagnostic(start, f"{limits.what} has at most {limits.bytes // 1024} KiB", "too-large")
    try:
        found = path.stat()
        # The kind comes first: opening a pipe would wait forever, and a device has no end.
        if not stat.S_ISREG(found.st_mode):
            return Diagnostic(start, "a file is expected here, and this is none", "not-a-file")
        if found.st_size > limits.bytes:
            return too_large
        with path.open("rb") as file:
            content = file.read(limits.bytes + 1)
    except FileNotFoundError:
        return Diagnostic(start, "there is no such file", "unreadable")
    except (OSError, ValueError) as error:
        return Diagnostic(start, f"the file cannot be read ({_reason(error)})", "unreadable")
    return content if len(content) <= limits.bytes else too_large


def decode(content: bytes, *, shown: str) -> str | Diagnostic:
    """Turn the bytes of a file into text without a byte order mark, or say what is no text in it.

    Args:
        content: the bytes of the file.
        shown: its path in complaints.
    """
    body = content.removeprefix(_MARK)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _end(body[: error.start].decode("utf-8"), shown)
        return Diagnostic(place, "the file is not UTF-8 text from here on; save it as UTF-8", "encoding")
    found = _NEVER.search(text)
    if found:
        message = f"an invisible character (U+{ord(found.group()):04X}) stands here; delete it"
        return Diagnostic(_end(text[: found.start()], shown), message, "character")
    return text


def listing(specs: Path, *, shown: str) -> tuple[tuple[SpecFolder, ...], tuple[Diagnostic, ...]]:
    """List the folders of providers and their spec files in the order of their names.

    Args:
        specs: the folder with one folder a provider.
        shown: its path in complaints.
    """
    return _Walk(root=Path(os.path.realpath(specs))).specs(specs, shown)


class _Walk:
    """Go through a specs folder; the complaints gather on the way."""

    __slots__ = ("complaints", "root")

    def __init__(self, *, root: Path) -> None:
        self.root = root
        self.complaints: list[Diagnostic] = []

    def specs(self, specs: Path, shown: str) -> tuple[tuple[SpecFolder, ...], tuple[Diagnostic, ...]]:
        base = shown.rstrip("/")
        folders: list[SpecFolder] = []
        if not specs.is_dir():
            self.complain(shown, "there is no such folder; it holds one folder a provider", "no-folder")
            return (), tuple(self.complaints)
        if (specs / "provider.yaml").is_file():
            self.complain(shown, "this is the folder of one provider; give the folder around it", "no-folder")
            return (), tuple(self.complaints)
        for each in self.entries(specs, base):
            if each.path.is_dir():
                folders.extend(self.provider(each))
            elif each.path.suffix != ".md":
                self.complain(
                    each.shown,
                    "a spec belongs into its provider's folder, beside provider.yaml"
                    if each.path.suffix in {".yaml", ".yml"}
                    else "only folders of providers and .md files belong here",
                    "stray-file",
                )
        if not folders and not self.complaints:
            self.complain(shown, "no provider's folder is in here; make one that holds provider.yaml", "no-providers")
        return tuple(folders), tuple(self.complaints)

    def provider(self, folder: SpecFile) -> Iterator[SpecFolder]:
        files = list(self.files(folder))
        provider = next((each for each in files if each.path.name == "provider.yaml"), None)
        models = [each for each in files if each is not provider]
        if not models:
            self.complain(folder.shown, "the folder has no model; write one .yaml file a model", "no-models")
        if provider is None:
            self.complain(folder.shown, "the folder has no provider.yaml", "no-provider-file")
        well_named = tuple(each for each in models if self.well_named(each, each.path.stem))
        if self.well_named(folder, folder.path.name) and provider is not None:
            yield SpecFolder(name=folder.path.name, provider=provider, models=well_named)

    def files(self, folder: SpecFile) -> Iterator[SpecFile]:
        for each in self.entries(folder.path, folder.shown):
            suffix = each.path.suffix
            if each.path.is_dir():
                self.complain(each.shown, "a provider's folder has no folders inside", "stray-file")
            elif suffix == ".yaml":
                yield each
            elif suffix.lower() in {".yaml", ".yml"}:
                self.complain(each.shown, f"rename it to {printable(each.path.stem)}.yaml", "stray-file")
            elif suffix != ".md":
                self.complain(each.shown, "only .yaml and .md files belong here", "stray-file")

    def entries(self, folder: Path, shown: str) -> Iterator[SpecFile]:
        try:
            names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self.complain(shown, f"the folder cannot be read ({_reason(error)})", "unreadable")
            return
        for name in names:
            entry = SpecFile(path=folder / name, shown=f"{shown}/{printable(name)}")
            # A link that leads outside would make the outcome depend on more than the specs.
            if entry.path.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(self.root):
                self.complain(entry.shown, "this link leads out of the specs folder; put the file itself here", "link")
            else:
                yield entry

    def well_named(self, entry: SpecFile, name: str) -> bool:
        if naming.is_slug(name):
            return True
        message = "a name is made of lower-case words and numbers joined by hyphens, such as still-image-2"
        self.complain(entry.shown, message, "name")
        return False

    def complain(self, shown: str, message: str, rule: str) -> None:
        self.complaints.append(Diagnostic(Place(shown, 1, 1), message, rule))


def _end(text: str, shown: str) -> Place:
    lines = _BREAK.split(text)
    return Place(shown, len(lines), len(lines[-1]) + 1)


def _reason(error: OSError | ValueError) -> str:
    said = error.strerror if isinstance(error, OSError) else None
    return printable(said or "its name is none that the system knows").lower()
