"""What a request sends, what an answer gives, over a real server."""

import asyncio
import tracemalloc
from collections import Counter
from itertools import pairwise

import pytest

from reader import __version__
from reader.model.errors import AnswerUnusable, FetchTimedOut, NetworkFailed, StatusRefused
from reader.net import lanes
from reader.net.client import Client
from reader.net.loop import Loop
from reader.net.message import Request, Response
from reader.net.settings import MIB, NetSettings
from tests.net.server import FEED, Exchange, Server


def typed(url: str) -> Request:
    return Request(url=url, allow_private=True)


async def test_body_headers_and_addresses_of_a_plain_answer(server: Server) -> None:
    url = server.answer("/feed", ETag='"a"', Content_Type="application/rss+xml")
    async with Client(environ={}) as client:
        response = await client.fetch(typed(url))
    assert response.status == 200
    assert not response.unchanged
    assert response.body == FEED
    assert response.received_bytes == len(FEED)
    assert response.header("etag") == '"a"'
    assert response.header("content-type") == "application/rss+xml"
    assert response.header("missing") == ""
    assert (response.url, response.final_url, response.permanent_url) == (url, url, url)
    assert 0 < response.elapsed_s < 5


async def test_names_itself_honestly_and_says_whom_to_contact(server: Server) -> None:
    url = server.answer("/feed")
    async with Client(NetSettings(contact="https://example.org/bot"), environ={}) as client:
        await client.fetch(typed(url))
    async with Client(environ={}) as client:
        await client.fetch(typed(url))
    agents = [asked.headers["user-agent"] for asked in server.asked]
    assert agents == [
        f"newsreader/{__version__} (+https://example.org/bot)",
        f"newsreader/{__version__}",
    ]


@pytest.mark.parametrize(
    "etag", ['"5f-1"', 'W/"5f-1"', "unquoted", '"with \\" inside"', '"\u00e4"', '""']
)
async def test_not_modified_only_where_the_validator_comes_back_as_it_was(
    server: Server, etag: str
) -> None:
    modified = "Sat, 01 Nov 2025 13:00:00 GMT"

    @server.route("/feed")
    async def feed(exchange: Exchange) -> None:
        headers = exchange.asked.headers
        same = headers.get("if-none-match") == etag
        same = same and headers.get("if-modified-since") == modified
        if same:
            await exchange.send(304)
            return
        line = f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nLast-Modified: {modified}\r\n"
        line += f"Content-Length: {len(FEED)}\r\n\r\n"
        await exchange.raw(line.encode("latin-1") + FEED)

    async with Client(environ={}) as client:
        first = await client.fetch(typed(server.url("/feed")))
        request = Request(
            url=server.url("/feed"),
            etag=first.header("etag"),
            last_modified=first.header("last-modified"),
            allow_private=True,
        )
        second = await client.fetch(request)
    assert first.body == FEED
    assert second.unchanged
    assert second.body == b""


async def test_a_304_that_nobody_asked_for_is_no_answer(server: Server) -> None:
    url = server.answer("/liar", 304, b"")
    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable) as caught:
            await client.fetch(typed(url))
    assert caught.value.code == "unexpected-304"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 503, 599])
async def test_an_error_status_is_told_in_words(server: Server, status: int) -> None:
    url = server.answer("/gone", status, b"<html>" + b"x" * 100_000)
    async with Client(environ={}) as client:
        with pytest.raises(StatusRefused) as caught:
            await client.fetch(typed(url))
    assert caught.value.status == status
    assert caught.value.code == f"http-{status}"
    assert str(caught.value).startswith("127.0.0.1 ")
    assert f"({status})" in str(caught.value)
    assert caught.value.advice


async def test_own_headers_credentials_and_cookies_are_sent(server: Server) -> None:
    url = server.answer("/feed")
    server.ask_password("/feed")
    request = Request(
        url=url,
        headers=(
            ("X-Key", "k"),
            ("user-agent", "Mine/1"),
            ("Accept", "text/x"),
            ("Bad", "a\r\nInjected: 1"),
            ("Bad name", "1"),
            ("Accept-Encoding", "zip"),
        ),
        credentials=("user", "pässword"),
        cookies="a=1; b=2",
        allow_private=True,
    )
    async with Client(environ={}) as client:
        await client.fetch(request)
    asked = server.asked[-1]
    sent = asked.headers
    assert sent["x-key"] == "k"
    assert sent["user-agent"] == "Mine/1"
    assert sent["accept"] == "text/x"
    assert sent["authorization"] == "Basic dXNlcjpww6Rzc3dvcmQ="
    assert sent["cookie"] == "a=1; b=2"
    assert sent["accept-encoding"] == "gzip, deflate, br, zstd"
    assert not {"injected", "bad", "bad name"} & sent.keys()
    names = [line.partition(":")[0].lower() for line in asked.lines]
    assert len(names) == len(set(names))


async def test_user_and_password_in_the_address_are_used_and_not_kept(server: Server) -> None:
    server.answer("/feed")
    server.ask_password("/feed")
    url = server.url("/feed").replace("http://", "http://me:s%40crt@")
    async with Client(environ={}) as client:
        response = await client.fetch(typed(url))
    assert server.asked[-1].headers["authorization"] == "Basic bWU6c0BjcnQ="
    assert response.url == response.final_url == server.url("/feed")


async def test_secrets_show_in_no_representation_and_no_error(server: Server) -> None:
    url = server.answer("/feed", 403).replace("http://", "http://me:hunter2@")
    request = Request(
        url=url,
        headers=(("X-Key", "hunter2"),),
        credentials=("me", "hunter2"),
        cookies="session=hunter2",
        allow_private=True,
    )
    async with Client(environ={}) as client:
        with pytest.raises(NetworkFailed) as caught:
            await client.fetch(request)
    error = caught.value
    assert "hunter2" not in repr(request) + repr(error) + str(error) + error.advice


async def test_fetch_all_gives_every_outcome_with_its_key(server: Server) -> None:
    server.answer("/good")
    server.answer("/bad", 500)
    requests = [
        ("good", typed(server.url("/good"))),
        ("bad", typed(server.url("/bad"))),
        ("file", typed("file:///etc/passwd")),
        ("nobody", typed("http://127.0.0.1:1/")),
    ]
    async with Client(environ={}) as client:
        outcomes = {key: outcome async for key, outcome in client.fetch_all(requests)}
    good = outcomes.pop("good")
    assert isinstance(good, Response)
    assert good.body == FEED
    codes = {key: o.code for key, o in outcomes.items() if isinstance(o, NetworkFailed)}
    assert codes == {"bad": "http-500", "file": "scheme", "nobody": "refused"}


async def test_a_host_is_asked_two_at_a_time_and_never_in_a_burst(server: Server) -> None:
    @server.route("/slow")
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(0.05)
        await exchange.send(200, FEED)

    requests = [(n, typed(server.url(f"/slow?{n}"))) for n in range(12)]
    async with Client(environ={}) as client:
        outcomes = [outcome async for _, outcome in client.fetch_all(requests)]
    assert all(isinstance(outcome, Response) for outcome in outcomes)
    assert server.most_at_once <= 2
    starts = sorted(asked.at for asked in server.asked)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert sum(gap > 0.01 for gap in gaps) >= len(gaps) - 2


async def test_an_urgent_request_goes_before_those_that_wait(server: Server) -> None:
    @server.route("/slow")
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(0.02)
        await exchange.send(200, FEED)

    server.answer("/now")
    async with Client(NetSettings(per_host=1), environ={}) as client:
        crowd = [asyncio.create_task(client.fetch(typed(server.url("/slow")))) for _ in range(20)]
        await crowd[0]
        await client.fetch(Request(url=server.url("/now"), allow_private=True, urgent=True))
        assert sum(task.done() for task in crowd) < 6
        await asyncio.gather(*crowd)
    assert server.paths().index("/now") < 6


async def test_a_host_that_keeps_answering_429_is_left_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "LONGEST_GAP_S", 0.01)
    url = server.answer("/busy", 429, b"", Retry_After="60")
    server.answer("/other")
    requests = [(n, typed(url)) for n in range(20)]
    async with Client(NetSettings(per_host=1), environ={}) as client:
        outcomes = [outcome async for _, outcome in client.fetch_all(requests)]
        with pytest.raises(StatusRefused) as caught:
            await client.fetch(typed(server.url("/other")))
    assert len(server.asked) == lanes.MOST_REFUSALS
    codes = Counter(o.code for o in outcomes if isinstance(o, NetworkFailed))
    assert codes == {"host-waits": 14, "http-429": 6}
    assert caught.value.code == "host-waits"
    assert 55 < caught.value.retry_after_s <= 60


async def test_one_feed_s_429_costs_the_others_of_its_host_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "LONGEST_GAP_S", 0.01)
    server.answer("/busy", 429, b"", Retry_After="60")
    server.answer("/feed")
    requests = [(n, typed(server.url("/busy" if n == 1 else "/feed"))) for n in range(6)]
    async with Client(NetSettings(per_host=1), environ={}) as client:
        outcomes = {key: outcome async for key, outcome in client.fetch_all(requests)}
    assert isinstance(outcomes.pop(1), StatusRefused)
    assert all(isinstance(outcome, Response) for outcome in outcomes.values())


async def test_a_short_pause_is_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "LONGEST_GAP_S", 0.01)

    async def handler(exchange: Exchange) -> None:
        if len(server.asked) <= lanes.MOST_REFUSALS:
            await exchange.send(503, b"", Retry_After="1")
        else:
            await exchange.send(200, FEED)

    server.routes["/feed"] = handler
    requests = [(n, typed(server.url("/feed"))) for n in range(8)]
    async with Client(NetSettings(per_host=1), environ={}) as client:
        outcomes = [outcome async for _, outcome in client.fetch_all(requests)]
    assert sum(isinstance(outcome, Response) for outcome in outcomes) == 2
    assert server.asked[6].at - server.asked[5].at >= 0.95


async def test_a_503_without_a_time_stops_nobody_else(server: Server) -> None:
    url = server.answer("/down", 503, b"")
    requests = [(n, typed(url)) for n in range(4)]
    async with Client(environ={}) as client:
        outcomes = [outcome async for _, outcome in client.fetch_all(requests)]
    assert {o.code for o in outcomes if isinstance(o, NetworkFailed)} == {"http-503"}
    assert len(server.asked) == 4


async def test_a_host_that_nobody_answers_for_is_tried_twice_not_a_hundred_times() -> None:
    requests = [(n, typed(f"http://no-such-host.invalid/{n}")) for n in range(100)]
    async with Client(environ={}) as client:
        outcomes = [outcome async for _, outcome in client.fetch_all(requests)]
    assert {o.code for o in outcomes if isinstance(o, NetworkFailed)} == {"dns"}
    assert len({id(outcome) for outcome in outcomes}) == 100


async def test_cancelling_frees_the_place_at_the_host(server: Server) -> None:
    @server.route("/hang")
    async def hang(exchange: Exchange) -> None:
        await exchange.forever()

    server.answer("/feed")
    async with Client(NetSettings(per_host=1), environ={}) as client:
        hanging = asyncio.create_task(client.fetch(typed(server.url("/hang"))))
        waiting = asyncio.create_task(client.fetch(typed(server.url("/feed?waiting"))))
        while not server.asked:
            await asyncio.sleep(0.005)
        waiting.cancel()
        hanging.cancel()
        await asyncio.gather(hanging, waiting, return_exceptions=True)
        assert (await client.fetch(typed(server.url("/feed")))).body == FEED
    assert "/feed?waiting" not in [asked.target for asked in server.asked]


async def test_leaving_the_client_ends_what_is_under_way(server: Server) -> None:
    @server.route("/hang")
    async def hang(exchange: Exchange) -> None:
        await exchange.forever()

    async with Client(environ={}) as client:
        tasks = [asyncio.create_task(client.fetch(typed(server.url("/hang")))) for _ in range(3)]
        while not server.asked:
            await asyncio.sleep(0.005)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    codes = [o.code for o in outcomes if isinstance(o, NetworkFailed)]
    assert codes == ["stopped"] * 3
    with pytest.raises(RuntimeError):
        await client.fetch(typed(server.url("/hang")))


async def test_hanging_and_endless_hosts_cost_the_others_nothing(
    server: Server, hasty: NetSettings
) -> None:
    @server.route("/hang")
    async def hang(exchange: Exchange) -> None:
        await exchange.forever()

    server.answer("/feed")
    requests = [("hang", typed(server.url("/hang")))]
    requests += [(str(n), typed(server.url(f"/feed?{n}"))) for n in range(50)]
    order: list[str] = []
    async with Client(hasty, environ={}) as client:
        async for key, outcome in client.fetch_all(requests):
            order.append(key)
            assert isinstance(outcome, FetchTimedOut if key == "hang" else Response)
    assert order[-1] == "hang"


async def test_bodies_that_nobody_takes_stay_bounded(server: Server) -> None:
    body = b"x" * MIB

    @server.route("/big")
    async def big(exchange: Exchange) -> None:
        await exchange.send(200, body)

    settings = NetSettings(buffered_bytes=4 * MIB, per_host=20)
    requests = [(n, typed(server.url("/big"))) for n in range(80)]
    seen = 0
    tracemalloc.start()
    try:
        async with Client(settings, environ={}) as client:
            async for _, outcome in client.fetch_all(requests):
                assert isinstance(outcome, Response)
                assert outcome.body == body
                seen += 1
                if seen == 1:  # nobody takes anything for a while
                    tracemalloc.reset_peak()
                    await asyncio.sleep(0.3)
                    assert len(server.asked) < 40
                    _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seen == 80
    # What the server still has to write is in this process as well: a MiB each way at most.
    assert peak < (4 + 1 + 20) * MIB + 2 * MIB


async def test_bodies_that_were_taken_are_not_kept(server: Server) -> None:
    url = server.answer("/big", 200, b"x" * MIB)
    tracemalloc.start()
    try:
        async with Client(NetSettings(per_host=30), environ={}) as client:
            async for _, outcome in client.fetch_all((n, typed(url)) for n in range(60)):
                assert isinstance(outcome, Response)
            del outcome
            kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 8 * MIB


def test_the_thread_may_end_before_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop(NetSettings(), agent="", ca_file="", flush=lambda: None)
    wire = loop._wake_in

    class Late:
        """Another byte wakes the thread first, and it is gone when this one is sent."""

        def send(self, data: bytes) -> int:
            wire.send(data)
            loop._thread.join(5)
            return wire.send(data)

        def close(self) -> None:
            wire.close()

    monkeypatch.setattr(loop, "_wake_in", Late())
    loop.stop()
    assert not loop._thread.is_alive()
