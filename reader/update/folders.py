"""Brings a folder up to date: what is new, edited, moved or gone since the last look."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.change import Actor, ArticlesStored, SourceFailed, UpdateProgressed
from reader.model.errors import SourceUnreadable
from reader.model.feed import Source
from reader.sources.walk import FileStat, walk
from reader.storage import articles, files, journal
from reader.storage.files import FileSeen
from reader.storage.intents import Gone, Intent
from reader.storage.intents import Store as Stored
from reader.storage.store import Connection, Store
from reader.text.terminal import SafeText, clean_line
from reader.update.decide import decide_files
from reader.update.jobs import ReadFile, read_files
from reader.update.workers import NoProcess, Workers

if TYPE_CHECKING:
    from reader.update.ruling import Ruled, Ruling

AT_ONCE = 48
"""So many files are read without starting a process for it."""
FIRST = 24
CHUNK = 200
"""Files in a job, and in a transaction; the first are fewer, so that rows come soon."""
MOST_WAITING = 4

Found = Mapping[str, FileStat]
Known = Mapping[str, FileSeen]


@dataclass(kw_only=True)
class FolderUpdate:
    """One look at one folder. ``run`` streams what it finds; the counts stand in fields.

    ``writer`` signs what is written to the library, and ``ruling`` judges what arrives.
    ``without`` are folders and files inside that are sources of their own: their articles
    are theirs. Nothing in the folder is ever written.
    """

    store: Store
    source: Source
    writer: Callable[[Actor], journal.Writer]
    clock: Callable[[], datetime]
    workers: Workers
    ruling: "Ruling | None" = None
    without: Sequence[Path] = ()
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def run(self) -> "Iterator[ArticlesStored | UpdateProgressed | SourceFailed | Ruled]":
        """Look, read what differs, store it in small transactions, tell each."""
        root = Path(self.source.location)
        title = clean_line(root.name or str(root))
        if not root.exists():
            yield self._failed(
                title,
                f"{root} is not there.",
                "Its articles stay. Mount or restore it, or remove the source.",
            )
            return
        complaints: list[str] = []
        found = self._found(root, complaints)
        with self.store.read() as connection:
            known = files.known(connection, self.source.id)
        differing = [key for key, stat in found.items() if _differs(stat, known.get(key))]
        self.unchanged = len(found) - len(differing)
        absent = {
            path: seen
            for path, seen in known.items()
            # What lies in a folder that could not be read is not gone.
            if path not in found and (seen.gone or not complaints)
        }
        done = 0
        try:
            for keys, results in self._read(root, found, differing):
                done += len(keys)
                read = dict(zip(keys, results, strict=True))
                change, ruled = self._save(read, found, absent)
                if change.new or change.changed or change.gone:
                    yield change
                yield from ruled
                yield UpdateProgressed(done=done, total=len(differing), title=title)
        except NoProcess as error:
            why = f"{len(differing) - done:,} files were not read: {error}."
            yield self._failed(title, why, "They are read with the next update.")
            return
        if gone := self._leave(absent):
            yield gone
        for complaint in complaints:
            yield self._failed(title, complaint, "")

    def _found(self, root: Path, complaints: list[str]) -> Found:
        """The files there are, without those of narrower folders; complaints go to the list."""
        single = root.is_file()
        others = [inner.relative_to(root).as_posix() for inner in self.without]
        return {
            "" if single else stat.path: stat
            for stat in walk(root, problem=complaints.append)
            if not (others and _lies_in(stat.path, others))
        }

    def _failed(self, title: SafeText, problem: str, advice: str) -> SourceFailed:
        return SourceFailed(
            source_id=self.source.id,
            title=title,
            problem=clean_line(problem),
            advice=clean_line(advice),
        )

    def _read(
        self, root: Path, found: Found, keys: Sequence[str]
    ) -> Iterator[tuple[Sequence[str], list[ReadFile]]]:
        """Read files, many of them in other processes; chunks come in order."""
        now = self.clock()
        here, rest = (keys, ()) if len(keys) <= AT_ONCE else (keys[:FIRST], keys[FIRST:])
        chunks = [rest[start : start + CHUNK] for start in range(0, len(rest), CHUNK)]
        waiting = deque(
            (chunk, self._job(root, found, chunk, now)) for chunk in chunks[:MOST_WAITING]
        )
        if here:
            # While the processes start: a person sees the first rows that much sooner.
            yield here, read_files(str(root), [(found[key].path, key) for key in here], now)
        for chunk in chunks[MOST_WAITING:]:
            yield self._next(root, found, waiting, now)
            waiting.append((chunk, self._job(root, found, chunk, now)))
        while waiting:
            yield self._next(root, found, waiting, now)

    def _next(
        self,
        root: Path,
        found: Found,
        waiting: "deque[tuple[Sequence[str], Future[list[ReadFile]]]]",
        now: datetime,
    ) -> tuple[Sequence[str], list[ReadFile]]:
        keys, job = waiting.popleft()
        return keys, self._results(root, found, keys, job, now)

    def _job(
        self, root: Path, found: Found, keys: Sequence[str], now: datetime
    ) -> "Future[list[ReadFile]]":
        paths = [(found[key].path, key) for key in keys]
        return self.workers.submit(read_files, str(root), paths, now)

    def _results(
        self,
        root: Path,
        found: Found,
        keys: Sequence[str],
        job: "Future[list[ReadFile]]",
        now: datetime,
    ) -> list[ReadFile]:
        """A job's results; where its process died, each of its files gets a job of its own."""
        try:
            return job.result()
        except NoProcess:
            raise
        except SourceUnreadable as error:
            if len(keys) == 1:
                return [ReadFile(None, clean_line(str(error)))]
        alone = [(key, self._job(root, found, [key], now)) for key in keys]
        return [self._results(root, found, [key], one, now)[0] for key, one in alone]

    def _save(
        self,
        results: Mapping[str, ReadFile],
        found: Found,
        absent: dict[str, FileSeen],
    ) -> "tuple[ArticlesStored, list[Ruled]]":
        """Store a chunk in one transaction: its articles, and the files as seen now."""
        items = [read.incoming for read in results.values() if read.incoming]
        missing = {seen.article_id for seen in absent.values() if seen.article_id is not None}
        with self.store.write() as connection:
            # Another session may have looked at the folder since this look began.
            known = files.known(connection, self.source.id, results)
            at_path = {
                item.path: seen.article_id
                for item in items
                if (seen := known.get(item.path)) and seen.article_id is not None
            }
            missing.update(at_path[path] for path in at_path if known[path].gone)
            candidates = articles.known_in_source(
                connection, self.source.id, items, list(at_path.values())
            )
            decision = decide_files(items, candidates, at_path=at_path, missing=missing)
            unreadable = _unreadable(results, known)
            intents = [*decision.intents, *map(Gone, unreadable.values())]
            change = articles.apply(connection, self.source.id, intents, self.writer("update"))
            ruled = self._judge(connection, change, intents)
            fresh = iter(change.new)
            ids: dict[str, int] = {
                item.path: next(fresh) if article_id is None else article_id
                for item, article_id in zip(items, decision.article_ids, strict=True)
            }
            ids |= unreadable
            rows = [
                (key, found[key].size, found[key].mtime_ns, ids.get(key), str(read.refusal))
                for key, read in results.items()
            ]
            files.see(connection, self.source.id, rows)
            became = set(ids.values())
            renamed = [path for path, seen in absent.items() if seen.article_id in became]
            files.forget(connection, self.source.id, renamed)
        for path in renamed:
            del absent[path]
        self.new += len(change.new)
        self.changed += len(change.changed)
        self.unchanged += decision.unchanged
        return change, ruled

    def _judge(
        self, connection: Connection, change: ArticlesStored, intents: Sequence[Intent]
    ) -> "list[Ruled]":
        """Let the rules see what is new; what they did to it."""
        if self.ruling is None:
            return []
        came = (intent.incoming for intent in intents if isinstance(intent, Stored))
        texts = {
            article_id: item.text or "" for article_id, item in zip(change.new, came, strict=True)
        }
        return self.ruling.arrived(connection, self.writer("rule"), change.new, texts=texts)

    def _leave(self, absent: Known) -> ArticlesStored | None:
        """Take articles whose files are gone out of the lists; they keep their state."""
        gone = {path: seen for path, seen in absent.items() if not seen.gone}
        if not gone:
            return None
        with self.store.write() as connection:
            intents = [Gone(seen.article_id) for seen in gone.values() if seen.article_id]
            change = articles.apply(connection, self.source.id, intents, self.writer("update"))
            files.set_gone(connection, self.source.id, gone)
        return change


def _lies_in(path: str, places: Iterable[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _unreadable(results: Mapping[str, ReadFile], known: Known) -> dict[str, int]:
    """The articles of files that cannot be read any more, by path."""
    return {
        key: seen.article_id
        for key, read in results.items()
        if read.incoming is None and (seen := known.get(key)) and seen.article_id
    }


def _differs(stat: FileStat, seen: FileSeen | None) -> bool:
    return seen is None or seen.gone or (seen.size, seen.mtime_ns) != (stat.size, stat.mtime_ns)
