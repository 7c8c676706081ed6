"""Names of a package that are imported when they are first asked for.

Checking a request must not pay for the HTTP library, and a package of many
models must not pay for all of them: generated packages name their members and
where they live, and the first use fetches the one that is used.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def names(package: str, where: Mapping[str, str], /) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make the `__getattr__` and `__dir__` of a package.

    package: the package's `__name__`.
    where: member name -> the module that holds it; a member that is itself a
        module is named by its own full name.
    """

    def fetch(name: str) -> object:
        home = where.get(name)
        if home is None:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=sys.modules[package])
        __import__(home)
        module = sys.modules[home]
        found = module if home.rpartition(".")[2] == name else getattr(module, name)
        setattr(sys.modules[package], name, found)
        return found

    def listing() -> list[str]:
        return sorted(vars(sys.modules[package])["__all__"])

    return fetch, listing
