"""The floor of an update: fetch over raw sockets, parse with expat, store; nothing else."""

import asyncio
import queue
import sqlite3
import sys
import threading
import xml.etree.ElementTree as ET
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 20

Row = tuple[int, str, str, str, str]


def store(path: Path, rows: "queue.Queue[list[Row] | None]") -> None:
    """Insert what arrives in one transaction."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, feed INT, guid TEXT, title TEXT, link TEXT,"
        " body TEXT, unread INT DEFAULT 1, UNIQUE (feed, guid))"
    )
    connection.execute("CREATE INDEX item_feed ON item (feed, unread)")
    connection.execute("BEGIN")
    while (batch := rows.get()) is not None:
        connection.executemany(
            "INSERT OR IGNORE INTO item (feed, guid, title, link, body) VALUES (?, ?, ?, ?, ?)",
            batch,
        )
    connection.execute("COMMIT")
    connection.close()


def parse(feed: int, packed: bytes, rows: "queue.Queue[list[Row] | None]") -> None:
    """Take a feed apart."""
    batch = []
    for element in ET.fromstring(zlib.decompress(packed, 31)).iter():
        if element.tag.rpartition("}")[2] in ("item", "entry"):
            found = {
                child.tag.rpartition("}")[2]: child.text or child.get("href") or ""
                for child in element
            }
            batch.append(
                (
                    feed,
                    found.get("guid") or found.get("id", ""),
                    found.get("title", ""),
                    found.get("link", ""),
                    found.get("description") or found.get("content", ""),
                )
            )
    rows.put(batch)


async def fetch(urls: list[str], rows: "queue.Queue[list[Row] | None]") -> None:
    """Fetch every feed over a few kept connections."""
    work = iter(enumerate(urls))
    room = asyncio.Semaphore(64)
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(2) as pool:

        async def worker() -> None:
            connections: dict[str, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}
            for number, url in work:
                parts = urlsplit(url)
                if parts.netloc not in connections:
                    connections[parts.netloc] = await asyncio.open_connection(
                        parts.hostname, parts.port, limit=1 << 22
                    )
                reader, writer = connections[parts.netloc]
                await room.acquire()
                request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
                writer.write(request.encode())
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r")[0])
                body = await reader.readexactly(length)
                job = loop.run_in_executor(pool, parse, number, body, rows)
                job.add_done_callback(lambda _: room.release())

        await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))


def main() -> None:
    """``floor.py URLS DATABASE``."""
    urls, path = Path(sys.argv[1]).read_text().split(), Path(sys.argv[2])
    rows: queue.Queue[list[Row] | None] = queue.Queue()
    writer = threading.Thread(target=store, args=(path, rows))
    writer.start()
    asyncio.run(fetch(urls, rows))
    rows.put(None)
    writer.join()


if __name__ == "__main__":
    main()
