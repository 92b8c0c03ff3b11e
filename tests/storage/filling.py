"""Fills libraries with made-up articles, for the tests of every room."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from reader.library import Library
from reader.model.article import Article
from reader.storage import articles, feeds
from reader.storage.intents import Incoming, Store, incoming
from reader.text.plain import visible_text
from reader.text.terminal import SafeText

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def article(
    number: int = 1,
    *,
    title: str = "",
    body: str = "",
    feed: str = "Times",
    link: str | None = None,
    tags: Iterable[str] = (),
    published: datetime | None = None,
    **fields: object,
) -> Article:
    """An article of which everything not given is made up from ``number``."""
    title = title or f"Article {number}"
    body = body or f"<p>This is the text of article {number}.</p>"
    values: dict[str, object] = {
        "identity": f"id-{number}",
        "feed": SafeText(feed),
        "title": SafeText(title),
        "body": body,
        "kind": "html",
        "link": f"https://example.org/{number}" if link is None else link,
        "base": "https://example.org/",
        "published": published or NOW - timedelta(minutes=number),
        "date_source": "given",
        "updated": None,
        "summary": SafeText(f"About {number}"),
        "authors": (SafeText("Ann Author"),),
        "tags": tuple(map(SafeText, tags)),
        "language": "en",
        "image": "",
        "comments": "",
        "enclosures": (),
        "words": len(body.split()),
        "digest": f"{title} {body}",
        "problems": (),
    }
    return Article(**(values | fields))  # type: ignore[arg-type]


def brought(one: Article, *, path: str = "") -> Incoming:
    """The article as an update brings it, its text to be indexed at once."""
    return incoming(one, text=visible_text(one.body, one.kind), raw_key=hash(one), path=path)


def fill(
    library: Library, wanted: Sequence[Article] | int, *, location: str = "/news"
) -> "array[int]":
    """Store articles (or that many made-up ones) as a folder's; returns their ids in order."""
    if isinstance(wanted, int):
        wanted = [article(number) for number in range(1, wanted + 1)]
    with library.store.write() as connection:
        source = feeds.add_source(connection, "folder", location, NOW)
        stored = articles.apply(
            connection, source.id, [Store(brought(one)) for one in wanted], library.writer("update")
        )
    return array("q", stored.new)
