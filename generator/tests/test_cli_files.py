"""A file is checked and quoted on the command line as the data URI that stands for it in a body of JSON."""

from __future__ import annotations

import json
from pathlib import Path

from proviso_runtime.data_uris import data_uri

from .desk import program

CLIENTS = Path(__file__).parent / "cases" / "providers" / "expected" / "clients"
PNG = b"\x89PNG\r\n\x1a\n\x00\xfb\xff"


def asked(verb: str, body: dict[str, object], folder: Path) -> tuple[int, str]:
    given = json.dumps(body).encode()
    done = program(verb, "quarry/chisel", "-", "--package", str(CLIENTS), given=given, cwd=folder)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode()


def test_a_body_with_the_data_uri_of_a_file_is_valid_and_has_a_price(tmp_path: Path) -> None:
    path = tmp_path / "wall.png"
    path.write_bytes(PNG)
    body: dict[str, object] = {"prompt": "a wall", "image": data_uri(path), "layer_1": data_uri(path)}
    assert asked("validate", body, tmp_path) == (0, "")
    status, told = asked("quote", body, tmp_path)
    assert status == 0
    assert "charge   3 credits" in told


def test_what_is_wrong_with_a_file_is_said_and_the_file_is_not(tmp_path: Path) -> None:
    text = data_uri(PNG * 6000)
    body: dict[str, object] = {
        "prompt": "a wall",
        "image": text,
        "mask": "wall.png",
        "style": [data_uri(b"GIF89a" + PNG)],
        "layer_1": data_uri(PNG),
        "layer_2": text,
    }
    status, told = asked("validate", body, tmp_path)
    assert status == 1
    assert told.splitlines() == [
        "/image: holds 66000 bytes; at most 65536 may be there [max_bytes]",
        "/mask: must be a file as a data URI, such as data:image/png;base64,iVBORw0KGgo=; data_uri(path) makes one [format]",
        '/style/0: its media type "image/gif" is none of image/png [media_types]',
        "/layer_2: holds 66000 bytes; at most 512 may be there [max_bytes]",
    ]
