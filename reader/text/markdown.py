"""From clean HTML to spans, by way of the Markdown that html2text makes of it."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from reader.text.blocks import Span
from reader.text.flow import OFF, ON, STAND_INS, STYLES
from reader.text.terminal import SafeText, clean

_BEGIN: Final = "\ufde2"
_END: Final = "\ufde3"
_PIECE = re.compile(f"{_BEGIN}(\\d+) ?([^{_END}]*+){_END}")
_INLINE = re.compile(
    rf"{ON}(?P<on>.)|{OFF}(?P<off>.)|!\[(?P<alt>[^\]]*+)\]\((?P<image>\d+)\)|(?P<open>\[)"
    r"|\]\((?P<link>\d+)\)|(?P<code>`)|(?P<line> *\n)|\\(?P<escaped>.)"
)
_STAND_IN = re.compile(f"[{''.join(STAND_INS.values())}]")
_RESTORED: Final = {ord(stand_in): sign for sign, stand_in in STAND_INS.items()}
_STYLE_OF: Final = {letter: name for name, letter in STYLES.items()}
_DOUBLE = re.compile("  +")
_BREAK_SPACE = re.compile(" *\n *")


def to_markdown(pieces: Sequence[tuple[str, str]]) -> list[str]:
    """The Markdown of pieces of clean HTML, each given with the element it stands in."""
    from html2text import HTML2Text

    converter = HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    converter.backquote_code_style = True
    converter.use_automatic_links = False
    source = "".join(
        f"<{element}>{_BEGIN}{place} {html}{_END}</{element}>"
        for place, (element, html) in enumerate(pieces)
    )
    found = [""] * len(pieces)
    for match in _PIECE.finditer(converter.handle(source)):
        found[int(match[1])] = match[2]
    return found


def restored(text: str) -> SafeText:
    """The text with the signs in it that stood aside, safe to draw."""
    if _STAND_IN.search(text):
        text = text.translate(_RESTORED)
    return clean(text)


class _Spans:
    """The spans of one piece of Markdown, as they grow."""

    def __init__(self, base: str) -> None:
        self.done: list[Span] = []
        self._styles: list[str] = [base] if base else []
        self._style = base
        self._link_from = 0
        self._raised_from = 0

    def add(self, written: str) -> None:
        text = restored(written)
        if text:
            self.done.append(Span(text, self._style))

    def image(self, alt: str, number: int) -> None:
        # A backslash of the source stands aside, so these are html2text's.
        words = restored(alt.replace("\\", ""))
        text = SafeText(f"[image: {words}]" if words else "[image]")
        self.done.append(Span(text, f"{self._style} image".lstrip(), image=number))

    def switch(self, name: str, *, on: bool | None = None) -> None:
        """Switch a style on or off; without ``on`` the other way."""
        is_on = name in self._styles
        if on is None:
            on = not is_on
        if on == is_on:
            return
        if on:
            self._styles.append(name)
            self._raised_from = len(self.done) if name in ("sup", "sub") else self._raised_from
        else:
            self._styles.remove(name)
            if name in ("sup", "sub"):
                self.done[self._raised_from :] = raised(self.done[self._raised_from :], name)
        self._style = " ".join(self._styles)

    def open_link(self) -> None:
        self._link_from = len(self.done)
        self.switch("link", on=True)

    def close_link(self, number: int) -> None:
        self.switch("link", on=False)
        for place in range(self._link_from, len(self.done)):
            self.done[place] = replace(self.done[place], link=number)


def to_spans(markdown: str, base: str = "", *, preformatted: bool = False) -> tuple[Span, ...]:
    """The spans of one block's Markdown; ``base`` is a style that all of them have."""
    spans = _Spans(base)
    place = 0
    for match in _INLINE.finditer(markdown):
        if match.start() > place:
            spans.add(markdown[place : match.start()])
        place = match.end()
        kind = match.lastgroup
        if kind == "on" or kind == "off":
            spans.switch(_STYLE_OF[match[kind]], on=kind == "on")
        elif kind == "open":
            spans.open_link()
        elif kind == "link":
            spans.close_link(int(match[kind]))
        elif kind == "image":
            spans.image(match["alt"], int(match["image"]))
        elif kind == "code":
            spans.switch("code")
        elif kind == "line":
            spans.add(match["line"] if preformatted else "\n")
        elif kind == "escaped":
            spans.add(match["escaped"])
    spans.add(markdown[place:])
    return tuple(spans.done if preformatted else trimmed(spans.done))


_SUPERSCRIPT: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE = re.compile(r"[0-9+\-−=()]+|[ni]")
_LOWERABLE = re.compile(r"[0-9+\-−=()]+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|e|er|re|ère|eme|ème|de|ste|o|a|os|as|™|®|℠|\*+|†|‡)\.?")
_NOTE = re.compile(r"[\[(]?\s*([\w*†‡§]{1,6})\s*[\])]?")


def raised(spans: list[Span], name: str) -> list[Span]:
    """Superscript or subscript text as plain characters show it: x², H₂O, 1st, x^(y)."""
    text = "".join(span.text for span in spans).strip()
    if not text:
        return spans
    first = spans[0]
    note = _NOTE.fullmatch(text)
    if name == "sup" and note and all("marker" in span.style for span in spans):
        shown = f"[{note[1]}]"
    elif name == "sup" and _RAISABLE.fullmatch(text):
        shown = text.translate(_SUPERSCRIPT)
    elif name == "sub" and _LOWERABLE.fullmatch(text):
        shown = text.translate(_SUBSCRIPT)
    elif _ORDINAL.fullmatch(text) and name == "sup":
        shown = text
    else:
        sign = "^" if name == "sup" else "_"
        bracketed = len(text) == 1 or (text[0] == "(" and text[-1] == ")")
        opened = sign if bracketed else f"{sign}("
        closed = "" if bracketed else ")"
        return [
            Span(SafeText(opened), first.style, first.link),
            *spans,
            Span(SafeText(closed), first.style, first.link),
        ]
    return [Span(SafeText(shown), first.style, first.link)]


def trimmed(spans: list[Span]) -> list[Span]:
    """The spans without white space at the ends, before breaks, or twice in a row."""
    out: list[Span] = []
    spaced = True
    for span in spans:
        text: str = span.text
        if "  " in text:
            text = _DOUBLE.sub(" ", text)
        if "\n" in text:
            text = _BREAK_SPACE.sub("\n", text)
            while out and text[0] == "\n" and out[-1].text.endswith(" "):
                last = out.pop()
                if last.text[:-1]:
                    out.append(replace(last, text=SafeText(last.text[:-1])))
        if spaced:
            text = text.lstrip(" ")
        if text:
            spaced = text[-1] in " \n"
            out.append(span if text is span.text else replace(span, text=SafeText(text)))
    while out and out[-1].text[-1] in " \n":
        last = out.pop()
        if last.text.rstrip(" \n"):
            out.append(replace(last, text=SafeText(last.text.rstrip(" \n"))))
            break
    while out and out[0].text[0] == "\n":
        first = out.pop(0)
        if first.text.lstrip(" \n"):
            out.insert(0, replace(first, text=SafeText(first.text.lstrip(" \n"))))
            break
    return out
