"""What the specs of a case folder come to; run as a program, this rewrites what every case expects.

A case holds `specs/` and either `expected/`, the tree that is generated, or `complaints.txt`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from proviso import pipeline

CASES = Path(__file__).parent / "cases"
PACKAGE = "clients"
COMPLAINTS = "complaints.txt"


def names() -> list[str]:
    """Name every case."""
    return sorted(folder.name for folder in CASES.iterdir() if (folder / "specs").is_dir())


def outcome(case: Path) -> dict[str, str]:
    """Run the specs of a case; the files that come out, or the complaints."""
    found = pipeline.read(case / "specs", shown="specs")
    if found.complaints:
        return {COMPLAINTS: "".join(f"{complaint}\n" for complaint in found.complaints)}
    return {f"expected/{file.path}": file.text for file in pipeline.build(found.providers, package=PACKAGE)}


def expected(case: Path) -> dict[str, str]:
    """Read what a case expects."""
    there = [case / COMPLAINTS, *sorted((case / "expected").rglob("*"))]
    # Packages that the contract tests import leave what Python compiled beside them.
    written = (path for path in there if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(case).as_posix(): path.read_bytes().decode() for path in written}


def rewrite(case: Path) -> bool:
    """Write what comes out of a case; False when a case would turn from complaints to files or back."""
    before, after = expected(case), outcome(case)
    if before and (COMPLAINTS in before) != (COMPLAINTS in after):
        return False
    shutil.rmtree(case / "expected", ignore_errors=True)
    for path, text in after.items():
        target = case / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return True


if __name__ == "__main__":
    turned = [name for name in names() if not rewrite(CASES / name)]
    for name in turned:
        sys.stderr.write(f"{name}: complaints where files were expected, or the other way round; delete what is old\n")
    sys.exit(bool(turned))
