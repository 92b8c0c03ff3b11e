"""Whether an article in memory fits a query tree: the twin of the storage room's SQL."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from reader.model.article import Article
from reader.query.regex import searcher
from reader.query.tree import (
    And,
    Comparison,
    Dated,
    Has,
    Is,
    Language,
    Length,
    Link,
    Named,
    Node,
    Not,
    Or,
    Place,
    Regex,
    Site,
    Text,
    resolve,
)
from reader.text.urls import outlet
from reader.text.words import ascii_lower, found, haystack, key, phrase


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a query can ask about one article.

    ``author`` is every author, joined by ", ". ``text`` is the visible text. ``category``
    is the path of category titles from the top. ``published`` is aware. The folded forms
    are made when first asked for and kept, so one ``Facts`` serves many rules.
    """

    published: datetime
    title: str = ""
    author: str = ""
    text: str = ""
    feed: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    link: str = ""
    words: int = 0
    enclosures: int = 0
    image: bool = False
    unread: bool = True
    starred: bool = False
    hidden: bool = False
    new: bool = True

    @cached_property
    def title_words(self) -> str:
        """The words of the title, to look phrases up in."""
        return haystack(self.title)

    @cached_property
    def author_words(self) -> str:
        """The words of the authors' names, to look phrases up in."""
        return haystack(self.author)

    @cached_property
    def text_words(self) -> str:
        """The words of the text, to look phrases up in."""
        return haystack(self.text)

    @cached_property
    def host(self) -> str:
        """The link's host."""
        return host(self.link)

    def having(
        self,
        *,
        unread: bool | None = None,
        starred: bool | None = None,
        hidden: bool | None = None,
        tags: tuple[str, ...] | None = None,
    ) -> "Facts":
        """The same article with other marks or tags, keeping the folded forms made so far."""
        marks = {"unread": unread, "starred": starred, "hidden": hidden, "tags": tags}
        other = copy(self)
        vars(other).update({name: value for name, value in marks.items() if value is not None})
        return other


def facts_of(
    article: Article, *, text: str, feed: str, category: tuple[str, ...], tags: Iterable[str] = ()
) -> Facts:
    """The facts of an article that just arrived: unread, new, no marks.

    ``text`` is its visible text; ``tags`` come beside those the article gives itself.
    """
    return Facts(
        published=article.published,
        title=article.title,
        author=", ".join(article.authors),
        text=text,
        feed=feed,
        category=category,
        tags=(*article.tags, *tags),
        language=article.language,
        link=article.link,
        words=article.words,
        enclosures=len(article.enclosures),
        image=bool(article.image),
    )


def matches(tree: Node, facts: Facts, now: datetime) -> bool:
    """Whether the article fits. ``now`` is aware; its time zone says where days begin.

    Bounded: linear in the article for each leaf, regular expressions included.
    """
    match tree:
        case And(parts):
            return all(matches(part, facts, now) for part in parts)
        case Or(parts):
            return any(matches(part, facts, now) for part in parts)
        case Not(part):
            return not matches(part, facts, now)
        case Text(wanted, place):
            return any(found(wanted, words) for words in _words(facts, place))
        case Regex(pattern, place):
            return any(map(searcher(pattern), _shown(facts, place)))
        case Dated(when, before):
            return (facts.published < resolve(when, now)) is before
        case _:
            return _holds(tree, facts)


def _holds(
    leaf: Named | Language | Link | Site | Is | Has | Length,
    facts: Facts,
) -> bool:
    match leaf:
        case Named(field):
            return any(names(leaf, name) for name in _names(facts, field))
        case Language(code):
            language = ascii_lower(facts.language)
            return language == code or language.startswith(f"{code}-")
        case Link(part):
            return part in ascii_lower(facts.link)
        case Site(wanted):
            return facts.host == wanted or facts.host.endswith(f".{wanted}")
        case Is(state):
            return not facts.unread if state == "read" else bool(getattr(facts, state))
        case Has(kind):
            return facts.image if kind == "image" else facts.enclosures > 0
        case Length(comparison, words):
            return _compares(facts.words, comparison, words)


def names(named: Named, name: str) -> bool:
    """Whether ``name`` (of a feed, category or tag, as shown) is what the test asks for.

    Tags and categories are compared whole, by ``reader.text.words.key``. A feed fits when
    its name has the words asked for in a row; asked by punctuation alone, when it has that.
    """
    if named.field != "feed":
        folded = key(name)
        return folded.startswith(named.value) if named.prefix else folded == named.value
    wanted = phrase(named.value, prefix=named.prefix)
    return found(wanted, haystack(name)) if wanted.tokens else named.value in key(name)


def host(link: str) -> str:
    """The host of a link in lower case, without "www."; "" where there is none."""
    return outlet(link).lower()


def _names(facts: Facts, field: str) -> tuple[str, ...]:
    if field == "feed":
        return (facts.feed,)
    return facts.category if field == "category" else facts.tags


def _words(facts: Facts, place: Place) -> Iterable[str]:
    if place in ("any", "title"):
        yield facts.title_words
    if place in ("any", "author"):
        yield facts.author_words
    if place == "any":
        yield facts.text_words


def _shown(facts: Facts, place: Place) -> Iterable[str]:
    if place in ("any", "title"):
        yield facts.title
    if place in ("any", "author"):
        yield facts.author
    if place == "any":
        yield facts.text


def _compares(left: int, comparison: Comparison, right: int) -> bool:
    match comparison:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case "=":
            return left == right
        case ">=":
            return left >= right
        case ">":
            return left > right
