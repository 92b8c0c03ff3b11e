"""Reads XML that is none: mends what broken feeds get wrong and builds the same elements."""

import re
from collections import Counter
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder

from reader.sources.feedparts import EnoughArticles
from reader.sources.feedxml import (
    ELEMENTS_AN_ITEM,
    ITEMS,
    NAMES,
    XML,
    OnItem,
    known,
    names,
    usual_namespace,
)

DEPTH = 200
"""Elements nested deeper than this are left out; their text stays."""
MOST_TAGS = 1_500_000
ATTRIBUTES = 1_000
"""Attributes of one element beyond this are left out."""

_MARKUP = re.compile(r"<[A-Za-z_/!?]")
_NAME = re.compile(r"[A-Za-z_][\w.-]*(?::[\w.-]+)?(?=[\s/>]|$)")
_ATTRIBUTE = re.compile(
    r"""[\s"'=/]*+([^\s=<>"'/]++)(?:\s*+=\s*+(?:"([^"<]*+(?:<(?![A-Za-z/!?])[^"<]*+)*+)"|"""
    r"""'([^'<]*+(?:<(?![A-Za-z/!?])[^'<]*+)*+)'|([^\s<>"']++)))?"""
)
_JUNK_IN_TAG = re.compile(r"""[\s"'=/]*+""")
_END = re.compile(r"</\s*([A-Za-z_][\w.-]*(?::[\w.-]+)?)[^<>]*>?")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]{1,40})\s+(?:"([^"%<]{0,200})"|'([^'%<]{0,200})')\s*>""")
_ANY_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,40})\s")
_REFERENCE = re.compile(r"&(#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z_][\w.-]{0,39});")
_CHARACTER = re.compile(r"&#(?:\d{1,8}|[xX][0-9a-fA-F]{1,7});")
_EXPANSIONS = 10_000
_LONG_NAME = 5
"""A name as long is misspelled sooner than two that differ by a letter meet (h1 and h2)."""

_VOID = names(
    "area base basefont br col command embed frame hr img input isindex keygen meta param "
    "source track wbr"
)
# Fields that hold no others: the start of a field inside one means that its end was lost.
_PLAIN = names(
    "link guid id pubdate published updated issued modified created comments language ttl url "
    "uri email name lastbuilddate managingeditor webmaster generator docs dc:creator dc:date "
    "dc:subject dc:language dcterms:issued dcterms:modified dcterms:created itunes:author "
    "itunes:duration itunes:subtitle itunes:season itunes:episode category rights copyright"
)
_RICH = names(
    "title description summary content content:encoded subtitle tagline itunes:summary "
    "media:title media:description dc:title dc:description xhtml:body fullitem"
)
_LINES = _PLAIN | {"title", "dc:title", "media:title"}
# Fields whose names are none of HTML's, so that inside text they can be nothing else.
_FIELDS = (_PLAIN | _RICH | {"author", "enclosure", "media:content", "media:group"}) - names(
    "link title summary content url uri name email id rights"
)
_OF_FEEDS_ALONE = _FIELDS | ITEMS
_OUTER = frozenset({"channel", "rss", "feed", "rdf:rdf"})


class _Open:
    """An element whose end tag has not come."""

    __slots__ = ("element", "name", "outer_default", "written")

    def __init__(self, written: str, name: str, element: Element, outer_default: str) -> None:
        self.written = written
        self.name = name
        self.element = element
        self.outer_default = outer_default


class _Entities:
    """What references stand for: HTML's names, and short ones that the document declares."""

    def __init__(self, declared: dict[str, str]) -> None:
        self._declared = declared
        self._left = _EXPANSIONS

    def decoded(self, text: str) -> str:
        return _REFERENCE.sub(self._character, text) if "&" in text else text

    def _character(self, match: re.Match[str]) -> str:
        name = match[1]
        if name[0] == "#":
            return _code_point(name)
        if name in self._declared and self._left:
            self._left -= 1
            return self._declared[name]
        return html5.get(name + ";", match[0])


def decoded(text: str) -> str:
    """``text`` with HTML's and numbered references as characters; unknown ones stay."""
    return _Entities({}).decoded(text)


def _code_point(reference: str) -> str:
    code = int(reference[2:], 16) if reference[1] in "xX" else int(reference[1:])
    if code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE:
        return chr(code)
    return chr(code) if 0x10000 <= code <= 0x10FFFF else ""


def _declarations(doctype: str) -> dict[str, str]:
    """Entities of a document type. Those that are more than text, bombs or files of the
    machine, stand for nothing.
    """
    declared = dict.fromkeys(_ANY_ENTITY.findall(doctype[:100_000])[:1000], "")
    for name, double, single in _ENTITY.findall(doctype[:100_000])[:1000]:
        value = double or single
        if not re.search(r"&(?!#|amp;|lt;|gt;|quot;|apos;)", value):
            declared[name] = _CHARACTER.sub(lambda m: _code_point(m[0][1:-1]), value)
    return declared


def tree(text: str, on_item: OnItem | None = None) -> tuple[Element | None, bool]:
    """The outermost element of ``text`` (None where there is none), and whether all of it
    was read: a document of more than ``MOST_TAGS`` tags is left there.

    Linear. With ``on_item`` items are handed over as they end and are not kept. An item
    that is open at the end of a document that was cut off is left out: part of it is missing.
    """
    soup = _Soup(text, on_item)
    position = 0
    try:
        for _ in range(MOST_TAGS):
            match = _MARKUP.search(text, position)
            if not match:
                return soup.close(), True
            position = soup.markup(match.start())
        return soup.close(), False
    except EnoughArticles:
        return soup.root, True


class _Soup:
    """Takes markup in the order it comes and keeps a stack of what is open."""

    def __init__(self, text: str, on_item: OnItem | None) -> None:
        self._text = text
        self._taken = 0  # Everything before this place is in the tree.
        self._builder = TreeBuilder()
        self._on_item = on_item
        self._entities = _Entities({})
        self._spaces: dict[str, str] = {}
        self._default = ""
        self._open: list[_Open] = []
        self._opened: Counter[str] = Counter()
        self._rich = 0
        self.root: Element | None = None
        self._left_out: list[str] = []
        self._elements = 0
        self._items_begun = 0
        self._items_ended = 0
        self._finished = False
        self._written = False
        self._absent: set[str] = set()

    def markup(self, at: int) -> int:
        """Take the markup at ``at``; return where to look for more.

        What turns out to be none ("a <b") stays part of the text around it.
        """
        text = self._text
        following = text[at + 1]
        if following == "/":
            if match := _END.match(text, at):
                self._text_until(at, match.end())
                self._end_tag(match[1])
                return self._taken
        elif following in "!?":
            return self._declaration(at)
        elif match := _NAME.match(text, at + 1):
            written, end, whole = match[0], match.end(), True
            attributes: dict[str, str] = {}
            if not text.startswith(">", end):
                attributes, end, whole = _attributes(text, end)
            else:
                end += 1
            if whole or self._name(written) in _FIELDS | ITEMS | _RICH:
                self._text_until(at, end)
                self._start_tag(written, attributes, closed=text[end - 2 : end] == "/>")
                return end
        return at + 1

    def _text_until(self, at: int, continued: int) -> None:
        """Take the text before ``at``; what comes next begins at ``continued``."""
        if at > self._taken:
            self._take(self._entities.decoded(self._text[self._taken : at]) if self._open else "")
        self._taken = continued

    def _take(self, text: str) -> None:
        if self._open:
            self._written = self._written or not text.isspace()
            self._builder.data(text)

    def _declaration(self, at: int) -> int:
        text = self._text
        if text.startswith("<![CDATA[", at):
            end = text.find("]]>", at)
            self._text_until(at, end + 3 if end >= 0 else len(text))
            self._take(text[at + 9 : end if end >= 0 else len(text)])
            return self._taken
        behind = -1
        if self.root is None and (match := _DOCTYPE.match(text, at)):
            self._entities = _Entities(_declarations(match[0]))
            behind = match.end()
        elif text.startswith("<!--", at):
            behind = self._behind("-->", at + 4)
        elif text.startswith("<?", at):
            behind = self._behind("?>", at + 2)
        self._text_until(at, behind if behind >= 0 else self._behind(">", at))
        return self._taken

    def _behind(self, end: str, at: int) -> int:
        """The place behind the next ``end``; where there is none, behind the next ">"."""
        for mark in (end, ">"):
            if mark not in self._absent:
                found = self._text.find(mark, at)
                if found >= 0:
                    return found + len(mark)
                self._absent.add(mark)
        return len(self._text)

    def _name(self, written: str) -> str:
        return NAMES[self._tag(written)]

    def _tag(self, written: str) -> str:
        """``uri}local`` of an element; a prefix nobody declared means what it usually does."""
        prefix, colon, local = written.partition(":")
        if not colon:
            default = self._default
            if not default or (
                NAMES[f"{default}}}item"] != "item" and local.lower() in _OF_FEEDS_ALONE
            ):
                return written
            return f"{default}}}{written}"
        uri = self._spaces.get(prefix, "")
        if not known(uri):
            uri = usual_namespace(prefix) or uri
        return f"{uri or prefix}}}{local}"

    def _start_tag(self, written: str, attributes: dict[str, str], *, closed: bool) -> None:
        outer_default = self._default
        for key, value in attributes.items():
            if key.startswith("xmlns:"):
                self._spaces[key[6:]] = value
            elif key == "xmlns":
                self._default = value if self.root is not None or known(value) else ""
        tag = self._tag(written)
        name = NAMES[tag]
        if self._mistyped_end(name, attributes, closed=closed):
            self._end_tag(written)
            return
        if self._open:
            self._close_before(name)
        self._elements += 1
        if len(self._open) >= DEPTH or self._elements > ELEMENTS_AN_ITEM:
            self._default = outer_default
            if not closed and len(self._left_out) < ELEMENTS_AN_ITEM:
                self._left_out.append(written)
            return
        decoded = {
            _attribute_tag(key): self._entities.decoded(value)
            for key, value in attributes.items()
            if not key.startswith("xmlns")
        }
        element = self._builder.start(tag, decoded)
        self.root = element if self.root is None else self.root
        self._open.append(_Open(written.lower(), name, element, outer_default))
        self._opened[written.lower()] += 1
        self._rich += name in _RICH
        self._items_begun += name in ITEMS
        self._written = False
        if closed or (name in _VOID and self._rich):
            self._pop_to(len(self._open) - 1)

    def _mistyped_end(self, name: str, attributes: dict[str, str], *, closed: bool) -> bool:
        """Whether ``<title>text<title>`` is meant to end with ``</title>``."""
        if attributes or closed or not self._open or not self._written:
            return False
        return name == self._open[-1].name and name in _PLAIN | _RICH

    def _close_before(self, name: str) -> None:
        """Close what cannot be open where ``name`` starts: its end tag was forgotten."""
        if name in ITEMS:
            for place, above in enumerate(self._open):
                if above.name in ITEMS or above.name in _PLAIN | _RICH:
                    self._pop_to(place)
                    return
            return
        above = self._open[-1]
        if (above.name in _LINES and name in _PLAIN | _RICH | _FIELDS) or (
            above.name == "author" and name in _FIELDS
        ):
            self._pop_to(len(self._open) - 1)
        elif self._rich and name in _FIELDS:
            self._pop_to(
                max(place for place, above in enumerate(self._open) if above.name in _RICH)
            )

    def _end_tag(self, written: str) -> None:
        written = written.lower()
        if self._left_out and self._left_out[-1].lower() == written:
            self._left_out.pop()
            return
        if not self._opened[written]:
            if _misspelled(written, self._open[-1].written if self._open else ""):
                self._pop_to(len(self._open) - 1)
            return
        for place in range(len(self._open) - 1, -1, -1):
            above = self._open[place]
            if above.written == written:
                self._finished = self._finished or above.name in _OUTER
                self._items_ended += above.name in ITEMS
                self._left_out.clear()
                self._pop_to(place)
                return
            if above.name in ITEMS and self._name(written) not in _OUTER:
                return

    def _pop_to(self, place: int) -> None:
        """Close all above ``place``; the root stays open for what follows its end tag."""
        while len(self._open) > max(place, 1):
            self._pop()

    def _pop(self) -> None:
        ended = self._open.pop()
        self._builder.end(ended.element.tag)
        self._opened[ended.written] -= 1
        self._rich -= ended.name in _RICH
        self._default = ended.outer_default
        if ended.name in ITEMS and self._open:
            self._elements = 0
            if self._on_item and self.root is not None:
                self._open[-1].element.remove(ended.element)
                self._on_item(self.root, ended.element)

    def close(self) -> Element | None:
        """The root, without the item that the document was cut off in."""
        self._text_until(len(self._text), len(self._text))
        for place, above in enumerate(self._open):
            if above.name in ITEMS and place and not self._finished:
                in_a_field = len(self._open) > place + 1
                if in_a_field or self._items_ended or self._items_begun == 1:
                    self._open[place - 1].element.remove(above.element)
                    self._pop_to(place + 1)
                    above.name = ""  # So that it is not handed over as one that ended.
                break
        self._pop_to(1)
        if self._open:
            self._pop()
        return self.root


def _misspelled(written: str, meant: str) -> bool:
    """Whether an end tag that nothing opened is that of ``meant`` with one wrong letter."""
    if len(written) != len(meant) or len(written) < _LONG_NAME:
        return False
    return sum(one != other for one, other in zip(written, meant, strict=True)) == 1


def _attributes(text: str, at: int) -> tuple[dict[str, str], int, bool]:
    """Attributes from ``at``, the place behind the tag, and whether it ended with ">"."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(text, at):
        if len(found) < ATTRIBUTES:
            name, double, single, bare = match.groups()
            found.setdefault(name, double or single or bare or "")
        at = match.end()
    at = _JUNK_IN_TAG.match(text, at).end()  # type: ignore[union-attr]
    whole = text[at : at + 1] == ">"
    return found, at + whole, whole


def _attribute_tag(name: str) -> str:
    prefix, colon, local = name.partition(":")
    if colon and prefix.lower() == "xml":
        return f"{XML}}}{local}"
    return local if colon else prefix
