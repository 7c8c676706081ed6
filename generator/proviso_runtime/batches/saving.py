"""Save the results of a request into the folder of its batch, named by line and by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from proviso_runtime import media, media_types
from proviso_runtime.batches.book import Book, Task
from proviso_runtime.done import Instant

_NAME = 8  # digits of a digest that tell two requests apart


def stem(book: Book, task: Task) -> str:
    """Return how the names of the files of a task begin: its line, unless files of another request have that name."""
    if task.known is not None and task.known.files:
        return task.known.files[0].rpartition("-")[0]
    plain = f"{task.number:06d}"
    return plain if book.stem(plain, task.reference) else f"{plain}-{task.reference.rpartition('/')[2][:_NAME]}"


async def save(folder: Path, name: str, results: Sequence[media.AsyncMedia]) -> tuple[str, ...]:
    """Write results to files and return their names. Raises what `AsyncMedia.save` does."""
    names: list[str] = []
    for number, one in enumerate(results, 1):
        part = folder / f".{name}-{number}.part"
        await one.save(part)
        told = "text/plain" if isinstance(one, media.AsyncText) else one.media_type
        names.append(_named(folder, part, f"{name}-{number}", told))
    return tuple(names)


def save_instant(folder: Path, name: str, result: Instant) -> tuple[str, ...]:
    """Write the one result that came at once to a file and return its name. Raises OSError."""
    part = folder / f".{name}-1.part"
    result.save(part)
    return (_named(folder, part, f"{name}-1", result.media_type),)


def _named(folder: Path, part: Path, stem: str, told: str | None) -> str:
    """Give a file the name that says what it is. told: what the provider says that it is, which may be wrong."""
    with part.open("rb") as file:
        found = media_types.of_content(file.read(media_types.HEAD)) or told or "application/octet-stream"
    name = f"{stem}.{media_types.extension(found)}"
    part.replace(folder / name)
    return name
