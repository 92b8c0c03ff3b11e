"""Goes through the lines of a Markdown body and rewrites what is no CommonMark: boxes of
MkDocs, Docusaurus and Obsidian, listings and comments of Jekyll, shortcodes.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from reader.text.shortcodes import Shortcodes, box
from reader.text.unshown import Unshown

_FENCE = re.compile(r" {0,3}(?:> ?|[-*+] +|\d+[.)] +)*(`{3,}|~{3,})([^\n]*)")
_JEKYLL_LISTING = re.compile(r"\s*\{[%{][<%-]?\s*(end|/)?\s*highlight\b\s*([\w+#.-]*)")
_HIDDEN = re.compile(r"\{%-?\s*comment\s*-?%\}|(?:\{%-?\s*)?(end)comment\s*-?%\}")
_BOX = re.compile(r"( {0,12})(?:!!!|\?\?\?\+?)\s+([\w -]*?)(?:\s+\"([^\"\n]*)\")?\s*$")
_COLON_BOX = re.compile(r":{3,}\s*(?:\{?\.?([\w-]*)\}?)(.*)")
_CALLOUT = re.compile(r"((?:>\s?)+)\[!([\w-]+)\][+-]?(.*)")
_REFERENCE = re.compile(
    r"\[(?!\^)(?:[^\[\]\\\n]|\\.){1,300}\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*\n?"
)
_LONGEST_LINE: Final = 8_000


def rewritten(body: str) -> Iterator[tuple[str, str]]:
    """The lines with their ends, and for each the line that began the listing it is part of
    ("" outside of listings).
    """
    lines = _Lines(body.count("endcomment"), Unshown(body))
    for line in _split(body):
        yield from lines.read(line)
    yield from lines.leave_box(-1)


class _Lines:
    """What is open while lines go by."""

    def __init__(self, comment_ends: int, unshown: Unshown) -> None:
        self._comment_ends = comment_ends
        self._unshown = unshown
        self._shortcodes = Shortcodes()
        self._fence = ""
        self._start = ""
        self._hidden = False
        self._may_refer = True
        self._box = -1
        self._colon_boxes = 0

    def read(self, line: str) -> Iterator[tuple[str, str]]:
        """What becomes of a line."""
        self._unshown.passed(line)
        if self._fence:
            start = self._start
            yield self._listed(line), start
            return
        line = self._unshown.rest(line)
        if "comment" in line or self._hidden:
            line = self._uncommented(line)
        if not line:
            return
        if self._box >= 0 and line.strip():
            indent = len(line) - len(line.lstrip(" "))
            yield from self.leave_box(indent)
            if self._box >= 0:
                line = line[min(indent, self._box + 4) :]
        listing = self._listing(line)
        if listing:
            self._start = listing.lstrip("\n")
            yield listing, self._start
            return
        opened = self._opened(line)
        if opened is not None:
            yield opened, ""
            return
        if line.startswith(">") and "[!" in line:
            line = _CALLOUT.sub(_callout, line)
        if self._is_reference(line):
            return
        yield self._shortcodes.line(line), ""

    def leave_box(self, indent: int) -> Iterator[tuple[str, str]]:
        """The end of an indented box, where a line stands no deeper than its head."""
        if self._box >= 0 and indent <= self._box:
            self._box = -1
            yield "\n</blockquote>\n\n", ""

    def _is_reference(self, line: str) -> bool:
        """Whether a line only defines a link, which was read before; not amid a paragraph."""
        if self._may_refer and line[:1] == "[" and _REFERENCE.fullmatch(line):
            return True
        self._may_refer = not line.strip()
        return False

    def _listing(self, line: str) -> str:
        """The line that begins a listing, "" where this is none."""
        start = _FENCE.match(line)
        if start and "`" not in start[2]:
            self._fence = start[1]
            return line
        found = _JEKYLL_LISTING.match(line) if "highlight" in line else None
        if found and not found[1]:
            self._fence = "{"
            return f"\n```{found[2]}\n"
        return ""

    def _listed(self, line: str) -> str:
        """A line of a listing."""
        if self._fence == "{":
            if "highlight" in line and _JEKYLL_LISTING.match(line):
                self._fence = ""
                return "```\n"
        elif line.strip(" \t\n>").startswith(self._fence):
            self._fence = ""
        return line

    def _opened(self, line: str) -> str | None:
        """What a line says that begins or ends a box; None where it does not."""
        if line.lstrip(" ")[:3] in ("!!!", "???"):
            found = _BOX.match(line)
            if found:
                self._box = len(found[1])
                return box(found[3] if found[3] is not None else found[2])
        elif line.startswith(":::"):
            found = _COLON_BOX.match(line)
            if found and found[1]:
                self._colon_boxes += 1
                return box(found[2].strip().strip("[]{}") or found[1])
            if found and self._colon_boxes:
                self._colon_boxes -= 1
                return "\n</blockquote>\n\n"
        return None

    def _uncommented(self, line: str) -> str:
        """The line without what stands in Liquid's comments."""
        kept: list[str] = []
        place = 0
        for match in _HIDDEN.finditer(line):
            if not self._hidden:
                kept.append(line[place : match.start()])
            # A comment that never ends would hide the rest of the text.
            self._hidden = match[1] is None and self._comment_ends > 0
            self._comment_ends -= match[1] is not None
            place = match.end()
        if not self._hidden:
            kept.append(line[place:])
        return "".join(kept)


def _callout(match: re.Match[str]) -> str:
    """``> [!kind] title`` as the first line of a quote."""
    bars, kind, title = match[1], match[2].lower(), match[3].strip()
    if kind == "quote":
        return f"{bars}{title}"
    return f"{bars}**{escape(kind.capitalize())}** {title}\n{bars.rstrip()}"


def _split(body: str) -> Iterator[str]:
    """Lines with their ends; a line that is longer than any text is cut."""
    place, size = 0, len(body)
    while place < size:
        end = body.find("\n", place)
        end = size if end < 0 else end + 1
        if end - place > _LONGEST_LINE:
            limit = place + _LONGEST_LINE
            cut = max(body.rfind(" ", place, limit), body.rfind(">", place, limit)) + 1
            end = cut if cut > place else limit
        yield body[place:end]
        place = end
