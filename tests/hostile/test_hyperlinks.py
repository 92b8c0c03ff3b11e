"""Hyperlinks of a real screen: whatever address a publisher chose stays inside of its own."""

import re
import sys
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest

from tests.hostile import vectors
from tests.hostile.home import COLUMNS, ROWS, Home
from tests.hostile.stream import Stream, parse
from tests.terminal import Terminal

WHOLE = re.compile(rb"\x1b\]8;id=\d+;([^\x00-\x1f\x7f]*)\x1b\\")
ADDRESSES = (
    "https://example.org/;x=1;y", "https://example.org/;;\x1b\\", "https://example.org/\x1b\\x",
    "https://example.org/\x07\x1b]0;PWNED\x07", "https://example.org/\x9c\x9d0;PWNED\x9c",
    "https://example.org/\r\n\x1b[2J", "https://exa\x1bmple.org/", "https://пример.испытание/\x9b2J",
    "https://example.org/é\u202e\u200b", "https://example.org/" + "a" * 3000,
    "https://example.org/%1b%5d0;PWNED%07", "https://example.org/\ud83d\udc80",
    "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "\x1bhttps://example.org/",
    "https://example.org/\\\\\x1b", "mailto:a@example.org?subject=\x1b]0;x\x07",
    "https://example.org/\n;id=9;https://evil.example/",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def html(address: str) -> bytes:
    references = "".join(f"&#{ord(char)};" for char in address if ord(char) not in {0, 13})
    links = (escape(address), references)
    paragraphs = "".join(f"<p>A <a href='{link}'>link</a> there.</p>" for link in links)
    return f"<html><body><p>Words.</p>{paragraphs}</body></html>".encode("utf-8", "replace")


def markdown(address: str) -> bytes:
    quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in address) + '"'
    return (
        f"---\ntitle: t\nlink: {quoted}\n---\nWords.\n\nA [link]({address}), <{address}>"
        f" and [another](<{address}>).\n\n[x]: {address}\n\nSee [x].\n"
    ).encode("utf-8", "replace")


def screens(home: Home, addresses: Sequence[str], shape: Callable[[str], bytes]) -> Stream:
    """What was written while an article with each address was looked at, cursor on its links."""
    folder = home.path / "news"
    folder.mkdir(parents=True)
    ending = ".html" if shape is html else ".md"
    for number, address in enumerate(addresses):
        (folder / f"{number:03}{ending}").write_bytes(shape(address))
    with home.terminal(folder) as terminal:
        terminal.wait_for("Words.")
        terminal.wait_for(lambda text: f" {len(addresses)} │" in text)
        terminal.send(".")
        for _ in addresses:
            terminal.send("J")
            terminal.settle()
            terminal.send("]]")
            terminal.settle()
        terminal.send("Q")
        assert terminal.wait(60) == 0
        raw = bytes(terminal.raw)
    written = WHOLE.findall(raw)
    assert len(written) > len(addresses) / 2
    for address in written:
        assert re.fullmatch(rb"(?:https?://|mailto:)[!-~]{1,500}", address), address
    return parse(raw, columns=COLUMNS, rows=ROWS)


@pytest.mark.parametrize("shape", [html, markdown])
def test_no_address_breaks_out(home: Home, shape: Callable[[str], bytes]) -> None:
    made = [f"https://example.org/{text}" for text in vectors.made()[::29]]
    stream = screens(home, (*ADDRESSES, *made), shape)
    assert stream.troubles == ()
    assert stream.kinds["OSC 8;(an address)"] == stream.kinds["OSC 8;(end)"]
    strings = {kind for kind in stream.kinds if not kind.startswith(("CSI ", "C0 ", "ESC "))}
    assert {kind.partition(";")[0] for kind in strings} <= {"OSC 22", "OSC 8"}


def test_a_terminal_that_is_not_known_gets_none(home: Home) -> None:
    folder = home.path / "news"
    folder.mkdir()
    (folder / "a.md").write_text("Words with [a link](https://example.org/).\n")
    environ = {name: value for name, value in home.environ.items() if name != "VTE_VERSION"}
    assert b"\x1b]8;" in seen(home, home.environ, folder)
    assert b"\x1b]8;" not in seen(home, environ, folder)


def seen(home: Home, environ: dict[str, str], folder: Path) -> bytes:
    with Terminal([sys.executable, "-m", "reader", str(folder)], environ=environ) as terminal:
        terminal.wait_for("Words with")
        terminal.settle()
        terminal.send("Q")
        assert terminal.wait() == 0
        return bytes(terminal.raw)
