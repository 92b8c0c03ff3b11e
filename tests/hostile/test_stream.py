"""The reader of terminal streams finds whatever content slipped in."""

import re

import pytest

from tests.hostile import vectors
from tests.hostile.stream import parse

OURS = (
    b"\x1b[?1049h\x1b[?25l\x1b[?2026h\x1b[1;1H\x1b[1;38;2;215;219;224;48;2;20;23;28mwords\x1b[0m\r\n"
    b"\x1b[?2026l\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZy8=\x07\x1b[?2026h%b\x1b[?2026l\x1b[?1049l"
)
CONTROL = re.compile("[\x01-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u202a-\u202e\u2066-\u2069]")
HOSTILE = [text for text in vectors.made() if CONTROL.search(text)]


def test_what_is_ours_is_no_trouble() -> None:
    plain = parse(OURS % b"words", columns=80, rows=24)
    assert plain.troubles == ()
    assert plain.beyond(plain) == {}
    assert plain.kinds["OSC 52;c;(an address)"] == 1
    assert plain.drawn == "\nwords\n\nwords"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_every_hostile_string_is_noticed(text: str) -> None:
    plain = parse(OURS % b"words", columns=80, rows=24)
    encodings = ("utf-8", "latin-1") if text.isascii() or max(text) < "\u0100" else ("utf-8",)
    for encoding in encodings:
        data = text.encode(encoding)
        found = parse(OURS % (b"a" + data + b"b"), columns=80, rows=24)
        assert found.troubles or found.beyond(plain), encoding


@pytest.mark.parametrize(
    "link",
    [
        "8;id=1;https://example.org/é",
        "8;id=1;file:///etc/passwd",
        "8;id=1;https://example.org/a b",
        "8;id=x;https://example.org/",
        "8;;https://example.org/",
        "8;id=1;https://example.org/" + "a" * 600,
    ],
)
def test_hyperlinks_to_elsewhere_are_noticed(link: str) -> None:
    ours = OURS % b"\x1b]8;id=1;https://example.org/\x1b\\\x1b[1mwords\x1b[0m\x1b]8;;\x1b\\"
    plain = parse(ours, columns=80, rows=24)
    assert plain.troubles == ()
    assert plain.kinds["OSC 8;(an address)"] == plain.kinds["OSC 8;(end)"] == 1
    found = parse(OURS % f"\x1b]{link}\x1b\\words\x1b]8;;\x1b\\".encode(), columns=80, rows=24)
    assert found.beyond(plain)
    for broken in (b"\x1b]8;;\x1b\\", b"\x1b]8;id=1;https://example.org/\x1b\\\r\nwords"):
        assert parse(OURS % broken, columns=80, rows=24).troubles
