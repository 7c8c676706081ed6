"""How a mock is set up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from proviso.mock import making
from proviso.mock.clock import Clock, Running
from proviso.mock.faults import Fault
from proviso.mock.works import Work

KEY = "mock-key"
SECRET = "mock-secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a mock is set up.

    key, secret: the only ones that it takes. balance: what a customer may spend in the currency of each provider, None
    for no end of it. price: what a request without a documented price costs; None for nobody knows.
    faults, share, seed: what goes wrong, the share of requests that do by chance (0 to 1), and how chance begins.
    keep: finished jobs that are kept at most, the youngest. private_callbacks: whether callbacks may go to addresses of
    this machine and of its networks.
    """

    key: str = KEY
    secret: str = SECRET
    balance: Decimal | None = None
    price: Decimal | None = None
    faults: Sequence[Fault] = ()
    share: float = 0
    seed: int = 0
    keep: int = 20_000
    private_callbacks: bool = False
    clock: Clock = field(default_factory=Running)
    draw: Callable[[Work], bytes] = making.made
