"""Times how articles arrive: storing feeds of 20, marking meanwhile, indexing behind.

``python -m tests.benchmarks.bench_arrivals --feeds 1000`` prints milliseconds; the floor is
bare rows with the same texts and two indexes, stored in the same run.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reader.library import Library
from reader.storage.articles import apply
from reader.storage.feeds import add_source
from reader.storage.intents import Incoming, Store, incoming
from tests.storage.filling import NOW
from tests.storage.filling import article as made_up

WORDS = [f"{a}{b}" for a in ("news", "time", "polit", "econ", "sport") for b in range(4000)]
WEIGHTS = [1 / (place + 10) for place in range(len(WORDS))]


def _body(pick: random.Random) -> str:
    return f"<p>{' '.join(pick.choices(WORDS, WEIGHTS, k=300))}</p>"


def arriving(folder: Path, *, feeds: int) -> None:
    """Time storing feeds of 20 articles, and marking meanwhile, beside bare rows."""
    pick = random.Random(2)
    batches = [
        [
            incoming(made_up(20 * feed + n, feed="", body=_body(pick), tags=["a", "b"]))
            for n in range(20)
        ]
        for feed in range(feeds)
    ]
    library = Library.open(folder / "arriving.db", clock=lambda: NOW)
    (one,) = storing(library, [[incoming(made_up(10**6, feed=""))]])
    with ThreadPoolExecutor(1) as thread:
        start = time.perf_counter()
        stored = thread.submit(storing, library, batches)
        waits: list[float] = []
        while not stored.done():
            began = time.perf_counter()
            library.mark([one], "read", value=len(waits) % 2 == 0)
            waits.append((time.perf_counter() - began) * 1000)
            time.sleep(0.02)
        ours = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    while library.index_pending():
        pass
    behind = (time.perf_counter() - start) * 1000
    library.close()
    floor = bare_rows(folder / "bare.db", batches)
    row("stored", ours, floor)
    row("and indexed behind", behind)
    row("a mark meanwhile, median", statistics.median(waits))
    row("a mark meanwhile, worst", max(waits))


def row(name: str, ours: float, floor: float | None = None) -> None:
    """Print a line."""
    beside = "" if floor is None else f"{floor:10.1f} {ours / floor:7.1f}"
    print(f"{name:32} {ours:10.1f} {beside}")


def storing(library: Library, batches: Sequence[Sequence[Incoming]]) -> list[int]:
    """Store each batch as a feed's, giving way to who waits; the ids of the last."""
    new: tuple[int, ...] = ()
    waiting = deque(enumerate(batches))
    while waiting:
        with library.store.write() as db:
            while waiting:
                number, items = waiting.popleft()
                source = add_source(db, "web", f"https://example.org/{number}", NOW)
                writer = library.writer("update")
                new = apply(db, source.id, [Store(item) for item in items], writer).new
                if library.store.wanted:
                    break
    return list(new)


def bare_rows(path: Path, batches: Sequence[Sequence[Incoming]]) -> float:
    """What rows with the same texts and two indexes take, in milliseconds."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, feed, identity, published, title, body)")
    db.execute("CREATE UNIQUE INDEX one ON row (feed, identity)")
    db.execute("CREATE INDEX two ON row (published)")
    start = time.perf_counter()
    for feed, items in enumerate(batches):
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO row (feed, identity, published, title, body) VALUES (?, ?, ?, ?, ?)",
            [
                (feed, one.article.identity, n, one.article.title, one.packed)
                for n, one in enumerate(items)
            ],
        )
        db.execute("COMMIT")
    took = (time.perf_counter() - start) * 1000
    db.close()
    return took


def main() -> None:
    """Store, mark, index, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    options = parser.parse_args()
    print(
        f"{f'{options.feeds} feeds x 20 articles':32} {'ours ms':>10} {'floor ms':>10} {'ratio':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        arriving(Path(folder), feeds=options.feeds)


if __name__ == "__main__":
    main()
