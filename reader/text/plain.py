"""The visible text of a body, fast and linear, for the index, word counts and language."""

import re
from html import unescape
from typing import Final

from reader.text.blocks import BodyKind
from reader.text.terminal import SafeText, clean

_UNSEEN: Final = (
    "script|style|template|title|textarea|select|datalist|button|svg|canvas|noscript|iframe"
    "|noembed|noframes|xmp"
)
_UNSEEN_START = re.compile(rf"<(?:!--|({_UNSEEN})(?=[\s/>]))", re.IGNORECASE)
_UNSEEN_END: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?+", re.IGNORECASE) for name in _UNSEEN.split("|")
}
_TAG = re.compile(
    r"<(?:(/?[a-zA-Z][^\t\n\f\r />]*+)"
    r"(?:[^>=]++|=[\t\n\f\r ]*+(?:\"[^\"]*+\"?+|'[^']*+'?+)?+)*+>?+|[!?/][^>]*+>?+)"
)
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "mark", "meter", "nobr", "output", "q", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_SEPARATOR: Final[dict[str, str]] = {
    form: "" for name in _INLINE for form in (name, f"/{name}", name.upper(), f"/{name.upper()}")
}
_HIDING = re.compile(
    r"<[^<>]{1,400}?(?:\shidden(?=[\s=/>])|display\s*:\s*none|visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\xa0]{2,}")
_LINES = re.compile(r" *\n[ \n]*")
_MARKDOWN = re.compile(
    r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$"
    r"|^ {0,3}\[[^\]\n]{1,300}\]:[^\n]*$"
    r"|^ {0,3}(?:#{1,6}[ \t]+|>[ \t]?)"
    r"|^[ \t]*(?:[-*_][ \t]*){3,}$"
    r"|^ {0,3}=+[ \t]*$"
    r"|(?<=\])\((?:<[^<>\n]*>|[^()\s]{0,2000}(?:\([^()\s]*\))?[^()\s]*)(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|(?<=\])\[[^\[\]\n]{0,300}\]"
    r"|\{[{%][^{}\n]{0,300}[%}]\}"
    r"|!?\[(?!\^)|\](?=[(\[ .,;:!?)\n]|$)"
    r"|[*`~]+|(?<!\w)_+|_+(?!\w)|\\(?=[!-/:-@\[-`{-~])",
    re.MULTILINE,
)
_UNSPACED = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u30a1-\u30fa"
    "\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def visible_text(body: str, kind: BodyKind, limit: int = 1_000_000) -> SafeText:
    """What a person would read of ``body``, without markup; at most ``limit`` characters.

    Blocks of HTML are parted by newlines. At most ``8 * limit`` characters are looked at.
    """
    if kind == "text":
        return SafeText(clean(body[:limit])[:limit])
    body = body[: 8 * limit]
    if kind == "markdown":
        body = _MARKDOWN.sub("", body)
    if "<" in body:
        body = _without_tags(body, limit, keep_lines=kind == "markdown")
    elif kind == "html":
        body = body.replace("\n", " ")
    if "&" in body:
        body = unescape(body)
    body = _LINES.sub("\n", _SPACES.sub(" ", body)).strip()
    return SafeText(clean(body)[:limit])


def _without_tags(body: str, limit: int, *, keep_lines: bool) -> str:
    if _HIDING.search(body):
        return _without_hidden(body, limit)
    body = _without_unseen(body)
    if not keep_lines:
        body = body.replace("\n", " ")
    pieces = _TAG.split(body)
    get = _SEPARATOR.get
    # Text and tags by turns: a tag within a line leaves nothing, any other ends the line.
    pieces[1::2] = [get(name, "\n") if name else "" for name in pieces[1::2]]
    return "".join(pieces)


def _without_unseen(body: str) -> str:
    """The body without comments and without elements whose content nobody sees."""
    found = _UNSEEN_START.search(body)
    if found is None:
        return body
    kept: list[str] = []
    place = 0
    while found is not None:
        kept.append(body[place : found.start()])
        if found[1]:
            end = _UNSEEN_END[found[1].lower()].search(body, found.end())
            place = end.end() if end else len(body)
        else:
            close = body.find("-->", found.end())
            place = close + 3 if close >= 0 else len(body)
        found = _UNSEEN_START.search(body, place)
    kept.append(body[place:])
    return " ".join(kept)


def _without_hidden(body: str, limit: int) -> str:
    """The visible text of a page that hides some of it: read as an article is."""
    from reader.text.flow import Register
    from reader.text.html import Cleaner
    from reader.text.markdown import plain_text

    cleaner = Cleaner(Register(""))
    lines: list[str] = []
    size = 0
    for leaf in cleaner.leaves(body):
        lines.append(plain_text(leaf.html))
        lines.extend(plain_text(cell.html) for row in leaf.rows for cell in row)
        size += len(leaf.html)
        if size > 2 * limit:
            break
    lines.extend(plain_text(leaf.html) for leaf in cleaner.finish())
    return "\n".join(lines)


def count_words(text: str) -> int:
    """The number of words; of scripts written without spaces, two characters are a word."""
    if text.isascii():
        return len(text.split())
    rest, unspaced = _UNSPACED.subn(" ", text)
    return len(rest.split()) + (unspaced + 1) // 2
