"""What single elements of a feed say: text, markup, people, links, dates, durations."""

import binascii
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape, unescape
from xml.etree.ElementTree import Element

from msgspec import Struct

from reader.sources.feedxml import NAMES, XML, names
from reader.text import dates, urls
from reader.text.blocks import BodyKind

TITLE = 10_000
"""A title is cut here already: what follows is never shown and would only be copied."""
PERSON = 300
DEPTH = 200

_BASE = f"{XML}}}base"
_LANG = f"{XML}}}lang"
_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!#-;=?-Z\\^_a-z|~]*)?")
_MARKUP = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_HTML = (
    "a abbr acronym address article aside b big blockquote br center cite code dd del details "
    "dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i iframe img "
    "ins kbd li main mark nav ol p pre q s samp script section small span strike strong style "
    "sub summary sup svg table tbody td th thead time tr tt u ul var video"
)
_TAG = re.compile(rf"</?(?:{_HTML.replace(' ', '|')})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENDED_TAG = re.compile(rf"</(?:{_HTML.replace(' ', '|')})\s*>|<(?:br|img|hr)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:</\1\s*>|$)", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(rf"\s*&lt;(?:{_HTML.replace(' ', '|')})(?:\s|/|&gt;)", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]++={0,2}\s*")
_LONGEST_WORD = 40
_BINARY = re.compile("[\0-\x08\x0e-\x1f]")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_MAIL = r"[^\s<>()@:]+@[^\s<>()@]+"
_MAIL_AND_NAME = re.compile(rf"(?:mailto:)?{_MAIL}\s*\(\s*(.+?)\s*\)")
_NAME_AND_MAIL = re.compile(rf"(.+?)\s*(?:[<(\[]\s*(?:mailto:)?(?:{_MAIL})?\s*[>)\]]|,\s*{_MAIL})")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?")
_ISO_DURATION = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.I)
_LONGEST = timedelta(days=10)


class Content(Struct, frozen=True):
    """A text of a feed and what it is written in; relative links in it start at ``base``."""

    value: str
    kind: BodyKind
    base: str = ""


def text(element: Element) -> str:
    """The text of an element, without markup that has no business there."""
    if len(element):
        return _without_tags(markup(element)).strip()
    return (element.text or "").strip()


def first(elements: Iterable[Element] | None) -> str:
    """The first text that is not empty, else ""."""
    for element in elements or ():
        if found := text(element):
            return found
    return ""


def base(element: Element, outer: str) -> str:
    """Where relative links inside ``element`` start (XML Base); ``outer`` holds around it."""
    own = element.get(_BASE)
    return (urls.absolute(own, outer) or outer) if own else outer


def language(element: Element) -> str:
    """The language that an element says it is in, "" where it does not."""
    told = element.get(_LANG)
    return language_code(told) if told else ""


def language_code(tag: str) -> str:
    """ISO 639 code of a language tag such as ``nl-BE`` or ``en_us``; "" for none."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", tag)
    return match[1].lower() if match else ""


def link(url: str, outer: str) -> str:
    """An absolute http(s) or mail link, "" where ``url`` is none that may be opened."""
    if _PLAIN_LINK.fullmatch(url):
        return url
    return urls.absolute(url[:8000], outer) if url else ""


def markup(element: Element) -> str:
    """The content of an element as HTML: text escaped, names without namespaces.

    Tags nested deeper than ``DEPTH`` are left out; their text stays.
    """
    parts = [escape(element.text or "", quote=False)]
    waiting: list[Element | str] = list(reversed(element))
    depth = 0
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            depth -= step.startswith("</")  # Text is escaped and cannot look like this.
            parts.append(step)
            continue
        waiting.append(escape(step.tail or "", quote=False))
        name = str(step.tag).rpartition("}")[2]
        inner = escape(step.text or "", quote=False)
        if depth < DEPTH:
            attributes = (
                f' {key.rpartition("}")[2]}="{escape(value)}"' for key, value in step.attrib.items()
            )
            parts.append(f"<{name}{''.join(attributes)}>")
            if name.lower() in _VOID and not (inner or len(step)):
                continue
            depth += 1
            waiting.append(f"</{name}>")
        parts.append(inner)
        waiting.extend(reversed(step))
    return "".join(parts)


def content(element: Element, outer: str, *, atom: bool) -> Content:
    """A text construct of Atom (RFC 4287, section 3.1) or a field of RSS, which says less.

    RSS leaves open whether a text is escaped HTML: only looking at it tells.
    """
    start, told = outer, ""
    if element.attrib:
        start = base(element, outer)
        told = element.get("type", "").strip().lower()
    if len(element):
        inner = element[0] if _is_wrapper(element) else element
        return Content(markup(inner).strip(), "html", base(inner, start))
    value = (element.text or "").strip()
    kind = _kind(told) if told else None
    encoded = bool(told) and kind is None and not told.endswith("xml")
    if encoded or (element.attrib and element.get("mode", "").lower() == "base64"):
        value = _from_base64(value, told)
    if kind is None:
        plain = (atom and not encoded) or not _MARKUP.search(value)
        kind = "text" if plain else "html"
    if kind == "html" and value.startswith("&lt;") and _escaped_twice(value):
        value = unescape(value)
    return Content(value, kind, start)


def _escaped_twice(value: str) -> bool:
    return "<" not in value and bool(_ESCAPED_TWICE.match(value))


def _kind(told: str) -> BodyKind | None:
    told = told.partition(";")[0].strip()
    if told in {"html", "xhtml", "text/html", "application/xhtml+xml"}:
        return "html"
    if told in {"text/markdown", "text/x-markdown"}:
        return "markdown"
    return "text" if told in {"text", "plain"} or told.startswith("text/") else None


def _is_wrapper(element: Element) -> bool:
    """Whether the only thing inside is the div that XHTML text constructs must have."""
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return False
    return str(element[0].tag).rpartition("}")[2].lower() in {"div", "body"}


def _from_base64(value: str, told: str) -> str:
    """The text that ``value`` stands for, which is base64 where its type is neither text,
    HTML nor XML (RFC 4287, section 4.1.3.3); "" where that is no text.
    """
    if told.startswith(("image/", "audio/", "video/")):
        return ""
    if not _BASE64.fullmatch(value):
        return value
    try:
        decoded = binascii.a2b_base64(value).decode()
    except (binascii.Error, ValueError):
        return "" if len(value) > _LONGEST_WORD else value
    return "" if _BINARY.search(decoded) else decoded.strip()


def title(found: Content, *, atom: bool) -> str:
    """A title as plain text: tags gone, references decoded, at most ``TITLE`` characters.

    Titles of RSS are HTML if they look it: they have an end tag or a character reference.
    Those of Atom are what their type says.
    """
    value = found.value[:TITLE]
    if found.kind == "html" and (atom or _ENDED_TAG.search(value)):
        pattern = _ANY_TAG if atom else _TAG
        return unescape(pattern.sub("", _UNSEEN.sub("", value))).strip()
    if _REFERENCE.search(value):
        return unescape(value).strip()
    return value


def _without_tags(value: str) -> str:
    return unescape(_ANY_TAG.sub("", value)) if "<" in value else unescape(value)


def person(written: str) -> str:
    """The name in ``jane@example.org (Jane)``, ``Jane <jane@example.org>`` or ``Jane``."""
    written = written[:PERSON].strip()
    if "@" not in written and not written.endswith(("()", "<>")):
        return written
    match = _MAIL_AND_NAME.fullmatch(written) or _NAME_AND_MAIL.fullmatch(written)
    return match[1].strip("\"' ") if match else written.removeprefix("mailto:")


def author(element: Element) -> str:
    """A person construct (RFC 4287, section 3.2) or the one line that RSS has for it."""
    parts: dict[str, str] = {}
    if len(element):
        for part in element.iter():
            parts.setdefault(NAMES[part.tag].rpartition(":")[2], (part.text or "").strip())
    return person(parts.get("name") or parts.get("email") or element.text or "")


def date(written: str, now: datetime) -> tuple[datetime | None, str]:
    """The moment ``written`` names, and what is wrong with it.

    Dates before 1970 and more than two days ahead are mistakes: clocks at zero, years of
    two digits, planned posts. They count as missing.
    """
    moment = dates.parse(written)
    if moment is None:
        return None, f"its date is not understood: {written[:60]}"
    if moment.year < 1970 or moment.timestamp() < 86_400 or moment > now + timedelta(days=2):
        return None, f"its date cannot be right: {written[:60]}"
    return moment, ""


def seconds(written: str) -> int:
    """A duration such as ``1:02:03``, ``62:03``, ``3723`` or ``PT1H2M3S``; 0 if none."""
    written = written.strip()[:40]
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", written):
        found = int(written.partition(".")[0])
    elif match := _CLOCK.fullmatch(written):
        hours, minutes, rest = (int(part or 0) for part in match.groups())
        found = hours * 3600 + minutes * 60 + rest
    elif written and (match := _ISO_DURATION.fullmatch(written)):
        days, hours, minutes, rest = (int(part or 0) for part in match.groups())
        found = days * 86400 + hours * 3600 + minutes * 60 + rest
    else:
        return 0
    return found if found <= _LONGEST.total_seconds() else 0


def number(written: str | None, most: int = 1 << 53) -> int:
    """A count such as a length in bytes; 0 where it is none."""
    written = (written or "").strip()
    return int(written) if re.fullmatch(r"\d{1,16}", written) and int(written) <= most else 0
