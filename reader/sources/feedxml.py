"""Strictly well-formed XML to elements: the fast path, and the names elements go by."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from reader.sources.feedparts import EnoughArticles

OnItem = Callable[[Element, Element], None]
"""Called with the root as far as it is known and an item that has just ended."""

WHOLE_TREE = 250_000
"""Documents with more tags than this are read item by item, so that memory stays bounded."""
ELEMENTS_AN_ITEM = 50_000

XML = "http://www.w3.org/XML/1998/namespace"


def names(words: str) -> frozenset[str]:
    """A set of names, written as one text."""
    return frozenset(words.split())


ITEMS = names("item entry")

# Namespaces by what feeds call them; "" are the languages of feeds themselves. Written
# without a closing slash or hash and in lower case: both vary in the wild.
_PREFIXES = {
    "": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss091": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/rss/2.0": "",
    "http://purl.org/net/rss1.1": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://purl.org/rss/1.0/modules/rss091": "",
    "http://example.com/newformat": "",
    "http://example.com/necho": "",
    "http://purl.org/echo": "",
    "uri/of/echo/namespace": "",
    "http://purl.org/pie": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/net/atom": "",
    "http://www.w3.org/2005/atom": "",
    "https://www.w3.org/2005/atom": "",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://purl.org/rss/1.0/modules/slash": "slash",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://search.yahoo.com/mrss": "media",
    "https://search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://wellformedweb.org/commentapi": "wfw",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_USUAL = {
    prefix: uri
    for uri, prefix in reversed(_PREFIXES.items())
    if prefix and not uri.startswith("http://example.com")
} | {"atom": "http://www.w3.org/2005/atom", "rss": "http://purl.org/rss/2.0", "xml": XML}


class NotWellFormed(ValueError):
    """The document is no well-formed XML, or is more than the fast path takes on."""


class _Names(dict[str, str]):
    """What feeds call an element: its usual prefix and its name in lower case."""

    def __missing__(self, tag: str) -> str:
        uri, _brace, local = tag.rpartition("}")
        prefix = _PREFIXES.get(uri.lower().rstrip("/#"), uri)
        name = (f"{prefix}:{local}" if prefix else local).lower()
        if len(self) < 5000:  # A hostile document has as many names as it has elements.
            self[tag] = name
        return name


NAMES = _Names()
"""Element tag (``uri}local``) to name: ``item``, ``dc:creator``, ``media:group``."""


def usual_namespace(prefix: str) -> str:
    """The namespace that a prefix stands for when nobody says so; "" where unknown."""
    return _USUAL.get(prefix.lower(), "")


def known(uri: str) -> bool:
    """Whether feeds' elements of this namespace are understood."""
    return uri.lower().rstrip("/#") in _PREFIXES


def tree(document: bytes | str, on_item: OnItem | None = None) -> Element:
    """The root of a well-formed document; bytes must be UTF-8.

    With ``on_item`` every ended item is handed over and taken out of the tree, until it
    raises ``EnoughArticles``. Documents with a document type are refused, whatever it says:
    what an entity stands for is decided elsewhere, within limits.
    """
    builder = TreeBuilder()
    items = _Items(builder, on_item) if on_item else None
    parser = expat.ParserCreate("utf-8" if isinstance(document, bytes) else None, "}")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartNamespaceDeclHandler = _Spaces().declare
    parser.CharacterDataHandler = builder.data
    if items:
        parser.StartElementHandler = items.start
        parser.EndElementHandler = items.end
    else:
        parser.StartElementHandler = builder.start
        parser.EndElementHandler = builder.end
    try:
        parser.Parse(document, True)  # noqa: FBT003 - its one signature
        return builder.close()
    except EnoughArticles:
        if items is None or items.root is None:
            raise
        return items.root
    except (expat.ExpatError, UnicodeError, AssertionError) as error:
        raise NotWellFormed(str(error)) from error


def is_well_formed(document: bytes | str) -> bool:
    """Whether ``tree`` would get to the end of ``document``, at a fraction of its cost."""
    parser = expat.ParserCreate("utf-8" if isinstance(document, bytes) else None, "}")
    depth = _Depth()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = depth.start
    parser.EndElementHandler = depth.end
    try:
        parser.Parse(document, True)  # noqa: FBT003 - its one signature
    except (expat.ExpatError, UnicodeError, NotWellFormed):
        return False
    return True


class _Depth:
    """Refuses nesting without end: a parser keeps a record of every open element."""

    def __init__(self) -> None:
        self._open = 0

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self._open += 1
        if self._open > ELEMENTS_AN_ITEM:
            raise NotWellFormed("it is nested too deeply")

    def end(self, _tag: str) -> None:
        self._open -= 1


def _refuse(*_: object) -> None:
    raise NotWellFormed("it has a document type")


class _Spaces:
    """Refuses documents that give names of their own to the languages of feeds."""

    def __init__(self) -> None:
        self._first = True

    def declare(self, prefix: str | None, uri: str | None) -> None:
        if (usual_namespace(prefix) if prefix else self._first) and not known(uri or ""):
            raise NotWellFormed("it has namespaces of its own")
        self._first = self._first and bool(prefix)


class _Items:
    """Builds a tree out of which items are taken as soon as they are whole."""

    def __init__(self, builder: TreeBuilder, on_item: OnItem) -> None:
        self._builder = builder
        self._on_item = on_item
        self.root: Element | None = None
        self._open: list[Element] = []
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > ELEMENTS_AN_ITEM:
            raise NotWellFormed("it has too many elements in one place")
        element = self._builder.start(tag, attributes)
        self.root = element if self.root is None else self.root
        self._open.append(element)

    def end(self, tag: str) -> None:
        element = self._builder.end(tag)
        self._open.pop()
        if NAMES[tag] in ITEMS and self._open and self.root is not None:
            self._elements = 0
            self._open[-1].remove(element)
            self._on_item(self.root, element)
