"""The tree of a web page, and which of its elements belong to an article in it."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KEY: Final = "data-newsreader-key"
"""The attribute that numbers elements in the order of the page."""

_UNSEEN: Final = frozenset({"script", "style", "template"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS: Final = frozenset({"ul", "ol", "dl"})
_TEXTS: Final = frozenset({"p", "pre", "blockquote", "figure", "table", "details", "li"})
_BOXES: Final = frozenset({"div", "section", "article", "header", "center"})
_ALWAYS: Final = frozenset({"br", "hr", "wbr", "img", "picture", "math"})
_INLINE: Final = frozenset({
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var", "video", "audio",
})  # fmt: skip
_NEVER: Final = frozenset({
    "nav", "form", "button", "input", "select", "textarea", "aside", "footer", "menu", "iframe",
    "fieldset", "label", "noscript", "svg", "canvas", "object", "embed", "applet", "dialog",
})  # fmt: skip
_SITE_ROLES: Final = frozenset(
    {"navigation", "complementary", "dialog", "banner", "contentinfo", "search", "menu"}
)
_SITE: Final = (
    r"share|sharing|social|sharedaddy|jp-relatedposts|addtoany|related(?:-?\w+)?|recommend\w*"
    r"|newsletter|outbrain|taboola|comments?|respond|disqus\w*|advert\w*|sponsor\w*|promo\w*"
    r"|subscri\w*|signup|sign-up"
)
_SURELY_SITE = re.compile(rf"(?:^|[\s_-])(?:{_SITE})(?=$|[\s_-])", re.IGNORECASE)
_LIKELY_SITE = re.compile(
    rf"(?:^|[\s_-])(?:{_SITE}|ads?|adbox|breadcrumbs?|pagination|pager|toolbar|widget|sidebar"
    r"|footer|nav|navigation|menu|cookies?|consent|login|popup|modal|tags?|tag-list|trending"
    r"|popular|most-read|read-more|readmore|more-stories|print|rating|byline|author-bio|follow"
    r"|hidden|screen-reader-text|sr-only|visually-hidden)(?=$|[\s_-])",
    re.IGNORECASE,
)
_SITE_HEADING = re.compile(
    r"\W*(?:related|read (?:more|also|next)|more |you (?:may|might)|most (?:read|popular)"
    r"|popular|trending|recommended|share|follow|tags|categories|comments?|leave a|latest"
    r"|sign up|subscribe|newsletter|also on|top stories|advert|sponsored|lees (?:ook|meer)|meer "
    r"|mehr zum|auch interessant|lesen sie|à lire|lire aussi|sur le même|lea también|te puede)",
    re.IGNORECASE,
)
_EMBEDDED_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed"
    r"|mastodon-embed|fb-post|reddit-(?:card|embed-bq))(?=$|\s)"
)
_HIDES = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

_PROSE = 25
"""Characters of its own that make an element part of a text and not an ornament."""
_BOX_OF_TEXT = 80
_SMALL_SHARE = 0.2
_MOST_LINKS = 0.4
_NOT_OF_XML = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?:;|(?![0-9]))"
    r"|&#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?:;|(?![0-9a-f]))",
    re.IGNORECASE,
)
"""Characters that a tree can be read with but not changed with."""


def parse(text: str) -> "HtmlElement":
    """The tree of a page, its elements numbered, without what nobody sees.

    Raises ``lxml.etree.LxmlError`` where there is no element at all.
    """
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml.html.document_fromstring(
        _NOT_OF_XML.sub(" ", text).encode("utf-8", "replace"), parser=parser
    )
    for element in list(tree.iter()):
        if _is_unseen(element) and element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter("blockquote"):
        if _EMBEDDED_POST.search(element.get("class", "")):
            _show_as_quote(element)
    for number, element in enumerate(tree.iter()):
        element.set(KEY, str(number))
    return tree


def _is_unseen(element: "HtmlElement") -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    if _HIDES.search(element.get("style", "")):
        return True
    if element.get("aria-modal") == "true" and element.get("role") == "dialog":
        return True
    if element.get("aria-hidden") != "true" or element.tag in ("img", "svg", "math"):
        return False
    # Formulas are pictures that are hidden from those who have the words.
    return element.find(".//img") is None


def _show_as_quote(post: "HtmlElement") -> None:
    """Take the names from a post of another site that would make it look like a button."""
    length = len(post.text_content())
    element = post
    while element is not None and len(element.text_content().strip()) <= length:
        for name in ("class", "id"):
            element.attrib.pop(name, None)
        element = element.getparent()


class Region:
    """The part of a page that an article stands in, by the keys of what surely belongs to it.

    Extractors judge lists, headings and boxes by their links and commas and so lose some
    from the middle of a text; what was lost there comes back, and what is known to be the
    site's goes.
    """

    def __init__(self, tree: "HtmlElement", kept: Collection[int]) -> None:
        self._kept = kept
        self._measure(tree)
        self.roots = [
            element
            for element in tree.iter()
            if _key(element) in kept
            and (element.getparent() is None or _key(element.getparent()) not in kept)
        ]
        prose = [
            _key(element)
            for element in tree.iter()
            if _key(element) in kept
            and element.tag not in _HEADINGS
            and len((element.text or "").strip()) >= _PROSE
        ]
        self._first, self._last = min(prose, default=0), max(prose, default=0)
        self._size = sum(self._chars[_key(root)] for root in self.roots)

    def _measure(self, tree: "HtmlElement") -> None:
        """Count the letters in each element, and those of them that are links."""
        elements = list(tree.iter())
        self._chars = [0] * len(elements)
        self._linked = [0] * len(elements)
        for element in reversed(elements):
            key, parent = _key(element), element.getparent()
            self._chars[key] += _letters(element.text)
            if element.tag == "a":
                self._linked[key] = self._chars[key]
            if parent is not None:
                self._chars[_key(parent)] += self._chars[key] + _letters(element.tail)
                self._linked[_key(parent)] += self._linked[key]

    def prune(self) -> None:
        """Drop from the roots what does not belong to the article."""
        for root in self.roots:
            self._prune(root)

    def _prune(self, element: "HtmlElement") -> None:
        followed = False
        for child in reversed(list(element)):
            if child.getparent() is None:
                continue
            if _key(child) in self._kept:
                if self._is_surely_site(child):
                    self._drop(child)
                    continue
                self._prune(child)
                followed = followed or self._chars[_key(child)] > 0
            elif self._belongs(child, followed=followed):
                followed = followed or child.tag not in _HEADINGS
            else:
                self._drop(child)

    def _drop(self, element: "HtmlElement") -> None:
        """Take an element out; of a list of other stories its heading as well."""
        heading = _heading_of(element)
        if heading is not None and _is_site_heading(heading):
            heading.drop_tree()
        element.drop_tree()

    def _belongs(self, element: "HtmlElement", *, followed: bool) -> bool:
        """Whether an element that the extractor left out is part of the text after all."""
        if element.tag in _ALWAYS:
            return True
        if _is_likely_site(element):
            return False
        if any(_key(inner) in self._kept for inner in element.iterdescendants()):
            self._prune(element)
            return True
        key = _key(element)
        chars = self._chars[key]
        if not chars:
            return element.tag == "noscript" and element.find(".//img") is not None
        links = self._linked[key] / chars
        inside = self._first < key < self._last or self._is_under_heading(element)
        if element.tag in _HEADINGS:
            return inside and followed and chars < 200 and not _is_site_heading(element)
        if element.tag in _LISTS:
            return self._list_belongs(element, links, inside=inside)
        if not inside:
            return False
        if element.tag in _TEXTS:
            return chars >= 10 and links < 0.4
        if element.tag in _BOXES:
            return links <= 0.33 and self._box_belongs(element)
        return element.tag in _INLINE

    def _list_belongs(self, element: "HtmlElement", links: float, *, inside: bool) -> bool:
        if element.getparent().tag == "li":
            return inside
        heading = _heading_of(element)
        if heading is not None and _is_site_heading(heading):
            return False
        if links > 0.5:
            return inside and heading is not None
        return self._chars[_key(element)] >= 20 and (inside or links < 0.25)

    def _box_belongs(self, element: "HtmlElement") -> bool:
        left = self._chars[_key(element)]
        for child in list(element):
            if _is_likely_site(child):
                left -= self._chars[_key(child)]
                child.drop_tree()
        return left >= _BOX_OF_TEXT

    def _is_under_heading(self, element: "HtmlElement") -> bool:
        """Whether it stands below a heading of the article, as references at its end do."""
        previous = element.getprevious()
        return (
            _key(element) > self._first
            and previous is not None
            and previous.tag in _HEADINGS
            and _key(previous) in self._kept
            and not _is_site_heading(previous)
        )

    def _is_surely_site(self, element: "HtmlElement") -> bool:
        if self._chars[_key(element)] >= _SMALL_SHARE * self._size:
            return False
        if _SURELY_SITE.search(_names(element)):
            return True
        heading = _heading_of(element)
        return heading is not None and _is_site_heading(heading)


def without_site(element: "HtmlElement") -> bool:
    """Drop what is likely the site's; tells whether a text is left and not links."""
    for inner in list(element.iterdescendants()):
        if inner.getparent() is not None and _is_likely_site(inner):
            inner.drop_tree()
    links = sum(_letters(link.text_content()) for link in element.iter("a"))
    return links < _MOST_LINKS * _letters(element.text_content())


def keys(tree: "HtmlElement") -> Iterator[int]:
    """The numbers of the elements in ``tree`` that have one."""
    return (int(found) for element in tree.iter() if (found := element.get(KEY, "")).isdigit())


def _key(element: "HtmlElement") -> int:
    return int(element.get(KEY))


def _letters(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _heading_of(element: "HtmlElement") -> "HtmlElement | None":
    """The heading right above a list, None for anything else."""
    above = element.getprevious() if element.tag in _LISTS else None
    return above if above is not None and above.tag in _HEADINGS else None


def _names(element: "HtmlElement") -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _is_likely_site(element: "HtmlElement") -> bool:
    if element.tag in _NEVER and not (element.tag == "noscript" and len(element)):
        return True
    return element.get("role") in _SITE_ROLES or _LIKELY_SITE.search(_names(element)) is not None


def _is_site_heading(element: "HtmlElement") -> bool:
    return _SITE_HEADING.match(" ".join(element.text_content()[:100].split())) is not None
