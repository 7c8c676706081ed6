"""Files in the forms of an OpenAPI document: both versions' words for them, and the media types that they may have."""

from __future__ import annotations

import re
from collections.abc import Mapping

from proviso.drafting.parts import Part
from proviso.drafting.simple import Simple, simple
from proviso.yaml_text import Block

FORMAT = "binary"
"""The format of a file in a spec, and in OpenAPI 3.0."""

USED = frozenset({"format", "contentMediaType", "maxLength"})
"""The keywords of a file that a spec says in its own words."""

_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+_-]*")
_ANY = "application/octet-stream"


def types(media: Part) -> Mapping[str, tuple[str, ...]]:
    """Read which media types the fields of a multipart form may have; what is any type is left out."""
    said = {name: one["contentType"].text or "" for name, one in media["encoding"].members()}
    return {
        name: tuple(filter(None, (one.partition(";")[0].strip() for one in text.split(","))))
        for name, text in said.items()
    }


def is_file(read: Simple) -> bool:
    """Tell whether a schema in a multipart form describes a file: by OpenAPI 3.0's word, or by that of JSON Schema."""
    words = read.keywords
    if words.get("type", "string") != "string" or read.arms:
        return False
    return words.get("format") == FORMAT or ("contentMediaType" in words and "contentEncoding" not in words)


def of_several(read: Simple, *, version: str) -> Simple | None:
    """Choose the list where a schema takes a file or a list of files: a list of one file is sent as one."""
    arms = [simple(arm, version=version) for arm in read.arms]
    lists = [arm for arm in arms if is_file(simple(Part(arm.keywords.get("items")), version=version))]
    return lists[0] if len(lists) == 1 and all(arm in lists or is_file(arm) for arm in arms) else None


def file(read: Simple, said: tuple[str, ...]) -> tuple[Block, list[str]]:
    """Describe a file; what it may be beside that is left to say.

    Args:
        read: the schema.
        said: the media types that the form says it has.
    """
    own = read.keywords.get("contentMediaType")
    told = said or ((own,) if isinstance(own, str) else ())
    listed = list(dict.fromkeys(one.lower() for one in told if _TYPE.fullmatch(one)))
    block = Block({"type": "string", "format": FORMAT})
    # One of any type makes the others say nothing.
    if listed and len(listed) == len({one.lower() for one in told}) and _ANY not in listed:
        block.put("media_types", listed)
    most = read.keywords.get("maxLength")
    if isinstance(most, int) and most > 0:
        block.put("max_bytes", most)
    unread = [f"the type {one}" for one in told if "media_types" not in block.members and one != _ANY]
    return block, [*unread, *(["null is allowed"] if read.nullable else [])]
