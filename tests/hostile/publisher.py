"""A web server whose feeds and answers hold a text everywhere a publisher can put one."""

import json
from collections.abc import Sequence
from html import escape

from tests.net.server import Exchange, Handler, Server

FAILING = ("page", "reason", "redirect", "type", "broken", "entity", "header", "challenge")


def publish(server: Server, texts: Sequence[str]) -> list[str]:
    """Route feeds and failures that hold ``texts``; gives the addresses of the feeds."""
    hostile = "".join(texts)
    entity = f"<!DOCTYPE a [<!ENTITY b '{escape(hostile)}'>]><a>&b;"
    documents = {
        "/feed/rss": ("application/rss+xml", _rss(texts)),
        "/feed/atom": ("application/atom+xml", _atom(texts)),
        "/feed/json": ("application/feed+json", _json(texts)),
        "/page": ("text/html", _page(hostile)),
        "/two": ("text/html", _two(texts)),
        "/broken": ("text/xml", b"<rss><channel><title>" + _bytes(hostile)),
        "/entity": ("text/xml", _bytes(entity)),
    }
    for path, (kind, body) in documents.items():
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        server.routes[path] = _sender(head.encode() + body)
    line = _bytes(hostile).replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")[:4000]
    routes = {
        "/reason": b"HTTP/1.1 500 " + line + b"\r\nContent-Length: 0\r\n\r\n",
        "/redirect": b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: /" + line + b"\r\n\r\n",
        "/type": b"HTTP/1.1 200 OK\r\nContent-Type: " + line + b"\r\nContent-Length: 1\r\n\r\nx",
        "/header": b"HTTP/1.1 200 OK\r\n" + line + b": " + line + b"\r\nContent-Length: 1\r\n\r\nx",
        "/challenge": b"HTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=\"" + line
        + b"\"\r\nContent-Length: 0\r\n\r\n",
    }  # fmt: skip
    for path, answer in routes.items():
        server.routes[path] = _sender(answer)
    return [server.url(f"/feed/{kind}") for kind in ("rss", "atom", "json")]


def _sender(answer: bytes) -> Handler:
    async def handler(exchange: Exchange) -> None:
        exchange.close()
        await exchange.raw(answer)

    return handler


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _references(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def _rss(texts: Sequence[str]) -> bytes:
    """Not well-formed: control characters as they are, and as references."""
    items = "".join(
        f"<item><title>{escape(text)} title {_references(text)}</title><guid>{number}</guid>"
        f"<link>https://example.org/{escape(text)}</link><author>{escape(text)}</author>"
        f"<category>{escape(text)}</category><pubDate>{escape(text)}</pubDate>"
        f"<description><![CDATA[<p>{text}</p><img alt='{escape(text)}' src='{escape(text)}'>]]>"
        f"{_references(text)}</description><source url='x'>{escape(text)}</source>"
        f"<comments>https://example.org/{_references(text)}</comments>"
        f"<enclosure url='https://example.org/{escape(text)}' type='{escape(text)}' length='1'/>"
        "</item>"
        for number, text in enumerate(texts)
    )
    title = escape("".join(texts))
    return _bytes(
        f"<rss version='2.0'><channel><title>RSS {title}</title><link>https://example.org/{title}"
        f"</link><description>{title}</description><language>{title}</language>"
        f"<ttl>{title}</ttl><generator>{title}</generator>{items}</channel></rss>"
    )


def _atom(texts: Sequence[str]) -> bytes:
    """Well-formed XML 1.0: C1 and what is invisible stand as they are."""
    kept = [
        "".join(char for char in text if char.isprintable() or "\x7f" < char < "\ud800")
        for text in texts
    ]
    entries = "".join(
        f"<entry><id>{number}</id><title type='html'>{escape(escape(text))} title</title>"
        f"<link href='https://example.org/{escape(text)}'/><updated>2026-02-03T10:00:00Z</updated>"
        f"<author><name>{escape(text)}</name></author><category term='{escape(text)}'/>"
        f"<content type='html'>&lt;b&gt;{escape(escape(text))}</content></entry>"
        for number, text in enumerate(kept)
    )
    title = escape("".join(kept))
    return _bytes(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Atom {title}</title><id>x</id>{entries}"
        "</feed>"
    )


def _json(texts: Sequence[str]) -> bytes:
    items = [
        {
            "id": str(number),
            "title": f"{text} title",
            "url": f"https://example.org/{text}",
            "content_html": f"<p>{text}</p>",
            "summary": text,
            "authors": [{"name": text}],
            "tags": [text],
            "image": text,
            "date_published": text,
            "attachments": [{"url": f"https://example.org/{text}", "mime_type": text}],
        }
        for number, text in enumerate(texts)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"JSON {''.join(texts)}",
        "home_page_url": f"https://example.org/{''.join(texts)}",
        "items": items,
    }
    return json.dumps(feed).encode()


def _page(text: str) -> bytes:
    return _bytes(f"<html><head><title>{escape(text)}</title></head><body>{escape(text)}</body>")


def _two(texts: Sequence[str]) -> bytes:
    links = "".join(
        f"<link rel=alternate type=application/rss+xml title='{escape(text)} {_references(text)}'"
        f" href='/feed/{kind}'>"
        for text, kind in zip(texts, ("rss", "json"), strict=False)
    )
    return _bytes(f"<html><head>{links}</head></html>")
