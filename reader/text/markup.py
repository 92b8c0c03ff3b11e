"""Cuts HTML of any kind into tags and text, as the HTML standard's tokenizer does, in linear time.

Every step consumes what it looked at: an open quote or comment that never ends swallows
the rest, as in a browser, so no input makes it look at the same text over and over.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Final, NamedTuple

MAX_ATTRIBUTES: Final = 64
MAX_ATTRIBUTE_TEXT: Final = 20_000
_LONGEST_TEXT: Final = 32_768
_SHORT: Final = 120
"""Characters of attributes that are worth remembering: pages repeat them."""
MAX_MENDED: Final = 4

_TOKEN = re.compile(
    r"""<(?:
      (?P<close>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)
      (?P<rest>(?:[^>=]++|=[\t\n\f\r ]*+(?:"[^"]*+"?+|'[^']*+'?+)?+)*+)
      (?P<run>>(?:[\t\n\f\r ]*+<(?:(?P=close))(?P=name)>)*+)?+
    | !--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?+)
    | !\[CDATA\[(?P<cdata>(?:[^\]]++|\](?!\]>))*+)(?:\]\]>)?+
    | [!?/][^>]*+>?+
    )""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s/>=][^\s/>=]*+)
    (?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"([^"]*+)"?+|'([^']*+)'?+|([^\s>]++)))?+""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"&#(?:0*27|x0*1b)(?:;|(?![0-9a-f]))", re.IGNORECASE)
_PAYLOAD = re.compile(r"data:[^\s\"'>]{1000,}")
RAW_TEXT: Final = frozenset(
    ["script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea", "plaintext"]
)
SHOWN_RAW: Final = frozenset(["plaintext", "xmp"])
"""Elements whose text is shown with the tags in it as they are written."""
_RAW_END: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT - {"plaintext"}
}
_IN_SCRIPT = re.compile(r"<!--(?:-?>)?+|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)


class Tag(NamedTuple):
    """A start tag or, with ``close``, an end tag.

    ``attributes`` is their unparsed text. ``times`` is how often the same tag stands here in
    a row with nothing between.
    """

    name: str
    close: bool
    attributes: str
    times: int


def tokens(source: str, *, nested: bool = False) -> Iterator[Tag | str]:
    """Tags and the text between them; comments, declarations and raw text are left out.

    Text is as written: character references are not decoded (``decoded``). Feeds wrap HTML
    into CDATA sections more than once: it is read as such, but not once more (``nested``).
    """
    place, size, mended = 0, len(source), 0
    foreign = False
    while place < size:
        found = _TOKEN.search(source, place)
        start = size if found is None else found.start()
        if start > place:
            if start - place > _LONGEST_TEXT:
                yield from _parts(source, place, start)
            else:
                yield source[place:start]
        if found is None:
            return
        place = found.end()
        name = found["name"]
        if name is None:
            yield from _of_cdata(found["cdata"], literal=foreign or nested)
            continue
        run = found["run"]
        if run is None:
            # The tag never ended: a browser drops the rest. A stray quote is forgiven a few
            # times (each costs a look at all that follows) and the next ">" ends the tag.
            end = source.find(">", found.start())
            if end < 0 or mended == MAX_MENDED:
                return
            mended += 1
            yield Tag(name.lower(), bool(found["close"]), source[found.end("name") : end], 1)
            place = end + 1
            continue
        name = name.lower()
        count = 1 if len(run) == 1 else run.count("<") + 1
        rest = found["rest"]
        if len(rest) > MAX_ATTRIBUTE_TEXT:
            rest = _PAYLOAD.sub("data:,", rest)[:MAX_ATTRIBUTE_TEXT]
        close = bool(found["close"])
        yield Tag(name, close, rest, 1 if rest else count)
        if rest and count > 1:
            # Those that follow have no attributes: they are not hidden, no links and so on.
            yield Tag(name, close, "", count - 1)
        foreign = foreign if name not in ("svg", "math") else not close
        if name in RAW_TEXT and not close and not (foreign and name == "title"):
            end = _end_of_raw(name, source, place)
            if name in SHOWN_RAW:
                raw = source[place:end].replace("&", "&amp;")
                yield from _parts(raw, 0, len(raw))
            place = end


def _of_cdata(text: str | None, *, literal: bool) -> Iterator[Tag | str]:
    if text and (literal or "<" not in text):
        yield text.replace("&", "&amp;") if literal else text
    elif text:
        yield from tokens(text, nested=True)


def _end_of_raw(name: str, source: str, start: int) -> int:
    """Where the text that began at ``start`` in a raw element ends.

    In a script, what looks like a script inside of what looks like a comment has its own end
    (HTML standard, 13.2.5.20 to 13.2.5.31).
    """
    if name == "script":
        commented = nested = False
        for match in _IN_SCRIPT.finditer(source, start):
            sign = match.group()
            if match[1] is None:
                commented = sign == "<!--"
                nested = nested and commented
            elif match[1]:
                if not nested:
                    return match.start()
                nested = False
            else:
                nested = commented
        return len(source)
    end_tag = _RAW_END[name].search(source, start) if name in _RAW_END else None
    return end_tag.start() if end_tag else len(source)


def _parts(source: str, start: int, end: int) -> Iterator[str]:
    """A long text in parts; none is cut inside a word or a character reference."""
    while end - start > _LONGEST_TEXT:
        limit = start + _LONGEST_TEXT
        cut = max(source.rfind(" ", start, limit), source.rfind("\n", start, limit))
        if cut <= start:
            ampersand = source.rfind("&", limit - 40, limit)
            cut = ampersand if ampersand > start else limit
        yield source[start:cut]
        start = cut
    yield source[start:end]


def attributes(written: str) -> dict[str, str]:
    """Names (lower case) and decoded values; the first of two equal names counts."""
    return dict(_often_read(written) if len(written) <= _SHORT else _read(written))


def _read(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in islice(_ATTRIBUTE.finditer(written), MAX_ATTRIBUTES):
        name, *values = match.groups()
        value = values[0] or values[1] or values[2] or ""
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


_often_read = lru_cache(maxsize=512)(_read)


def decoded(text: str) -> str:
    """The text with its character references decoded."""
    if "&" not in text:
        return text
    if "&#" in text:
        # The decoder drops an escape character and would leave the rest of its sequence.
        text = _ESCAPE.sub("\x1b", text)
    return unescape(text)
