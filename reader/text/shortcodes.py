"""Reads what site generators add to Markdown: Hugo, Jekyll and Liquid, MkDocs, Docusaurus,
Obsidian. What makes something to see becomes HTML or plain Markdown, the rest goes.
"""

import re
from html import escape
from typing import Final

_MARK = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,8})(?!`)[^\n]{0,500}?(?<!`)(?P=ticks)(?!`))"
    r"|\{%-?\s*raw\s*-?%\}(?P<raw>(?:[^\n{]|\{(?!%-?\s*raw)){0,2000}?)\{%-?\s*endraw\s*-?%\}"
    r"|\{\{(?P<hugo>[<%])(?P<body>[^{}]{0,2000}?)[>%]\}\}"
    r"|\{%-?(?P<liquid>[^%{}]{0,2000}(?:%(?!\})[^%{}]*)*?)-?%\}"
    r"|\{\{(?P<value>[^{}\n]{0,300})\}\}"
    r"|(?P<wiki>!?\[\[(?P<page>[^\[\]\n|]{1,300})(?:\|(?P<alias>[^\[\]\n]{1,300}))?\]\])"
    r"|(?P<icon>:(?:material|fontawesome|octicons|simple)-[\w-]{1,60}:)(?:\{[^{}\n]{0,200}\})?"
    r"|(?<=[\])*_`\s])\{:?\s?[.#][\w-][^{}\n]{0,300}\}"
    r"|(?<=[\])*`\s])\{:?\s?[A-Za-z][\w-]+=[^{}\n]{0,300}\}"
    r"|^\{::?[^{}\n]{0,300}\}[ \t]*$"
    r"|^\[TOC\][ \t]*$"
)
_ICON_LINK = re.compile(
    r"\[(?::[\w-]{1,60}:|\s)*\]\((?P<url>[^()\s]{1,2000})\)"
    r"\{[^{}\n]{0,100}?title=\"?(?P<title>[^\"}\n]{1,200}?)\"?\s*\}"
)
_ARGUMENT = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s\"']+))")
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s\"'=]+)(?![\w-]*=)")
_ASSIGN = re.compile(r"assign\s+([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ICONS: Final = {"-check": "✓", "-close": "✗", "-alert": "⚠", "-star": "★"}
_PICTURES: Final = frozenset({"figure", "img", "image", "figure_image", "picture", "asset_img"})
_FILMS: Final = {
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}",
}
_PAGES: Final = frozenset({"ref", "relref", "link", "post_url", "url", "absurl", "relurl", "path"})
_NOTES: Final = frozenset(
    {
        "notice",
        "note",
        "warning",
        "tip",
        "info",
        "alert",
        "admonition",
        "callout",
        "hint",
        "caution",
    }
)
MAX_NAMES: Final = 1000


class Shortcodes:
    """Rewrites the lines of one document; remembers the names it assigned."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def line(self, text: str) -> str:
        """One line outside of listings, as Markdown with inline HTML."""
        if "{" not in text and "[[" not in text and ":" not in text and "[T" not in text:
            return text
        if "{" in text and "title=" in text:
            text = _ICON_LINK.sub(r"[\g<title>](\g<url>)", text)
        written = _MARK.sub(self._replaced, text)
        if written is not text and written.lstrip().startswith(("<figure", "<iframe")):
            # Beside text it would make a block of HTML of the line, without Markdown in it.
            return f"\n{written.strip()}\n\n"
        return written

    def _replaced(self, match: re.Match[str]) -> str:
        if match["code"] or match["raw"] is not None:
            return match["code"] or match["raw"]
        if match["hugo"]:
            return self._tag(match["body"])
        if match["liquid"] is not None:
            return self._tag(match["liquid"])
        if match["value"] is not None:
            return self._names.get(match["value"].strip(), "")
        if match["wiki"]:
            return self._wiki(match)
        if match["icon"]:
            return next((sign for name, sign in _ICONS.items() if name in match["icon"]), "")
        return ""

    def _tag(self, body: str) -> str:
        body = body.strip()
        closing = body.startswith(("/", "end"))
        name, _, rest = body.lstrip("/ ").partition(" ")
        name = name.lower()
        if name == "include":
            name, _, rest = rest.strip().partition(" ")
            name = name.lower().rpartition("/")[2].removesuffix(".html").removesuffix(".liquid")
        if name in _NOTES or (closing and name.removeprefix("end") in _NOTES):
            return "\n\n</blockquote>\n\n" if closing else _note(name, rest)
        if closing:
            return ""
        if name == "assign":
            self._assign(body)
            return ""
        arguments = {key.lower(): a or b or c or d for key, a, b, c, d in _ARGUMENT.findall(rest)}
        words = [a or b or c or d for a, b, c, d in _WORD.findall(_ARGUMENT.sub(" ", rest))]
        return _shown(name, arguments, words)

    def _assign(self, body: str) -> None:
        match = _ASSIGN.match(body)
        if match and len(self._names) < MAX_NAMES:
            self._names[match[1]] = match[2] or match[3] or ""

    def _wiki(self, match: re.Match[str]) -> str:
        if match["wiki"].startswith("!"):
            alt = escape(match["alias"] or match["page"])
            return f'<img src="{escape(match["page"])}" alt="{alt}">'
        return match["alias"] or match["page"].replace("#", " › ").strip()


def _shown(name: str, arguments: dict[str, str], words: list[str]) -> str:
    """What a shortcode shows."""
    first = words[0] if words else ""
    if name in _PICTURES:
        source = (
            arguments.get("src") or arguments.get("image_path") or arguments.get("url") or first
        )
        alt = arguments.get("alt") or arguments.get("title") or ""
        caption = arguments.get("caption") or arguments.get("title") or ""
        caption = (
            f"<figcaption>{escape(caption)}</figcaption>" if caption and caption != alt else ""
        )
        return f'<figure><img src="{escape(source)}" alt="{escape(alt)}">{caption}</figure>'
    film = _FILMS.get(name)
    if film:
        place = arguments.get("id") or (words[-1] if name in ("tweet", "gist") else first)
        if name == "gist" and len(words) > 1:
            place = "/".join(words[:2])
        if name == "tweet" and arguments.get("user"):
            place = arguments.get("id", place)
        address = place if place.startswith("http") else film.format(place)
        return f'<iframe src="{escape(address)}"></iframe>' if place else ""
    if name in ("embed", "tweet", "twitter", "github", "codepen") and first.startswith("http"):
        return f"<{first}>"
    if name in _PAGES:
        return arguments.get("path") or first
    if name in ("kbd", "abbr", "highlight_text"):
        return escape(arguments.get("text") or first)
    return ""


def _note(name: str, rest: str) -> str:
    """The beginning of a box: its title, or its kind."""
    words = [a or b or c or d for a, b, c, d in _WORD.findall(_ARGUMENT.sub(" ", rest))]
    arguments = {key.lower(): a or b or c or d for key, a, b, c, d in _ARGUMENT.findall(rest)}
    title = arguments.get("title") or (words[0] if words else "") or name
    return box(title)


def box(title: str) -> str:
    """The beginning of a quote-like box with a title, as HTML for Markdown."""
    shown = title[:1].upper() + title[1:]
    return f"\n<blockquote><p><strong>{escape(shown)}</strong></p>\n\n"
