"""A provider on loopback that answers at once: it takes every job, and has finished it when it is asked.

It knows the calls of no provider: whatever is posted starts a job, and whatever is fetched is the job or its picture.
It prints its port, and ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import sys

PICTURE = "/picture.png"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(4096)


async def main(submitted: bytes, polled: bytes) -> None:
    """Serve until nobody holds standard input open. submitted, polled: the replies, {base} is the server's address."""
    server = await asyncio.start_server(lambda reader, writer: _serve(reader, writer, replies), "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    replies = {b"POST": submitted, b"GET ": polled.replace(b"{base}", base.encode())}
    sys.stdout.write(f"{base}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    server.close()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, replies: dict[bytes, bytes]) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
            await reader.readexactly(int(length.partition(b":")[2]))
            is_picture = PICTURE.encode() in head.partition(b"\r\n")[0]
            kind, body = (b"image/png", _PNG) if is_picture else (b"application/json", replies[head[:4]])
            writer.write(
                b"HTTP/1.1 200 OK\r\ncontent-type: %b\r\ncontent-length: %d\r\n\r\n%b" % (kind, len(body), body)
            )
    except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        writer.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1].encode(), sys.argv[2].encode()))
