"""One item of a feed in XML to one RawArticle: which of its many fields mean what."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from msgspec import Struct

from reader.model.article import RawArticle
from reader.sources import feedvalues as values
from reader.sources.feedmedia import Children, media
from reader.sources.feedparts import once
from reader.sources.feedvalues import Content
from reader.sources.feedxml import NAMES, names
from reader.text import urls

MOST_TAGS = 200
MOST_AUTHORS = 50

_BODIES = ("content:encoded", "content", "fullitem", "xhtml:body", "body", "xhtml:div")
_SUMMARIES = (
    "description",
    "summary",
    "abstract",
    "dc:description",
)
_POORER_SUMMARIES = (
    "itunes:summary",
    "googleplay:description",
    "media:description",
    "dcterms:abstract",
)
_PUBLISHED = (
    "pubdate",
    "published",
    "issued",
    "dcterms:issued",
    "dc:date",
    "created",
    "dcterms:created",
    "date",
)
_UPDATED = ("updated", "modified", "dcterms:modified", "lastbuilddate", "lastmod")


class Context(Struct, frozen=True, kw_only=True):
    """What holds for every item of a feed: its form, and what items leave to the feed.

    ``base`` is where relative links start. ``based`` tells that the document itself says
    so: then a link inside an article starts there too, else at the article's own page.
    """

    form: str
    base: str
    based: bool
    now: datetime
    language: str = ""
    authors: tuple[str, ...] = ()

    @property
    def atom(self) -> bool:
        """Whether types are declared (Atom) or have to be guessed (RSS)."""
        return self.form == "atom"


def children_of(element: Element) -> dict[str, list[Element]]:
    """The children of an element by name, in document order."""
    children: dict[str, list[Element]] = {}
    for child in element:
        children.setdefault(NAMES[child.tag], []).append(child)
    return children


def grouped(children: Children) -> Children:
    """What is inside ``media:group`` and ``media:content``: they may hold any media field."""
    inner: dict[str, list[Element]] = {}
    for name in ("media:group", "media:content"):
        for element in children.get(name, ()):
            for part in element.iter() if len(element) else ():
                inner.setdefault(NAMES[part.tag], []).append(part)
    for name in ("media:group", "media:content"):
        inner.pop(name, None)
    return inner


def article(item: Element, context: Context) -> RawArticle | None:
    """The article that an ``item`` or ``entry`` holds, None where it holds nothing."""
    children = children_of(item)
    if not children and not item.attrib and not (item.text or "").strip():
        return None
    base = values.base(item, context.base) if item.attrib else context.base
    identity, link = _identity_and_link(item, children, base)
    outer = base if context.based or base != context.base else link or base
    title = title_of(children, outer, context)
    body, summary = _body_and_summary(children, outer, context)
    enclosures, image = media(children, base)
    problems: list[str] = []
    published = _moment(children, _PUBLISHED, context.now, problems)
    updated = _moment(children, _UPDATED, context.now, problems)
    outlet, outlet_authors = _source(children, base, context)
    authors = authors_of(children) or outlet_authors or once((outlet,), 1) or context.authors
    return RawArticle(
        identity=identity or link,
        title=title,
        body=body.value,
        kind=body.kind,
        link=link,
        base=body.base,
        published=published or updated,
        updated=updated,
        date_source="given" if published or updated else "seen",
        summary=summary,
        authors=authors,
        tags=once(_tags(children), MOST_TAGS),
        language=_language(item, children) or context.language,
        image=image,
        comments=_comments(children, base),
        enclosures=enclosures,
        outlet=outlet,
        problems=tuple(problems),
    )


def _identity_and_link(item: Element, children: Children, base: str) -> tuple[str, str]:
    """Ids are compared letter by letter (RFC 4287, section 4.2.6.1), so none is resolved."""
    identity = values.first(children.get("guid")) or values.first(children.get("id"))
    if item.attrib:
        about = next((v for k, v in item.attrib.items() if k.endswith(("}about", "about"))), "")
        identity = identity or about.strip()
    link = ""
    if "feedburner:origlink" in children:  # Its ``link`` leads through a counter.
        link = values.link(values.first(children["feedburner:origlink"]), base)
    link = link or alternate(children.get("link", ()), base)
    if not link and (href := item.get("href") or item.get("HREF")):
        link = values.link(href, base)
    if not link and identity and _is_link(children.get("guid", ())):
        link = values.link(identity, "")
    return identity, link


def _is_link(guids: Iterable[Element]) -> bool:
    """Whether the id may stand in for a missing link (RSS 2.0: ``isPermaLink``)."""
    for guid in guids:
        told = guid.get("isPermaLink") or guid.get("ispermalink") or "true"
        if told.strip().lower() != "true":
            return False
    return True


def alternate(links: Iterable[Element], base: str) -> str:
    """The page that a feed or item is about: RSS gives it as text, Atom as ``href``."""
    typed = ""
    for element in links:
        attributes = element.attrib
        if not attributes:
            written = element.text or ""
        elif (attributes.get("rel") or "alternate").strip().lower() not in _ALTERNATE:
            continue
        else:
            base_here = values.base(element, base)
            written = attributes.get("href") or attributes.get("url") or element.text or ""
            kind = attributes.get("type", "text/html").lower()
            if kind and "html" not in kind:
                typed = typed or values.link(written.strip(), base_here)
                continue
            written = values.link(written.strip(), base_here)
        if found := values.link(written.strip(), base):
            return found
    return typed


_ALTERNATE = frozenset({"alternate", "http://www.iana.org/assignments/relation/alternate"})


def title_of(children: Children, base: str, context: Context) -> str:
    """The title of a feed or item as plain text."""
    for name in ("title", "dc:title", "media:title", "itunes:title"):
        for element in children.get(name, ()):
            atom = context.atom and name == "title"
            found = values.content(element, base, atom=atom)
            if title := values.title(found, atom=atom):
                return title
            if found.value == "" and element.text and not len(element):
                return element.text.strip()[: values.TITLE]  # Of a type that no title has.
    inner = grouped(children)
    return title_of(inner, base, context) if inner else ""


def _body_and_summary(children: Children, base: str, context: Context) -> tuple[Content, str]:
    """The fullest text of an item, and the short one where it says something else.

    A field for full text wins over one for a summary, unless it holds far less: some
    feeds put a teaser there.
    """
    full = _fullest(_contents(children, _BODIES, base, context))
    brief = _fullest(_contents(children, _SUMMARIES, base, context))
    if brief is None:
        brief = _fullest(_contents(children, _POORER_SUMMARIES, base, context))
    if brief is None and full is None:
        brief = _fullest(_contents(grouped(children), _POORER_SUMMARIES, base, context))
    if full is None or (brief is not None and len(brief.value) > 2 * len(full.value) + 200):
        full, brief = brief, full
    if full is None:
        return Content("", "text", base), ""
    return full, "" if brief is None or _repeats(brief.value, full.value) else brief.value


def _contents(
    children: Children, names: tuple[str, ...], base: str, context: Context
) -> Iterator[Content]:
    for name in names:
        for element in children.get(name, ()):
            yield values.content(element, base, atom=context.atom)


def _fullest(contents: Iterator[Content]) -> Content | None:
    """The first content that is the richest: HTML before text, then the longest."""
    found = [content for content in contents if content.value]
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda content: (content.kind != "text", len(content.value)))


def _repeats(brief: str, full: str) -> bool:
    return full.startswith(brief.rstrip(" .…[]")[:400])


def _moment(
    children: Children, names: tuple[str, ...], now: datetime, problems: list[str]
) -> datetime | None:
    complaint = ""
    for name in names:
        for element in children.get(name, ()):
            if written := values.text(element):
                moment, wrong = values.date(written, now)
                if moment:
                    return moment
                complaint = complaint or wrong
    if complaint:
        problems.append(complaint)
    return None


def authors_of(children: Children) -> tuple[str, ...]:
    """The names of who wrote it, as the first kind of field that has any gives them."""
    for kinds in (("author", "dc:creator", "dc:author"), ("itunes:author", "googleplay:author")):
        found = once(
            (values.author(element) for kind in kinds for element in children.get(kind, ())),
            MOST_AUTHORS,
        )
        if found:
            return found
    return ()


def _source(children: Children, base: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """Title and authors of the feed that a planet took this item from."""
    for element in children.get("source", ()):
        inner = children_of(element)
        title = title_of(inner, base, context) if len(element) else values.text(element)
        if not title or title.startswith(("http://", "https://")):
            title = urls.outlet(element.get("url", "") or title)
        return title[:300], authors_of(inner)
    return "", ()


def _tags(children: Children) -> Iterator[str]:
    if _OF_TAGS.isdisjoint(children):
        return
    for name in ("category", "dc:subject", "media:category", "tags"):
        for element in children.get(name, ()):
            if element.get("scheme", "").endswith("#kind"):
                continue  # What kind of thing an entry is to a Google service: no topic.
            tag = element.get("label") or element.get("term") or values.text(element)
            yield from tag.split(",") if name == "tags" else (tag.strip(),)
    for name in ("media:keywords", "itunes:keywords", "keywords"):
        for element in children.get(name, ()):
            yield from (tag.strip() for tag in values.text(element).split(","))
    if inner := grouped(children):
        yield from _tags(inner)


_OF_TAGS = names(
    "category dc:subject media:category tags media:keywords itunes:keywords keywords "
    "media:group media:content"
)


def _language(item: Element, children: Children) -> str:
    if item.attrib and (code := values.language(item)):
        return code
    if told := values.first(children.get("dc:language") or children.get("language")):
        return values.language_code(told)
    for element in children.get("content", ()):
        if element.attrib and (code := values.language(element)):
            return code
    return ""


def _comments(children: Children, base: str) -> str:
    if "comments" in children:
        return values.link(values.first(children["comments"]), base)
    for element in children.get("link", ()):
        if element.get("rel") == "replies" and "html" in element.get("type", "text/html"):
            return values.link(element.get("href", ""), base)
    return ""
