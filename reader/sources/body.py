"""What a body is made of: HTML, Markdown or plain text, told by what it holds."""

import html
import re

from reader.text.blocks import BodyKind

_SAMPLE = 20_000
_PROSE_SAMPLE, _PROSE_IN_TAGS = 1_500, 8_000
_SENTENCE = 60
_ENOUGH_PROSE = 200
_ENOUGH_TO_TELL = 400
_INLINE_TAG = re.compile(r"</?(?:a|b|i|em|strong|span|code|sup|sub|font|u)\b[^<>]*>", re.IGNORECASE)
_NO_WORDS = re.compile(r"\]\([^()\s]*\)|https?://\S+|[][*_`#>|]+")
_CREDITED = re.compile(r"/ ?[A-Z]{2,}[^a-z]{0,20}$")
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
_COMMENTS = re.compile(r"^#[^\n]*\n#(?!#)", re.MULTILINE)
_MARKUP = re.compile(r"&[#\w]{1,10};|<[a-zA-Z!/]")
_ATX_TITLE = re.compile(r"\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|$)")
_SETEXT_TITLE = re.compile(r"\s*(?P<title>[^\n]{1,200})\n={2,}[ \t]*(?:\n|$)")
_ANY_TITLE = re.compile(r"^#{1,3}[ \t]+(?P<title>[^\n]+?)[ \t#]*$", re.MULTILINE)


def kind_of(body: str, suffix: str, *, headed: bool) -> BodyKind:
    """What ``body`` is; ``suffix`` (of its file) decides only where its content does not.

    ``headed`` tells that it stands below a header: prose without any mark is Markdown there.
    """
    sample = body[:_SAMPLE]
    page = suffix in (".html", ".htm")
    markdown = suffix in (".md", ".markdown")
    tags = len(_HTML_TAG.findall(sample)) if "<" in sample else 0
    if markdown and headed and not tags:
        return "markdown"
    marks = len(_MARKDOWN_MARK.findall(_HTML_TAG.sub(" ", sample)))
    if tags and (page or _STARTS_WITH_TAG.match(sample)) and tags >= 2 * marks:
        return "html"
    if tags >= 6 and tags > 6 * marks and not markdown:
        return "html"
    if page:
        return "html" if tags or _MARKUP.search(sample) else "text"
    if markdown:
        return "markdown" if marks or headed else "text"
    commented = not headed and _COMMENTS.search(sample)
    return "markdown" if not commented and (marks >= 3 or _has_title(sample)) else "text"


def markdown_title(body: str) -> str:
    """The title of a Markdown text: its first heading."""
    sample = body[:_SAMPLE]
    found = _ATX_TITLE.match(sample) or _SETEXT_TITLE.match(sample) or _ANY_TITLE.search(sample)
    title = (
        re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)|\{#[\w-]+\}$", r"\1", found["title"]) if found else ""
    )
    return re.sub(r"[*_`]{1,3}", "", title).strip()


def repeats(summary: str, title: str, body: str) -> bool:
    """Whether a summary only says again what title or body say."""
    words = _visible(summary[:_SAMPLE]).split()
    if not words:
        return True
    seen = _visible(body[: 20 * len(summary) + _SAMPLE])
    if "".join(words) in "".join(seen.split()):
        return True
    short = _letters(summary[:_SAMPLE])
    if not short or short == _letters(title):
        return True
    if not all(word in seen for word in words[:2]):
        return False
    start = _letters(seen)
    return short in start or (len(short) > 40 and _same_start(short, start) > 0.8 * len(short))


def prose(title: str, body: str) -> str:
    """Enough of an article's sentences to tell its language, its title where it has none.

    Headlines, captions, links and names mislead; whole lines of text come first.
    """
    sample = body[:_PROSE_SAMPLE]
    if "<" in sample:
        sample = body[:_PROSE_IN_TAGS]
        sample = re.sub(r"<[^<>]*>?", "\n", _INLINE_TAG.sub("", sample))
    sample = _NO_WORDS.sub(" ", _visible(sample))
    lines = [" ".join(line.split()) for line in sample.split("\n")]
    long = [line for line in lines if len(line) >= _SENTENCE and not _CREDITED.search(line)]
    enough = sum(map(len, long)) >= _ENOUGH_PROSE
    return " ".join(long if enough else [title, *lines])[:_ENOUGH_TO_TELL]


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


def _visible(text: str) -> str:
    """``text`` without tags and character references (twice, as some pipelines escape twice)."""
    if "<" in text:
        text = re.sub(r"<[^<>]*>", "", text)
    return html.unescape(html.unescape(text)) if "&" in text else text


def _letters(text: str) -> str:
    """The letters and digits of ``text`` without markup, to compare by."""
    text = _visible(text)
    if "](" in text:
        text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"[\W_]+", "", text).casefold()


def _same_start(first: str, second: str) -> int:
    """How many characters the two have in common at their start."""
    for place, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return place
    return min(len(first), len(second))
