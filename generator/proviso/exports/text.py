"""JSON as a person would lay it out: what is short stands on one line."""

from __future__ import annotations

import json

WIDTH = 100


def written(value: object) -> str:
    """Write a value as JSON, members in the order in which they were put."""
    return _written(value, "") + "\n"


def _written(value: object, margin: str) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # What stands before a value on its line is not reckoned with, so lines may be a little longer.
    if len(margin) + len(line) <= WIDTH or not isinstance(value, dict | list):
        return line
    inner = f"{margin}  "
    if isinstance(value, dict):
        members = [f"{json.dumps(name, ensure_ascii=False)}: {_written(one, inner)}" for name, one in value.items()]
        return "{\n" + ",\n".join(f"{inner}{one}" for one in members) + f"\n{margin}}}"
    return "[\n" + ",\n".join(f"{inner}{_written(one, inner)}" for one in value) + f"\n{margin}]"
