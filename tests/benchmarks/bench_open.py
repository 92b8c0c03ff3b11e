"""How soon a person can read: first open of a folder, reopening, starting on a big library.

Run with ``python -m tests.benchmarks.bench_open [--files N] [--stored N ...] [--runs N]``.
Times are wall milliseconds on a pty of 120x40 until the awaited text stands on the screen.
Every ratio is against a bare Textual app with header and footer, started in turn with ours;
that of ``newsreader unread`` against the imports a command of this kind needs at least.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from reader.library import Library
from reader.model.article import Article
from reader.storage import articles
from reader.storage.intents import Store, incoming
from reader.text.terminal import clean, clean_line
from tests.benchmarks.tables import table
from tests.terminal import Terminal

WORDS = """council river budget harbour signal winter engine garden letter market bridge
copper meadow orbit paper quarry railway season timber village window yellow""".split()  # noqa: SIM905


def words(start: int, count: int) -> str:
    """So many words that differ from article to article."""
    return " ".join(WORDS[(start * 7 + place * place) % len(WORDS)] for place in range(count))


def make_folder(folder: Path, files: int) -> None:
    """Front-matter files of 2.4 kB, a hundred to a sub-folder."""
    for number in range(files):
        path = folder / f"{number // 100:03}" / f"{number:06}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"---\ntitle: Headline {number:06} {words(number, 6)}\n"
            f"date: 2026-01-{number % 28 + 1:02}T{number % 24:02}:00:00Z\n"
            f"description: {words(number + 1, 20)}\nlink: https://example.org/{number}\n"
            f"source: Paper {number % 40}\nauthor: Author {number % 300}\nlang: en\n"
            f"tags: [{words(number, 3).replace(' ', ', ')}]\ndraft: false\n---\n\n"
            + "\n\n".join(words(number + step, 60) for step in range(5))
        )


def fill(path: Path, count: int) -> None:
    """A library with so many stored articles in feeds of 100."""
    from datetime import UTC, datetime, timedelta

    start = datetime(2026, 1, 1, tzinfo=UTC)
    library = Library.open(path, clock=lambda: start)
    folder = path.parent / "filled"
    folder.mkdir(exist_ok=True)
    source = library.add_folder(folder)
    for first in range(0, count, 5000):
        batch = []
        for number in range(first, min(first + 5000, count)):
            text = clean(words(number, 300))
            article = Article(
                identity=f"{number}",
                feed=clean_line(f"Paper {number // 100:05}"),
                title=clean_line(f"Headline {number:07} {words(number, 6)}"),
                body=text,
                kind="text",
                link=f"https://example.org/{number}",
                base="",
                published=start + timedelta(minutes=number),
                date_source="given",
                updated=None,
                summary=clean_line(words(number, 20)),
                authors=(clean_line(f"Author {number % 300}"),),
                tags=tuple(clean_line(word) for word in words(number, 3).split()),
                language="en",
                image="",
                comments="",
                enclosures=(),
                words=300,
                digest=f"{number:032x}",
                problems=(),
            )
            batch.append(Store(incoming(article, text=text)))
        with library.store.write() as connection:
            articles.apply(connection, source.id, batch, library.writer("update"))
    library.close()


def environ(home: Path, library: Path) -> dict[str, str]:
    """A home of its own, and the library to use; modules are compiled once, as for a person."""
    kept = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "NEWSREADER_LIBRARY": str(library),
    }


def start_ms(arguments: Sequence[str], env: dict[str, str], wanted: str) -> tuple[float, float]:
    """Milliseconds until the text stands on the screen, and resident MB then."""
    with Terminal([sys.executable, *arguments], environ=env) as terminal:
        seconds = terminal.wait_for(wanted, seconds=120)
        terminal.settle()
        return seconds * 1000, terminal.resident_mb()


def compare(name: str, env: dict[str, str], wanted: str, runs: int) -> list[str]:
    """Start ours and the bare app in turn; a row of the table."""
    ours, bare, ratios, memory = [], [], [], 0.0
    for _ in range(runs):
        floor, _ = start_ms(["-m", "tests.benchmarks.bare_app"], env, "READY")
        start, memory = start_ms(["-m", "reader"], env, wanted)
        ours.append(start)
        bare.append(floor)
        ratios.append(start / floor)
    return [
        name,
        f"{statistics.median(ours):.0f}",
        f"{statistics.median(bare):.0f}",
        f"{statistics.median(ratios):.2f}",
        f"{min(ratios):.2f}-{max(ratios):.2f}",
        f"{memory:.0f}",
    ]


def spent_ms(arguments: Sequence[str], env: dict[str, str]) -> float:
    """Milliseconds until a command has ended."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=env, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begun) * 1000


def status_bar(name: str, env: dict[str, str], runs: int) -> list[str]:
    """The command of a status bar and its floor in turn; a row of the table."""
    ours, floor = [], []
    for _ in range(3 * runs):
        floor.append(spent_ms(["-c", "import sqlite3, argparse"], env))
        ours.append(spent_ms(["-m", "reader", "unread"], env))
    ratio = statistics.median(a / b for a, b in zip(ours, floor, strict=True))
    medians = (f"{statistics.median(ours):.0f}", f"{statistics.median(floor):.0f}")
    return [name, *medians, f"{ratio:.2f}"]


def first_open(folder: Path, env: dict[str, str], files: int) -> list[str]:
    """Open a folder that was never seen; a row: first rows, everything listed."""
    arguments = [sys.executable, "-m", "reader", str(folder)]
    with Terminal(arguments, environ=env) as terminal:
        first = terminal.wait_for("Headline", seconds=60)
        everything = first + terminal.wait_for(
            lambda text: f"{files:,}" in text.splitlines()[0], seconds=120
        )
        return [f"first open of {files} files", f"{first * 1000:.0f}", f"{everything * 1000:.0f}"]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--stored", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        folder = home / "saved"
        folder.mkdir()
        make_folder(folder, options.files)
        env = environ(home, home / "opened.db")
        print(
            table(["", "first rows ms", "all listed ms"], [first_open(folder, env, options.files)])
        )
        rows = [compare(f"reopen, {options.files} files unchanged", env, "Headline", options.runs)]
        for count in options.stored:
            library = home / f"stored-{count}.db"
            fill(library, count)
            rows.append(
                compare(f"start, {count} stored", environ(home, library), "Headline", options.runs)
            )
        head = ["", "ours ms", "bare app ms", "ratio", "min-max", "RSS MB"]
        print(table(head, rows))
        bars = [
            status_bar(f"newsreader unread, {count} stored", environ(home, library), options.runs)
            for count in options.stored
            for library in (home / f"stored-{count}.db",)
        ]
        print(table(["", "ours ms", "imports ms", "ratio"], bars))


if __name__ == "__main__":
    main()
