"""The book of a run: what is to be done for each line, on disk, so that a file of any length takes steady memory.

It is a private database of the run, which nobody else sees and nothing is left of.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import Literal, TypeAlias

from proviso_runtime.batches import known
from proviso_runtime.batches.known import Known

_PAGE = 200  # lines that are read at once
_TASKS = (
    "SELECT number, reference, action FROM tasks "
    "WHERE action IN (SELECT value FROM json_each(?)) AND number > ? ORDER BY number LIMIT ?"
)

Action: TypeAlias = Literal["send", "wait", "collect", "keep", "done"]
"""send: a new paid request. wait: its job was accepted. collect: it has succeeded, and its files are not all there.
keep: nothing is done, and it has not succeeded. done: it has succeeded, and its files are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done for one line. known: what has become of it so far."""

    number: int
    reference: str
    params: Mapping[str, object] = field(repr=False)
    action: Action
    known: Known | None = None


class Book:
    """A book. It is used by one thread."""

    def __init__(self) -> None:
        # An empty name is a database that SQLite keeps in memory while it is small, and on disk, unlinked, when not.
        self._base = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE equals (digest TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID",
            "CREATE TABLE known (reference TEXT PRIMARY KEY, rank INTEGER, told TEXT) WITHOUT ROWID",
            "CREATE TABLE tasks (number INTEGER PRIMARY KEY, reference TEXT, params TEXT, action TEXT)",
            "CREATE TABLE stems (stem TEXT PRIMARY KEY, reference TEXT) WITHOUT ROWID",
            "BEGIN",
        ):
            self._base.execute(statement)

    def close(self) -> None:
        """Forget everything."""
        self._base.close()

    def nth(self, digest: str) -> int:
        """Count a line among those with the same params, and return which one it is, from 1."""
        count = "INSERT INTO equals VALUES (?, 1) ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number"
        ((number,),) = self._base.execute(count, (digest,)).fetchall()
        return int(number)

    def learn(self, fact: Known) -> None:
        """Remember what is known of a request, unless more is known already."""
        before = self.recall(fact.reference)
        if before is not None:
            if before.rank > fact.rank:
                fact = changed(before, files=fact.files or before.files, told=fact.told or before.told)
            else:
                fact = changed(fact, files=fact.files or before.files, told=fact.told or before.told)
        self._base.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", (fact.reference, fact.rank, fact.as_text()))
        for name in fact.files:
            self.stem(name.rpartition("-")[0], fact.reference)

    def recall(self, reference: str) -> Known | None:
        """Return what is known of a request."""
        row = self._base.execute("SELECT told FROM known WHERE reference = ?", (reference,)).fetchone()
        return None if row is None else known.read(row[0])

    def stem(self, stem: str, reference: str) -> bool:
        """Give the beginning of the names of files to a request, and tell whether it has it: another may."""
        self._base.execute("INSERT OR IGNORE INTO stems VALUES (?, ?)", (stem, reference))
        (owner,) = self._base.execute("SELECT reference FROM stems WHERE stem = ?", (stem,)).fetchone()
        return bool(owner == reference)

    def plan(self, number: int, reference: str, spelled: str, action: Action) -> None:
        """Remember what is to be done for a line."""
        self._base.execute("INSERT INTO tasks VALUES (?, ?, ?, ?)", (number, reference, spelled, action))

    def tasks(self, *actions: Action) -> Iterator[Task]:
        """Yield the lines for which something is to be done, in their order."""
        after = -1
        wanted = json.dumps(actions)
        while page := self._base.execute(_TASKS, (wanted, after, _PAGE)).fetchall():
            for number, reference, action in page:
                yield Task(
                    number=number,
                    reference=reference,
                    params=self._params(number),
                    action=action,
                    known=self.recall(reference),
                )
            after = page[-1][0]

    def _params(self, number: int) -> Mapping[str, object]:
        # One at a time: the params of a line may hold whole pictures.
        (spelled,) = self._base.execute("SELECT params FROM tasks WHERE number = ?", (number,)).fetchone()
        params: Mapping[str, object] = json.loads(spelled)
        return params
