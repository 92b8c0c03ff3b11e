"""The shared fault server, every fault of it: each ends as one clear line, together in seconds."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic

import pytest

from reader.model.errors import NetworkFailed
from reader.net.client import Client
from reader.net.message import Request, Response
from reader.net.settings import NetSettings
from tests.conftest import SHARED

SCRIPT = SHARED / "perf" / "feedserver.py"

# What each fault is to the network; "" is an answer that a parser has to judge.
EXPECTED = {
    "good/1": "",
    "no-validators": "",
    "slow5": "idle",
    "hang": "idle",
    "hang-body": "idle",
    "drip": "timeout",
    "404": "http-404",
    "410": "http-410",
    "403": "http-403",
    "500": "http-500",
    "503": "http-503",
    "429": "http-429",
    "429-date": "http-429",
    "429-once": "http-429",
    "redirect-loop": "redirects",
    "redirect-pingpong": "redirects",
    "redirect-chain/12": "redirects",
    "redirect-301": "",
    "redirect-307": "",
    "redirect-nowhere": "redirect",
    "redirect-file": "scheme",
    "truncated-gzip": "truncated",
    "bad-gzip": "",
    "gzip-bomb": "too-large",
    "endless": "too-large",
    "endless-slow": "timeout",
    "broken-xml": "",
    "broken-xml2": "",
    "html": "",
    "empty": "",
    "binary": "",
    "wrong-charset": "",
    "wrong-charset2": "",
    "wrong-charset3": "",
    "short-length": "truncated",
    "reset": "reset",
    "bad-status": "garbled",
    "liar304": "unexpected-304",
    "xxe": "",
    "laughs": "",
    "huge-title": "",
    "control-chars": "",
    "control-chars2": "",
}


@pytest.fixture
def faults() -> Iterator[dict[str, str]]:
    """The address of every fault, by its name."""
    if not SCRIPT.is_file():
        pytest.skip(f"no fault server at {SCRIPT}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, str(SCRIPT), "faults", "--faults-port", port]
    listed = subprocess.run([*command, "--list", "--plain"], capture_output=True, check=True)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(int(port))
            yield {url.split("/", 3)[3]: url for url in listed.stdout.decode().split()}
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    deadline = monotonic() + 10
    while monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.skip("the fault server did not start")


async def test_every_fault_ends_as_a_clear_line(faults: dict[str, str]) -> None:
    # The server packs its bomb while the others wait: half a second would be too little.
    settings = NetSettings(
        per_host=60, connect_timeout_s=2, idle_timeout_s=2.0, total_timeout_s=3.5
    )
    requests = [(name, Request(url=url, allow_private=True)) for name, url in faults.items()]
    codes: dict[str, str] = {}
    started = monotonic()
    async with Client(settings, environ={}) as client:
        async for name, outcome in client.fetch_all(requests):
            if isinstance(outcome, NetworkFailed):
                codes[name] = outcome.code
                assert str(outcome).endswith("."), name
                assert "curl" not in str(outcome).lower(), name
            else:
                assert isinstance(outcome, Response)
                codes[name] = ""
    assert monotonic() - started < 60
    assert codes.pop("close") in ("empty", "reset")  # whichever end is quicker
    assert codes.keys() == faults.keys() - {"close"}
    assert codes == {name: EXPECTED[name] for name in codes}
