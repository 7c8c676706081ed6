"""`proviso diff` over folders and revisions of git: what it says, how it ends, and what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from . import desk, spec_pairs

GIT = shutil.which("git") or "git"
DEARER = (("still.yaml", "amount: 0.033,", "amount: 0.035,"),)
CHEAPER = (("still.yaml", "amount: 0.033,", "amount: 0.030,"),)
REWORDED = (("still.yaml", "Where chance begins.", "The beginning of chance."),)


def git(*arguments: str) -> None:
    author = ("-c", "user.name=Somebody", "-c", "user.email=somebody@acme.example", "-c", "commit.gpgsign=false")
    subprocess.run([GIT, *author, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with the base under two names, then a dearer image, then a cheaper one that is not committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    shutil.rmtree(tmp_path / "repository", ignore_errors=True)
    (tmp_path / "repository").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    git("init", "--quiet")
    shutil.copytree(spec_pairs.BASE, "specs")
    shutil.copytree(spec_pairs.BASE, "other/specs")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin")
    git("tag", "v1.2")
    spec_pairs.edit(Path("specs"), DEARER)
    git("commit", "--quiet", "--all", "--message", "Raise the price")
    spec_pairs.edit(Path("specs"), (("still.yaml", "amount: 0.035,", "amount: 0.030,"),))
    return tmp_path / "repository"


@pytest.mark.parametrize(
    ("edits", "status", "version"),
    [
        (DEARER, 1, "major (minor while the version is 0.x)"),
        (CHEAPER, 0, "minor (patch while the version is 0.x)"),
        (REWORDED, 0, "patch"),
        ((), 0, "none"),
    ],
)
def test_only_what_breaks_ends_with_1_and_the_version_follows(
    edits: spec_pairs.Edits, status: int, version: str, tmp_path: Path
) -> None:
    done = desk.run("diff", str(spec_pairs.BASE), str(spec_pairs.edited(tmp_path, edits)))
    assert done.exit_code == status, done.output
    assert f"version: {version}" in done.stderr


def test_a_change_is_told_with_its_place_and_what_it_means(tmp_path: Path) -> None:
    specs = spec_pairs.edited(tmp_path, DEARER)
    done = desk.run("diff", str(spec_pairs.BASE), str(specs))
    assert f"{specs}/acme/still.yaml:42:5: breaking: acme/still price.rates.image.amount" in done.stdout
    assert "an image costs 0.035 USD in place of 0.033: +6.1 %; budgets buy less [price]" in done.stdout


def test_what_is_gone_is_told_with_where_it_stood(tmp_path: Path) -> None:
    gone = (("still.yaml", "  seed: {type: integer, description: Where chance begins.}\n", ""),)
    done = desk.run("diff", str(spec_pairs.BASE), str(spec_pairs.edited(tmp_path, gone)))
    assert f"{spec_pairs.BASE}/acme/still.yaml:15:3: stood here before" in done.stdout


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("named", "said"),
    [
        (("HEAD",), "0.030 USD in place of 0.035"),
        (("v1.2",), "0.030 USD in place of 0.033"),
        (("HEAD~1", "HEAD"), "0.035 USD in place of 0.033"),
        (("HEAD~1:specs", "HEAD:specs"), "0.035 USD in place of 0.033"),
        (("HEAD:other/specs", "specs"), "0.030 USD in place of 0.033"),
        (("specs", "HEAD"), "0.035 USD in place of 0.030"),
    ],
)
def test_revisions_are_compared_as_folders_are(named: tuple[str, ...], said: str) -> None:
    done = desk.run("diff", *named)
    assert said in done.stdout, done.output


@pytest.mark.usefixtures("repository")
def test_a_revision_names_the_same_folder_from_inside_the_working_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("other")
    assert "version: none" in desk.run("diff", "HEAD").stderr
    assert "0.030 USD in place of 0.035" in desk.run("diff", "HEAD:specs", "../specs").stdout


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("v1.3", 'git knows no revision "v1.3"; did you mean "v1.2"?'),
        ("HEAD:elsewhere", 'there is no folder "elsewhere" in "HEAD"'),
        ("HEAD:specs/acme/still.yaml", '"specs/acme/still.yaml" is a file in "HEAD"'),
        ("specs/acme/still.yaml", '"specs/acme/still.yaml" is a file; give the folder'),
        (":specs", "git knows no revision"),
        ("HEAD^{tree}", "git knows no revision"),
        ("HEAD:../..", "there is no folder"),
        ("a\nb", "git knows no revision"),
        ("a\0b", "git cannot be run"),
    ],
)
def test_what_names_no_state_is_said_to(named: str, said: str) -> None:
    done = desk.run("diff", named)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.usefixtures("repository")
def test_a_folder_wins_over_a_revision_of_its_name() -> None:
    git("branch", "other")
    done = desk.run("diff", "other/specs", "other")
    assert "other:1:1" not in done.output
    assert done.exit_code == 2


def test_outside_of_a_repository_there_are_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    done = desk.run("diff", "HEAD")
    assert done.exit_code == 2
    assert "here is no git repository" in done.stderr


@pytest.mark.usefixtures("repository")
def test_without_git_folders_are_compared_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in desk.run("diff", "HEAD").stderr
    assert "0.030 USD in place of 0.033" in desk.run("diff", "other/specs").stdout


@pytest.mark.usefixtures("repository")
def test_a_link_in_a_revision_is_not_followed() -> None:
    Path("specs/acme/linked.yaml").symlink_to(os.devnull)
    git("add", "--all")
    git("commit", "--quiet", "--message", "Link")
    done = desk.run("diff", "HEAD")
    assert done.exit_code == 2
    assert "acme/linked.yaml" in done.stderr
    assert "is a link" in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_complaints_of_either_side_are_shown_as_lint_shows_them(form: str, tmp_path: Path) -> None:
    wrong = spec_pairs.edited(tmp_path, (("still.yaml", "default: 1K", "default: 8K"),))
    for named in ((str(wrong), str(spec_pairs.BASE)), (str(spec_pairs.BASE), str(wrong))):
        done = desk.run("diff", *named, "--format", form)
        assert done.exit_code == 2
        assert "only specs without any can be compared" in done.stderr
        if form == "json":
            assert json.loads(done.stdout)["complaints"][0]["rule"]
        else:
            assert f"{wrong}/acme/still.yaml:11:" in done.stdout


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a: [", b"x" * (2 << 20)])
def test_files_that_are_no_specs_are_complained_about(content: bytes, tmp_path: Path) -> None:
    specs = spec_pairs.edited(tmp_path, ())
    (specs / "acme" / "still.yaml").write_bytes(content)
    done = desk.run("diff", str(spec_pairs.BASE), str(specs))
    assert done.exit_code == 2
    assert f"{specs}/acme/still.yaml:" in done.stdout


@pytest.mark.parametrize("form", ["json", "markdown", "sarif", "junit"])
def test_every_form_of_a_report_holds_every_change(form: str, tmp_path: Path) -> None:
    specs = spec_pairs.edited(tmp_path, (*DEARER, ("provider.yaml", "lasts: 24h", "lasts: 1h")))
    file = tmp_path / "report"
    done = desk.run("diff", str(spec_pairs.BASE), str(specs), "--format", form, "--report", f"{form}={file}")
    assert done.exit_code == 1
    for text in (done.stdout, file.read_text("utf-8")):
        assert "0.035 USD in place of 0.033" in text
        assert "1 h in place of 1 d" in text


def test_a_fingerprint_stays_when_lines_move_and_values_go_on_changing(tmp_path: Path) -> None:
    prints = []
    for number, edits in enumerate((DEARER, (*DEARER, ("still.yaml", "title:", "\n# A note.\ntitle:")), CHEAPER)):
        specs = spec_pairs.edited(tmp_path / str(number), edits)
        done = desk.run("diff", str(spec_pairs.BASE), str(specs), "--format", "json")
        prints.append([one["fingerprint"] for one in json.loads(done.stdout)["findings"]])
    assert prints[0] == prints[1] == prints[2]
    assert len(prints[0]) == 1


def test_the_changelog_is_written_once(tmp_path: Path) -> None:
    specs, log = spec_pairs.edited(tmp_path, DEARER), tmp_path / "CHANGELOG.md"
    for _ in range(2):
        desk.run("diff", str(spec_pairs.BASE), str(specs), "--changelog", str(log))
    assert log.read_text("utf-8").count("0.035 USD in place of 0.033") == 1


def test_a_changelog_that_is_no_text_stays_as_it_is(tmp_path: Path) -> None:
    specs, log = spec_pairs.edited(tmp_path, DEARER), tmp_path / "CHANGELOG.md"
    log.write_bytes(b"# Changes \xff")
    done = desk.run("diff", str(spec_pairs.BASE), str(specs), "--changelog", str(log))
    assert done.exit_code == 2
    assert "is not UTF-8" in done.stderr
    assert log.read_bytes() == b"# Changes \xff"
