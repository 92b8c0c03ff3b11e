"""Encrypted connections: who is trusted, what is told of who is not, and HTTP/2."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from reader.model.errors import ConnectionInsecure, NetworkFailed
from reader.model.records import replace
from reader.net.client import Client
from reader.net.loop import find_ca_file
from reader.net.message import Request, Response
from reader.net.settings import NetSettings
from tests.net.server import FEED, Server

LOOPBACK = IPv4Address("127.0.0.1")


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trusting(ca: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> NetSettings:
    """Settings that trust the test's authority."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return NetSettings(ca_file=str(path), connect_timeout_s=2)


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "both.pem").write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


async def failure(context: ssl.SSLContext, settings: NetSettings) -> NetworkFailed:
    with Server(tls=context) as server:
        url = server.answer("/feed")
        async with Client(settings, environ={}) as client:
            with pytest.raises(NetworkFailed) as caught:
                await client.fetch(Request(url=url, allow_private=True))
        assert server.asked == []
    return caught.value


async def test_a_trusted_certificate(ca: trustme.CA, trusting: NetSettings) -> None:
    with Server(tls=serving(ca.issue_cert("127.0.0.1"))) as server:
        url = server.answer("/feed")
        async with Client(trusting, environ={}) as client:
            response = await client.fetch(Request(url=url, allow_private=True))
    assert response.body == FEED


async def test_an_issuer_that_nobody_knows(ca: trustme.CA) -> None:
    error = await failure(serving(ca.issue_cert("127.0.0.1")), NetSettings())
    assert isinstance(error, ConnectionInsecure)
    assert error.code == "tls-unknown-issuer"
    assert "ca_file" in error.advice


async def test_another_name(ca: trustme.CA, trusting: NetSettings) -> None:
    error = await failure(serving(ca.issue_cert("example.org")), trusting)
    assert (type(error), error.code) == (ConnectionInsecure, "tls-hostname")


async def test_an_expired_certificate(ca: trustme.CA, trusting: NetSettings) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    expired = ca.issue_cert("127.0.0.1", not_before=past - timedelta(days=9), not_after=past)
    error = await failure(serving(expired), trusting)
    assert (type(error), error.code) == (ConnectionInsecure, "tls-expired")
    assert str(error) == "The certificate of 127.0.0.1 has expired."
    assert "clock" in error.advice


async def test_a_certificate_of_the_future(ca: trustme.CA, trusting: NetSettings) -> None:
    soon = datetime.now(UTC) + timedelta(days=1)
    early = ca.issue_cert("127.0.0.1", not_before=soon, not_after=soon + timedelta(days=9))
    error = await failure(serving(early), trusting)
    assert (type(error), error.code) == (ConnectionInsecure, "tls-not-yet")


async def test_a_certificate_signed_by_itself(tmp_path: Path) -> None:
    error = await failure(self_signed(tmp_path), NetSettings())
    assert (type(error), error.code) == (ConnectionInsecure, "tls-self-signed")


async def test_encryption_too_old(ca: trustme.CA, trusting: NetSettings) -> None:
    context = serving(ca.issue_cert("127.0.0.1"))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.maximum_version = ssl.TLSVersion.TLSv1
    error = await failure(context, trusting)
    assert (type(error), error.code) == (ConnectionInsecure, "tls")


async def test_a_bundle_that_is_not_there(ca: trustme.CA, trusting: NetSettings) -> None:
    missing = replace(trusting, ca_file="/nowhere/ca.pem")
    error = await failure(serving(ca.issue_cert("127.0.0.1")), missing)
    assert (type(error), error.code) == (ConnectionInsecure, "ca-file")


async def test_https_asked_of_a_plain_server(server: Server) -> None:
    server.answer("/feed")
    url = server.url("/feed").replace("http:", "https:")
    async with Client(NetSettings(idle_timeout_s=0.4), environ={}) as client:
        with pytest.raises(NetworkFailed) as caught:
            await client.fetch(Request(url=url, allow_private=True))
    assert caught.value.code in ("tls", "idle")


def test_the_bundle_is_the_chosen_one_else_the_environment_s(tmp_path: Path) -> None:
    assert find_ca_file("/mine.pem", {"SSL_CERT_FILE": "/theirs.pem"}) == "/mine.pem"
    assert find_ca_file("", {"SSL_CERT_FILE": "/theirs.pem"}) == "/theirs.pem"
    assert Path(find_ca_file("", {})).is_file()


def test_certifi_s_bundle_serves_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.net.loop._SYSTEM_CA_FILES", ())
    assert "certifi" in find_ca_file("", {})


@pytest.fixture
def nginx(ca: trustme.CA, tmp_path: Path) -> Iterator[str]:
    """The address of a server that speaks HTTP/2."""
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if not binary:
        pytest.skip("nginx is not installed")
    certificate = ca.issue_cert("127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "both.pem"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; worker_processes 1;"
        f"events {{}} http {{ {temporary} access_log off; server {{ listen 127.0.0.1:{port} ssl"
        f" http2; ssl_certificate {tmp_path}/both.pem; ssl_certificate_key {tmp_path}/both.pem;"
        ' location / { add_header X-Protocol $server_protocol; return 200 "feed"; } } }'
    )
    command = [binary, "-c", str(tmp_path / "conf"), "-e", str(tmp_path / "log")]
    with subprocess.Popen([*command, "-p", str(tmp_path)]) as process:
        try:
            _wait_for(port)
            yield f"https://127.0.0.1:{port}/"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(2000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.skip("nginx did not start")


async def test_http_2_is_spoken_and_shares_a_connection(nginx: str, trusting: NetSettings) -> None:
    requests = [(n, Request(url=f"{nginx}{n}", allow_private=True)) for n in range(6)]
    async with Client(trusting, environ={}) as client:
        outcomes = [outcome async for _, outcome in client.fetch_all(requests)]
    for outcome in outcomes:
        assert isinstance(outcome, Response)
        assert outcome.header("x-protocol") == "HTTP/2.0"
        assert outcome.body == b"feed"
