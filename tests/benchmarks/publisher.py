"""Feeds to update from: made from a seed, served on the loopback addresses with ETags.

``python -m tests.benchmarks.publisher --feeds 200 --items 20 --port 8200`` serves until it is
killed. ``/STATE/LATENCY/N.xml`` is feed N as it is after STATE new items, LATENCY ms late.
"""

import argparse
import asyncio
import gzip
import random
from functools import cache
from hashlib import blake2b

WORDS = """the council river budget harbour signal winter engine garden letter market bridge
copper meadow orbit paper quarry railway season timber village window yellow and of in over
with naar het vooruit größer élève città 東京 новости""".split()  # noqa: SIM905
SEED = 7
HOSTS = [f"127.0.0.{number}" for number in range(1, 101)]


def _sentence(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize() + "."


def _body(chance: random.Random) -> str:
    """HTML of 0.5 to 8 kB, as publishers write it."""
    parts = []
    for _ in range(chance.randint(2, 16)):
        link = f'<a href="https://example.org/{chance.randrange(10**6)}">{chance.choice(WORDS)}</a>'
        parts.append(
            f"<p>{_sentence(chance, 40)} {link} <b>{chance.choice(WORDS)}</b> &amp; more.</p>"
        )
    return "".join(parts)


@cache
def item(feed: int, number: int, form: str) -> str:
    """Item ``number`` of a feed: always the same text."""
    chance = random.Random(f"{SEED}/{feed}/{number}")
    title = f"{_sentence(chance, 7)} ({feed}.{number})"
    body = _body(chance).replace("&", "&amp;").replace("<", "&lt;")
    link = f"https://feed{feed}.example.org/{number}"
    day, hour = number // 24 % 28 + 1, number % 24
    if form == "atom":
        return (
            f"<entry><title>{title}</title><id>tag:{feed}:{number}</id><link href='{link}'/>"
            f"<updated>2026-01-{day:02}T{hour:02}:00:00Z</updated>"
            f"<author><name>Author {number % 9}</name></author><category term='c{number % 5}'/>"
            f"<content type='html'>{body}</content></entry>"
        )
    return (
        f"<item><title>{title}</title><guid isPermaLink='false'>{feed}:{number}</guid>"
        f"<link>{link}</link><pubDate>{day:02} Jan 2026 {hour:02}:00:00 GMT</pubDate>"
        f"<category>c{number % 5}</category><description>{body}</description></item>"
    )


def document(feed: int, items: int, state: int) -> bytes:
    """A feed of ``items`` items after ``state`` newer ones appeared."""
    form = "atom" if feed % 3 == 0 else "rss"
    inner = "".join(item(feed, number, form) for number in range(items + state - 1, state - 1, -1))
    if form == "atom":
        return (
            f"<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
            f"<title>Paper {feed:05}</title><id>f{feed}</id><updated>2026-01-01T00:00:00Z</updated>"
            f"{inner}</feed>"
        ).encode()
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>Paper {feed:05}</title><link>https://feed{feed}.example.org/</link>"
        f"<description>d</description>{inner}</channel></rss>"
    ).encode()


class Publisher:
    """Serves every feed on every loopback address."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._answers: dict[tuple[int, int], tuple[str, bytes]] = {}

    def answer(self, feed: int, state: int) -> tuple[str, bytes]:
        """The ETag and the gzipped body, made once."""
        known = self._answers.get((feed, state))
        if known is None:
            body = gzip.compress(document(feed, self._items, state), 6, mtime=0)
            known = f'"{blake2b(body, digest_size=8).hexdigest()}"', body
            self._answers[feed, state] = known
        return known

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")
                _, state, latency, name = first.split(" ")[1].split("/")
                if name == "hang.xml":
                    await asyncio.Event().wait()
                if name == "endless.xml":
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
                    while True:
                        writer.write(b" " * 65536)
                        await writer.drain()
                if int(latency):
                    await asyncio.sleep(int(latency) / 1000)
                etag, body = self.answer(int(name.partition(".")[0]), int(state))
                headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
                if headers.get("if-none-match") == etag:
                    writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
                else:
                    writer.write(
                        f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Type: text/xml\r\n"
                        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                        + body
                    )
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError, ValueError):
            writer.close()


async def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--states", type=int, default=2)
    parser.add_argument("--port", type=int, default=8200)
    options = parser.parse_args()
    publisher = Publisher(options.items)
    for feed in range(options.feeds):
        for state in range(options.states):
            publisher.answer(feed, state)
    item.cache_clear()
    server = await asyncio.start_server(publisher.serve, HOSTS, options.port, backlog=1024)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
