"""Where the specs are that come with this package."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "specs"
_CLONED = Path(__file__).parents[2] / "specs"  # of an editable install


def specs() -> Path:
    """Return the folder of the specs that come with the package. Raises FileNotFoundError where none do."""
    found = next((one for one in (_INSTALLED, _CLONED) if one.is_dir()), None)
    if found is None:
        raise FileNotFoundError(f"no specs come with this installation: neither {_INSTALLED} nor {_CLONED} is there")
    return found


def nearest(here: Path) -> Path:
    """Return the folder `specs` below a folder where it holds specs, or else the one that comes with the package."""
    own = here / "specs"
    return own if any(own.glob("*/provider.yaml")) else specs()
