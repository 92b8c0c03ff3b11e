"""Publishers that do well and badly, followed for some days: for pictures of the feed screens."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b

from reader.library import Library
from reader.model.subscription import Wanted
from tests.net.server import Exchange, Server

PAGE = b"""<html><head><title>The Harbour Post</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/rss+xml" title="Opinion" href="/opinion.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
</head></html>"""
WELL = {
    "http://harbour.example/news.xml": ("The Harbour Post", 12, 3),
    "http://harbour.example/opinion.xml": ("The Harbour Post: Opinion", 4, 30),
    "http://harbour.example/comments.xml": ("The Harbour Post: Comments", 40, 1),
    "http://kanaal.example/rss": ("Het Kanaal", 15, 8),
    "http://lock.example/feed": ("Notes of a lock keeper", 11, 50),
}
BADLY = {
    "http://bridge.example/feed": ("The Bridge", 404),
    "http://tide.example/atom.xml": ("Tide Tables", 410),
    "http://ferry.example/rss": ("Ferry Weekly", 503),
}
HEADLINES = (
    "The old lock opens again",
    "A ferry for the night shift",
    "What the tide brought in",
    "Council votes on the swing bridge",
    "The last lamplighter of the quay",
)


def document(title: str, items: int, hours: int, now: datetime) -> bytes:
    """An RSS feed with an item every so many hours."""
    lines = "".join(
        f"<item><title>{HEADLINES[number % len(HEADLINES)]}</title><guid>{title}/{number}</guid>"
        f"<pubDate>{format_datetime(now - timedelta(hours=hours * number + 5))}</pubDate>"
        f"<description>It is told at length.</description></item>"
        for number in range(items)
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{lines}</channel></rss>'.encode()


def answering(body: bytes) -> Callable[[Exchange], object]:
    """Answers with a feed, and 304 to who has it."""
    etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'

    async def handler(exchange: Exchange) -> None:
        if exchange.asked.headers.get("if-none-match") == etag:
            await exchange.send(304)
        else:
            await exchange.send(200, body, fields=(("ETag", etag),))

    return handler


@asynccontextmanager
async def followed(library: Library, now: datetime, at: list[datetime]) -> AsyncIterator[None]:
    """The library with feeds, and their publishers; ``at`` holds the library's time."""
    with Server() as server:
        os.environ["http_proxy"] = server.url("").rstrip("/")
        server.answer("http://harbour.example/", 200, PAGE)
        written = now - timedelta(days=5)
        for url, (title, items, hours) in WELL.items():
            server.routes[url] = answering(document(title, items, hours, written))  # type: ignore[assignment]
        for url, (title, _status) in BADLY.items():
            server.routes[url] = answering(document(title, 3, 20, written))  # type: ignore[assignment]
        wanted = [Wanted(url=url) for url in [*WELL, *BADLY] if "comments" not in url]
        library.add_feeds([one for one in wanted if "opinion" not in one.url])
        for days in (4, 3, 2, 1, 0):
            if days == 3:
                for url, (_title, status) in BADLY.items():
                    server.answer(url, status, b"")
            at[0] = now - timedelta(days=days, minutes=12)
            async for _ in library.update(force=True):
                pass
        at[0] = now
        try:
            yield
        finally:
            del os.environ["http_proxy"]
