"""For users of respx: what their code sends to a documented address is answered by a mock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proviso.testing import transports
from proviso.testing.mocks import Mock

if TYPE_CHECKING:
    import respx


def routes(mock: Mock, router: respx.Router) -> None:
    """Register the documented address of a mock's provider in a router of respx, and the mock's own.

        with respx.mock(assert_all_called=False) as router:
            routes(mock, router)
            ...  # code that calls the documented address by httpx

    What is registered before, such as a reply of your own to one call, goes first.
    """
    answer = mock.handler("httpx")
    for address in (mock.origin, mock.provider.base_url):
        router.route(url__regex=transports.pattern(address)).mock(side_effect=answer)
