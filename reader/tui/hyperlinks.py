"""Hyperlinks (OSC 8): which terminals draw them, and where the spans of an article lead.

Which terminal it is is told from the environment: nothing is asked of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.text.blocks import Line
    from reader.tui.reading import Reading

Choice = Literal["auto", "on", "off"]

LINE_BYTES = 1000
"""Bytes of addresses in a line: what is beyond stays without, so that a page is a page."""

_TERMS = re.compile(r"xterm-kitty|xterm-ghostty|foot|foot-.*|wezterm|alacritty|contour.*|mintty.*")
"""What ``TERM`` is where it names one terminal; ssh hands it on."""
_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "ghostty", "vscode", "mintty", "rio"})
_OWN_NAMES = ("KITTY_WINDOW_ID", "WEZTERM_PANE", "WT_SESSION", "ITERM_SESSION_ID")
_VTE = 5001
"""The version (0.50.1) since which GNOME Terminal and its kin are sound with them."""
_TMUX = (3, 4)
"""The version since which tmux keeps them, for terminals of its own that have them."""


def drawn(choice: Choice, environ: Mapping[str, str]) -> bool:
    """Whether links of articles are written as hyperlinks.

    ``auto`` is yes for terminals that are known to draw them. One that only says it is like
    an xterm is not known: that costs it bytes, and an old one may draw what it was sent.
    """
    if choice != "auto":
        return choice == "on"
    term = environ.get("TERM", "")
    program = environ.get("TERM_PROGRAM", "")
    version = environ.get("TERM_PROGRAM_VERSION", "")
    if "TMUX" in environ or "STY" in environ or term.startswith(("tmux", "screen")):
        # What else is told there is told of the terminal that it was started in.
        return program == "tmux" and _numbers(version)[:2] >= _TMUX
    if term in {"", "dumb", "linux"}:
        return False
    if _TERMS.fullmatch(term) or program in _PROGRAMS:
        return True
    if any(name in environ for name in _OWN_NAMES):
        return True
    return _numbers(environ.get("VTE_VERSION", ""))[:1] >= (_VTE,)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall("[0-9]{1,9}", version)))


def addresses(line: Line, reading: Reading, *, strip_tracking: bool) -> list[str]:
    """Where each span of a line leads, as it is written into a hyperlink; "" for nowhere."""
    from reader.text.hyperlink import hyperlink
    from reader.text.urls import without_tracking

    links = reading.document.links
    room = LINE_BYTES
    found = []
    for span in line.spans:
        url = ""
        if 0 <= span.link < len(links):
            url = links[span.link].url
        elif line.block < 0 and "link" in span.style.split():  # above the body: the article's own
            url = reading.stored.content.link
        address = hyperlink(without_tracking(url) if strip_tracking else url) if url else ""
        if len(address) > room:
            address = ""
        room -= len(address)
        found.append(address)
    return found
