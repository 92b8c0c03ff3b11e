"""Hyperlinks (OSC 8): for which terminals, and what of an article becomes one."""

import re
from collections.abc import Iterator

import pytest
from rich.style import Style

from reader.config import ArticleConfig, Config
from reader.model.records import replace
from reader.tui.app import NewsreaderApp
from reader.tui.drawing import hyperlinked, strip_of
from reader.tui.hyperlinks import LINE_BYTES, Choice, drawn
from reader.tui.pauses import NONE
from tests.fakes.library import NOW, FakeLibrary, library_of
from tests.tui.conftest import calm

KNOWN: list[dict[str, str]] = [
    {"TERM": "xterm-kitty"},
    {"TERM": "foot"},
    {"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"},
    {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"},
    {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"},
    {"TERM": "xterm-256color", "WT_SESSION": "x"},
    {"TERM": "xterm-256color", "VTE_VERSION": "7600"},
    {"TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"},
    {"TERM": "screen", "TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.5a"},
]
UNKNOWN: list[dict[str, str]] = [
    {},
    {"TERM": "dumb", "VTE_VERSION": "7600"},
    {"TERM": "linux", "KITTY_WINDOW_ID": "1"},
    {"TERM": "xterm-256color"},
    {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"},
    {"TERM": "xterm-256color", "VTE_VERSION": "4602"},
    {"TERM": "xterm-256color", "VTE_VERSION": "x"},
    {"TERM": "screen-256color", "STY": "x", "VTE_VERSION": "7600"},
    {"TERM": "tmux-256color", "TMUX": "x", "VTE_VERSION": "7600"},
    {"TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"},
    {"TERM": "tmux-256color", "TERM_PROGRAM": "WezTerm"},
]


@pytest.mark.parametrize("environ", KNOWN, ids=str)
def test_terminals_that_are_known_to_have_them(environ: dict[str, str]) -> None:
    assert drawn("auto", environ)
    assert not drawn("off", environ)


@pytest.mark.parametrize("environ", UNKNOWN, ids=str)
def test_terminals_that_are_not(environ: dict[str, str]) -> None:
    assert not drawn("auto", environ)
    assert drawn("on", environ)


def links_of(app: NewsreaderApp) -> Iterator[tuple[str, str, str]]:
    """The id, the address and the text of every hyperlink that is written."""
    for strip in app.screen._compositor.render_strips():
        written = strip.render(app.console)
        found = re.findall(r"\x1b\]8;id=(\d*);([^\x1b]*)\x1b\\(.*?)\x1b\]8;;\x1b\\", written)
        assert written.count("\x1b]8;") == 2 * len(found)
        for number, address, text in found:
            yield number, address, re.sub(r"\x1b\[[\d;]*m", "", text)


async def hyperlinks(
    library: FakeLibrary, *keys: str, choice: Choice = "on"
) -> list[tuple[str, str, str]]:
    """The hyperlinks on the screen after some keys."""
    config = Config(article=ArticleConfig(hyperlinks=choice))
    app = NewsreaderApp(library, config, clock=lambda: NOW, waits=NONE)
    async with app.run_test(size=(120, 40)) as pilot:
        await calm(app)
        for key in keys:
            await pilot.press(key)
            await calm(app)
        return list(links_of(app))


BODY = f"""
{"Words of it. " * 5}[a **link** over the end of its line](https://example.org/a?utm_source=x&b=1;2).

A [script](javascript:alert(1)) and [again](https://example.org/a?utm_source=x&b=1;2).
"""


async def test_links_of_the_text_and_the_articles_own() -> None:
    library = library_of(BODY)
    entry = library.entries[1]
    entry.article = replace(entry.article, link="https://example.org/itself?fbclid=1")
    found = await hyperlinks(library)
    target = "https://example.org/a?b=1;2"
    assert found[0] == ("0", "https://example.org/itself", "https://example.org/itself?fbclid=1")
    assert {(number, address) for number, address, _ in found[1:]} == {("1", target)}
    text = " ".join(text.strip() for _, _, text in found[1:])
    assert text == "a link over the end of its line again"
    assert await hyperlinks(library, choice="off") == []


async def test_the_link_under_the_cursor_and_one_in_wide_code_are_hyperlinks() -> None:
    body = f"[one](https://example.org/1)\n\n<pre>{'x' * 150}<a href='https://example.org/2'>two</a></pre>"
    library = small_html(
        body.replace("[one](https://example.org/1)", "<a href=https://example.org/1>one</a>")
    )
    found = await hyperlinks(library, "right_square_bracket", "right_square_bracket")
    assert [(address, text) for _, address, text in found[-2:]] == [
        ("https://example.org/1", "one"),
        ("https://example.org/2", "two"),
    ]


def small_html(body: str) -> FakeLibrary:
    """A library with one article in HTML."""
    library = library_of("")
    entry = library.entries[1]
    entry.article = replace(entry.article, body=body, kind="html")
    return library


async def test_a_line_has_so_many_bytes_of_addresses() -> None:
    body = " ".join(f"[{n}](https://example.org/{'a' * 100}/{n})" for n in range(200))
    found = await hyperlinks(library_of(body))
    assert found
    rows = len(body) // 80
    assert sum(len(address) for _, address, _ in found) < rows * LINE_BYTES


@pytest.mark.parametrize("address", ["https://x/\x1b\\", "https://x/\x9c", "https://x/é", "\x07"])
def test_no_other_address_passes_the_gate(address: str) -> None:
    strip = strip_of([("text", hyperlinked(Style(bold=True), address, "1"))], 10, Style())
    assert all(segment.style is None or not segment.style.link for segment in strip)
