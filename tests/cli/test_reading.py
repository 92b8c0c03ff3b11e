"""Pages read, articles saved, sent and downloaded from the command line."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.exits import Exit
from reader.library import Library
from reader.model.article import Article, Enclosure
from reader.model.records import replace
from tests.cli.shell import Shell
from tests.net.server import Server
from tests.storage.filling import NOW, article, fill
from tests.update.pages import answer, put, story


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "newsreader" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        f"[network]\nallow_private = true\n[share]\nfolder = '{tmp_path}/saved'\n"
        f"[media]\nfolder = '{tmp_path}/files'\n"
    )
    return path


@pytest.fixture
def shell(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    config: Path,
) -> Shell:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path / "library.db", capsys)


def having(shell: Shell, *given: Article) -> list[int]:
    library = Library.open(shell.library, clock=lambda: NOW)
    ids = list(fill(library, given))
    library.close()
    return ids


def echo(tmp_path: Path) -> tuple[str, Path]:
    """A program that writes down its arguments and its input."""
    said = tmp_path / "said"
    path = tmp_path / "program"
    path.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        f"pathlib.Path({str(said)!r}).write_text(repr(sys.argv[1:]) + sys.stdin.read())\n"
    )
    path.chmod(0o755)
    return str(path), said


# --- read, full, changes


def test_a_page_is_printed_for_scripts(shell: Shell, server: Server) -> None:
    url = put(server, "/a", "Boats", f"<h2>Plan</h2>{story('Boat')}")
    assert shell("read", url, "--text", "--width", "60") == Exit.OK
    lines = shell.out.splitlines()
    assert lines[0] == "Boats"
    assert url in lines
    assert "Plan" in lines
    assert max(map(len, lines)) <= 60
    assert shell("read", url.removeprefix("http://"), "--json") == Exit.OK
    (row,) = shell.rows
    assert (row["title"], row["link"], row["published"]) == ("Boats", url, None)
    assert "Boat 7." in str(row["text"])
    assert shell("list") == Exit.NOTHING


def test_a_page_opens_on_the_screen(shell: Shell, server: Server) -> None:
    assert shell("read", put(server, "/a", "Boats")) == Exit.OK
    assert shell.opened == []
    library = Library.open(shell.library, clock=lambda: NOW)
    session = library.session()
    head = library.headlines([int(session["article"])])[0]
    library.close()
    assert (head.title, head.feed, session["pane"]) == ("Boats", "Pages read", "article")
    assert session["row"] == f"feed {head.feed_id}"


def test_a_page_is_put_aside(shell: Shell, server: Server) -> None:
    assert shell("read", put(server, "/a", "Boats"), "--later") == Exit.OK
    assert "put aside: Boats" in shell.err
    assert shell("list", "--unread") == Exit.OK
    assert "Boats  (Put aside)" in shell.out
    assert shell("list", "#later") == Exit.OK
    assert "Boats  (Put aside)" in shell.out
    shell("smart", "list")
    assert "     1      1  Read later  #later" in shell.out
    assert shell("undo") == Exit.OK
    assert shell("list", "#later") == Exit.NOTHING


def test_what_cannot_be_read_is_told(shell: Shell, server: Server) -> None:
    assert shell("read", server.url("/gone"), "--text") == Exit.FAILED
    assert "404" in shell.err
    assert shell("read", "file:///etc/passwd", "--text") == Exit.FAILED
    assert shell("read", server.url("/a"), "--text", "--width", "3") == Exit.USAGE
    assert shell.out == ""


def test_the_full_text_of_an_article(shell: Shell, server: Server) -> None:
    link = put(server, "/a", "Boats")
    one, two = having(shell, article(1, link=link), article(2, link=server.url("/gone")))
    assert shell("full", str(one)) == Exit.OK
    assert "Boats 7." in shell.out
    assert shell("full", str(one), "--json") == Exit.OK
    assert (shell.rows[0]["complete"], shell.rows[0]["obstacle"]) == (True, "")
    assert len(server.asked) == 1
    assert shell("full", str(two)) == Exit.FAILED
    assert "404" in shell.err
    assert shell("full", "99") == Exit.NOTHING


def test_a_document_is_shown_as_it_was_given(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "boats.md"
    file.write_text("---\ntitle: Boats\n---\n**Two** boats\x1b[2J came.\n")
    shell("add", str(file))
    assert shell("show", "1", "--source") == Exit.OK
    assert shell.out == "---\ntitle: Boats\n---\n**Two** boats‹U+001B›[2J came.\n"
    (one,) = having(shell, article(1, title="Nets", body="<p>Mended.</p>"))
    assert shell("show", str(one), "--source") == Exit.OK
    assert 'title: "Nets"' in shell.out
    assert shell.out.endswith("<p>Mended.</p>\n")
    file.unlink()
    assert shell("show", "1", "--source") == Exit.FAILED
    assert "It is gone." in shell.err


def test_versions_are_listed_and_compared_with_each(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "boats.md"
    for text in ("Two boats came.", "Three boats came.", "Three boats came back."):
        file.write_text(f"---\ntitle: Boats\n---\n{text}\n")
        shell("add", str(file))
        shell("update")
    assert shell("changes", "1", "--list") == Exit.OK
    rows = shell.out.splitlines()
    assert len(rows) == 3
    assert "3 words  +2 -1 words since" in rows[0]
    assert rows[2].endswith("4 words  shown now")
    assert shell("changes", "1", "--list", "--json") == Exit.OK
    assert [(row["number"], row["words_added"], row["current"]) for row in shell.rows] == [
        (1, 2, False),
        (2, 1, False),
        (3, 0, True),
    ]
    assert shell("changes", "1", "--json") == Exit.USAGE
    assert shell("changes", "1", "--from", "2") == Exit.OK
    assert "{+ back+}" in shell.out
    assert "Two" not in shell.out
    assert shell("changes", "1", "--from", "1") == Exit.OK
    assert "[-Two-]{+Three+}" in shell.out
    assert shell("changes", "1", "--from", "3") == Exit.NOTHING
    assert shell("changes", "1", "--from", "4") == Exit.NOTHING
    assert "changes ID --list" in shell.err


def test_changes_are_printed(shell: Shell, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.md").write_text("---\ntitle: Boats\n---\n\nTwo boats came.\n")
    shell("add", "news")
    assert shell("changes", "1") == Exit.NOTHING
    (news / "a.md").write_text("---\ntitle: Boats\n---\n\nThree boats came home.\n")
    shell("update")
    assert shell("changes", "1") == Exit.OK
    assert shell.out == "[-Two-]{+Three+} boats came{+ home+}.\n"


# --- save, pipe, mail, open


def test_articles_are_saved(shell: Shell, tmp_path: Path) -> None:
    one, two = having(shell, article(1, title="Boats"), article(2, title="Nets"))
    assert shell("save", str(one), str(two)) == Exit.OK
    paths = [Path(line) for line in shell.out.splitlines()]
    assert [path.name for path in paths] == ["2026-11-21-Boats.md", "2026-11-21-Nets.md"]
    assert all(path.parent == tmp_path / "saved" and path.exists() for path in paths)
    assert shell("save", str(one), "--as", "epub", "--to", "books") == Exit.OK
    assert Path(shell.out.strip()) == tmp_path / "books" / "2026-11-21-Boats.epub"
    assert shell("save", "99") == Exit.NOTHING


def test_an_article_is_piped_to_a_program(shell: Shell, tmp_path: Path) -> None:
    (one,) = having(shell, article(1, title="Boats", body="<p>Größe</p>"))
    program, said = echo(tmp_path)
    assert shell("pipe", str(one), "--", program, "-x", "$HOME;") == Exit.OK
    assert said.read_text().startswith("['-x', '$HOME;']Boats\n")
    assert "Größe" in said.read_text()
    assert shell("pipe", "--as", "html", str(one), program) == Exit.OK
    assert "<h1>Boats</h1>" in said.read_text()
    assert shell("pipe", str(one), "--", "/no/such/program") == Exit.FAILED
    assert "could not be started" in shell.err
    assert shell("pipe", str(one)) == Exit.USAGE
    assert shell("pipe", "99", "--", program) == Exit.NOTHING


def test_an_article_is_mailed(shell: Shell, tmp_path: Path, config: Path) -> None:
    given = article(1, title="--Boats", link="https://example.org/?id=1&utm_source=x")
    (one,) = having(shell, given)
    program, said = echo(tmp_path)
    config.write_text(f"[share]\nmail = ['{program}', '-s', '{{title}}', '{{url}}']\n")
    assert shell("mail", str(one)) == Exit.OK
    assert said.read_text().startswith("['-s', 'Boats', 'https://example.org/?id=1']--Boats\n")
    config.write_text(f"[openers]\n'mailto:*' = ['{program}']\n")
    assert shell("mail", str(one)) == Exit.OK
    assert said.read_text().startswith("['mailto:?subject=--Boats&body=https")


def test_links_and_files_are_opened(
    shell: Shell, tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Enclosure(url="https://example.org/1.mp3", mime="audio/mpeg")
    given = replace(article(1), enclosures=(sound,))
    one, none = having(shell, given, article(2, link=""))
    assert shell("open", str(one)) == Exit.FAILED
    assert "https://example.org/1" in shell.err
    program, said = echo(tmp_path)
    config.write_text(f"[media]\nplayer = ['{program}', '--', '{{url}}']\n")
    assert shell("open", str(one), "--file", "1") == Exit.OK
    assert said.read_text() == "['--', 'https://example.org/1.mp3']"
    assert shell("open", str(one), "--file", "2") == Exit.NOTHING
    assert shell("open", str(none)) == Exit.FAILED
    monkeypatch.setenv("BROWSER", program)
    assert shell("open", str(one)) == Exit.OK
    assert said.read_text() == "['https://example.org/1']"


# --- download


def test_files_are_listed_and_downloaded(shell: Shell, server: Server, tmp_path: Path) -> None:
    sounds = tuple(
        Enclosure(
            url=answer(server, f"/{n}.mp3", b"x" * n, "audio/mpeg"),
            mime="audio/mpeg",
            size=n,
            seconds=3723,
        )
        for n in (1200, 7)
    )
    one, none = having(shell, replace(article(1), enclosures=sounds), article(2))
    assert shell("download", str(one), "--list") == Exit.OK
    assert shell.out.splitlines()[0] == f"  1  audio/mpeg  1.2 kB  1:02:03  {sounds[0].url}"
    assert shell("download", str(one), "--list", "--json") == Exit.OK
    assert [(row["number"], row["url"], row["seconds"]) for row in shell.rows] == [
        (1, sounds[0].url, 3723),
        (2, sounds[1].url, 3723),
    ]
    assert shell("download", str(one), "--json") == Exit.USAGE
    assert shell("download", str(one)) == Exit.OK
    paths = [Path(line) for line in shell.out.splitlines()]
    assert [path.stat().st_size for path in paths] == [1200, 7]
    assert {path.parent for path in paths} == {tmp_path / "files"}
    assert shell("download", str(one), "--file", "2", "--to", "here") == Exit.OK
    assert Path(shell.out.strip()).parent == tmp_path / "here"
    assert shell("download", str(one), "--file", "3") == Exit.NOTHING
    assert shell("download", str(none)) == Exit.NOTHING
