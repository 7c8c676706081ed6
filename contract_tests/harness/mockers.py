"""Teaches respx the core of httpx2: it patches `httpcore2` as it patches `httpcore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import httpcore2
from respx import mocks

if TYPE_CHECKING:
    import httpx


class HTTPCore2Mocker(mocks.HTTPCoreMocker):
    """Registered by its name for `respx.mock(using="httpcore2")`."""

    name = "httpcore2"
    targets: ClassVar[list[str]] = [
        target.replace("httpcore.", "httpcore2.", 1) for target in mocks.HTTPCoreMocker.targets
    ]

    @classmethod
    def from_sync_httpx_response(cls, httpx_response: httpx.Response, target: object, **_: Any) -> httpcore2.Response:
        """Turn the mock's reply into one of httpcore2."""
        del target
        return httpcore2.Response(
            status=httpx_response.status_code,
            headers=httpx_response.headers.raw,
            content=httpx_response.stream,
            extensions=httpx_response.extensions,
        )
