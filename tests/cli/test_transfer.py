"""newsreader import and export, as a person uses them."""

from pathlib import Path

import pytest

from reader.cli.exits import Exit
from tests.cli.shell import Shell
from tests.cli.test_main import shell

__all__ = ["shell"]

DATA = Path(__file__).parents[1] / "data"


def test_a_list_goes_in_and_out(shell: Shell, tmp_path: Path) -> None:
    assert shell("export") == Exit.NOTHING
    assert shell("import", str(DATA / "opml" / "nested.opml")) == Exit.PARTLY
    assert shell.out == "added 6, 0 known, 6 refused\n"
    assert "exec:~/bin/feed.sh: it runs a program" in shell.err
    assert shell("export") == Exit.OK
    (tmp_path / "out.opml").write_text(shell.out, encoding="utf-8")
    assert shell("import", "out.opml") == Exit.OK
    assert shell.out == "added 0, 6 known, 0 refused\n"
    assert shell("export", "--opml1") == Exit.OK
    assert '<opml version="1.0"' in shell.out


def test_json_tells_all(shell: Shell) -> None:
    assert shell("import", str(DATA / "opml" / "nested.opml"), "--json") == Exit.PARTLY
    [row] = shell.rows
    assert row["added"] == [1, 2, 3, 4, 5, 6]
    assert len(row["refused"]) == 6  # type: ignore[arg-type]


def test_newsboat_comes_over_with_its_kill_file(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = shell("import", str(DATA / "newsboat"))
    assert code == Exit.PARTLY
    assert "added 5, 0 known" in shell.out
    assert "1 rule was added to" in shell.err
    rules = tmp_path / "config" / "newsreader" / "rules.toml"
    assert "title:/Sponsored/" in rules.read_text()


def test_what_is_no_list_is_said(shell: Shell, tmp_path: Path) -> None:
    assert shell("import", "nowhere.opml") == Exit.FAILED
    assert "There is no file or folder" in shell.err
    (tmp_path / "page.opml").write_text("<!doctype html><html></html>")
    assert shell("import", "page.opml") == Exit.FAILED
    assert "web page" in shell.err


def test_add_points_from_a_list_to_import(shell: Shell) -> None:
    assert shell("add", str(DATA / "opml" / "nested.opml")) == Exit.USAGE
    assert "newsreader import" in shell.err
