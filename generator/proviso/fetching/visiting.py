"""Pages visited one after the other: robots.txt first, Markdown before HTML, and a pause between two requests to a host."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from proviso.fetching import reach
from proviso.fetching.asking import AGENT, Asker, NoReply, Reply
from proviso.fetching.shelf import Known, Shelf

_ACCEPT = "text/markdown, text/plain;q=0.9, text/html;q=0.8"
_ENDINGS = {"text/markdown": ".md", "text/x-markdown": ".md", "text/plain": ".txt", "text/html": ".html"}
PAUSE = 1.0
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Tell what came of a visit. name: provider/source. why: a clause, where nothing was captured."""

    name: str
    address: str
    outcome: Literal["captured", "unchanged", "refused", "offline"]
    why: str = ""
    file: str = ""


class Visitor:
    """Visits pages and puts them on a shelf. today: the day, as in 2026-11-20. pause: seconds between two requests."""

    def __init__(
        self,
        asker: Asker,
        shelf: Shelf,
        *,
        today: str,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._asker, self._shelf, self._today, self._pause, self._sleep = asker, shelf, today, pause, sleep
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: set[str] = set()

    def visit(self, name: str, address: str) -> Visit:
        """Capture one page, in the form that programs read best.

        Args:
            name: provider/source, which the file is named by.
            address: where it is published.

        Raises:
            OSError: the disk refuses.
        """
        known = self._shelf.held(name, address)
        try:
            reply = self._best(address, known)
        except NoReply as error:
            outcome: Literal["offline", "refused"] = "offline" if error.offline else "refused"
            return Visit(name=name, address=address, outcome=outcome, why=str(error))
        if reply.status == 304 and known is not None:
            return Visit(name=name, address=address, outcome="unchanged", file=known.file)
        digest = hashlib.sha256(reply.content).hexdigest()
        file = name + _ENDINGS[reply.kind]
        is_new = known is None or known.sha256 != digest
        etag, modified = reply.headers.get("etag", ""), reply.headers.get("last-modified", "")
        one = Known(address=address, file=file, sha256=digest, read=self._today, etag=etag, modified=modified)
        self._shelf.put(name, reply.content, one)
        return Visit(name=name, address=address, outcome="captured" if is_new else "unchanged", file=file)

    def _best(self, address: str, known: Known | None) -> Reply:
        validators = {}
        if known is not None and known.etag:
            validators["If-None-Match"] = known.etag
        if known is not None and known.modified:
            validators["If-Modified-Since"] = known.modified
        reply = self._get(address, {"Accept": _ACCEPT, **validators})
        if reply.status == 304 and known is not None:
            return reply
        if reply.status != 200:
            raise NoReply(f"its host answers with status {reply.status}")
        if reply.kind not in _ENDINGS:
            raise NoReply(f"it is no page of text, but {reply.kind or 'of no said type'}")
        parts = urlsplit(address)
        if reply.kind == "text/html" and not parts.query and not parts.path.endswith((".html", ".htm", "/")):
            try:
                written = self._get(f"{address.partition('#')[0]}.md", {"Accept": _ACCEPT})
            except NoReply:
                return reply
            if written.status == 200 and written.kind in ("text/markdown", "text/x-markdown", "text/plain"):
                return written
        return reply

    def _get(self, address: str, headers: dict[str, str]) -> Reply:
        try:
            home = reach.origin(address)
        except reach.Astray as error:
            raise NoReply(str(error)) from error
        rules = self._rules(home)
        if not rules.can_fetch(AGENT, address):
            raise NoReply("its robots.txt asks programs to stay away")
        self._wait(home, float(rules.crawl_delay(AGENT) or 0))
        return self._asker.get(address, headers)

    def _rules(self, home: str) -> RobotFileParser:
        if home not in self._robots:
            rules = RobotFileParser()
            self._wait(home, 0)
            reply = self._asker.get(f"{home}/robots.txt", {"Accept": "text/plain"})
            if reply.status in (401, 403) or reply.status >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                text = reply.content.decode("utf-8", errors="replace") if reply.status == 200 else ""
                rules.parse(text.splitlines())
            self._robots[home] = rules
        return self._robots[home]

    def _wait(self, home: str, asked: float) -> None:
        if home in self._asked:
            self._sleep(min(max(self._pause, asked), _LONGEST_PAUSE))
        self._asked.add(home)
