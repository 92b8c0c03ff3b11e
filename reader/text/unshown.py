"""Takes out of a Markdown body what shows nothing and is long: pictures written into the text
as data, and comments, scripts, styles and drawings that span lines.

Read in portions, their second half would be taken for text.
"""

import re
from typing import Final

_DATA = re.compile(
    r"(data:[\w.+-]{1,60}/[\w.+-]{1,60}(?:;[\w.+=-]{1,60}){0,4},)[^\s\"'<>()\[\]\\`]{200,}+"
)
_START = re.compile(r" {0,3}<(!--|script|style|svg)(?=[\s>]|(?<=--))")
_END: Final = {"!--": "-->", "script": "</script>", "style": "</style>", "svg": "</svg>"}
_NOTHING: Final = {"!--": "<!-- -->\n", "script": "<!-- -->\n", "style": "<!-- -->\n", "svg": ""}
"""What stands where an element stood: the first three end a paragraph."""


def without_data(body: str) -> str:
    """The body with the data of long ``data:`` addresses left out."""
    return _DATA.sub(r"\1…", body) if "data:" in body else body


class Unshown:
    """Goes through the lines of one body; told of all of them, in order."""

    def __init__(self, body: str) -> None:
        self._left = {
            end: body.count(end) for name, end in _END.items() if f"<{name}" in body and end in body
        }
        self._until = ""

    def passed(self, line: str) -> None:
        """A line went by: what ends in it is no end of what begins later."""
        if self._left and ">" in line:
            for end in self._left:
                self._left[end] -= line.count(end)

    def rest(self, line: str) -> str:
        """What is left of a line; an element that never ends hides nothing."""
        if not self._left:
            return line
        if self._until:
            _, found, after = line.partition(self._until)
            if found:
                self._until = ""
            return after if after.strip() else ""
        start = _START.match(line)
        end = _END[start[1]] if start else ""
        if start is None or self._left.get(end, 0) <= 0 or end in line:
            return line
        self._until = end
        return _NOTHING[start[1]]
