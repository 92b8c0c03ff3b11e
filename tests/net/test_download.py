"""Enclosures: whole or in parts, taken up again, never half a file under its name."""

import asyncio
from pathlib import Path

import pytest

from reader.model.errors import AddressRefused, AnswerUnusable, NetworkFailed, SavingRefused
from reader.net.client import Client
from reader.net.download import download
from reader.net.message import Request
from reader.net.settings import NetSettings
from tests.net.server import Exchange, Server

EPISODE = bytes(range(256)) * 4000


class Archive:
    """Serves one file with ranges, and stops after ``most`` bytes where told to."""

    def __init__(self, server: Server, *, etag: str = '"v1"', body: bytes = EPISODE) -> None:
        self.etag = etag
        self.body = body
        self.most: int | None = None
        self.ranges = True
        self.wrong_start = False
        self.url = server.url("/episode.mp3")
        server.routes["/episode.mp3"] = self.serve

    async def serve(self, exchange: Exchange) -> None:
        headers = exchange.asked.headers
        start = 0
        span = headers.get("range", "")
        fields = {"ETag": self.etag, "Accept-Ranges": "bytes"}
        if self.ranges and span and headers.get("if-range") in (None, self.etag):
            start = int(span.removeprefix("bytes=").removesuffix("-"))
            if start >= len(self.body):
                await exchange.send(416, Content_Range=f"bytes */{len(self.body)}")
                return
            told = start + 1 if self.wrong_start else start
            fields["Content-Range"] = f"bytes {told}-{len(self.body) - 1}/{len(self.body)}"
        body = self.body[start:]
        cut = body if self.most is None else body[: self.most]
        await exchange.send(
            206 if "Content-Range" in fields else 200,
            cut,
            length=len(body),
            fields=tuple(fields.items()),
        )
        if len(cut) < len(body):
            exchange.close()


def typed(url: str) -> Request:
    return Request(url=url, allow_private=True)


async def test_a_whole_file_with_progress(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    seen: list[tuple[int, int]] = []
    path = tmp_path / "podcasts" / "episode.mp3"
    async with Client(environ={}) as client:
        done = await download(
            client, typed(archive.url), path, on_progress=lambda *now: seen.append(now)
        )
        await asyncio.sleep(0)
    assert path.read_bytes() == EPISODE
    assert (done.size, done.resumed_at) == (len(EPISODE), 0)
    assert [entry.name for entry in path.parent.iterdir()] == ["episode.mp3"]
    assert seen[-1] == (len(EPISODE), len(EPISODE))
    assert seen == sorted(seen)
    assert server.asked[0].headers["accept-encoding"] == "identity"


async def test_a_broken_off_download_is_taken_up(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    archive.most = 100_000
    path = tmp_path / "episode.mp3"
    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable) as caught:
            await download(client, typed(archive.url), path)
        assert caught.value.code == "truncated"
        assert not path.exists()
        archive.most = None
        done = await download(client, typed(archive.url), path)
    assert path.read_bytes() == EPISODE
    assert done.resumed_at == 100_000
    assert server.asked[1].headers["range"] == "bytes=100000-"
    assert server.asked[1].headers["if-range"] == '"v1"'


async def test_a_file_that_changed_meanwhile_begins_anew(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    archive.most = 100_000
    path = tmp_path / "episode.mp3"
    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable):
            await download(client, typed(archive.url), path)
        archive.most, archive.etag, archive.body = None, '"v2"', EPISODE[::-1]
        done = await download(client, typed(archive.url), path)
    assert path.read_bytes() == EPISODE[::-1]
    assert done.resumed_at == 0


@pytest.mark.parametrize("fault", ["no ranges", "weak", "other address", "wrong part", "shorter"])
async def test_a_part_that_cannot_be_taken_up_is_dropped(
    server: Server, tmp_path: Path, fault: str
) -> None:
    archive = Archive(server, etag='W/"v1"' if fault == "weak" else '"v1"')
    archive.most = 100_000
    path = tmp_path / "episode.mp3"
    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable):
            await download(client, typed(archive.url), path)
        archive.most = None
        archive.ranges = fault != "no ranges"
        archive.wrong_start = fault == "wrong part"
        if fault == "shorter":
            archive.body = EPISODE[:50_000]
        url = archive.url + ("?other" if fault == "other address" else "")
        done = await download(client, typed(url), path)
    assert path.read_bytes() == archive.body
    assert done.resumed_at == 0


async def test_a_part_that_was_whole_only_gets_its_name(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    path = tmp_path / "episode.mp3"
    path.mkdir()  # so that the last step fails
    async with Client(environ={}) as client:
        with pytest.raises(SavingRefused):
            await download(client, typed(archive.url), path)
        path.rmdir()
        await download(client, typed(archive.url), path)
    assert path.read_bytes() == EPISODE
    assert len(server.asked) == 1


async def test_cancelling_keeps_the_part(server: Server, tmp_path: Path) -> None:
    @server.route("/slow")
    async def slow(exchange: Exchange) -> None:
        await exchange.send(200, EPISODE[:1000], length=len(EPISODE), ETag='"s"')
        await exchange.forever()

    path = tmp_path / "slow.mp3"
    part = tmp_path / "slow.mp3.part"
    async with Client(environ={}) as client:
        task = asyncio.create_task(download(client, typed(server.url("/slow")), path))
        while not (part.exists() and part.stat().st_size == 0 and server.asked):
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert part.read_bytes() == EPISODE[:1000]
    assert not path.exists()


async def test_a_limit_where_one_is_set(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    request = Request(url=archive.url, allow_private=True, max_bytes=1000)
    async with Client(environ={}) as client:
        with pytest.raises(AnswerUnusable) as caught:
            await download(client, request, tmp_path / "x")
    assert caught.value.code == "too-large"


async def test_more_than_a_feed_may_have(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    async with Client(NetSettings(max_bytes=1000, buffered_bytes=1000), environ={}) as client:
        done = await download(client, typed(archive.url), tmp_path / "x")
    assert done.size == len(EPISODE)


async def test_what_a_feed_names_may_not_be_private(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    async with Client(environ={}) as client:
        with pytest.raises(AddressRefused):
            await download(client, Request(url=archive.url), tmp_path / "x")
    assert server.connections == 0


async def test_where_nothing_can_be_written(server: Server, tmp_path: Path) -> None:
    archive = Archive(server)
    (tmp_path / "file").write_text("no folder")
    async with Client(environ={}) as client:
        with pytest.raises(SavingRefused, match="could not be written"):
            await download(client, typed(archive.url), tmp_path / "file" / "x")


async def test_a_full_disk_ends_it_with_a_clear_error(server: Server, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    archive = Archive(server)
    (tmp_path / "x.part").symlink_to("/dev/full")
    async with Client(environ={}) as client:
        with pytest.raises(SavingRefused, match="No space left"):
            await download(client, typed(archive.url), tmp_path / "x")


async def test_a_missing_file_leaves_nothing_under_its_name(server: Server, tmp_path: Path) -> None:
    async with Client(environ={}) as client:
        with pytest.raises(NetworkFailed):
            await download(client, typed(server.url("/none")), tmp_path / "x")
    assert not (tmp_path / "x").exists()
