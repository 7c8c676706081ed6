"""Names that lead to the public internet or elsewhere, so that nobody is asked what they lead to."""

from __future__ import annotations

from proviso_runtime import names

_PUBLIC = "93.184.215.14"
ELSEWHERE = {
    "this-machine.test": "127.0.0.1",
    "intern.test": "10.20.30.40",
    "metadata.test": "169.254.169.254",
    "six.test": "fd00::7",
    "mapped.test": "::ffff:192.168.0.1",
}
"""Names that lead elsewhere, with their addresses."""


class Names:
    """Every name there is."""

    def addresses(self, name: str) -> frozenset[str]:
        """Return the addresses of a name."""
        return frozenset({_PUBLIC, ELSEWHERE[name]} if name in ELSEWHERE else {_PUBLIC})

    async def awaited(self, name: str) -> frozenset[str]:
        """Return the addresses of a name."""
        return self.addresses(name)


def invent() -> None:
    """Let clients look names up here from now on."""
    names.SYSTEM = Names()
