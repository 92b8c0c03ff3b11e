"""A web site of articles on a real server, as a publisher makes its pages."""

from tests.net.server import Exchange, Server

WORDS = "The harbour was empty when the boats came back and nobody had expected them so early. "


def story(name: str, *, paragraphs: int = 8) -> str:
    """The HTML of an article that says its name in every paragraph."""
    return "".join(f"<p>{name} {number}. {WORDS * 2}</p>" for number in range(paragraphs))


def page(name: str, body: str = "", *, head: str = "") -> bytes:
    """A page of a site, with its article in the middle."""
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(8))
    return (
        f'<!doctype html><html lang="en"><head><title>{name}</title>{head}</head><body>'
        f"<nav><ul>{links}</ul></nav><main><article><h1>{name}</h1>{body or story(name)}"
        f"</article></main><footer>All rights reserved.</footer></body></html>"
    ).encode()


def put(server: Server, path: str, name: str, body: str = "", *, head: str = "") -> str:
    """Let the server have a page at ``path``; its address."""
    return answer(server, path, page(name, body, head=head), "text/html; charset=utf-8")


def answer(server: Server, path: str, body: bytes, content_type: str) -> str:
    """Let the server have anything at ``path``; its address."""

    async def handler(exchange: Exchange) -> None:
        await exchange.send(200, body, Content_Type=content_type)

    server.routes[path] = handler
    return server.url(path)
