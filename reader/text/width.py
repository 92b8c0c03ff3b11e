"""Cell widths of text on a terminal, and the characters a person sees in it.

The authority on widths is Rich (``rich.cells``), because Textual lays out its strips by it:
with another opinion panes would tear. Rich counts an emoji sequence as one emoji of two
cells, which half of the terminals in use do not; ``steady`` takes sequences apart into what
Rich and all of them count alike.
"""

import re
from collections.abc import Iterator

from reader.text.terminal import SafeText

_UNSTEADY = re.compile("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]")


def width(text: str) -> int:
    """The number of cells of ``text``: one line, without tabs (Rich counts them as 0)."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def steady(text: SafeText) -> SafeText:
    """``text`` without emoji sequences, so that every terminal gives it the same width.

    Joined emoji stand side by side ("👩🚀"), as UTS #51 wants it where a sequence is not
    supported; skin tones and the wide form of text symbols go.
    """
    return text if text.isascii() else SafeText(_UNSTEADY.sub("", text))


def graphemes(text: str) -> Iterator[str]:
    """The user-perceived characters of ``text`` (UAX #29, extended); joined they are ``text``."""
    if text.isascii() and "\r" not in text:
        yield from text
        return
    from reader.text.clusters import CLUSTER, CLUSTERED

    if not CLUSTERED.search(text):
        yield from text
        return
    for found in CLUSTER.finditer(text):
        yield found[0]


def truncate(text: SafeText, cells: int) -> SafeText:
    """``text`` cut to at most ``cells`` cells, ending in "…" where something was cut."""
    if len(text) <= cells and text.isascii():
        return text
    if cells <= 0:
        return SafeText("")
    if text.isascii():
        return SafeText(text[: cells - 1] + "…")
    used = kept = place = 0
    for grapheme in graphemes(text):
        used += width(grapheme)
        if used > cells:
            return SafeText(text[:kept] + "…")
        place += len(grapheme)
        if used <= cells - 1:
            kept = place
    return text
