"""Redirects over a real server: where they lead, what they may carry, where they may not go."""

import pytest

from reader.model.errors import AddressRefused, AnswerUnusable
from reader.net.client import Client
from reader.net.guard import is_private
from reader.net.message import Request
from reader.net.settings import NetSettings
from tests.net.server import FEED, Exchange, Server


def open_but_for_localhost(address: str) -> bool:
    """A world in which 127.0.0.1 is the open internet."""
    return address != "127.0.0.1" and is_private(address)


@pytest.mark.parametrize(
    ("hops", "permanent"),
    [
        ([301], "/end"),
        ([308], "/end"),
        ([302], "/0"),
        ([303], "/0"),
        ([307], "/0"),
        ([301, 308, 301], "/end"),
        ([301, 302, 301], "/1"),
        ([302, 301], "/0"),
    ],
)
async def test_only_permanent_redirects_move_a_feed(
    server: Server, hops: list[int], permanent: str
) -> None:
    for number, status in enumerate(hops):
        last = number == len(hops) - 1
        server.answer(f"/{number}", status, b"moved", Location="/end" if last else f"{number + 1}")
    server.answer("/end")
    async with Client(environ={}) as client:
        response = await client.fetch(Request(url=server.url("/0"), allow_private=True))
    assert response.body == FEED
    assert response.url == server.url("/0")
    assert response.final_url == server.url("/end")
    assert response.permanent_url == server.url(permanent)


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://127.0.0.1/feed", "scheme"),
        ("gopher://127.0.0.1/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/xml,<rss/>", "scheme"),
        ("http://[::1/", "redirect"),
        ("http://a b/", "address"),
        ("", "redirect"),
    ],
)
async def test_no_redirect_leads_to_anything_but_http(
    server: Server, location: str, code: str
) -> None:
    url = server.answer("/feed", 302, b"", Location=location)
    async with Client(environ={}) as client:
        with pytest.raises((AddressRefused, AnswerUnusable)) as caught:
            await client.fetch(Request(url=url, allow_private=True))
    assert caught.value.code == code
    assert server.paths() == ["/feed"]


async def test_a_redirect_without_location_is_an_error(server: Server) -> None:
    url = server.answer("/feed", 302, b"")
    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable, match="without saying where"):
            await client.fetch(Request(url=url, allow_private=True))


async def test_circles_end(server: Server) -> None:
    server.answer("/a", 302, b"", Location="/b")
    server.answer("/b", 302, b"", Location="/a")
    async with Client(NetSettings(max_redirects=4), environ={}) as client:
        with pytest.raises(AnswerUnusable) as caught:
            await client.fetch(Request(url=server.url("/a"), allow_private=True))
    assert caught.value.code == "redirects"
    assert len(server.asked) == 5


async def test_location_is_read_as_browsers_do(server: Server) -> None:
    server.answer("/dir/feed", 302, b"", Location="  ../caf\u00e9 au lait?q=\u00e9#part ")
    server.answer("/caf%C3%A9%20au%20lait")
    async with Client(environ={}) as client:
        await client.fetch(Request(url=server.url("/dir/feed"), allow_private=True))
    assert server.asked[-1].target == "/caf%C3%A9%20au%20lait?q=%C3%A9"


async def test_what_was_secret_stays_with_its_origin(server: Server) -> None:
    there = server.url("/there", host="localhost")
    back = server.url("/back")
    server.answer("/start", 302, b"", Location="/same")
    server.answer("/same", 302, b"", Location=there)
    for path in ("/start", "/same"):
        server.ask_password(path)
    server.answer("/there", 302, b"", Location=back)
    server.answer("/back")
    request = Request(
        url=server.url("/start"),
        headers=(("X-Key", "k"),),
        credentials=("me", "pw"),
        cookies="session=1",
        etag='"a"',
        allow_private=True,
    )
    async with Client(environ={}) as client:
        await client.fetch(request)
    secret = {"x-key", "authorization", "cookie"}
    sent = {asked.path: secret & asked.headers.keys() for asked in server.asked}
    assert sent == {"/start": secret, "/same": secret, "/there": set(), "/back": set()}


async def test_a_cookie_wall_lets_in_who_carries_its_cookie(server: Server) -> None:
    @server.route("/feed")
    async def wall(exchange: Exchange) -> None:
        if "seen=1" in exchange.asked.headers.get("cookie", ""):
            await exchange.send(200, FEED)
        else:
            await exchange.send(302, b"", Location="/feed", Set_Cookie="seen=1; Path=/")

    request = Request(url=server.url("/feed"), allow_private=True)
    async with Client(NetSettings(per_host=1), environ={}) as client:
        assert (await client.fetch(request)).body == FEED
        assert (await client.fetch(request)).body == FEED
    # The second fetch met the wall anew: cookies do not outlive a fetch.
    assert [("cookie" in asked.headers) for asked in server.asked] == [False, True, False, True]


async def test_a_cookie_wall_without_end_ends(server: Server) -> None:
    @server.route("/feed")
    async def wall(exchange: Exchange) -> None:
        await exchange.send(
            302, b"", Location="/feed", Set_Cookie=f"n={len(server.asked)}", Connection="close"
        )

    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable) as caught:
            await client.fetch(Request(url=server.url("/feed"), allow_private=True))
    assert caught.value.code == "redirects"
    assert len(server.asked) == 11


async def test_cookies_do_not_leak_to_other_hosts(server: Server) -> None:
    elsewhere = server.url("/end", host="localhost")
    server.answer("/feed", 302, b"", Location=elsewhere, Set_Cookie="a=1")
    server.answer("/end")
    async with Client(environ={}) as client:
        await client.fetch(Request(url=server.url("/feed"), allow_private=True))
    assert "cookie" not in server.asked[-1].headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433"])
async def test_what_feeds_name_may_not_be_private(server: Server, host: str) -> None:
    server.answer("/image")
    async with Client(environ={}) as client:
        with pytest.raises(AddressRefused) as caught:
            await client.fetch(Request(url=server.url("/image", host=host)))
    assert caught.value.code == "private"
    assert "private network" in str(caught.value)
    assert server.connections == 0


async def test_a_name_that_leads_into_a_private_network_is_refused_at_the_socket(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name itself says nothing: what it resolves to at the moment of connecting counts.
    monkeypatch.setattr("reader.net.guard.literal", lambda host: "")
    server.answer("/image")
    async with Client(environ={}) as client:
        with pytest.raises(AddressRefused):
            await client.fetch(Request(url=server.url("/image", host="localhost")))
    assert server.connections == 0


async def test_a_connection_made_for_the_person_serves_no_feed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.net.guard.literal", lambda host: "")
    url = server.answer("/image")
    async with Client(NetSettings(per_host=1), environ={}) as client:
        await client.fetch(Request(url=url, allow_private=True))
        with pytest.raises(AddressRefused):
            await client.fetch(Request(url=url))
        await client.fetch(Request(url=url, allow_private=True))
    assert len(server.asked) == 2


async def test_the_settings_can_allow_private_addresses(server: Server) -> None:
    server.answer("/image", 302, b"", Location=server.url("/end", host="localhost"))
    server.answer("/end")
    async with Client(NetSettings(allow_private=True), environ={}) as client:
        assert (await client.fetch(Request(url=server.url("/image")))).body == FEED


async def test_a_private_feed_may_redirect_within_its_network(server: Server) -> None:
    server.answer("/feed", 302, b"", Location=server.url("/end", host="localhost"))
    server.answer("/end")
    async with Client(environ={}) as client:
        response = await client.fetch(Request(url=server.url("/feed"), allow_private=True))
    assert response.body == FEED


async def test_a_feed_of_the_internet_may_not_redirect_into_a_private_network(
    server: Server,
) -> None:
    url = server.answer("/feed", 302, b"", Location="http://169.254.169.254/latest/meta-data/")
    async with Client(environ={}, private=open_but_for_localhost) as client:
        with pytest.raises(AddressRefused) as caught:
            await client.fetch(Request(url=url, allow_private=True))
    assert caught.value.code == "private"
    assert "169.254.169.254" in str(caught.value)
