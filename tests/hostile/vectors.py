"""Hostile strings: what publishers, files and servers may send to be drawn.

Made here in every combination of introducer, content and end; the corpus adds its own.
"""

import base64
import json
from pathlib import Path

from tests.hostile.stream import PLANTED

MARKUP = (
    "[bold red]loud[/bold red] [@click=app.quit]quit[/] [link=file:///etc/passwd]x[/link]",
    "[/] [/nothing] [reverse]",
    "[@click=screen.dismiss('x')]",
    r"\[b]not bold[/b] [$primary]",
)
"""Rich's and Textual's markup. It is text wherever it stands."""

_STRINGS = {
    "OSC": ("]", "\x9d", ("0;PWNED", "52;c;cHduZWQ=", "8;;file:///etc/passwd", "11;?", "1337;a")),
    "DCS": ("P", "\x90", ('$q"p', "+q544e", "q#0;2;0;0;0~~")),
    "APC": ("_", "\x9f", ("Gi=1,a=T;AAAA",)),
    "PM": ("^", "\x9e", ("PWNED",)),
    "SOS": ("X", "\x98", ("PWNED",)),
    "title": ("k", "\x1bk", ("PWNED",)),
}
_ENDS = ("\x07", "\x1b\\", "\x9c", "", "\x18")
_CSI = (
    "2J", "3J", "?1049h", "?1049l", "?1003h", "?2004l", "?25l", "?2026h", "?2026l", "!p", "6n",
    "c", ">q", "21t", "8;99;199t", "77;177H", "H", "5i", "999999999b", "?7l", "?5h", "31;5m",
    f"{PLANTED}m", "4:3m", "1;1;1;1;1;1*y", "?1$p", "r", "4h", "20h", "99S", "99M", "99L", "99@",
    "0 q", ">1u", "<9u", "31\x18m", "31\x1b[0m", "?", "",
)  # fmt: skip
_SHORT = (
    "\x1bc", "\x1b7\x1b8", "\x1b(0", "\x1b)0", "\x1bn", "\x1bo", "\x1b#3", "\x1b#8", "\x1b$B",
    "\x1b%@", "\x1bM", "\x1bD", "\x1bE", "\x1bH", "\x1bZ", "\x1bN", "\x1bO", "\x1b=", "\x1b>",
    "\x1b", "\x1b\x1b", "\x1b\x1b[31m", "\x1b\n[31m", "\x1b\x00[31m", "\x1b[\x0031m",
)  # fmt: skip
_INVISIBLE = (
    "gnp.\u202eexe", "\u2066\u2067\u2068", "\u2069\u202c\u202c", "\u200f\u200e\u061c",
    "a\u200b\u200bb",
    "\ufeff\ufeff", "\u3164\uffa0", "e" + "\u0301" * 60, "\u0301\u0489", "\U000e0041\U000e0042",
    "\u2028\u2029\x85", "\ufffe\U0001ffff", "\ud83d", "\udc80\udcff", "\xad\xad", "\u180e\u034f",
    "\U0001f468" + "\u200d\U0001f469" * 40, "\U0001f1f3", "\u20dd", "\ufe0f" * 9,
)  # fmt: skip


def made() -> list[str]:
    """Every kind of control sequence in its 7-bit and 8-bit form, with every end."""
    found = []
    for letter, eight_bit, contents in _STRINGS.values():
        for introducer in (f"\x1b{letter}", eight_bit):
            found += [f"{introducer}{text}{end}" for text in contents for end in _ENDS]
    found += [f"{introducer}{body}" for introducer in ("\x1b[", "\x9b") for body in _CSI]
    found += [f"{chr(code)}x" for code in (*range(1, 32), *range(127, 160))]
    return [*found, *_SHORT, *_INVISIBLE, *MARKUP]


def of_corpus(corpus: Path) -> list[str]:
    """The hostile strings that the corpus lists."""
    hostile = corpus / "hostile"
    terminal = json.loads((hostile / "terminal/vectors-own/vectors.json").read_bytes())
    unicode = json.loads((hostile / "unicode/vectors-own/vectors.json").read_bytes())
    naughty = json.loads((hostile / "unicode/blns/blns.json").read_bytes())
    found = []
    for vector in terminal:
        data = base64.b64decode(vector["b64"])
        found += [data.decode("utf-8", "replace"), data.decode("latin-1")]
    found += [vector["text"] for vector in unicode]
    return found + ["\n".join(naughty[start : start + 6]) for start in range(0, len(naughty), 6)]
