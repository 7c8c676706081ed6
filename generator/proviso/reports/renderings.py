"""The forms that a report is written in, by the names that users give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from proviso.reports.documents import as_json
from proviso.reports.findings import Report
from proviso.reports.junit import as_junit
from proviso.reports.sarif import as_sarif
from proviso.reports.summary import as_markdown

RENDERINGS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "json": as_json,
        "junit": as_junit,
        "sarif": as_sarif,
        "markdown": as_markdown,
    }
)
