"""Broken, huge, unreadable and hostile files: opened as well as can be, or refused; bounded."""

import asyncio
import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.article import StoredArticle
from reader.model.change import Change, UpdateFinished
from reader.model.scope import Scope
from reader.text.article import document
from reader.text.layout import lay_out
from tests.hostile.home import Home, as_mere_user
from tests.text.safety import forbidden

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS = "The words of the article are read by a person."
MB = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news"
    path.mkdir()
    (path / "sound.md").write_text(f"---\ntitle: A sound one\n---\n\n{WORDS}\n", "utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    opened.add_folder(folder)
    yield opened
    opened.close()


def update(library: Library) -> UpdateFinished:
    async def run() -> list[Change]:
        return [change async for change in library.update()]

    finished = asyncio.run(run())[-1]
    assert isinstance(finished, UpdateFinished)
    return finished


def opened(library: Library, path: Path) -> StoredArticle:
    """The article of a file."""
    article_id = library.article_at(path)
    assert article_id is not None, library.refused()
    article = library.article(article_id)
    assert article is not None
    return article


def shown(article: StoredArticle, columns: int = 80) -> str:
    """The article's text as it is drawn."""
    content = article.content
    blocks = document(content.body, content.kind, base=content.base, title=content.title).blocks()
    return "\n".join(line.text for line in lay_out(blocks, columns))


def refusals(library: Library) -> dict[str, str]:
    return {Path(one.path).name: one.problem for one in library.refused()}


# --- headers


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = f"a: &a {'x' * 50_000}\nb: [{','.join(['*a'] * 5_000)}]\n"

HEADERS = {
    "bad YAML": "title: [unclosed\ntags: }\n",
    "a tab": "title: a\n\tsummary: b\n",
    "a list": "- title\n- date\n",
    "a string": "just words\n",
    "a number": "42\n",
    "duplicate keys": "title: first\ntitle: second\n",
    "an impossible date": "title: a\ndate: 2026-02-30\n",
    "another impossible date": "title: a\ndate: 2026-13-45T99:99:99Z\n",
    "an object": 'title: !!python/object/apply:os.system ["touch {mark}"]\n',
    "another object": "title: !!python/object/new:subprocess.Popen [[touch, {mark}]]\n",
    "a module": "title: !!python/module:antigravity\n",
    "an unknown tag": "title: !ruby/object:Gem::Installer x\n",
    "a binary": "title: !!binary aGVsbG8=\n",
    "an alias bomb": f"title: a\n{BOMB}",
    **{
        f"an alias bomb as {key}": f"{BOMB}{key}: *i\n"
        for key in ("title", "tags", "author", "date", "source", "link", "description", "image")
    },
    "an alias bomb within": f"{BOMB}author: {{name: *i}}\nfeed: {{title: *i}}\ntags: [*i]\n",
    "a quadratic bomb": f"title: a\n{QUADRATIC}",
    "an alias of itself": "title: a\nb: &b [*b]\n",
    "a merge of itself": "a: &a\n  <<: *a\n",
    "an unknown alias": "title: *nobody\n",
    "a deep list": f"title: a\ndeep: {'[' * 5_000}\n",
    "a deep map": f"title: a\ndeep: {'{a: ' * 2_000}\n",
    "a huge number": f"title: {'9' * 10_000}\n",
    "a sexagesimal number": f"title: {':'.join(['59'] * 5_000)}\n",
    "a key that is a list": "? [a, b]\n: c\ntitle: a\n",
    "NUL characters": "title: a\0b\0\nau\0thor: x\n",
    "a directive": "%YAML 9.9\n---\ntitle: a\n",
    "two documents": "title: a\n--- !!map\ntitle: b\n",
    "a million keys": "".join(f"k{number}: v\n" for number in range(100_000)),
}
OTHERS = {
    "an unclosed header": "---\ntitle: a\nauthor: b\n\n{words}\n",
    "an unclosed header of TOML": '+++\ntitle = "a"\n\n{words}\n',
    "broken TOML": '+++\ntitle = "a\ntags = [\n+++\n\n{words}\n',
    "deep TOML": f"+++\ntitle = {'[' * 3_000}\n+++\n\n{{words}}\n",
    "broken JSON": '{{"title": "a",,}}\n\n{words}\n',
    "deep JSON": f'{{{{"title": {"[" * 100_000}\n\n{{words}}\n',
    "a huge number in JSON": f'{{{{"title": {"9" * 10_000}}}}}\n\n{{words}}\n',
    "only fences": "---\n---\n---\n---\n{words}\n",
    "NUL characters": "{words}\0\0 and more\0words\n",
}


def check(library: Library, path: Path) -> StoredArticle:
    """The file's article, which was bounded in time, opens, and shows its words."""
    start = time.process_time()
    update(library)
    article = opened(library, path)
    text = shown(article)
    assert time.process_time() - start < 60
    assert forbidden(text) == []
    assert WORDS in " ".join((article.content.title + "\n" + text).split())
    assert article.content.title
    assert forbidden(article.content.title, allowed="") == []
    assert library.article_at(path.with_name("sound.md")) is not None
    return article


@pytest.mark.parametrize("name", HEADERS)
def test_a_bad_header(name: str, library: Library, folder: Path, tmp_path: Path) -> None:
    mark = tmp_path / "was executed"
    header = HEADERS[name].replace("{mark}", str(mark))
    path = folder / "bad.md"
    path.write_text(f"---\n{header}---\n\n{WORDS}\n", "utf-8")
    check(library, path)
    assert not mark.exists()


@pytest.mark.parametrize("name", OTHERS)
def test_a_document_that_is_no_good(name: str, library: Library, folder: Path) -> None:
    path = folder / "bad.md"
    path.write_text(OTHERS[name].format(words=WORDS), "utf-8")
    check(library, path)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("title: [unclosed\n", "header"),
        ("- a\n- b\n", "header"),
        ("title: first\ntitle: second\n", "title"),
        ("date: 2026-02-30\n", "2026-02-30"),
        ("title: a\0b\n", "NUL"),
        ("title: a\nb: [*nobody]\n", "header"),
    ],
)
def test_what_was_wrong_is_told(header: str, told: str, library: Library, folder: Path) -> None:
    path = folder / "bad.md"
    path.write_text(f"---\n{header}---\n\n{WORDS}\n", "utf-8")
    article = check(library, path)
    assert any(told in problem for problem in article.content.problems), article.content.problems


# --- files


def test_what_is_no_readable_text_is_refused_with_a_reason(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (folder / "binary.txt").write_bytes(os.urandom(5_000))
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000))
    (folder / "holes.txt").touch()
    os.truncate(folder / "holes.txt", 200 * MB)
    update(library)
    assert set(refusals(library)) == {"binary.txt", "picture.md", "holes.txt"}
    assert all(problem.startswith("It is ") for problem in refusals(library).values())
    assert library.counts(Scope()).articles == 1


def test_what_is_no_file_is_passed_over_or_refused(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    """Nothing waits for a pipe's other end, and no link leads out of the folder."""
    (tmp_path / "secret.md").write_text(f"---\ntitle: Secret\n---\n{WORDS}", "utf-8")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    (folder / "nowhere.md").symlink_to("nothing.md")
    (folder / "circle.md").symlink_to("circle.md")
    (folder / "outside.md").symlink_to(tmp_path / "secret.md")
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "up").symlink_to(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.md"))
        start = time.monotonic()
        update(library)
        assert time.monotonic() - start < 60
    titles = [row.title for row in library.headlines(library.list_ids(Scope()))]
    assert titles == ["A sound one"]


@pytest.mark.skipif(sys.platform != "linux", reason="root may read everything elsewhere")
def test_what_may_not_be_read_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "closed.md").write_text(WORDS, "utf-8")
    (folder / "closed.md").chmod(0)
    (folder / "cellar").mkdir()
    (folder / "cellar/wine.md").write_text(WORDS, "utf-8")
    (folder / "cellar").chmod(0)
    home = Home(tmp_path)
    done = home.run("add", str(folder), preparing=as_mere_user)
    (folder / "cellar").chmod(0o755)
    assert b"you may not read it" in done.stderr
    assert done.returncode == 4
    rows = [json.loads(row) for row in home.run("list", "--problems", "--json").stdout.splitlines()]
    assert [row["problems"] for row in rows] == [["You may not read it."]]
    assert len(home.run("list").stdout.splitlines()) == 1


def test_a_file_that_changes_while_it_is_read(library: Library, folder: Path) -> None:
    """It may be cut or grow between the look and the reading."""
    path = folder / "grows.md"
    path.write_text(f"---\ntitle: Grown\n---\n\n{WORDS}\n", "utf-8")
    update(library)
    path.write_text("", "utf-8")
    update(library)
    path.unlink()
    update(library)
    path.write_text(f"---\ntitle: Grown\n---\n\n{WORDS} More.\n", "utf-8")
    update(library)
    assert "More." in shown(opened(library, path))


def test_a_name_with_escape_sequences(library: Library, folder: Path) -> None:
    name = os.fsdecode(b"\x1b[31mred\x9b2J\x1b]0;x\x07\n\xe2\x80\xae.md")
    (folder / name).write_text(f"---\ndate: 2026-02-03\n---\n\n{WORDS}\n", "utf-8")
    update(library)
    article = opened(library, folder / name)
    assert article.content.title == "Red\ufffd2J"
    assert WORDS in shown(article)


# --- much


def peak_mb(home: Home, *arguments: str) -> float:
    """The most memory that a command and its helpers took, each."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, sys.executable, "-m", "reader", *arguments],
        env=home.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code_, peak = done.stdout.split()
    assert code_ == "0", done.stderr
    return int(peak) / (MB if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("lines", ["prose", "one line", "markup"])
def test_a_text_of_200_megabytes(lines: str, folder: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    plain = peak_mb(home, "add", str(folder))
    sample = {"prose": f"{WORDS}\n\n", "one line": f"{WORDS} ", "markup": f"<p>{WORDS}<b>"}[lines]
    chunk = sample.encode() * (MB // len(sample))
    path = folder / "much.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(chunk)
    start = time.monotonic()
    assert peak_mb(home, "update") < plain + 120
    rows = [json.loads(row) for row in home.run("list", "--json").stdout.splitlines()]
    (row,) = [row for row in rows if row["path"] == str(path)]
    path.unlink()
    assert any("200 MB" in problem for problem in row["problems"])
    assert peak_mb(home, "show", str(row["id"])) < plain + 250
    assert time.monotonic() - start < 60


def test_a_folder_of_bombs_costs_the_others_nothing(library: Library, folder: Path) -> None:
    for number in range(60):
        (folder / f"sound {number:02}.md").write_text(
            f"---\ntitle: {number}\n---\n{WORDS}", "utf-8"
        )
    for number, header in enumerate(HEADERS.values()):
        (folder / f"bad {number:02}.md").write_text(f"---\n{header}---\n{WORDS}", "utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    finished = update(library)
    assert finished.failed == ()
    assert library.refused() == ()
    assert library.counts(Scope()).articles == 61 + len(HEADERS)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown / (MB if sys.platform == "darwin" else 1024) < 150
