"""Passwords on the line: Basic over encrypted connections, asked for elsewhere; Digest."""

import re
import ssl
from collections.abc import Iterator
from hashlib import md5, sha256

import pytest
import trustme

from reader.model.errors import StatusRefused
from reader.model.records import replace
from reader.net.client import Client
from reader.net.message import Request
from reader.net.settings import NetSettings
from tests.net.server import FEED, Asked, Exchange, Handler, Server

USER, PASSWORD = "mé", "se:cret"
REALM, NONCE = "calibre", "dcd98b7102dd2f0e8b11d0f600bfb0c093"
HASHES = {"MD5": md5, "SHA-256": sha256}


def digest_guard(algorithm: str = "MD5", *, also: str = "") -> Handler:
    """Answers with a feed who proves to know the password (RFC 7616, 3.4), others with 401."""

    async def handler(exchange: Exchange) -> None:
        if proved(exchange.asked, algorithm):
            await exchange.send(200, FEED, ETag='"1"')
            return
        challenge = f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth", algorithm={algorithm}'
        fields = [("WWW-Authenticate", challenge)]
        if also:
            fields.insert(0, ("WWW-Authenticate", also))
        await exchange.send(401, b"who are you?", fields=tuple(fields))

    return handler


def proved(asked: Asked, algorithm: str) -> bool:
    kind, _, rest = asked.headers.get("authorization", "").partition(" ")
    if kind.lower() != "digest":
        return False
    given = {name: value.strip('"') for name, value in re.findall(r'(\w+)=("[^"]*"|[^,\s]+)', rest)}

    def hashed(text: str) -> str:
        return HASHES[algorithm](text.encode()).hexdigest()

    secret = hashed(f"{USER}:{REALM}:{PASSWORD}")
    proof = hashed(f"{asked.method}:{asked.target}")
    middle = ":".join(given.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
    return given.get("response") == hashed(f"{secret}:{middle}:{proof}")


def asking(url: str) -> Request:
    return Request(url=url, credentials=(USER, PASSWORD), allow_private=True)


@pytest.fixture
def encrypted() -> Iterator[tuple[Server, NetSettings]]:
    """A server with a certificate, and settings that trust it."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    with Server(tls=context) as server, ca.cert_pem.tempfile() as bundle:
        yield server, NetSettings(ca_file=bundle)


@pytest.mark.parametrize("algorithm", HASHES)
@pytest.mark.parametrize("also", ["", 'Basic realm="x"'])
async def test_a_digest_is_made_where_it_is_asked_for(
    server: Server, algorithm: str, also: str
) -> None:
    server.routes["/feed"] = digest_guard(algorithm, also=also)
    async with Client(environ={}) as client:
        answer = await client.fetch(asking(server.url("/feed")))
    assert answer.body == FEED
    sent = [asked.headers.get("authorization", "") for asked in server.asked]
    assert sent[0] == ""
    assert not any(line.startswith("Basic") for line in sent)


async def test_the_same_client_asks_guarded_and_open_servers_in_any_order(server: Server) -> None:
    """A handle that knows a password, or a server's number, serves nobody else."""
    server.routes["/feed"] = digest_guard()
    server.answer("/open")
    server.routes["/sha"] = digest_guard("SHA-256")
    one_by_one = NetSettings(per_host=1, connections=1)
    async with Client(one_by_one, environ={}) as client:
        for path in ("/feed", "/sha", "/open", "/feed", "/sha"):
            request = asking(server.url(path))
            request = replace(request, credentials=None) if path == "/open" else request
            assert (await client.fetch(request)).body == FEED
    opened = [asked for asked in server.asked if asked.path == "/open"]
    assert [asked.headers.get("authorization") for asked in opened] == [None]


async def test_a_password_is_not_sent_unasked_where_others_can_read_it(server: Server) -> None:
    url = server.answer("/open")
    async with Client(environ={}) as client:
        await client.fetch(asking(url))
    assert "authorization" not in server.asked[0].headers


async def test_an_encrypted_server_has_basic_at_once(
    encrypted: tuple[Server, NetSettings],
) -> None:
    server, settings = encrypted
    url = server.answer("/feed")
    async with Client(settings, environ={}) as client:
        await client.fetch(asking(url))
    assert [asked.headers["authorization"][:6] for asked in server.asked] == ["Basic "]


async def test_an_encrypted_server_may_want_a_digest(encrypted: tuple[Server, NetSettings]) -> None:
    server, settings = encrypted
    server.routes["/feed"] = digest_guard()
    async with Client(settings, environ={}) as client:
        answer = await client.fetch(asking(server.url("/feed")))
    assert answer.body == FEED


@pytest.mark.parametrize("scheme", ["Digest", "Basic"])
async def test_a_wrong_password_is_told_and_not_tried_for_ever(server: Server, scheme: str) -> None:
    async def refuse(exchange: Exchange) -> None:
        field = f'{scheme} realm="x", nonce="{NONCE}"'
        await exchange.send(401, b"", fields=(("WWW-Authenticate", field),))

    server.routes["/feed"] = refuse
    async with Client(environ={}) as client:
        with pytest.raises(StatusRefused, match="does not accept the user name") as caught:
            await client.fetch(asking(server.url("/feed")))
        assert caught.value.advice == "Correct them in the feed's settings."
        with pytest.raises(StatusRefused, match="asks for a user name") as caught:
            await client.fetch(replace(asking(server.url("/feed")), credentials=None))
        assert "settings" in caught.value.advice
    assert len(server.asked) == 3


async def test_who_is_redirected_elsewhere_proves_nothing_there(server: Server) -> None:
    with Server() as other:
        other.routes["/feed"] = digest_guard()
        server.answer("/feed", 302, b"", Location=other.url("/feed"))
        async with Client(environ={}) as client:
            with pytest.raises(StatusRefused, match="asks for a user name"):
                await client.fetch(asking(server.url("/feed")))
        assert all("authorization" not in asked.headers for asked in other.asked)


async def test_a_field_of_the_persons_own_takes_the_place_of_it_all(server: Server) -> None:
    url = server.answer("/feed")
    request = replace(asking(url), headers=(("Authorization", "Bearer t"),))
    async with Client(environ={}) as client:
        await client.fetch(request)
    assert [asked.headers["authorization"] for asked in server.asked] == ["Bearer t"]
