"""Cell widths of text on a terminal, and the characters a person sees in it.

The authority on widths is Rich (``rich.cells``), because Textual lays out its strips by it:
with another opinion panes would tear. Rich counts an emoji sequence as one emoji of two
cells, which half of the terminals in use do not; ``steady`` takes sequences apart into what
Rich and all of them count alike.
"""

import re
from collections.abc import Iterator
from functools import cache

from reader.text.terminal import SafeText

_NARROW = (
    " -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u05f4\u0620-\u064a\u2010-\u2027"
    "\u2030-\u205e\u20a0-\u20bf\u2100-\u218b\u2500-\u25fc"
)
_WIDE = (
    "\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
_ALL_NARROW = re.compile(f"[{_NARROW}]*+")
_UNSTEADY = re.compile("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]")


def width(text: str) -> int:
    """The number of cells of ``text``: one line, without tabs (Rich counts them as 0)."""
    if text.isascii() or _ALL_NARROW.fullmatch(text):
        return len(text)
    all_plain, wide_run = _wide()
    if all_plain.fullmatch(text):
        return len(text) + sum(map(len, wide_run.findall(text)))
    from rich.cells import cell_len

    return cell_len(text)


@cache
def _wide() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Text of narrow and wide characters only, and its wide ones."""
    # Made when they are asked for: most people's first screen has no use for them.
    return re.compile(f"[{_NARROW}{_WIDE}]*+"), re.compile(f"[{_WIDE}]+")


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
    """``text`` cut to at most ``cells`` cells, ending in "…" where something was cut.

    Reads no more of ``text`` than it returns, but for text that Rich counts as nothing.
    """
    head = text[: cells + 1] if cells > 0 else ""
    if head.isascii() or _ALL_NARROW.fullmatch(head):
        if len(text) <= cells:
            return text
        # What follows may belong to the last character of the head, which goes anyway.
        return SafeText(text[: cells - 1] + "…" if cells > 0 else "")
    from rich.cells import cell_len

    used = kept = place = 0
    for grapheme in graphemes(text):
        used += cell_len(grapheme)
        if used > cells:
            return SafeText(text[:kept] + "…")
        place += len(grapheme)
        if used < cells:
            kept = place
    return text
