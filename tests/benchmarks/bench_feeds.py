"""The feed parser beside feedparser: agreement on the corpus, speed, and worst cases.

``python -m tests.benchmarks.bench_feeds [CORPUS]``
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from reader.sources import feedtext
from tests.benchmarks.tables import table
from tests.sources import feed_agreement

SHARED = Path(__file__).resolve().parents[3] / "shared"
FEEDS, ITEMS = 200, 20
LARGEST = 16 << 20


def main() -> None:
    corpus = _corpus()
    if corpus is None:
        print("No corpus: agreement is not measured. Name its folder as the argument.\n")
    else:
        print(_agreement(corpus))
    print(_speed())
    print(_worst())


def _corpus() -> Path | None:
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSREADER_CORPUS")
    if named:
        return Path(named)
    archive = SHARED / "corpus.tar.xz"
    if not archive.is_file():
        return None
    import tarfile

    folder = Path(tempfile.mkdtemp(prefix="newsreader-corpus-"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "open"


@dataclass(slots=True)
class _Folder:
    files: int = 0
    articles: int = 0
    unexplained: int = 0
    mine: float = 0.0
    theirs: float = 0.0
    differing: Counter[str] = field(default_factory=Counter)


def _agreement(corpus: Path) -> str:
    """A row a folder: files, articles, and how many files differ in each field."""
    content_types = feed_agreement.content_types(corpus)
    reasons = feed_agreement.listed()
    columns = ("count", *feed_agreement.FIELDS)
    folders = {name: _Folder() for name in (*feed_agreement.FOLDERS, "all")}
    for path in feed_agreement.files(corpus):
        name = path.relative_to(corpus).as_posix()
        data, content_type = path.read_bytes(), content_types.get(name, "")
        result = feed_agreement.compare(name, data, content_type)
        mine = _seconds(feed_agreement.ours, data, content_type)
        theirs = _seconds(feed_agreement.theirs, data, content_type)
        for folder in (next(f for f in folders if name.startswith(f)), "all"):
            row = folders[folder]
            row.files += 1
            row.articles += result.articles
            row.unexplained += sum((name, column) not in reasons for column in result.differences)
            row.differing.update(result.differences.keys())
            row.mine += mine
            row.theirs += theirs
    rows = [
        [name, str(row.files), str(row.articles)]
        + [str(row.differing[column]) for column in columns]
        + [str(row.unexplained), f"{row.theirs / (row.mine or 1):.0f}x"]
        for name, row in folders.items()
    ]
    head = ["files of", "files", "articles", *columns, "unexplained", "feedparser takes"]
    return "Agreement with feedparser: files that differ, by field\n\n" + table(head, rows)


def _speed() -> str:
    """News as it usually is: well-formed RSS and Atom with whole articles."""
    documents = {
        "RSS, whole texts": [_rss(n) for n in range(FEEDS)],
        "Atom, whole texts": [_atom(n) for n in range(FEEDS)],
        "RSS, not well-formed": [_rss(n).replace(b"<link>", b"& <link>") for n in range(FEEDS)],
    }
    rows = []
    for name, feeds in documents.items():
        megabytes = sum(map(len, feeds)) / 1e6
        mine = min(_all(feed_agreement.ours, feeds) for _ in range(3))
        theirs = _all(feed_agreement.theirs, feeds[:20]) * len(feeds) / 20
        floor = min(_all(_only_parsed, feeds) for _ in range(3))
        rows.append(
            [
                name,
                f"{megabytes:.1f}",
                f"{mine:.2f}",
                f"{megabytes / mine:.0f}",
                f"{1e6 * mine / FEEDS / ITEMS:.0f}",
                f"{mine / floor:.1f}x",
                f"{theirs / mine:.0f}x",
            ]
        )
    head = ["feeds", "MB", "CPU s", "MB/s", "us an article", "bare expat", "feedparser takes"]
    return f"Speed, {FEEDS} feeds of {ITEMS} articles\n\n" + table(head, rows)


def _worst() -> str:
    """Floods of 16 MiB, each in a process of its own: CPU seconds and peak memory."""
    floods = {
        "100,000 articles": b"".join(
            b"<item><guid>%d</guid><title>T %d</title><description>text</description></item>"
            % (n, n)
            for n in range(100_000)
        ),
        "empty elements": b"<item>" + b"<a/>" * (LARGEST // 4),
        "elements with attributes": b"<item>" + b"<a b='c'/>" * (LARGEST // 10),
        "unclosed articles": b"<item><title>a & b" * (LARGEST // 18),
        "angle brackets": b"<item><title>" + b"<a " * (LARGEST // 3),
        "emoji and references": b"<item><title>" + "\U0001f600&#146;".encode() * (LARGEST // 10),
        "bytes of no encoding": b"<item><title>" + b"\xe9\xe8\x81" * (LARGEST // 3),
        "nested": b"<item><description>" + b"<b>" * (LARGEST // 3),
    }
    rows = []
    for name, flood in floods.items():
        data = (b"<rss><channel><title>T</title>" + flood)[: LARGEST - 1]
        done = subprocess.run(
            [sys.executable, "-c", _ALONE], input=data, capture_output=True, text=False, check=True
        )
        seconds, kilobytes, articles, problem = done.stdout.decode().split(maxsplit=3)
        rows.append([name, seconds, f"{int(kilobytes) // 1024}", articles, problem.strip()])
    head = ["16 MiB of", "CPU s", "peak MB", "articles", "told"]
    return "Worst cases\n\n" + table(head, rows)


_ALONE = """
import resource, sys, time
from datetime import UTC, datetime
from reader.sources import feed
data = sys.stdin.buffer.read()
started = time.process_time()
parsed = feed.parse(data, url="https://example.org/", now=datetime(2026, 11, 21, tzinfo=UTC))
seconds = time.process_time() - started
try:
    peak = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmHWM"))
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{seconds:.2f}", peak, len(parsed.articles), "; ".join(parsed.problems))
"""


def _seconds(parse: Callable[[bytes, str], object], data: bytes, content_type: str) -> float:
    started = time.process_time()
    parse(data, content_type)
    return time.process_time() - started


def _all(parse: Callable[[bytes, str], object], feeds: Sequence[bytes]) -> float:
    return sum(_seconds(parse, data, "") for data in feeds)


def _only_parsed(data: bytes, _content_type: str) -> None:
    """The floor: expat with one handler, over what it can read."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.CharacterDataHandler = len
    try:
        parser.Parse(data, True)  # noqa: FBT003 - its one signature
    except expat.ExpatError:
        feedtext.to_text(data, "")


def _rss(number: int) -> bytes:
    items = "".join(
        f"<item><title>Headline {number}.{n} &amp; more</title>"
        f"<link>https://news.example.org/{number}/{n}</link><guid>id-{number}-{n}</guid>"
        f"<pubDate>{format_datetime(_date(n))}</pubDate><dc:creator>Jane Doe</dc:creator>"
        f"<category>news</category><description>Short.</description>"
        f"<content:encoded><![CDATA[{_text(n)}]]></content:encoded></item>"
        for n in range(ITEMS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>'
        f"<link>https://news.example.org/</link>{items}</channel></rss>"
    ).encode()


def _atom(number: int) -> bytes:
    from html import escape

    entries = "".join(
        f"<entry><title>Headline {number}.{n}</title><id>tag:example.org,2026:{number}.{n}</id>"
        f'<link rel="alternate" href="https://news.example.org/{number}/{n}"/>'
        f"<published>{_date(n).isoformat()}</published><updated>{_date(n).isoformat()}</updated>"
        f'<author><name>Jane Doe</name></author><category term="news"/>'
        f'<content type="html">{escape(_text(n))}</content></entry>'
        for n in range(ITEMS)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entries}</feed>'.encode()


def _date(n: int) -> datetime:
    return datetime(2026, 11, 1, tzinfo=UTC) - timedelta(hours=7 * n)


def _text(n: int) -> str:
    return f'<p>Größe {n} &amp; <a href="/{n}">more</a> of it, said "they".</p>\n' * (10 + 4 * n)


if __name__ == "__main__":
    main()
