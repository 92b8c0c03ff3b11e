"""SOCKS proxies of the environment, through one that is real."""

import pytest

from reader.model.errors import AddressRefused, HostUnreachable
from reader.net.client import Client
from reader.net.message import Request
from tests.net.server import FEED, Server
from tests.net.socks import SocksServer


@pytest.mark.parametrize("name", ["all_proxy", "ALL_PROXY", "http_proxy"])
async def test_a_feed_comes_through_the_proxy_that_looks_up_its_name(
    server: Server, name: str
) -> None:
    server.answer("/feed")
    with SocksServer(server.port) as socks:
        environ = {name: f"socks5h://127.0.0.1:{socks.port}"}
        async with Client(environ=environ) as client:
            answer = await client.fetch(Request(url="http://feeds.example/feed"))
    assert answer.body == FEED
    assert socks.asked == [("feeds.example", 80)]
    assert server.asked[0].headers["host"] == "feeds.example"


async def test_with_socks5_names_are_looked_up_here(server: Server) -> None:
    server.answer("/feed")
    with SocksServer(server.port) as socks:
        environ = {"all_proxy": f"socks5://127.0.0.1:{socks.port}"}
        async with Client(environ=environ) as client:
            url = f"http://localhost:{server.port}/feed"
            answer = await client.fetch(Request(url=url, allow_private=True))
    assert answer.body == FEED
    assert socks.asked[0][0] in {"127.0.0.1", "::1"}


async def test_a_proxy_may_want_a_password(server: Server) -> None:
    server.answer("/feed")
    with SocksServer(server.port, account=("me", "p@ss")) as socks:
        environ = {"all_proxy": f"socks5h://me:p%40ss@127.0.0.1:{socks.port}"}
        async with Client(environ=environ) as client:
            answer = await client.fetch(Request(url="http://feeds.example/feed"))
        assert answer.body == FEED
        environ = {"all_proxy": f"socks5h://me:wrong@127.0.0.1:{socks.port}"}
        async with Client(environ=environ) as client:
            with pytest.raises(HostUnreachable) as caught:
                await client.fetch(Request(url="http://feeds.example/feed"))
    assert caught.value.code == "proxy"
    assert "wrong" not in f"{caught.value} {caught.value.advice}"


async def test_what_the_proxy_refuses_is_told(server: Server) -> None:
    with SocksServer(server.port) as socks:
        async with Client(environ={"all_proxy": f"socks5h://127.0.0.1:{socks.port}"}) as client:
            with pytest.raises(HostUnreachable) as caught:
                await client.fetch(Request(url="http://refused.example/feed"))
    assert caught.value.code == "proxy"
    assert "all_proxy" in caught.value.advice


async def test_no_way_into_private_networks(server: Server) -> None:
    with SocksServer(server.port) as socks:
        async with Client(environ={"all_proxy": f"socks5h://127.0.0.1:{socks.port}"}) as client:
            for host in ("127.0.0.1", "localhost", "169.254.169.254"):
                with pytest.raises(AddressRefused):
                    await client.fetch(Request(url=f"http://{host}/feed"))
    assert socks.asked == []


async def test_hosts_that_need_no_proxy(server: Server) -> None:
    url = server.answer("/feed")
    environ = {"all_proxy": "socks5h://127.0.0.1:1", "no_proxy": "127.0.0.1"}
    async with Client(environ=environ) as client:
        assert (await client.fetch(Request(url=url, allow_private=True))).body == FEED
