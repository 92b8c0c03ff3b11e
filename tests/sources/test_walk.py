"""Which files of a folder are articles."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.sources.walk import locate, may_matter, walk


def make(root: Path, *names: str, text: str = "words\n") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def paths(root: Path) -> list[str]:
    return [stat.path for stat in walk(root)]


def test_articles_are_found_at_any_depth_in_a_stable_order(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a.txt", "z/y/x.HTML", "z/a.markdown", "m/c.htm", "picture.png", "x.py")
    found = ["a.txt", "b.md", "m/c.htm", "z/a.markdown", "z/y/x.HTML"]
    assert paths(tmp_path) == found
    assert paths(tmp_path) == found


def test_sizes_and_times_are_those_of_the_file(tmp_path: Path) -> None:
    make(tmp_path, "a.md", text="12345")
    os.utime(tmp_path / "a.md", ns=(1, 1_700_000_000_123_456_789))
    (stat,) = walk(tmp_path)
    assert (stat.size, stat.mtime_ns) == (5, 1_700_000_000_123_456_789)


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        ".git/a.md",
        ".obsidian/a.md",
        "node_modules/x/readme.md",
        "__MACOSX/a.md",
        "a.md~",
        "#a.md#",
        ".#a.md",
        "~$a.txt",
        "a.md.bak",
        "a.md.orig",
        "a.md.swp",
        ".a.md.swp",
        "a.md.tmp",
        "a.txt.part",
    ],
)
def test_hidden_files_backups_and_machinery_are_left_alone(tmp_path: Path, name: str) -> None:
    make(tmp_path, name, text="---\ntitle: x\n---\n")
    assert paths(tmp_path) == []
    assert not may_matter(name)


@pytest.mark.parametrize("name", ["~.md", "#x#.md", "a~b.txt", "git/a.md", "x.y.md", "bak.md"])
def test_names_that_only_look_like_backups_count(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert paths(tmp_path) == [name]
    assert may_matter(name)


@pytest.mark.parametrize(
    ("name", "text", "counts"),
    [
        ("note", "---\ntitle: x\n---\nwords", True),
        ("note.mdown", "---\r\ntitle: x\r\n---\r\nwords", True),
        ("note.org", "+++\ntitle = 'x'\n+++\n", True),
        ("note.text", "\ufeff---\ntitle: x\n...\n", True),
        ("note.hexo", ';;;\n"title": "x"\n;;;\n', True),
        ("note.rst", "---\nonly a rule\n---\n", False),
        ("open.rst", "---\ntitle: never closed\n", False),
        ("plain.rst", "Words.\n", False),
        ("playbook.yml", "---\nhosts: all\n---\n", False),
        ("change.patch", "--- a/x\n+++ b/x\n", False),
        ("empty", "", False),
    ],
)
def test_other_text_counts_where_it_begins_with_front_matter(
    tmp_path: Path, name: str, text: str, counts: bool
) -> None:
    make(tmp_path, name, text=text)
    assert paths(tmp_path) == ([name] if counts else [])


def test_a_single_file_is_an_article_whatever_its_name(tmp_path: Path) -> None:
    make(tmp_path, ".notes")
    root = tmp_path / ".notes"
    (stat,) = walk(root)
    assert stat.path == ".notes"
    assert locate(root, stat.path) == root
    assert locate(tmp_path, "a/b.md") == tmp_path / "a/b.md"


def test_what_happens_to_machinery_does_not_matter() -> None:
    assert may_matter("a/b.md")
    assert may_matter("a/folder")
    for path in ("node_modules", "a/.git", ".git/index", "a/node_modules/b.md", "a.png"):
        assert not may_matter(path)


def test_links_lead_neither_out_nor_in_circles(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(tmp_path, "outside/secret.md", "root/own.md", "root/below/deep.md")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "secret.md").symlink_to(tmp_path / "outside/secret.md")
    (root / "passwd.txt").symlink_to("/etc/passwd")
    (root / "below/up").symlink_to(root)
    (root / "self.md").symlink_to("self.md")
    (root / "gone.md").symlink_to("nothing.md")
    assert paths(root) == ["own.md", "below/deep.md"]


def test_a_link_counts_where_its_target_is_not_met_anyway(tmp_path: Path) -> None:
    make(tmp_path, ".store/objects/1234", "2026/today.md")
    (tmp_path / "kept.md").symlink_to(".store/objects/1234")
    (tmp_path / "latest.md").symlink_to("2026/today.md")
    assert paths(tmp_path) == ["kept.md", "2026/today.md"]


def test_a_root_may_be_a_link_itself(tmp_path: Path) -> None:
    make(tmp_path, "real/a.md")
    (tmp_path / "news").symlink_to("real")
    assert paths(tmp_path / "news") == ["a.md"]


def test_only_regular_files_count(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder.md").mkdir()
    make(tmp_path, "folder.md/a.md")
    assert paths(tmp_path) == ["folder.md/a.md"]


def test_names_that_are_not_utf_8_keep_their_bytes(tmp_path: Path) -> None:
    name = b"caf\xe9\x1b[31m.md"
    (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    (found,) = paths(tmp_path)
    assert os.fsencode(found) == name


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    make(tmp_path, "locked/a.md", "open/b.md")
    folder = tmp_path / "locked"
    folder.chmod(0)
    if os.access(folder, os.R_OK):
        folder.chmod(0o755)
        pytest.skip("this user may read everything")
    yield tmp_path
    folder.chmod(0o755)


def test_a_folder_that_may_not_be_read_is_told_and_left_out(locked: Path) -> None:
    problems: list[str] = []
    assert [stat.path for stat in walk(locked, problem=problems.append)] == ["open/b.md"]
    assert problems == ["The folder locked was left out: you may not read it."]


def test_a_root_that_is_missing_is_told(tmp_path: Path) -> None:
    problems: list[str] = []
    assert list(walk(tmp_path / "none\x1b[31m", problem=problems.append)) == []
    (problem,) = problems
    assert problem.endswith("none was left out: it is gone.")


def test_a_deep_tree_ends_in_a_problem_and_not_in_an_exception(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(60):
            os.mkdir("d" * 100, dir_fd=here)
            below = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)
    problems: list[str] = []
    assert list(walk(tmp_path, problem=problems.append)) == []
    assert len(problems) == 1
