"""`proviso docs fetch`: pages captured politely from a server on this machine, and what is left where it is."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from proviso.fetching import asking
from proviso.fetching.asking import Asker
from proviso.fetching.shelf import INDEX, Shelf
from proviso.fetching.visiting import Visit, Visitor

Answer = tuple[int, dict[str, str], bytes]


class Server:
    """Answers by path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                status, headers, body = server.answers.get(self.path, (404, {}, b""))
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.at = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    thread = threading.Thread(target=found.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.http.shutdown()
    thread.join()
    found.http.server_close()


def visit(server: Server, folder: Path, *paths: str, pauses: list[float] | None = None) -> list[Visit]:
    with Asker(most=1000, seconds=5) as asker:
        visitor = Visitor(asker, Shelf(folder), today="2026-11-20", sleep=(pauses if pauses is not None else []).append)
        return [visitor.visit(f"acme/{path.strip('/') or 'page'}", server.at + path) for path in paths]


MARKDOWN = {"Content-Type": "text/markdown; charset=utf-8"}
HTML = {"Content-Type": "text/html"}


def test_a_page_is_kept_with_its_digest_and_not_sent_again_while_it_is_the_same(server: Server, tmp_path: Path) -> None:
    server.answers["/page"] = 200, {**MARKDOWN, "ETag": '"1"'}, b"# Page"
    pauses: list[float] = []
    assert [one.outcome for one in visit(server, tmp_path, "/page", pauses=pauses)] == ["captured"]
    assert (tmp_path / "acme/page.md").read_bytes() == b"# Page"
    assert json.loads((tmp_path / INDEX).read_text())["acme/page"]["read"] == "2026-11-20"
    assert [one.outcome for one in visit(server, tmp_path, "/page")] == ["unchanged"]
    assert server.asked[-1][1]["if-none-match"] == '"1"'
    assert server.asked[-1][1]["user-agent"] == asking.AGENT
    assert "text/markdown" in server.asked[1][1]["accept"]
    assert pauses == [1.0]
    (tmp_path / "acme/page.md").write_text("somebody was here")
    assert [one.outcome for one in visit(server, tmp_path, "/page")] == ["captured"]


def test_markdown_is_taken_before_html(server: Server, tmp_path: Path) -> None:
    server.answers["/page"] = 200, HTML, b"<p>Page</p>"
    assert [one.file for one in visit(server, tmp_path, "/page")] == ["acme/page.html"]
    server.answers["/page.md"] = 200, MARKDOWN, b"Page"
    assert [one.file for one in visit(server, tmp_path, "/page")] == ["acme/page.md"]
    assert [path.name for path in (tmp_path / "acme").iterdir()] == ["page.md"]


def test_robots_are_heard(server: Server, tmp_path: Path) -> None:
    server.answers["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /page\nCrawl-delay: 3\n"
    server.answers["/page"] = server.answers["/other"] = 200, MARKDOWN, b"Page"
    pauses: list[float] = []
    one, other = visit(server, tmp_path, "/page", "/other", pauses=pauses)
    assert (one.outcome, other.outcome) == ("refused", "captured")
    assert "robots.txt" in one.why
    assert pauses == [3.0]
    assert [path for path, _ in server.asked] == ["/robots.txt", "/other"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((200, MARKDOWN, b"x" * 2000), "longer than"),
        ((200, {"Content-Type": "image/png"}, b"x"), "no page of text"),
        ((500, {}, b""), "status 500"),
        ((302, {"Location": "/page"}, b""), "without an end"),
        ((302, {"Location": "http://10.0.0.1/page"}, b""), "only https"),
        ((302, {"Location": "https://10.0.0.1/page"}, b""), "private network"),
        ((302, {"Location": "https://169.254.169.254/latest"}, b""), "private network"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "only addresses of https"),
        ((200, {"Content-Type": "text/markdown", "Content-Length": "500"}, b"x"), "cannot be read"),
    ],
)
def test_what_is_no_page_or_leads_astray_is_left_with_a_reason(
    server: Server, tmp_path: Path, answer: Answer, why: str
) -> None:
    server.answers["/page"] = answer
    (found,) = visit(server, tmp_path, "/page")
    assert found.outcome == "refused"
    assert why in found.why
    assert not list(tmp_path.rglob("page*"))


def test_without_a_connection_every_page_says_so(tmp_path: Path, server: Server) -> None:
    with Asker() as asker:
        visitor = Visitor(asker, Shelf(tmp_path), today="2026-11-20", sleep=lambda _: None)
        assert visitor.visit("acme/page", "http://127.0.0.1:9/page").outcome == "offline"
        assert visitor.visit("acme/page", "http://example.invalid/page").outcome in ("refused", "offline")
