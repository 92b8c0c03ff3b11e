"""Proxies of the environment: which one, for whom, and that they are used."""

import pytest

from reader.model.errors import AddressRefused, HostUnreachable
from reader.net.client import Client
from reader.net.message import Request
from reader.net.proxy import Proxies
from tests.net.server import FEED, Exchange, Server

P = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("environ", "scheme", "host", "proxy"),
    [
        ({"http_proxy": P}, "http", "a.org", P),
        ({"http_proxy": P}, "https", "a.org", ""),
        ({"HTTP_PROXY": P}, "http", "a.org", ""),
        ({"https_proxy": P}, "https", "a.org", P),
        ({"HTTPS_PROXY": P}, "https", "a.org", P),
        ({"ALL_PROXY": "socks5h://p:1"}, "http", "a.org", "socks5h://p:1"),
        ({"all_proxy": "socks5://p:1", "http_proxy": P}, "http", "a.org", P),
        ({"http_proxy": P, "no_proxy": "*"}, "http", "a.org", ""),
        ({"http_proxy": P, "no_proxy": "b.org, a.org"}, "http", "a.org", ""),
        ({"http_proxy": P, "NO_PROXY": ".a.org"}, "http", "x.a.org", ""),
        ({"http_proxy": P, "no_proxy": "*.a.org"}, "http", "x.a.org", ""),
        ({"http_proxy": P, "no_proxy": "a.org"}, "http", "x.a.org", ""),
        ({"http_proxy": P, "no_proxy": "a.org"}, "http", "xa.org", P),
        ({"http_proxy": P, "no_proxy": "a.org:80"}, "http", "a.org", ""),
        ({"http_proxy": P, "no_proxy": "a.org:81"}, "http", "a.org", P),
        ({"http_proxy": P, "no_proxy": "10.0.0.0/8"}, "http", "10.1.2.3", ""),
        ({"http_proxy": P, "no_proxy": "10.0.0.0/8"}, "http", "11.1.2.3", P),
        ({"http_proxy": P, "no_proxy": "10.0.0.0/8"}, "http", "a.org", P),
        ({"http_proxy": P, "no_proxy": "::1"}, "http", "[::1]", ""),
        ({"http_proxy": P, "no_proxy": "[::1]"}, "http", "[::1]", ""),
        ({"http_proxy": P, "no_proxy": ","}, "http", "a.org", P),
        ({}, "http", "a.org", ""),
    ],
)
def test_which_proxy(environ: dict[str, str], scheme: str, host: str, proxy: str) -> None:
    assert Proxies(environ).proxy_for(scheme, host, 80) == proxy


async def test_requests_go_through_the_proxy(server: Server) -> None:
    server.answer("http://feeds.example/feed", 301, b"", Location="http://other.example/")
    server.answer("http://other.example/")
    environ = {"http_proxy": server.url("").rstrip("/")}
    async with Client(environ=environ) as client:
        response = await client.fetch(Request(url="http://feeds.example/feed"))
    assert response.body == FEED
    assert response.permanent_url == "http://other.example/"
    assert [asked.headers["host"] for asked in server.asked] == ["feeds.example", "other.example"]


async def test_a_proxy_is_no_way_into_private_networks(server: Server) -> None:
    environ = {"http_proxy": server.url("").rstrip("/")}
    async with Client(environ=environ) as client:
        for host in ("127.0.0.1", "localhost", "169.254.169.254", "0x7f.1"):
            with pytest.raises(AddressRefused):
                await client.fetch(Request(url=f"http://{host}/"))
    assert server.asked == []


async def test_encrypted_requests_are_tunnelled_and_a_refusal_is_told(server: Server) -> None:
    async def refuse(exchange: Exchange) -> None:
        await exchange.send(407, b"", Proxy_Authenticate="Basic")

    server.routes["feeds.example:443"] = refuse
    environ = {"https_proxy": server.url("").rstrip("/")}
    async with Client(environ=environ) as client:
        with pytest.raises(HostUnreachable) as caught:
            await client.fetch(Request(url="https://feeds.example/feed"))
    assert server.asked[0].method == "CONNECT"
    assert caught.value.code == "proxy"


async def test_a_proxy_that_is_not_there_is_told_as_such() -> None:
    async with Client(environ={"all_proxy": "socks5://127.0.0.1:1"}) as client:
        with pytest.raises(HostUnreachable) as caught:
            await client.fetch(Request(url="http://feeds.example/feed"))
    assert caught.value.code in ("proxy", "refused")
