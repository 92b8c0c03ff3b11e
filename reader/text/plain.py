"""The visible text of a body, fast and linear, for the index, word counts and language."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from reader.text.blocks import BodyKind
from reader.text.terminal import SafeText, clean
from reader.text.unshown import without_data

_UNSEEN: Final = (
    "script|style|template|title|textarea|select|datalist|button|svg|canvas|noscript|iframe"
    "|noembed|noframes|video|audio"
)
_TAG = re.compile(
    r"<(?:"
    rf"({_UNSEEN})(?=[\s/>])[^>]*+>(?:[^<]++|<(?!/\1[\s/>]))*+"
    r"|(/?[a-z][^\t\n\f\r />]*+)"
    r"(?:[^>=]++|=[\t\n\f\r ]*+(?:\"[^\"]*+\"?+|'[^']*+'?+)?+)*+>?+"
    r"|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?+)"
    r"|[!?/][^>]*+>?+)",
    re.IGNORECASE,
)
"""A tag, or an element nobody sees up to its end tag, or a comment: each consumed whole."""
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "mark", "meter", "nobr", "output", "q", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_VOID: Final = frozenset({"br", "embed", "hr", "img", "input", "source", "track", "wbr"})
_SEPARATOR: Final[dict[str, str]] = {
    form: "" for name in _INLINE for form in (name, f"/{name}", name.upper(), f"/{name.upper()}")
}
_HIDING = re.compile(
    r"<(?P<name>[a-z][a-z0-9:-]{0,40})(?=\s)[^<>]{0,400}?"
    r"(?:\shidden(?=[\s=/>])|(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)))"
    r"[^<>]{0,1000}>",
    re.IGNORECASE,
)
_MAX_UNCLOSED: Final = 20
_TAGS_AT_ONCE: Final = 20_000
_PART: Final = 60_000
"""Characters of Markdown looked at in one call: others wait for the processor meanwhile."""
_MAY_HIDE: Final = ("idden", "IDDEN", "isplay", "ISPLAY")
_SPACES = re.compile("[ \t\xa0]{2,}")
_MARKDOWN = re.compile(
    r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$"
    r"|^ {0,3}\[[^\]\n]{1,300}\]:[^\n]*$"
    r"|^ {0,3}(?:#{1,6}[ \t]+|>[ \t]?)"
    r"|^[ \t]*(?:[-*_][ \t]*){3,}$"
    r"|^ {0,3}=+[ \t]*$"
    r"|(?<=\])\((?:<[^<>\n]*+>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)?)(?:[ \t]++\"[^\"\n]*+\")?\)"
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
        body = "".join([_MARKDOWN.sub("", part) for part in _in_parts(without_data(body))])
    if "<" in body:
        body = _without_tags(body, keep_lines=kind == "markdown")
    elif kind == "html":
        body = body.replace("\n", " ")
    if "&" in body:
        body = unescape(body)
    if "  " in body or "\t" in body or "\xa0" in body:
        body = _SPACES.sub(_one_space, body)
    text = "\n".join(filter(None, map(str.strip, body.split("\n"))))
    if text.isascii():
        return SafeText(clean(text)[:limit])
    # Line by line, as one character that needs a slow look would slow down all of a text.
    return SafeText("\n".join(map(clean, text.split("\n")))[:limit])


def _one_space(found: re.Match[str]) -> str:
    # Two that must not break stand before the outlet of a headline, which is no part of it.
    return "\xa0\xa0" if "\xa0\xa0" in found[0] else " "


def _without_tags(body: str, *, keep_lines: bool) -> str:
    if any(map(body.__contains__, _MAY_HIDE)):
        body = _without_hidden(body)
    if not keep_lines:
        body = body.replace("\n", " ")
    get = _SEPARATOR.get
    text: list[str] = []
    while body:
        pieces = _TAG.split(body, _TAGS_AT_ONCE)
        body = pieces.pop() if len(pieces) > 3 * _TAGS_AT_ONCE else ""
        # Text, unseen element and tag by turns: a tag within a line leaves nothing, any other
        # ends the line.
        pieces[1::3] = [""] * len(pieces[1::3])
        pieces[2::3] = [get(name, "\n") if name else "" for name in pieces[2::3]]
        text.append("".join(pieces))
    return "".join(text)


def _in_parts(body: str) -> Iterator[str]:
    """The body in parts that end where a line ends, or else anywhere."""
    place, size = 0, len(body)
    while place < size:
        end = place + _PART
        end = body.rfind("\n", place, end) + 1 or end if end < size else size
        yield body[place:end]
        place = end


def _without_hidden(body: str) -> str:
    """The body without elements that are hidden, as far as they have an end."""
    kept: list[str] = []
    place = unclosed = 0
    found = _HIDING.search(body)
    while found is not None and unclosed < _MAX_UNCLOSED:
        end = _end_of(found["name"], body, found.end())
        if end < 0:
            unclosed += 1
            end = found.end()
        kept.append(body[place : found.start()])
        place = end
        found = _HIDING.search(body, place)
    kept.append(body[place:])
    return " ".join(kept)


def _end_of(name: str, body: str, start: int) -> int:
    """Where the element ``name`` that began before ``start`` ends; -1 where it does not."""
    if name.lower() in _VOID:
        return start
    depth = 1
    tags = re.compile(rf"<(/?){name}(?=[\s/>])[^<>]*+>?", re.IGNORECASE)
    for match in tags.finditer(body, start):
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return -1


def count_words(text: str) -> int:
    """The number of words; of scripts written without spaces, two characters are a word."""
    if text.isascii():
        return len(text.split())
    rest, unspaced = _UNSPACED.subn(" ", text)
    return len(rest.split()) + (unspaced + 1) // 2
