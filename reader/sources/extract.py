"""Takes the article out of a web page: what a person came to read, without the site around it."""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from reader.text import urls
from reader.text.plain import count_words, visible_text

if TYPE_CHECKING:
    from lxml.cssselect import CSSSelector
    from lxml.html import HtmlElement

LARGEST: Final = 4 * 1024 * 1024
"""Characters of a page that are looked at."""
LARGEST_SCORED: Final = 1024 * 1024
"""Larger pages, scripts and styles not counted, are not scored: their article is what they
themselves mark as such."""
_LEAST_WORDS: Final = 40
_STRUCTURED = re.compile(
    r"<script\b[^>]*\bapplication/ld\+json\b[^>]*>(.{2,500000}?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_MARKED: Final = ("article", "main", "*[@itemprop='articleBody']", "*[@role='main']")


class Extracted(Struct, frozen=True, kw_only=True):
    """An article as HTML, "" where none was found, and the address its links are relative to.

    ``words`` counts its visible words. ``selected`` is False where a selector was given and
    nothing on the page fits it.
    """

    body: str
    base: str
    words: int
    selected: bool = True


class SelectorMistaken(ValueError):
    """A CSS selector that cannot be understood."""


def extract(text: str, *, url: str = "", selector: str = "") -> Extracted:
    """The article of the page ``text`` that was at ``url``.

    ``selector`` (CSS) names its elements, where the person knows better. Raises
    ``SelectorMistaken``. Takes time with the square of the page's size at worst: let it run
    where it can be stopped.
    """
    from lxml.etree import LxmlError

    from reader.sources import articletree

    text = text[:LARGEST]
    find = _finder(selector) if selector else None
    try:
        tree = articletree.parse(text)
    except (LxmlError, ValueError):
        return Extracted(body="", base=url, words=0, selected=not selector)
    bases = (element.get("href") for element in tree.iter("base"))
    base = urls.absolute(next(filter(None, bases), ""), url) or url
    chosen = _outermost(find(tree)) if find else []
    body = "".join(map(_html, chosen)) or _found(tree, text)
    words = _words(body)
    if not words and (words := _words(text)):
        body = text  # nested too deeply for a tree
    return Extracted(body=body, base=base, words=words, selected=not find or bool(chosen))


def _finder(selector: str) -> "CSSSelector":
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise SelectorMistaken(str(error)) from error


def _found(tree: "HtmlElement", text: str) -> str:
    """The article by scoring; else as the page itself gives it; else all of the page."""
    from lxml.etree import LxmlError

    try:
        scored = _scored(tree)
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        scored = ""
    if _words(scored) >= _LEAST_WORDS:
        return scored
    others = [structured_text(text), *_marked(tree)]
    best = max(others, key=_words, default="")
    if _words(best) > 2 * _words(scored):
        return best
    body = tree.find("body")
    return scored or ("" if body is None else _html(body))


def _scored(tree: "HtmlElement") -> str:
    """The article that readability finds, with what it loses from the middle of a text."""
    import logging

    import lxml.html
    from readability import Document
    from readability.readability import Unparseable

    from reader.sources import articletree

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    page = lxml.html.tostring(tree, encoding="unicode")
    if len(page) > LARGEST_SCORED:
        return ""
    try:
        found = str(Document(page).summary(True))  # noqa: FBT003 - its one signature
    except Unparseable:
        return ""
    kept = frozenset(articletree.keys(lxml.html.document_fromstring(f"<div>{found}</div>")))
    region = articletree.Region(tree, kept)
    if not region.roots:
        return found
    region.prune()
    return "".join(map(_html, region.roots))


def _marked(tree: "HtmlElement") -> Iterator[str]:
    """What a page marks as its article or its main part, the site's own parts left out."""
    from reader.sources.articletree import without_site

    for path in _MARKED:
        elements = tree.findall(f".//{path}")
        if len(elements) == 1 and without_site(elements[0]):
            yield _html(elements[0])


def _outermost(elements: Sequence["HtmlElement"]) -> list["HtmlElement"]:
    """The elements that stand in no other of them, in the order of the page."""
    chosen = set(elements)
    return [one for one in elements if not any(up in chosen for up in one.iterancestors())]


def _html(element: "HtmlElement") -> str:
    import lxml.html

    from reader.sources.articletree import KEY

    for inner in element.iter():
        inner.attrib.pop(KEY, None)
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _words(body: str) -> int:
    return count_words(visible_text(body, "html"))


def structured_text(text: str) -> str:
    """The text that a page gives to search engines (schema.org ``articleBody``), as HTML.

    Pages that are built by JavaScript have it there and nowhere else.
    """
    for found in structured_data(text):
        body = found.get("articleBody")
        if isinstance(body, str) and body.strip():
            parts = body.split("\n") if "\n" in body else [body]
            return "".join(f"<p>{escape(part.strip())}</p>" for part in parts if part.strip())
    return ""


def structured_data(text: str) -> Iterator[dict[str, object]]:
    """The objects of a page's JSON-LD, those in lists and graphs included."""
    for match in _STRUCTURED.finditer(text):
        try:
            waiting = [json.loads(match[1], strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(1000):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.extend(value[key] for key in ("@graph", "mainEntity") if key in value)
