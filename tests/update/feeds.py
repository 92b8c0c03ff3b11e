"""A small publisher: feeds whose items tests add, edit and take away, on a real server."""

from dataclasses import dataclass, field
from hashlib import blake2b

from tests.net.server import Exchange, Server


@dataclass(frozen=True)
class Item:
    """An item of a feed."""

    title: str
    guid: str = ""
    text: str = "Some words that are the same for every item."
    link: str = ""
    date: str = "Tue, 03 Feb 2026 10:00:00 GMT"

    def xml(self) -> str:
        """As RSS."""
        link = self.link or f"https://example.org/{self.guid or self.title.replace(' ', '-')}"
        guid = f"<guid>{self.guid}</guid>" if self.guid else ""
        date = f"<pubDate>{self.date}</pubDate>" if self.date else ""
        return (
            f"<item><title>{self.title}</title><link>{link}</link>{guid}{date}"
            f"<description><![CDATA[<p>{self.text}</p>]]></description></item>"
        )


@dataclass
class Publisher:
    """One RSS feed at a path; it answers 304 only to its own newest ETag."""

    server: Server
    path: str = "/feed"
    title: str = "The Paper"
    items: list[Item] = field(default_factory=list)
    extra: str = ""

    def __post_init__(self) -> None:
        self.server.routes[self.path] = self.answer

    @property
    def url(self) -> str:
        """Where the feed is."""
        return self.server.url(self.path)

    @property
    def body(self) -> bytes:
        """The document."""
        items = "".join(item.xml() for item in self.items)
        return (
            f"<rss version='2.0'><channel><title>{self.title}</title>{self.extra}"
            f"<link>https://example.org/</link>{items}</channel></rss>"
        ).encode()

    async def answer(self, exchange: Exchange) -> None:
        """200 with an ETag, or 304."""
        etag = f'W/"{blake2b(self.body, digest_size=8).hexdigest()}"'
        if exchange.asked.headers.get("if-none-match") == etag:
            await exchange.send(304)
        else:
            await exchange.send(200, self.body, fields=(("ETag", etag),))
