"""The folders of specs that the contract tests speak of, and the packages generated from them.

They are the specs of this project and those of the invented providers, which have what no real one
of ours has. PROVISO_SPECS names another folder of specs (absolute, or below the repository) in
place of both, and PROVISO_PACKAGE the package generated from it, which can be imported.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from proviso import pipeline

ROOT = Path(__file__).resolve().parents[2]
_INVENTED = ROOT / "generator/tests/cases/providers"


@dataclass(frozen=True, kw_only=True, eq=False)
class House:
    """A folder of specs, and the package that is generated from it. at: the folder that holds the package."""

    specs: Path
    package: str
    at: Path | None = None

    @property
    def is_invented(self) -> bool:
        """Whether its providers are made up."""
        return self.at is not None

    @cached_property
    def spoken(self) -> pipeline.Specs:
        """What the specs say."""
        return pipeline.read(self.specs, shown=self.specs.name)

    @cached_property
    def files(self) -> dict[str, str]:
        """What the specs give today, by the path of each file."""
        return {file.path: file.text for file in pipeline.build(self.spoken.providers, package=self.package)}

    @cached_property
    def index(self) -> str:
        """The text of the index of the package."""
        return (self.folder / self.package / "INDEX.md").read_text(encoding="utf-8")

    @cached_property
    def folder(self) -> Path:
        """The folder that holds the package."""
        if self.at is not None and str(self.at) not in sys.path:
            sys.path.append(str(self.at))
        file = importlib.import_module(self.package).__file__
        assert file is not None, f"{self.package} is no generated package"
        return Path(file).parents[1]

    def __repr__(self) -> str:
        return self.package


def _houses() -> tuple[House, ...]:
    named = os.environ.get("PROVISO_SPECS")
    own = House(specs=ROOT / (named or "specs"), package=os.environ.get("PROVISO_PACKAGE", "image_providers"))
    invented = House(specs=_INVENTED / "specs", package="clients", at=_INVENTED / "expected")
    return (own, invented) if named is None else (own,)


HOUSES = _houses()
