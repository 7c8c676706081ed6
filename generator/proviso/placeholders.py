"""Placeholders such as {id} in the texts of specs: addresses, calls, headers, queries and bodies."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""One placeholder, with its name as a group; an empty one is for complaints."""
