"""Cell widths of text on a terminal, and the characters a person sees in it."""

from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

from reader.text.terminal import SafeText


def width(text: str) -> int:
    """The number of cells ``text`` (one line) takes."""
    return len(text) if text.isascii() else cell_len(text)


def graphemes(text: str) -> Iterator[str]:
    """The user-perceived characters of ``text`` in order; joined they are ``text``."""
    if text.isascii():
        yield from text
        return
    for start, end, _cells in split_graphemes(text)[0]:
        yield text[start:end]


def truncate(text: SafeText, cells: int) -> SafeText:
    """``text`` cut to at most ``cells`` cells, with "…" where something was cut."""
    if width(text) <= cells:
        return text
    if cells <= 0:
        return SafeText("")
    kept, used = [], 0
    for grapheme in graphemes(text):
        used += width(grapheme)
        if used > cells - 1:
            break
        kept.append(grapheme)
    return SafeText("".join(kept) + "…")
