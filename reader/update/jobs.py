"""What runs in a worker process, or here for a few: bytes or files in, articles to be stored out.

What the work needs is imported where it is done: who only sends it elsewhere has no use
for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.article import RawArticle
from reader.model.errors import SourceUnreadable
from reader.model.fetch import hours_of_week
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from reader.storage.intents import Incoming


class ReadFile(Struct, frozen=True):
    """What became of one file: an article, or the reason why it is refused."""

    incoming: Incoming | None
    refusal: SafeText


def read_files(root: str, paths: Sequence[tuple[str, str]], now: datetime) -> list[ReadFile]:
    """Read and clean files of a folder.

    ``paths`` are pairs: relative to ``root``, and as the library names the file.
    """
    results = []
    for path, key in paths:
        try:
            results.append(ReadFile(_read_file(Path(root), path, key, now), SafeText("")))
        except SourceUnreadable as error:
            results.append(ReadFile(None, clean_line(str(error))))
        except Exception as error:  # noqa: BLE001 - the edge: one file never stops the rest
            results.append(ReadFile(None, clean_line(_mistake(error))))
    return results


def _read_file(root: Path, path: str, key: str, now: datetime) -> Incoming:
    from reader.sources import folder
    from reader.storage.intents import incoming, key_of
    from reader.update.clean import clean

    raw = folder.read(root, path, now=now)
    cleaned = clean(raw, now=now)
    return incoming(cleaned.article, text=cleaned.text, raw_key=key_of(repr(raw)), path=key)


def _mistake(error: Exception) -> str:
    """What is told of a document that we fail on: it is no fault of the document's."""
    return f"It could not be read: a mistake in newsreader ({type(error).__name__})."


class ReadFeed(Struct, frozen=True, kw_only=True):
    """What a web feed's document held, ready to be stored."""

    title: SafeText
    site: str
    items: tuple[Incoming, ...]
    interval_s: int
    skip_hours: tuple[int, ...]
    problems: tuple[SafeText, ...]


def warm_up() -> None:
    """Import what reading feeds needs, in a process that waits for the first one."""
    from reader.sources import feed
    from reader.storage import intents, packing
    from reader.update import clean

    packing.pack_body("")
    _ = feed, intents, clean


def read_feed(data: bytes, url: str, content_type: str, now: datetime) -> ReadFeed:
    """Parse and clean a web feed's document. Raises ``SourceUnreadable``."""
    try:
        return _read_feed(data, url, content_type, now)
    except SourceUnreadable:
        raise
    except Exception as error:  # the edge: one feed never stops the rest
        raise SourceUnreadable(_mistake(error)) from error


def _read_feed(data: bytes, url: str, content_type: str, now: datetime) -> ReadFeed:
    from reader.sources import feed
    from reader.text import urls

    parsed = feed.parse(data, url=url, content_type=content_type, now=now)
    return ReadFeed(
        title=clean_line(parsed.title, 200),
        site=urls.absolute(parsed.site, url),
        items=tuple(_incoming(raw, now) for raw in parsed.articles),
        interval_s=max(parsed.ttl_s, parsed.update_period_s),
        skip_hours=hours_of_week(parsed.skip_hours, parsed.skip_days),
        problems=tuple(clean_line(problem) for problem in parsed.problems),
    )


def _incoming(raw: RawArticle, now: datetime) -> Incoming:
    """An item of a feed ready to be stored; its text is indexed afterwards."""
    from reader.storage.intents import incoming, key_of
    from reader.update.clean import clean

    cleaned = clean(raw, now=now, of_feed=True)
    # The digest stands for title and body, which are long.
    texts = (
        cleaned.article.digest, raw.identity, raw.link, raw.summary, raw.image, raw.comments,
        raw.language, raw.outlet, *raw.authors, "", *raw.tags,
    )  # fmt: skip
    rest = (
        raw.published and raw.published.timestamp(),
        raw.updated and raw.updated.timestamp(),
        raw.enclosures,
    )
    raw_key = key_of("\0".join(texts) + repr(rest))
    return incoming(cleaned.article, raw_key=raw_key)
