"""What `make demo` shows comes to pass, against the server that users run."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from harness import demonstration


def test_the_demonstration_comes_to_its_end(tmp_path: Path) -> None:
    subject = demonstration.shown_subject()
    if subject is None:
        return
    shown = io.StringIO()
    demonstration.show(Console(file=shown, width=200), out=tmp_path, seconds=0.5)
    (image,) = tmp_path.glob(f"{subject.attribute}.*")
    assert f"saved   {image}" in shown.getvalue()
    assert "2 paid requests sent, 2 taken on; paid twice: 0; jobs that we do not know of: 0" in shown.getvalue()
