"""Subscription lists in OPML 1 and 2 (opml.org): read, also when damaged, and written.

Nothing that a list says beyond what is understood gets lost: attributes and head
elements come out as they went in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from reader.model.errors import SourceUnreadable
from reader.sources import feedtext

MOST_BYTES: Final = 16 << 20
MOST_OUTLINES: Final = 100_000
DEPTH: Final = 50
"""Outlines nested deeper than this stand beside their parents."""

Attributes = tuple[tuple[str, str], ...]

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME = re.compile(r"(?:([A-Za-z_][\w.-]*):)?[A-Za-z_][\w.-]*", re.ASCII)


class Outline(Struct, frozen=True):
    """One line of a list: a feed, a category or something else, with what is under it.

    ``attributes`` are all of them, names as written, in their order.
    """

    attributes: Attributes
    children: "tuple[Outline, ...]" = ()

    def get(self, name: str) -> str:
        """An attribute whatever its case, trimmed; "" where there is none."""
        wanted = name.lower()
        return next((v.strip() for key, v in self.attributes if key.lower() == wanted), "")


class OpmlDocument(Struct, frozen=True, kw_only=True):
    """A list. ``head`` holds the elements of the head but the title, as (name, text).

    ``attributes`` are those of the root but ``version``: namespaces, as a rule. ``problems``
    are plain sentences about what was wrong and has been mended or left out.
    """

    title: str = ""
    outlines: tuple[Outline, ...] = ()
    head: Attributes = ()
    attributes: Attributes = ()
    version: str = "2.0"
    problems: tuple[str, ...] = ()


def read(data: bytes) -> OpmlDocument:
    """The list in ``data``. Raises ``SourceUnreadable`` where there is none.

    Nothing is fetched: includes are outlines like any other, and entities stand for nothing.
    """
    if len(data) > MOST_BYTES:
        raise SourceUnreadable(f"the list is larger than {MOST_BYTES >> 20} MiB")
    text, problem = feedtext.to_text(data, feedtext.declared(data, ""))
    text = text.strip()
    if not text:
        raise SourceUnreadable("the list is empty")
    if _PAGE.match(text):
        raise SourceUnreadable("the document is a web page, not an OPML list")
    builder = _Builder()
    builder.note(problem)
    try:
        _read_strictly(text, builder)
    except (expat.ExpatError, _Refused):
        from reader.sources import opmlsoup

        builder = _Builder()
        builder.note(problem or "it is not well-formed XML")
        opmlsoup.read(text, builder)
    return builder.document()


class _Refused(Exception):
    """The document has a document type: only the lenient reader takes it, and ignores it."""


class _Builder:
    """Takes elements as they begin and end and keeps what belongs to a list."""

    def __init__(self) -> None:
        self._root = ""
        self._attributes: Attributes = ()
        self._head: list[tuple[str, str]] = []
        self._text: list[str] | None = None
        self._in_head = False
        self._top: list[Outline] = []
        self._open: list[tuple[Attributes, list[Outline]]] = []
        self._count = 0
        self._problems: list[str] = []

    def note(self, problem: str) -> None:
        if problem and problem not in self._problems:
            self._problems.append(problem)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        lowered = name.lower()
        if not self._root:
            self._root = lowered
            self._attributes = tuple(attributes.items())
        if lowered == "outline":
            self._count += 1
            self._open.append((tuple(attributes.items()), []))
        elif lowered == "head":
            self._in_head = True
        elif self._in_head:
            self._text = []

    def end(self, name: str) -> None:
        lowered = name.lower()
        if lowered == "outline" and self._open:
            attributes, children = self._open.pop()
            around = self._open[-1][1] if self._open else self._top
            if self._count > MOST_OUTLINES:
                self.note(f"it has more than {MOST_OUTLINES} lines; the rest is left out")
            elif len(self._open) < DEPTH:
                around.append(Outline(attributes, tuple(children)))
            else:
                self.note(f"it is nested deeper than {DEPTH}; deeper lines stand beside")
                around.extend([Outline(attributes), *children])
        elif lowered == "head":
            self._in_head, self._text = False, None
        elif self._in_head and self._text is not None:
            self._head.append((name, "".join(self._text).strip()))
            self._text = None

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    @property
    def open_feed(self) -> bool:
        """Whether the innermost open outline is a feed."""
        return bool(self._open) and any(key.lower() == "xmlurl" for key, _ in self._open[-1][0])

    def document(self) -> OpmlDocument:
        while self._open:
            self.end("outline")
        if self._root != "opml" and not self._top:
            raise SourceUnreadable("the document is no OPML list")
        told = dict(self._attributes)
        title = next((text for name, text in self._head if name.lower() == "title"), "")
        return OpmlDocument(
            title=title,
            outlines=tuple(self._top),
            head=tuple(pair for pair in self._head if pair[0].lower() != "title"),
            attributes=tuple((k, v) for k, v in self._attributes if k.lower() != "version")
            if self._root == "opml"
            else (),
            version=told.get("version", "") or "2.0" if self._root == "opml" else "2.0",
            problems=tuple(self._problems),
        )


def _read_strictly(text: str, builder: _Builder) -> None:
    def refuse(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.Parse(text, True)  # noqa: FBT003 - its one signature


def write(document: OpmlDocument) -> bytes:
    """The list as UTF-8, one outline a line; ``read`` gives the same list back."""
    declared = {name[6:] for name, _ in document.attributes if name.startswith("xmlns:")}
    root = _written((("version", document.version), *document.attributes), declared)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<opml{root}>", "  <head>"]
    lines += [f"    <title>{_text(document.title)}</title>"]
    lines += [
        f"    <{name}>{_text(value)}</{name}>"
        for name, value in document.head
        if _is_name(name, declared) and name.lower() not in {"head", "outline", "title"}
    ]
    lines += ["  </head>", "  <body>"]
    for outline in document.outlines:
        lines.extend(_lines(outline, 2, declared))
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines).encode()


def _lines(outline: Outline, depth: int, declared: set[str]) -> Iterator[str]:
    own = declared | {name[6:] for name, _ in outline.attributes if name.startswith("xmlns:")}
    begin = f"{'  ' * depth}<outline{_written(outline.attributes, own)}"
    if not outline.children:
        yield f"{begin}/>"
        return
    yield f"{begin}>"
    for child in outline.children:
        yield from _lines(child, depth + 1, own)
    yield f"{'  ' * depth}</outline>"


def _written(attributes: Iterable[tuple[str, str]], declared: set[str]) -> str:
    """Attributes as XML. Those whose prefix nobody declares are no XML and are left out."""
    seen: dict[str, str] = {}
    for name, value in attributes:
        if _is_name(name, declared):
            seen.setdefault(name, value)
    quoted = (f" {name}={quoteattr(_NOT_XML.sub('', v), _SPACES)}" for name, v in seen.items())
    return "".join(quoted)


_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value), {"\r": "&#13;"})


def _is_name(name: str, declared: set[str]) -> bool:
    match = _XML_NAME.fullmatch(name)
    return match is not None and (not match[1] or match[1] in declared | {"xmlns", "xml"})
