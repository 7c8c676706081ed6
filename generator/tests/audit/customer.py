"""A customer of Acme's, who orders one picture: with care, or with the bad habits that are named as arguments."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HABITS = set(sys.argv[1:])
KEY = os.environ["ACME_KEY"]
HOME = "https://api.acme.example/v1" if "by-proxy" in HABITS else os.environ["ACME_BASE_URL"]
ORDER = {"prompt": "a boat", "steps": 9 if "overdo" in HABITS else 2}
LOST = (OSError, http.client.HTTPException)


class Unlucky(Exception):
    """Nothing came of it."""


def ask(verb: str, url: str, body: object = None, *, keyed: bool = True) -> bytes:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {KEY}"} if keyed else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=verb), timeout=1.5) as reply:
        content: bytes = reply.read()
        return content


def order() -> str:
    for _ in range(3):
        try:
            return str(json.loads(ask("POST", f"{HOME}/jobs", ORDER))["id"])
        except urllib.error.HTTPError as no:
            if no.code == 429:
                time.sleep(0 if "hurry" in HABITS else float(no.headers["retry-after"]))
                continue
            if "resend" not in HABITS:
                raise
        except LOST:
            if "resend" not in HABITS:
                raise
    raise Unlucky("it was refused")


def follow(job: str) -> list[str]:
    left = time.monotonic() + (60 if "wait" in HABITS else 2)
    query = f"?key={KEY}" if "tell" in HABITS else ""
    while time.monotonic() < left:
        time.sleep(0.01 if "hurry" in HABITS else 0.1)
        try:
            told = json.loads(ask("GET", f"{HOME}/jobs/{job}{query}"))
        except urllib.error.HTTPError as no:
            if no.code == 404 or "forget" in HABITS:
                raise Unlucky(f"status {no.code}") from None
            continue
        except LOST:
            if "forget" in HABITS:
                raise Unlucky("the connection broke") from None
            continue
        if told["state"] == "done" or (told["state"] != "busy" and "trust" in HABITS):
            return list(told.get("urls", ()))
        if told["state"] != "busy" and "deaf" not in HABITS:
            raise Unlucky(told["why"])
    raise Unlucky("it took too long" if "forget" in HABITS else f"{job} took too long")


def fetch(url: str) -> bytes:
    for _ in range(4):
        try:
            return ask("GET", url, keyed="show" in HABITS)
        except http.client.IncompleteRead as half:
            if "gulp" in HABITS:
                return half.partial
        except LOST as error:
            if "shrug" in HABITS:
                raise Unlucky(str(error)) from None
            time.sleep(0.05)
    raise Unlucky(f"{url} did not come")


def main() -> None:
    if "wander" in HABITS:
        with contextlib.suppress(urllib.error.HTTPError):
            ask("GET", "http://elsewhere.example/")
    for url in follow(order()):
        if "leave" not in HABITS:
            Path(os.environ["PROVISO_LEDGER"]).with_name("picture").write_bytes(fetch(url))


if "distrust" in HABITS:
    del os.environ["SSL_CERT_FILE"]
if "boast" in HABITS:
    sys.stdout.write(f"my key is {KEY}\n")
try:
    main()
except (Unlucky, *LOST) as error:
    sys.stdout.write(f"no picture: {error}\n")
    sys.exit(0 if "shrug" in HABITS else 1)
