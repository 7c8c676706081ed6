"""Closed sets of words that generated code and the runtime share."""

from __future__ import annotations

from typing import Literal

Phase = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "moderated"]

Means = Literal[
    "invalid",
    "unauthorized",
    "forbidden",
    "not-found",
    "method-not-allowed",
    "out-of-credit",
    "conflict",
    "expired",
    "retired",
    "rate-limited",
    "server",
    "unavailable",
    "timeout",
]

Kind = Literal["image", "video", "audio", "text"]
"""What a model makes."""

Form = Literal["url", "base64", "data-uri", "text"]
"""How a reply hands a result over: at an address, or in the reply itself."""
