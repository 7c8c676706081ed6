"""Flat params to requests and wire bodies back to params, by tables that generated code states."""

from __future__ import annotations

from proviso_runtime import bodies, reading, writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Member: TypeAlias = bodies.Member

Value = bodies.Value
Constant = bodies.Constant
Fresh = bodies.Fresh
Numbered = bodies.Numbered
Beside = bodies.Beside
Arm = bodies.Arm
Chosen = bodies.Chosen

read = reading.read
read_many = reading.read_many
advice = reading.advice
advice_many = reading.advice_many
write = writing.write
write_list = writing.write_list
write_chosen = writing.write_chosen
write_chosen_list = writing.write_chosen_list
