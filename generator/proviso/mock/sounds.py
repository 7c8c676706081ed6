"""Sounds: a second of a quiet chord whose notes come from the prompt; in MP3, a second of silence."""

from __future__ import annotations

import array
import hashlib
import math
import sys
import wave
from io import BytesIO

from proviso.mock.works import Work

_RATE = 8000  # samples a second
_SECONDS = 1
_NOTES = (220.0, 261.63, 293.66, 329.63, 392.0, 440.0)  # Hz
# A frame of MPEG 1 layer III: 128 kbit/s, 44.1 kHz, mono, and nothing but zeros, which is silence.
_SILENT_FRAME = b"\xff\xfb\x90\xc4" + bytes(413)
_FRAMES = 39  # of 1152 samples, which is a second


def sound(work: Work) -> bytes:
    """Make the sound of a result."""
    return _SILENT_FRAME * _FRAMES if work.media_type in ("audio/mpeg", "audio/mp3") else _chord(work)


def _chord(work: Work) -> bytes:
    digest = hashlib.sha256(f"{work.number} {work.says}".encode("utf-8", "replace")).digest()
    notes = [_NOTES[byte % len(_NOTES)] * (1 + byte % 2) for byte in digest[:3]]
    many = _RATE * _SECONDS
    samples = array.array(
        "h",
        (
            round(
                3000
                * math.sin(math.pi * at / many)  # it swells and fades
                * sum(math.sin(2 * math.pi * note * at / _RATE) for note in notes)
            )
            for at in range(many)
        ),
    )
    if sys.byteorder == "big":
        samples.byteswap()
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()
