"""An update that is stopped midway keeps every feed that was done."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.cli.exits import Exit
from reader.library import Library
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from tests.hostile.home import Home
from tests.net.server import Exchange, Server

RSS = b"""<rss version="2.0"><channel><title>%s</title><item><title>One</title>
<guid>1</guid></item></channel></rss>"""
NAMES = ("a", "b", "c")
PATIENCE_S = 20


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def until(reached: Callable[[], bool]) -> None:
    """Look again and again; what another process does tells nobody here."""
    end = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.02)


def stored(path: Path) -> int:
    with closing(Library.open(path, clock=lambda: datetime.now(UTC))) as library:
        return library.counts(Scope()).articles


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, Exit.STOPPED), (signal.SIGTERM, -15), (signal.SIGKILL, -9)],
)
def test_what_was_done_is_kept_and_the_next_update_goes_on(
    server: Server, tmp_path: Path, number: int, code: int
) -> None:
    async def hang(exchange: Exchange) -> None:
        await exchange.forever()

    server.route("/hang")(hang)
    urls = [server.url("/hang"), *(server.answer(f"/{n}", body=RSS % n.encode()) for n in NAMES)]
    home = Home(tmp_path)
    path = tmp_path / "library.db"
    with closing(Library.open(path, clock=lambda: datetime.now(UTC))) as library:
        library.add_feeds([Wanted(url=url) for url in urls])
    update = subprocess.Popen(
        [sys.executable, "-m", "reader", "update"],
        env=home.environ,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until(lambda: stored(path) == len(NAMES))
    os.kill(update.pid, number)
    said = update.communicate(timeout=PATIENCE_S)[1]
    assert update.returncode == code
    assert b"Traceback" not in said
    assert (b"what was done until then is kept" in said) is (number == signal.SIGINT)
    assert stored(path) == len(NAMES)
    server.answer("/hang", body=RSS % b"late")
    asked = len(server.asked)
    again = home.run("update")
    assert again.returncode == Exit.OK, again.stderr
    assert again.stdout == b"brought 1, 0 changed\n"
    assert [one.path for one in server.asked[asked:]] == ["/hang"]
