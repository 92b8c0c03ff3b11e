"""Updating web feeds: ours beside newsboat and beside a bare fetch-parse-store, in one run.

Run with ``python -m tests.benchmarks.bench_update [--feeds N ...] [--items N] [--runs N]``.
Wall and CPU seconds of the whole process, children included, and its peak memory. newsboat
is skipped, and said to be, where it is not installed. The floor is ``floor.py``: it fetches,
parses and stores the same feeds without cleaning, deciding or remembering anything.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.tables import table

PORT = 8200


@dataclass(frozen=True)
class Cost:
    """What a finished process took."""

    wall: float
    cpu: float
    peak_mb: float


def run(arguments: Sequence[str], env: dict[str, str]) -> Cost:
    """Run a program to its end; its modules are compiled once, as for a person."""
    env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        arguments,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4):
        raise SystemExit(f"{arguments} failed with {code}:\n{output.decode()}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def publisher(feeds: int, items: int) -> Iterator[None]:
    """The feeds, served while the block runs."""
    arguments = ["-m", "tests.benchmarks.publisher", f"--feeds={feeds}", f"--items={items}"]
    process = subprocess.Popen(
        [sys.executable, *arguments, f"--port={PORT}"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        process.kill()
        process.wait()


def urls(feeds: int, *, state: int = 0, latency: int = 0, hosts: int = 1) -> list[str]:
    """The addresses of the feeds."""
    return [
        f"http://127.0.0.{number % hosts + 1}:{PORT}/{state}/{latency}/{number}.xml"
        for number in range(feeds)
    ]


class Ours:
    """newsreader update."""

    name = "newsreader"

    def __init__(self, home: Path) -> None:
        self.library = home / "ours" / "library.db"
        self.env = {
            **os.environ,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "ours"),
            "NEWSREADER_LIBRARY": str(self.library),
        }

    def follow(self, addresses: Sequence[str]) -> None:
        """Start with these feeds and nothing else."""
        shutil.rmtree(self.library.parent, ignore_errors=True)
        self.library.parent.mkdir(parents=True)
        listing = "\n".join(addresses)
        code = (
            "import sys; from datetime import datetime, UTC; from pathlib import Path;"
            " from reader.library import Library; from reader.model.subscription import Wanted;"
            f" Library.open(Path({str(self.library)!r}), clock=lambda: datetime.now(UTC))"
            ".add_feeds([Wanted(url=u) for u in sys.stdin.read().split()])"
        )
        subprocess.run([sys.executable, "-c", code], input=listing, text=True, check=True)

    def move(self, state: int) -> None:
        """Point the feeds at a later state of themselves."""
        import sqlite3

        with sqlite3.connect(self.library) as connection:
            connection.execute(
                f"UPDATE fetch SET url = replace(url, ':{PORT}/0/', ':{PORT}/{state}/')"
            )
        connection.close()

    def update(self) -> Cost:
        """One update of everything."""
        return run([sys.executable, "-m", "reader", "update", "--force", "--json"], self.env)


class Newsboat:
    """newsboat -x reload with 20 threads; its cache pragma is synchronous=OFF, ours NORMAL."""

    name = "newsboat"

    def __init__(self, home: Path) -> None:
        self.home = home / "newsboat"
        self.env = {**os.environ, "HOME": str(self.home)}

    def follow(self, addresses: Sequence[str]) -> None:
        """Start with these feeds and nothing else."""
        shutil.rmtree(self.home, ignore_errors=True)
        (self.home / ".newsboat").mkdir(parents=True)
        (self.home / ".newsboat/urls").write_text("\n".join(addresses))
        (self.home / ".newsboat/config").write_text("reload-threads 20\n")

    def move(self, state: int) -> None:
        """Point the feeds at a later state of themselves, in its cache as well."""
        import sqlite3

        path = self.home / ".newsboat/urls"
        path.write_text(path.read_text().replace(f":{PORT}/0/", f":{PORT}/{state}/"))
        with sqlite3.connect(self.home / ".newsboat/cache.db") as connection:
            for name, column in (("rss_feed", "rssurl"), ("rss_item", "feedurl")):
                connection.execute(
                    f"UPDATE {name} SET {column} ="
                    f" replace({column}, ':{PORT}/0/', ':{PORT}/{state}/')"
                )
        connection.close()

    def update(self) -> Cost:
        """One reload of everything."""
        return run(["newsboat", "-x", "reload"], self.env)


class Floor:
    """Fetch, parse, store; nothing else."""

    name = "bare prototype"

    def __init__(self, home: Path) -> None:
        self.home = home / "floor"

    def follow(self, addresses: Sequence[str]) -> None:
        """Write the list it reads."""
        self.home.mkdir(exist_ok=True)
        (self.home / "urls").write_text("\n".join(addresses))

    def update(self) -> Cost:
        """One run into a new database."""
        arguments = [str(self.home / "urls"), str(self.home / "new.db")]
        return run([sys.executable, "-m", "tests.benchmarks.floor", *arguments], dict(os.environ))


def row(label: str, name: str, costs: Sequence[Cost], against: Sequence[Cost]) -> list[str]:
    """Medians, and the ratio pair by pair."""
    ratio = statistics.median(a.wall / b.wall for a, b in zip(costs, against, strict=True))
    cpu = statistics.median(a.cpu / b.cpu for a, b in zip(costs, against, strict=True))
    return [
        label,
        name,
        f"{statistics.median(cost.wall for cost in costs):.2f}",
        f"{statistics.median(cost.cpu for cost in costs):.2f}",
        f"{max(cost.peak_mb for cost in costs):.0f}",
        f"{ratio:.2f}",
        f"{cpu:.2f}",
    ]


def compare(feeds: int, items: int, runs: int, home: Path, *, newsboat: bool) -> list[list[str]]:
    """First, unchanged and one new item in each, for each program in turn."""
    programs: list[Ours | Newsboat] = [Ours(home)]
    if newsboat:
        programs.append(Newsboat(home))
    floor = Floor(home)
    costs: dict[tuple[str, str], list[Cost]] = {}
    for _ in range(runs):
        floor.follow(urls(feeds))
        costs.setdefault(("first", floor.name), []).append(floor.update())
        for program in programs:
            program.follow(urls(feeds))
            costs.setdefault(("first", program.name), []).append(program.update())
            if program.name == "newsboat":
                program.update()  # it keeps validators from the second reload on
            costs.setdefault(("unchanged", program.name), []).append(program.update())
            program.move(1)
            costs.setdefault(("one new in each", program.name), []).append(program.update())
    return [
        row(f"{feeds} x {items}, {label}", name, values, costs[label, Ours.name])
        for (label, name), values in sorted(costs.items())
    ]


def latency(feeds: int, home: Path) -> list[str]:
    """Unchanged feeds on 100 hosts that take 200 ms to answer."""
    ours = Ours(home)
    ours.follow(urls(feeds, latency=200, hosts=100))
    ours.update()
    cost = ours.update()
    return [
        f"{feeds} feeds, 200 ms, 100 hosts, unchanged",
        ours.name,
        f"{cost.wall:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.peak_mb:.0f}",
        "",
        "",
    ]


def faulty(feeds: int, home: Path) -> list[list[str]]:
    """The same feeds with and without one that hangs and one that never ends."""
    rows = []
    for label, extra in (("all well", []), ("one hangs, one endless", ["hang", "endless"])):
        ours = Ours(home)
        more = [f"http://127.0.0.9{n}:{PORT}/0/0/{name}.xml" for n, name in enumerate(extra)]
        ours.follow([*urls(feeds), *more])
        code = (
            "import asyncio, time\nfrom datetime import datetime, UTC\nfrom pathlib import Path\n"
            "from reader.library import Library\n"
            f"library = Library.open(Path({str(ours.library)!r}),"
            " clock=lambda: datetime.now(UTC))\n"
            "async def go():\n"
            "    begun = time.perf_counter()\n"
            "    async for change in library.update(force=True):\n"
            f"        if getattr(change, 'done', 0) >= {feeds}:\n"
            "            print(time.perf_counter() - begun); return\n"
            "if __name__ == '__main__': asyncio.run(go())\n"
        )
        script = home / "faulty.py"
        script.write_text(code)
        done = subprocess.run(
            [sys.executable, str(script)],
            capture_output=True,
            text=True,
            check=True,
            env={**ours.env, "PYTHONPATH": str(Path.cwd())},
        )
        rows.append(
            [f"{feeds} feeds done, {label}", ours.name, f"{float(done.stdout):.2f}", "", "", "", ""]
        )
    return rows


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=int, nargs="*", default=[200, 1000])
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--most", type=int, default=3000, help="feeds of the memory row, 0 for none"
    )
    options = parser.parse_args()
    newsboat = shutil.which("newsboat") is not None
    if not newsboat:
        print("newsboat is not installed here: its rows are left out")
    rows: list[list[str]] = []
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        for feeds in options.feeds:
            with publisher(feeds, options.items):
                runs = options.runs if feeds <= 300 else 1
                rows += compare(feeds, options.items, runs, home, newsboat=newsboat)
                if feeds >= 1000:
                    rows.append(latency(feeds, home))
                    rows += faulty(feeds, home)
        if options.most:
            with publisher(options.most, options.items):
                ours = Ours(home)
                ours.follow(urls(options.most))
                cost = ours.update()
                rows.append(
                    [
                        f"{options.most} x {options.items}, first",
                        ours.name,
                        f"{cost.wall:.2f}",
                        f"{cost.cpu:.2f}",
                        f"{cost.peak_mb:.0f}",
                        "",
                        "",
                    ]
                )
    head = ["work", "program", "wall s", "CPU s", "peak MB", "wall / ours", "CPU / ours"]
    print(table(head, rows))


if __name__ == "__main__":
    main()
