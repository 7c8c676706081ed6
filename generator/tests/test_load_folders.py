"""Folders of specs: the order of what is read, and what is wrong with folders, files and names."""

from __future__ import annotations

import os
import time
from pathlib import Path

from proviso import load


def lay_out(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_folders_and_models_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    specs = lay_out(
        tmp_path,
        {
            "README.md": "", ".hidden": "", "zeta/provider.yaml": "a: 1", "zeta/b-2.yaml": "b: 1",
            "zeta/b-10.yaml": "c: 1", "zeta/notes.md": "", "zeta/.swp.yaml": "", "acme/provider.yaml": "d: 1",
            "acme/m.yaml": "e: 1",
        },
    )  # fmt: skip
    (specs / "acme" / "same.yaml").symlink_to("../zeta/b-2.yaml")
    folders, complaints = load.load_folders(specs, shown="specs/")
    assert complaints == ()
    assert [folder.name for folder in folders] == ["acme", "zeta"]
    assert folders[0].provider.path == "specs/acme/provider.yaml"
    assert [model.path for folder in folders for model in folder.models] == [
        "specs/acme/m.yaml", "specs/acme/same.yaml", "specs/zeta/b-10.yaml", "specs/zeta/b-2.yaml",
    ]  # fmt: skip


def test_what_is_wrong_with_folders_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    specs = lay_out(
        tmp_path / "specs",
        {
            "loose.yaml": "a: 1", "loose.txt": "", "Acme/provider.yaml": "a: 1", "Acme/m.yaml": "b: 1",
            "bare/provider.yaml": "a: 1", "broken/provider.yaml": "a: [", "broken/m.yaml": "a: 'b",
            "headless/m.yaml": "a: 1", "typo/providr.yaml": "a: 1",
            "good/provider.yaml": "a: 1", "good/m.yaml": "a: 1", "good/n.yaml": "", "good/B_2.yaml": "a: 1",
            "good/old.yml": "", "good/old.YAML": "", "good/data.json": "", "good/sub/m.yaml": "",
        },
    )  # fmt: skip
    (specs / "good" / "out.yaml").symlink_to(lay_out(tmp_path / "else", {"m.yaml": "a: 1"}) / "m.yaml")
    (specs / "outside").symlink_to(tmp_path / "else")
    (specs / "good" / "gone.yaml").symlink_to("nowhere.yaml")
    folders, complaints = load.load_folders(specs, shown="specs")
    assert [(folder.name, [model.path for model in folder.models]) for folder in folders] == [
        ("bare", []),
        ("good", ["specs/good/m.yaml"]),
    ]
    wrong_name = "a name is made of lower-case words and numbers joined by hyphens, such as still-image-2 [name]"
    assert [str(complaint).removeprefix("specs/") for complaint in complaints] == [
        f"Acme:1:1: {wrong_name}",
        "bare:1:1: the folder has no model; write one .yaml file a model [no-models]",
        "broken/m.yaml:1:4: this quote is never closed [syntax]",
        "broken/provider.yaml:2:1: the file ends before a bracket is closed [syntax]",
        f"good/B_2.yaml:1:1: {wrong_name}",
        "good/data.json:1:1: only .yaml and .md files belong here [stray-file]",
        "good/gone.yaml:1:1: there is no such file [unreadable]",
        "good/n.yaml:1:1: the file is empty [empty-file]",
        "good/old.YAML:1:1: rename it to old.yaml [stray-file]",
        "good/old.yml:1:1: rename it to old.yaml [stray-file]",
        "good/out.yaml:1:1: this link leads out of the specs folder; put the file itself here [link]",
        "good/sub:1:1: a provider's folder has no folders inside [stray-file]",
        "headless:1:1: the folder has no provider.yaml [no-provider-file]",
        "loose.txt:1:1: only folders of providers and .md files belong here [stray-file]",
        "loose.yaml:1:1: a spec belongs into its provider's folder, beside provider.yaml [stray-file]",
        "outside:1:1: this link leads out of the specs folder; put the file itself here [link]",
        "typo:1:1: the folder has no provider.yaml [no-provider-file]",
    ]


def test_folders_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    missing = "x:1:1: there is no such folder; it holds one folder a provider [no-folder]"
    assert [str(one) for one in load.load_folders(tmp_path / "none", shown="x")[1]] == [missing]
    assert [str(one) for one in load.load_folders(tmp_path / "file", shown="x")[1]] == [missing]
    empty = lay_out(tmp_path / "empty", {"README.md": ""})
    assert [str(one) for one in load.load_folders(empty, shown="x")[1]] == [
        "x:1:1: no provider's folder is in here; make one that holds provider.yaml [no-providers]"
    ]


def test_names_that_would_break_a_line_are_escaped(tmp_path: Path) -> None:
    lay_out(tmp_path, {"we\nird/provider.yaml": "a: 1", "we\nird/m\x1b.yaml": "a: 1"})
    complaints = [str(one) for one in load.load_folders(tmp_path, shown="x")[1]]
    assert [one.split(":")[0] for one in complaints] == ["x/we\\nird", "x/we\\nird/m\\x1b.yaml"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def complaint(path: Path) -> str:
        document, (found,) = load.load(path, shown="x.yaml")
        assert document is None
        return str(found)

    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    started = time.monotonic()
    assert complaint(huge) == "x.yaml:1:1: a spec file has at most 1024 KiB [too-large]"
    assert time.monotonic() - started < 1
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert complaint(tmp_path / "pipe.yaml") == "x.yaml:1:1: a file is expected here, and this is none [not-a-file]"
    assert complaint(tmp_path) == "x.yaml:1:1: a file is expected here, and this is none [not-a-file]"
    assert complaint(tmp_path / "none.yaml") == "x.yaml:1:1: there is no such file [unreadable]"
    assert complaint(tmp_path / "loop.yaml").startswith("x.yaml:1:1: the file cannot be read (too many levels of")
    assert complaint(tmp_path / "a\0b").startswith("x.yaml:1:1: the file cannot be read (")
