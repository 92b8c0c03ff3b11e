"""The verb that gives an article's document back: the file on disk, or the feed's fields as one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.errors import SourceUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reader.model.article import StoredArticle
    from reader.model.original import Original

Value = str | int | Sequence[str] | Sequence[Mapping[str, object]]


class OriginalVerbs(Door):
    """Shows what an article was made of; nothing is cleaned, nothing left out."""

    def original(self, article_id: int) -> Original:
        """The document of an article, with its front matter.

        Of a folder's article it is the file as it is on disk now, decoded, its first
        megabytes where it is very long. Raises ``SourceUnreadable`` when the article or the
        file is gone.
        """
        from reader.storage import files, reading

        with self.store.read() as connection:
            article = reading.article(connection, article_id)
            place = files.place_of(connection, article_id)
        if article is None:
            raise SourceUnreadable("This article is gone.")
        return of_feed(article) if place is None else of_file(*place)


def of_file(root: str, path: str) -> Original:
    """The document ``path`` of the folder ``root``; both are as ``os.fsdecode`` makes them."""
    # Imported late: only a person who asks for it reads a file here.
    from reader.model.original import Original
    from reader.sources import folder, header

    text, problems = folder.document(Path(root), path)
    body = header.read(text).body
    # A header that could not be used, or was mended, is the body's beginning.
    head = text[: len(text) - len(body)] if body and text.endswith(body) else ""
    return Original(
        head=head,
        body=text[len(head) :],
        syntax=_syntax(head),
        path=os.path.join(root, path) if path else root,  # noqa: PTH118  a str that opens it
        problems=problems,
    )


def of_feed(article: StoredArticle) -> Original:
    """What a feed gave, as a front-matter document (YAML)."""
    from reader.model.original import Original

    lines = ["---", *(_line(name, value) for name, value in _fields(article) if value), "---", ""]
    return Original(
        head="\n".join([*lines, ""]),
        body=article.content.body,
        syntax="yaml",
        problems=tuple(article.content.problems),
    )


def _fields(article: StoredArticle) -> Iterator[tuple[str, Value]]:
    """Every field there is, the ones that front matter usually has first."""
    content = article.content
    yield "title", content.title
    yield "date", _moment(content.published)
    yield "date_source", content.date_source
    yield "updated", "" if content.updated is None else _moment(content.updated)
    yield "author", list(content.authors)
    yield "description", content.summary
    yield "link", content.link
    yield "base", content.base if content.base != content.link else ""
    yield "source", article.headline.feed
    yield "image", content.image
    yield "language", content.language
    yield "tags", list(content.tags)
    yield "comments", content.comments
    yield "id", content.identity
    yield "kind", content.kind
    yield "words", content.words
    yield (
        "enclosures",
        [
            {"url": one.url, "type": one.mime, "bytes": one.size, "seconds": one.seconds}
            for one in content.enclosures
        ],
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(name: str, value: Value) -> str:
    """One field; JSON's strings, lists and objects are YAML's flow style."""
    if isinstance(value, str | int):
        return f"{name}: {json.dumps(value, ensure_ascii=False)}"
    items = (f"- {json.dumps(item, ensure_ascii=False)}" for item in value)
    return "\n".join([f"{name}:", *items])


def _syntax(head: str) -> str:
    start = head.lstrip()[:1]
    return {"": "", "+": "toml", ";": "json", "{": "json"}.get(start, "yaml")
