"""The command line as a person uses it, on a real library."""

from pathlib import Path

import pytest

from reader import __version__
from reader.cli.exits import Exit
from tests.cli.shell import Shell


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path / "library.db", capsys)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.md").write_text(
        "---\ntitle: The first\ndate: 2026-02-03T10:00:00Z\ntags: [Rain, Sun]\nlang: en\n"
        "author: Ann\nlink: https://example.org/1\nsource: The Paper\n---\n\nWords of **rain**.\n"
    )
    (folder / "two.txt").write_text("A second story\n\nIt has some words of its own to read.\n")
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return folder


def test_version(shell: Shell) -> None:
    assert shell("--version") == 0
    assert shell.out == f"newsreader {__version__}\n"


def test_add_and_list_as_json(shell: Shell, news: Path) -> None:
    assert shell("add", "news") == Exit.OK
    assert "brought 2, 0 changed" in shell.out
    assert shell("list", "--json") == Exit.OK
    row = next(row for row in shell.rows if row["title"] == "The first")
    assert row == {
        "id": row["id"],
        "feed": "The Paper",
        "title": "The first",
        "author": "Ann",
        "published": "2026-02-03T10:00:00+00:00",
        "date_source": "given",
        "language": "en",
        "tags": ["Rain", "Sun"],
        "unread": True,
        "starred": False,
        "link": "https://example.org/1",
        "path": str(news / "one.md"),
        "problems": [],
        "copies": [],
    }
    other = next(row for row in shell.rows if row["title"] == "A second story")
    assert (other["date_source"], other["feed"]) == ("file", "news")


def test_problems_name_the_file_and_the_reason(shell: Shell, news: Path) -> None:
    shell("add", "news")
    assert shell("list", "--problems") == Exit.OK
    assert shell.out == f"{news / 'bad.txt'}: It is a PNG picture, not text.\n"


def test_show_prints_an_article(shell: Shell, news: Path) -> None:
    shell("add", "news")
    shell("list", "--json")
    number = next(row["id"] for row in shell.rows if row["title"] == "The first")
    assert shell("show", str(number)) == Exit.OK
    assert shell.out.startswith("The first\nThe Paper, 2026-02-03")
    assert "Words of rain." in shell.out
    assert shell("show", str(number), "--json") == Exit.OK
    assert shell.rows[0]["text"] == "Words of rain."
    assert shell("show", "999") == Exit.NOTHING
    assert "no article 999" in shell.err


def test_unread_counts(shell: Shell, news: Path) -> None:
    assert shell("unread", "--json") == Exit.OK
    assert shell.rows == [{"unread": 0}]
    assert not shell.library.exists()
    shell("add", "news")
    shell("unread")
    assert shell.out == "2\n"


def test_an_empty_list_says_so_by_its_code(shell: Shell) -> None:
    assert shell("list") == Exit.NOTHING
    assert shell.out == ""


def test_a_missing_folder_is_refused_with_its_name(shell: Shell) -> None:
    assert shell("add", "nowhere") == Exit.FAILED
    assert "nowhere" in shell.err


def test_update_tells_what_it_brought(shell: Shell, news: Path) -> None:
    shell("add", "news")
    (news / "three.md").write_text("# Third\n\nMore words.")
    assert shell("update", "--json") == Exit.OK
    assert shell.rows == [{"new": 1, "changed": 0, "unchanged": 3, "failed": []}]


def test_paths_open_the_screen(shell: Shell, news: Path) -> None:
    assert shell("news/one.md") == 0
    assert shell.opened == [Path("news/one.md")]
    assert shell() == 0
    assert shell.opened == []


def test_keys_and_paths_and_config(shell: Shell) -> None:
    assert shell("keys", "--json") == Exit.OK
    assert {"id", "title", "help", "keys", "where"} == set(shell.rows[0])
    assert shell("keys") == Exit.OK
    assert shell("paths", "--json") == Exit.OK
    assert shell.rows[0]["library"] == str(shell.library)
    assert shell("config", "--default") == Exit.OK
    assert "[article]" in shell.out


def test_a_mistaken_setting_is_told_and_does_not_stop(shell: Shell, tmp_path: Path) -> None:
    settings = tmp_path / "config/newsreader/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[article]\nwidht = 3\n")
    assert shell("list") == Exit.NOTHING
    assert "config.toml:2: unknown setting 'widht'" in shell.err
    assert "did you mean 'width'" in shell.err


@pytest.mark.parametrize("name", ["bash", "zsh", "tcsh"])
def test_completion(shell: Shell, name: str) -> None:
    assert shell("completion", name) == Exit.OK
    assert "newsreader" in shell.out
    assert "update" in shell.out


def test_a_damaged_library_is_left_as_it_is(shell: Shell) -> None:
    shell.library.write_bytes(b"this is no database" * 100)
    assert shell("list") == Exit.UNUSABLE
    assert str(shell.library) in shell.err
    assert shell.library.read_bytes() == b"this is no database" * 100


def test_files_that_were_refused_are_told_at_once(shell: Shell, news: Path) -> None:
    assert shell("add", str(news)) == Exit.OK
    assert "1 file could not be read; newsreader list --problems tells why" in shell.err
    assert shell("add", str(news)) == Exit.OK
    assert "could not be read" not in shell.err


def test_a_library_with_no_place_is_told(shell: Shell, news: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    shell.library = tmp_path / "file" / "library.db"
    assert shell("add", str(news)) == Exit.OK
    assert "Nothing of this is kept." in shell.err


def test_hostile_names_and_titles_reach_no_terminal(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "a\x1b]0;owned\x07\x9b2J.md").write_text(
        '---\ntitle: "t\\e[31m\\u202e"\n---\nx\x1b[2J'
    )
    shell("add", "hostile")
    for arguments in (("list",), ("list", "--json"), ("show", "1"), ("list", "--problems")):
        shell(*arguments)
        printed = shell.out + shell.err
        assert not [c for c in printed if not (c.isprintable() or c == "\n")], arguments
