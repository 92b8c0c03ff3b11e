"""How fast a search, a tag and a mark answer on a big library, beside SQLite and newsboat.

``python -m tests.benchmarks.bench_search [--articles N ...] [--keep FOLDER] [--no-newsboat]``.
A first page is what a screen draws first: the ids that it asks for, a page of headlines and
what stands around the words in those that are seen (20). The floor is the one SQLite statement
that must be run at least, on the same file. Times are of the processor, so that what else the
machine does counts for nobody. newsboat runs on a pty with as many articles of as many words,
from the Enter of its search to its result on the screen (its times hold what ours do not: the
drawing, some 5 ms); the last rows are our own program on a pty, from the first letter.
"""

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.library import Library
from reader.model.scope import Scope
from reader.query.unfinished import unfinished
from reader.storage.packing import pack_body
from reader.tui.frozen import FIRST, PART_S
from tests.benchmarks.bench_store import LISTED, NOW, WORDS, fill
from tests.benchmarks.tables import table
from tests.terminal import Terminal

PAGE = 50
SEEN = 20
SMART = 200
NEWSBOAT_RUNS = 5
HITS: dict[str, Callable[[int], int]] = {
    "seldom": lambda articles: len(range(77, articles + 1, 10_000)),
    "tenth": lambda articles: len(range(3, articles + 1, 10)),
}
NEWEST = "ORDER BY published DESC, id DESC LIMIT 50"
_HITS = (
    "SELECT article.id FROM word CROSS JOIN article ON body_id = word.rowid"
    f" WHERE word MATCH ? AND {LISTED} {NEWEST}"
)


def timed(call: Callable[[], object], repeat: int = 7) -> float:
    """The median processor time of a call in milliseconds."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        call()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def put_words(path: Path) -> None:
    """Let the texts that are found hold the words they are found by, somewhere."""
    pick = random.Random(2)
    library = Library.open(path, clock=lambda: NOW)
    with library.store.write() as connection:
        found = connection.execute("SELECT id FROM body WHERE id % 10 = 3 OR id % 10000 = 77")
        for (one,) in found.fetchall():
            words = pick.choices(WORDS, k=300)
            words[pick.randrange(300)] = "seldom" if one % 10_000 == 77 else "tenth"
            connection.execute(
                "UPDATE body SET raw = ? WHERE id = ?",
                (pack_body(f"<p>{' '.join(words)}</p>"), one),
            )
        # Nothing is left to be done behind while our own program is timed.
        connection.execute("UPDATE body SET digested = 1")
    library.close()


def page_of(library: Library, scope: Scope) -> Callable[[], int]:
    """The call that brings the first page of a scope."""
    return lambda: first_page(library, scope)


def first_page(library: Library, scope: Scope) -> int:
    """What a screen asks before it can draw a scope; how many rows there are."""
    ids = library.list_part(scope, limit=FIRST, seconds=PART_S).ids[:PAGE]
    library.headlines(ids)
    if scope.query:
        library.snippets(ids[:SEEN], scope.query)
    return len(ids)


def all_parts(library: Library, scope: Scope) -> None:
    """Find a whole list as a screen does."""
    part = None
    while part is None or not part.complete:
        part = library.list_part(scope, limit=20_000, before=part, seconds=PART_S)


class Bench:
    """One filled library, and the rows of its table."""

    def __init__(self, path: Path, articles: int) -> None:
        self.articles = articles
        self.library = Library.open(path, clock=lambda: NOW)
        self.floor = sqlite3.connect(path, isolation_level=None)
        self.rows: list[list[str]] = []

    def row(
        self,
        name: str,
        ours: Callable[[], object],
        sql: str = "",
        *values: object,
        beside: float = 0.0,
        repeat: int = 7,
    ) -> None:
        """Time a verb, its floor, and note what newsboat took."""
        took = timed(ours, repeat)
        bare = timed(lambda: self.floor.execute(sql, values).fetchall(), repeat) if sql else 0.0
        self.rows.append(
            [
                name,
                f"{took:.2f}",
                f"{bare:.2f}" if bare else "",
                f"{took / bare:.1f}" if bare else "",
                f"{beside:.0f}" if beside else "",
                f"{beside / took:.0f}" if beside else "",
            ]
        )

    def searches(self, newsboat: dict[str, float]) -> None:
        """Words, tags and other filters to the first page."""
        library = self.library
        for word, told in (("seldom", "a rare word"), ("tenth", "a word in every tenth article")):
            asked = Scope(query=word)
            self.row(
                told,
                page_of(library, asked),
                _HITS,
                word,
                beside=newsboat.get(word, 0.0),
            )
        tags = sorted(library.tag_rows(), key=lambda row: row.articles)
        for tag, told in ((tags[-1], "biggest"), (tags[len(tags) // 2], "middling")):
            asked = Scope(tag_ids=(tag.id,))
            self.row(
                f"the {told} tag ({tag.articles:,})",
                page_of(library, asked),
                "SELECT article_id FROM article_tag WHERE tag_id = ?"
                " ORDER BY published DESC, article_id DESC LIMIT 50",
                tag.id,
            )
        for query in (
            "tenth sort:score", "tenth is:unread -time3", "tenth #\"tag 7\"", "time39* polit1",
            "lang:fa words:>1500", "has:image is:unread lang:de age:<30d",
            "(seldom OR is:starred) feed:3", "tenth title:/9+/",
            "url:/nowhere/", "title:/news1+9 news/", "/sel.?dom/",
        ):  # fmt: skip
            self.row(query, page_of(library, Scope(query=query)), repeat=3)
        if self.articles <= 100_000:
            for query in ("url:/nowhere/", "title:/news1+9 news/", "/sel.?dom/"):
                asked = Scope(query=query)
                self.row(f"{query}, to its end", partial(all_parts, library, asked), repeat=1)
        typed = "tenth is:unread"
        slowest = max(
            timed(page_of(library, Scope(query=unfinished(typed[:end]))), 3)
            for end in range(1, len(typed) + 1)
        )
        self.rows.append(["typing tenth is:unread, slowest key", f"{slowest:.2f}", *[""] * 4])
        self.row("completions of a name", lambda: library.complete("tenth tag:tag 1", 11))
        self.row("mistakes of a query", lambda: library.mistakes("tenth tag:nowhere feed:x"))

    def marks(self) -> None:
        """Everything read, and back."""
        library = self.library
        library.mark_scope(Scope(), "read", value=False)

        def all_read() -> None:
            self.floor.execute("BEGIN IMMEDIATE")
            self.floor.execute(f"UPDATE article SET unread = 0 WHERE {LISTED}")

        bare = timed(all_read, 1)
        self.floor.execute("ROLLBACK")
        for name, verb in (
            ("mark everything read", lambda: library.mark_scope(Scope(), "read", value=True)),
            ("undo that", library.undo),
            ("redo that", library.redo),
        ):
            took = timed(verb, 1)
            self.rows.append([name, f"{took:.1f}", f"{bare:.1f}", f"{took / bare:.1f}", "", ""])

    def smart_feeds(self) -> None:
        """The feed list with many smart feeds, and counting them behind."""
        library = self.library
        before = timed(library.feed_rows)
        there = sum(row.kind == "smart" for row in library.feed_rows())
        for number in range(there, SMART):
            query = f"{WORDS[number]} is:unread" if number % 2 else f'tag:"tag {number}"'
            library.save_smart(f"Smart {number}", query)
        self.rows.append(["feed list without smart feeds", f"{before:.2f}", "", "", "", ""])
        self.row(f"feed list with {SMART} smart feeds", library.feed_rows)
        took = timed(library.recount, 1)
        self.rows.append(["counting all of them behind", f"{took:.0f}", "", "", "", ""])
        (head,) = library.headlines(library.list_ids(Scope(), limit=1))
        library.mark([head.id], "starred", value=not head.starred)
        self.row("keeping their numbers after a mark", library.recount, repeat=1)

    def program(self, home: Path, newsboat: dict[str, float]) -> None:
        """Our own program on a pty: from the first letter typed to the rows, debounced."""
        environ = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        arguments = [sys.executable, "-m", "reader", "--library", str(self.library.store.path)]
        with Terminal(arguments, environ=environ) as terminal:
            took = 1000 * terminal.wait_for("All articles", seconds=60)
            busy = 1000 * terminal.cpu_seconds()
            name = f"the program: start with {SMART} smart feeds ({took:.0f} ms by the clock)"
            self.rows.append([name, f"{busy:.0f}", *[""] * 4])
            terminal.settle(quiet=1)
            for word in ("seldom", "tenth"):
                terminal.send("/")
                terminal.settle(quiet=0.3)
                before = terminal.cpu_seconds()
                terminal.send(word)
                took = 1000 * terminal.wait_for(f" {HITS[word](self.articles):,} found")
                busy = 1000 * (terminal.cpu_seconds() - before)
                beside = newsboat.get(word, 0.0)
                ahead = f"{beside / busy:.0f}" if beside else ""
                name = f"the program: {word} typed, all counted ({took:.0f} ms by the clock)"
                told = f"{beside:.0f}" if beside else ""
                self.rows.append([name, f"{busy:.0f}", "", "", told, ahead])
                terminal.send("\x1b")
                terminal.settle(quiet=0.3)
            terminal.send("/")
            terminal.settle(quiet=0.3)
            terminal.send("/t.?ent/")
            terminal.wait_for("+ found", seconds=60)
            terminal.send("\r")
            slowest = max(_answer_ms(terminal, "j") for _ in range(20))
            name = "the program: slowest of 20 keys while it looks (ms by the clock)"
            self.rows.append([name, f"{slowest:.0f}", *[""] * 4])
            # A kept library is to open without the filter the next time.
            terminal.send("q")
            terminal.settle(quiet=2, seconds=10)

    def print(self) -> None:
        """The table."""
        head = [f"{self.articles:,} articles", "ours ms", "floor ms", "x", "newsboat ms", "ahead"]
        print(table(head, self.rows), flush=True)


def _answer_ms(terminal: Terminal, key: str) -> float:
    """Milliseconds until the screen begins to answer a key."""
    known = len(terminal.raw)
    begun = time.perf_counter()
    terminal.send(key)
    while len(terminal.raw) == known and time.perf_counter() - begun < 5:
        terminal.read(0.005)
    return 1000 * (time.perf_counter() - begun)


def newsboat(home: Path, articles: int) -> dict[str, float]:
    """Processor time in ms from Enter to the result of newsboat's own search, for both words."""
    program = shutil.which("newsboat")
    if program is None:
        print("newsboat is not installed: nothing is timed beside it", flush=True)
        return {}
    folder = home / ".newsboat"
    folder.mkdir(exist_ok=True)
    feeds = max(1, articles // 100)
    urls = [f"http://127.0.0.1:9/feed{number}" for number in range(feeds)]
    (folder / "urls").write_text("\n".join(urls))
    (folder / "config").write_text("auto-reload no\nsuppress-first-reload yes\n")
    environ = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    with Terminal([program], environ=environ) as terminal:
        terminal.wait_for("feed0", seconds=120)
        terminal.send("q")
        terminal.wait(60)
    _fill_newsboat(folder / "cache.db", urls, articles)
    times: dict[str, list[float]] = {"seldom": [], "tenth": []}
    with Terminal([program], environ=environ) as terminal:
        terminal.wait_for("feed0", seconds=120)
        terminal.settle()
        for _ in range(NEWSBOAT_RUNS):
            for word, taken in times.items():
                terminal.send(f"/{word}")
                terminal.settle()
                before = terminal.cpu_seconds()
                terminal.send("\r")
                terminal.wait_for("Search result", seconds=60)
                taken.append(1000 * (terminal.cpu_seconds() - before))
                terminal.settle()
                terminal.send("q")
                terminal.wait_for("feed0", seconds=60)
                terminal.settle()
    return {word: statistics.mean(taken) for word, taken in times.items()}


def _fill_newsboat(cache: Path, urls: list[str], articles: int) -> None:
    pick = random.Random(1)
    with sqlite3.connect(cache) as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
            [(url, url, f"feed{number}") for number, url in enumerate(urls)],
        )
        connection.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread,"
            " enclosure_url, enclosure_type, flags)"
            " VALUES (?, ?, 'Ann', ?, ?, ?, ?, 1, '', '', '')",
            (
                (
                    str(one),
                    f"title {one}",
                    f"https://example.org/{one}",
                    urls[one % len(urls)],
                    int(NOW.timestamp()) - one * 300,
                    "<p>"
                    + " ".join(
                        pick.choices(WORDS, k=150)
                        + ["tenth"] * (one % 10 == 3)
                        + ["seldom"] * (one % 10_000 == 77)
                    )
                    + "</p>",
                )
                for one in range(articles)
            ),
        )
        # Without it newsboat starts in a minute; its search goes through all there is anyway.
        connection.execute("ANALYZE")


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[100_000])
    parser.add_argument("--keep", type=Path, help="fill libraries in this folder once, reuse them")
    parser.add_argument("--no-newsboat", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for articles in options.articles:
            path = folder / f"library-{articles}.db"
            if not path.exists():
                start = time.perf_counter()
                fill(path, articles, feeds=max(1, articles // 100), tags=500, indexed=True)
                put_words(path)
                print(f"filled {articles:,} in {time.perf_counter() - start:.0f} s", flush=True)
            home = Path(temporary) / f"home-{articles}"
            home.mkdir()
            beside = {} if options.no_newsboat else newsboat(home, articles)
            bench = Bench(path, articles)
            bench.searches(beside)
            bench.smart_feeds()
            bench.marks()
            bench.program(home, beside)
            bench.print()
            bench.library.close()


if __name__ == "__main__":
    main()
