"""Times every verb of a filled library beside the bare SQLite statement it cannot do without.

``python -m tests.benchmarks.bench_store --articles 100000`` prints one line a verb: ours,
the floor measured in the same run (on the same file, one connection, rows fetched and
nothing made of them), and their ratio. ``--keep FILE`` fills FILE once and reuses it.
"""

import argparse
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from reader.library import Library
from reader.model.scope import Scope, Show
from reader.storage import counters
from reader.storage.intents import key_of
from reader.storage.packing import pack_body
from reader.text.words import fold

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
WORDS = [f"{a}{b}" for a in ("news", "time", "polit", "econ", "sport") for b in range(400)]
LANGUAGES = ["en"] * 60 + ["nl"] * 30 + ["de"] * 9 + ["fa"]
LISTED = "away = 0 AND hidden = 0"


def fill(path: Path, articles: int, *, feeds: int, tags: int, indexed: bool) -> None:
    """Make a library with made-up articles, a third of them unread, three tags each."""
    library = Library.open(path, clock=lambda: NOW)
    pick = random.Random(1)
    body = pack_body("<p>" + " ".join(pick.choices(WORDS, k=300)) + "</p>")
    with library.store.write() as db:
        db.execute("INSERT INTO source VALUES (1, 'folder', ?, 0, NULL)", (b"/news",))
        for number in range(1, 51):
            db.execute("INSERT INTO category (title) VALUES (?)", (f"Category {number}",))
        for number in range(1, feeds + 1):
            db.execute(
                "INSERT INTO feed (source_id, key, title, category_id, added_at)"
                " VALUES (1, ?1, ?1, ?2, 0)",
                (f"Feed {number}", number % 50 + 1),
            )
        for number in range(1, 501):
            db.execute("INSERT INTO site (host) VALUES (?)", (f"site{number}.example.org",))
        db.executemany("INSERT INTO language VALUES (?)", [(one,) for one in set(LANGUAGES)])
        for number in range(1, tags + 1):
            name = f"tag {number}"
            db.execute("INSERT INTO tag (folded, name, kind) VALUES (?, ?, 'given')", (name, name))
    for start in range(1, articles + 1, 20_000):
        ids = range(start, min(start + 20_000, articles + 1))
        with library.store.write() as db:
            _fill_some(db, ids, pick, articles=articles, feeds=feeds, tags=tags, body=body)
            if indexed:
                db.executemany(
                    "INSERT INTO word (rowid, title, author, text) VALUES (?, ?, 'ann', ?)",
                    ((one, f"title {one}", _text(one, pick)) for one in ids),
                )
            counters.touch(db, ids)
            counters.count(db, 1)
    library.close()


def _text(one: int, pick: random.Random) -> str:
    """A text with a word that every tenth has, and one that one in ten thousand has."""
    words = pick.choices(WORDS, k=150)
    words += ["tenth"] * (one % 10 == 3) + ["seldom"] * (one % 10_000 == 77)
    return fold(" ".join(words))


def _fill_some(
    db: sqlite3.Connection,
    ids: range,
    pick: random.Random,
    *,
    articles: int,
    feeds: int,
    tags: int,
    body: bytes,
) -> None:
    rows, labels = [], []
    for one in ids:
        published = SECONDS - int((articles - one) * 300 * (0.5 + pick.random()))
        title = f"{' '.join(pick.choices(WORDS, k=9))} {one}"
        link = f"https://example.org/{one % 997}/{title.replace(' ', '-')}"
        rows.append(
            (one, int(pick.random() ** 2 * feeds) + 1, published, int(pick.random() < 0.33),
             int(pick.random() < 0.01), 0, 0, 0, int(pick.random() * 2000), one % 3, one % 500 + 1,
             one, one, key_of(link), one, one, pick.choice(LANGUAGES), title, "Ann Author", link)
        )  # fmt: skip
        chosen = {int(pick.random() ** 3 * tags) + 1 for _ in range(3)}
        labels += [(tag, published, one, "given") for tag in chosen]
    db.executemany(
        "INSERT INTO article (id, feed_id, published, unread, starred, hidden, away, date_source,"
        " words, media, site_id, body_id, identity_key, link_key, digest_key, raw_key, language,"
        " title, author, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    db.executemany("INSERT INTO article_tag VALUES (?, ?, ?, ?)", labels)
    summary = "About this and that, in a sentence or two that a reader may read. " * 3
    db.executemany(
        "INSERT INTO detail (article_id, identity, first_seen, base, summary, authors, image,"
        " comments, enclosures, problems, digest)"
        " VALUES (?, ?, 0, '', ?, '[]', '', '', '[]', '[]', '')",
        ((one, str(one).encode(), summary) for one in ids),
    )
    db.executemany(
        "INSERT INTO body (id, article_id, kind, saved_at, indexed, digested, raw)"
        " VALUES (?, ?, 'html', 0, 1, 1, ?)",
        ((one, one, body) for one in ids),
    )


def timed(call: Callable[[], object], repeat: int = 7) -> float:
    """The median time of a call in milliseconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


class Bench:
    """A filled library, the floor's connection, and the table that is printed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.library = Library.open(path, clock=lambda: NOW)
        self.floor = sqlite3.connect(path, isolation_level=None)
        self.floor.execute("PRAGMA synchronous = NORMAL")

    def row(self, name: str, ours: float, floor: float | None = None) -> None:
        """Print a line."""
        beside = "" if floor is None else f"{floor:10.3f} {ours / floor:7.1f}"
        print(f"{name:48} {ours:10.3f} {beside}", flush=True)

    def compare(self, name: str, call: Callable[[], object], sql: str, *values: object) -> None:
        """Time a verb and the statement beside it."""
        bare = timed(lambda: self.floor.execute(sql, values).fetchall())
        self.row(name, timed(call), bare)

    def lists(self) -> None:
        """First pages and whole lists of every scope."""
        library = self.library
        tag_rows = sorted(library.tag_rows(), key=lambda row: row.articles)
        big, middle = tag_rows[-1].id, tag_rows[len(tag_rows) // 2].id
        newest = "ORDER BY published DESC, id DESC LIMIT 100"
        shows: tuple[Show, ...] = ("all", "unread", "starred")
        for show in shows:
            flag = "" if show == "all" else f" AND {show} = 1"
            for name, scope, where in (
                ("everything", Scope(show=show), "1"),
                ("a feed", Scope(feed_id=3, show=show), "feed_id = 3"),
            ):
                self.compare(
                    f"page of {name}, {show}",
                    partial(library.list_ids, scope, limit=100),
                    f"SELECT id FROM article WHERE {where} AND {LISTED}{flag} {newest}",
                )
            self.compare(
                f"page of a category of 20 feeds, {show}",
                partial(library.list_ids, Scope(category_id=3, show=show), limit=100),
                "SELECT id FROM article WHERE feed_id IN (SELECT id FROM feed WHERE"
                f" category_id = 3) AND {LISTED}{flag} {newest}",
            )
            for name, tag in (("the biggest", big), ("a middling", middle)):
                self.compare(
                    f"page of {name} tag, {show}",
                    partial(library.list_ids, Scope(tag_ids=(tag,), show=show), limit=100),
                    "SELECT t.article_id FROM article_tag t CROSS JOIN article a ON a.id ="
                    f" t.article_id WHERE tag_id = ? AND {LISTED}{flag} ORDER BY t.published DESC,"
                    " t.article_id DESC LIMIT 100",
                    tag,
                )
        self.row(
            "page of two tags",
            timed(lambda: library.list_ids(Scope(tag_ids=(big, middle)), limit=100)),
        )
        self.compare(
            "the whole list",
            lambda: library.list_ids(Scope()),
            f"SELECT id FROM article WHERE {LISTED} ORDER BY published DESC, id DESC",
        )
        self.compare(
            "a whole category",
            lambda: library.list_ids(Scope(category_id=3)),
            "SELECT id FROM article WHERE feed_id IN (SELECT id FROM feed WHERE category_id = 3)"
            f" AND {LISTED} ORDER BY published DESC, id DESC",
        )
        self.compare(
            "the biggest tag whole",
            lambda: library.list_ids(Scope(tag_ids=(big,))),
            "SELECT article_id FROM article_tag WHERE tag_id = ? ORDER BY published DESC",
            big,
        )

    def queries(self) -> None:
        """First pages of queries; the floor of words is the join that finds them all."""
        library = self.library
        page = "ORDER BY published DESC, id DESC LIMIT 100"
        for word in ("seldom", "tenth"):
            self.compare(
                f"page of a word ({word})",
                partial(library.list_ids, Scope(query=word), limit=100),
                "SELECT id FROM word CROSS JOIN article ON body_id = word.rowid WHERE word MATCH ?"
                f" AND {LISTED} {page}",
                word,
            )
        for query in (
            "tenth sort:score", "tenth is:unread", "tenth #1", "tenth -time3", "time39* polit1",
            "seldom feed:3", "seldom OR is:starred", "lang:fa", "words:>1990",
            "site:site7.example.org", "lang:zz", "lang:zz is:unread", "url:/nowhere/",
            "has:image is:unread lang:de", "age:<3d", "since:monday is:unread", "feed:12",
            "-feed:1", "category:\"Category 7\" is:unread", "#\"tag 7\" -#\"tag 3\"", "title:news7",
            "url:/996/", "is:starred lang:nl before:2026-01-01", "title:/news1+9 news/",
        ):  # fmt: skip
            self.row(
                f"page of {query}",
                timed(partial(library.list_ids, Scope(query=query), limit=100), 3),
            )
        self.row("the whole list of tenth", timed(partial(library.list_ids, Scope(query="tenth"))))
        self.row("counts of tenth", timed(partial(library.counts, Scope(query="tenth"))))
        self.row("counts of lang:fa", timed(partial(library.counts, Scope(query="lang:fa"))))

    def reads(self) -> None:
        """What a screen asks beside lists."""
        library = self.library
        ids = library.list_ids(Scope(), limit=50)
        marks = ", ".join(map(str, ids))
        self.compare(
            "50 headlines",
            lambda: library.headlines(ids),
            f"SELECT * FROM article JOIN feed ON feed.id = feed_id WHERE article.id IN ({marks})",
        )
        self.compare(
            "an article whole",
            lambda: library.article(ids[0]),
            "SELECT * FROM article JOIN detail ON detail.article_id = article.id JOIN body ON"
            " body.id = body_id WHERE article.id = ?",
            ids[0],
        )
        self.compare("feed rows", library.feed_rows, "SELECT * FROM feed")
        self.compare("tag rows", library.tag_rows, "SELECT * FROM tag ORDER BY unread DESC")
        self.row("counts of everything", timed(lambda: library.counts(Scope())))
        self.row("next unread", timed(lambda: library.next_unread(Scope(), ids[10])))
        self.row("new since, nothing new", timed(lambda: library.new_since(Scope(), 10**9)))
        self.row("poll, nothing new", timed(library.poll, 101))
        self.row("open and close", timed(self._open))

    def _open(self) -> None:
        Library.open(self.path, clock=lambda: NOW).close()

    def writes(self) -> None:
        """Marks of one and of many, with their undo."""
        library, floor = self.library, self.floor
        one = library.list_ids(Scope(), limit=1)
        library.mark(one, "read", value=False)
        values = iter([True, False] * 100)
        ours = timed(lambda: library.mark(one, "read", next(values)), 50)
        bare = timed(lambda: floor.execute("UPDATE article SET position = 0 WHERE id = 1"), 50)
        self.row("mark one read", ours, bare)
        many = library.list_ids(Scope(), limit=100_000)
        library.mark(many, "read", value=False)
        last = min(many)

        def all_read() -> None:
            floor.execute("BEGIN IMMEDIATE")
            floor.execute("UPDATE article SET unread = 0 WHERE id >= ?", (last,))

        bare = timed(all_read, 1)
        floor.execute("ROLLBACK")
        self.row(
            f"mark {len(many)} read", timed(lambda: library.mark(many, "read", value=True), 1), bare
        )
        self.row("undo that", timed(library.undo, 1), bare)
        self.row("redo that", timed(library.redo, 1), bare)
        self.row(f"star {len(many)}", timed(lambda: library.mark(many, "starred", value=True), 1))
        self.row("undo that", timed(library.undo, 1))
        self.row(f"tag {len(many)}", timed(lambda: library.tag(many, "later", add=True), 1))
        self.row("undo that", timed(library.undo, 1))


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--tags", type=int, default=500)
    parser.add_argument("--no-index", action="store_true", help="leave the full text empty")
    parser.add_argument("--keep", type=Path, help="fill this file once and reuse it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "library.db"
        if not path.exists():
            start = time.perf_counter()
            fill(
                path,
                options.articles,
                feeds=options.feeds,
                tags=options.tags,
                indexed=not options.no_index,
            )
            print(f"filled in {time.perf_counter() - start:.1f} s, {path.stat().st_size >> 20} MB")
        bench = Bench(path)
        print(f"{'':48} {'ours ms':>10} {'floor ms':>10} {'ratio':>7}")
        bench.lists()
        if not options.no_index:
            bench.queries()
        bench.reads()
        bench.writes()
        bench.library.close()
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


if __name__ == "__main__":
    main()
