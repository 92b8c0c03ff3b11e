"""What a body is made of: HTML, Markdown or plain text, told by what it holds."""

import html
import re

from reader.text.blocks import BodyKind

_SAMPLE = 20_000
_HTML_TAG = re.compile(
    r"</?(?:p|div|ul|ol|li|table|tr|td|h[1-6]|br|hr|blockquote|article|section|figure|span|a|img"
    r"|font|b|i|em|strong|pre|code|center|video|audio|iframe|dl|dt|dd|sup|sub|main|u|s)\b[^<>]*>",
    re.IGNORECASE,
)
_STARTS_WITH_TAG = re.compile(r"\s*(?:<!--.*?-->\s*)*<[a-zA-Z][^<>]*>", re.DOTALL)
_MARKDOWN_MARK = re.compile(
    r"^#{1,6}[ \t]+\S|^[ \t]{0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S|^[ \t]{0,3}>|^[ \t]{0,3}(?:```|~~~)"
    r"|!?\[[^\[\]\n]*\]\([^()\s]*|^\[[^\[\]\n]+\]:[ \t]|^[^\n]+\n(?:={3,}|-{3,})[ \t]*$"
    r"|^\|.*\|[ \t]*$|\*\*[^*\s][^*\n]*\*\*|(?<![\w*])_[^_\s][^_\n]*_(?!\w)|`[^`\n]+`",
    re.MULTILINE,
)
_ATX_TITLE = re.compile(r"\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|$)")
_SETEXT_TITLE = re.compile(r"\s*(?P<title>[^\n]{1,200})\n={2,}[ \t]*(?:\n|$)")
_ANY_TITLE = re.compile(r"^#{1,3}[ \t]+(?P<title>[^\n]+?)[ \t#]*$", re.MULTILINE)


def kind_of(body: str, suffix: str) -> BodyKind:
    """What ``body`` is; ``suffix`` (of its file) decides only where its content does not."""
    sample = body[:_SAMPLE]
    tags = len(_HTML_TAG.findall(sample))
    marks = len(_MARKDOWN_MARK.findall(_HTML_TAG.sub(" ", sample)))
    starts = _STARTS_WITH_TAG.match(sample) is not None
    if tags and (starts or suffix in (".html", ".htm")) and tags >= 2 * marks:
        return "html"
    if tags >= 6 and tags > 6 * marks and suffix not in (".md", ".markdown"):
        return "html"
    if suffix in (".html", ".htm"):
        return "html" if tags or re.search(r"&[#\w]{1,10};", sample) else "text"
    if suffix == ".txt" or not suffix:
        return "markdown" if marks >= 3 or _has_title(sample) else "text"
    return "markdown"


def markdown_title(body: str) -> str:
    """The title of a Markdown text: its first heading."""
    sample = body[:_SAMPLE]
    found = _ATX_TITLE.match(sample) or _SETEXT_TITLE.match(sample) or _ANY_TITLE.search(sample)
    return re.sub(r"[*_`]{1,3}", "", found["title"]).strip() if found else ""


def repeats(summary: str, title: str, body: str) -> bool:
    """Whether a summary only says again what title or body say."""
    short = _letters(summary[:4000])
    if not short or short == _letters(title):
        return True
    start = _letters(body[: 20 * len(summary) + _SAMPLE])
    return short in start or (
        len(short) > 40 and start[:40] in short and _prefix(short, start) > 0.8
    )


def with_unread(body: str, kind: BodyKind, unread: str) -> str:
    """``body`` with the lines of its header below it that could not be read."""
    if not unread:
        return body
    if kind == "html":
        return f"{body}\n<pre>{html.escape(unread)}</pre>"
    if kind == "markdown":
        return f"{body}\n\n~~~~~\n{unread}\n~~~~~\n"
    return f"{body}\n\n{unread}"


def _has_title(sample: str) -> bool:
    return bool(_ATX_TITLE.match(sample) or _SETEXT_TITLE.match(sample))


def _letters(text: str) -> str:
    """The letters and digits of ``text`` without markup, to compare by."""
    text = html.unescape(html.unescape(re.sub(r"<[^<>]*>", "", text)))
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"[\W_]+", "", text).casefold()


def _prefix(first: str, second: str) -> float:
    """How much of ``first`` stands at the start of ``second``."""
    same = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        same += 1
    return same / len(first)
