"""A program: a provider that keeps books. It answers over HTTP as the spec of the tests documents.

It prints the address that it listens on, and then a line of JSON for every job that it accepts, before it answers.
The first argument is a JSON object: `replies`, the documented bodies by the names of the spec; `seed`; and how long
things take, in seconds: `submit` (at most), `job`. `refuse`: words of prompts -> the status that refuses them.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(kw_only=True)
class Books:
    """What was accepted: the id of a job, and when it will be done."""

    told: dict[str, Any]
    address: str = ""
    jobs: dict[str, tuple[float, str]] = field(default_factory=dict)
    polls: int = 0

    def reply(self, name: str, **places: str) -> bytes:
        """Give a documented reply, with the values of one job in its places."""
        text = json.dumps(self.told["replies"][name])
        for place, value in places.items():
            text = text.replace(place, value)
        return text.encode()

    def accept(self, body: bytes) -> tuple[int, bytes]:
        """Take a job, and write it into the books."""
        asked = json.loads(body)
        prompt = asked["prompt"]
        for word, status in self.told.get("refuse", {}).items():
            if word in prompt:
                return status, b'{"error": "no"}'
        job = asked.get("id") or f"job-{len(self.jobs) + 1}"
        self.jobs[job] = (time.monotonic() + self.told["job"], prompt)
        entry = {"job": job, "prompt": prompt, "sha256": hashlib.sha256(body).hexdigest()}
        sys.stdout.write(json.dumps(entry) + "\n")
        sys.stdout.flush()
        return 200, self.reply("accepted", j1=job)

    def poll(self, job: str) -> tuple[int, bytes]:
        """Tell how a job stands."""
        if job not in self.jobs:
            return 404, b'{"error": "there is no such job"}'
        due, prompt = self.jobs[job]
        if time.monotonic() < due:
            return 200, self.reply("busy")
        if "fails" in prompt:
            return 200, self.reply("failed")
        return 200, self.reply("done", **{"https://acme.example/1.png": f"{self.address}/files/{job}"})

    def file(self, job: str) -> tuple[int, bytes]:
        """Give the result of a job."""
        return (200, PNG + self.jobs[job][1].encode()) if job in self.jobs else (404, b"")


async def serve(told: dict[str, Any]) -> None:
    """Answer until the standard input ends."""
    books, chances = Books(told=told), random.Random(told["seed"])

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines if line)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                verb, path, _ = first.split(" ")
                kind = "application/json"
                if verb == "POST":
                    await asyncio.sleep(chances.random() * told["submit"])
                    status, content = books.accept(body)
                    if path.endswith("/snap") and status == 200:
                        kind, content = "image/png", PNG + json.loads(body)["prompt"].encode()
                    await asyncio.sleep(chances.random() * told["submit"])
                elif path.startswith("/files/"):
                    kind = "application/octet-stream"
                    status, content = books.file(path.rpartition("/")[2])
                else:
                    status, content = books.poll(path.rpartition("/")[2])
                answer = f"HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\ncontent-length: {len(content)}\r\n\r\n"
                writer.write(answer.encode() + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    books.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    sys.stdout.write(f"{books.address}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
