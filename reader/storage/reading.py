"""What is drawn: headlines by their ids, and one article whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reader.model.article import (
    Article,
    Enclosure,
    Headline,
    ListedArticle,
    StoredArticle,
)
from reader.storage import copies, files, tags
from reader.storage.packing import unpack_body
from reader.storage.times import DATE_SOURCES, from_seconds
from reader.text.terminal import SafeText

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_HEADLINE = (
    "article.id, article.feed_id, coalesce(nullif(feed.name, ''), feed.title), article.title,"  # noqa: S608
    " author, published, date_source, language, link, words, article.unread, article.starred,"
    " hidden, (SELECT count(*) FROM copy CROSS JOIN article AS other"
    " ON other.id = copy.article_id WHERE shown_id = article.id"
    f" AND other.away = {copies.BEHIND}), article.position"
)


def headlines(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Headline]:
    """The rows for ``ids``, in their order; ids that are gone are left out."""
    found = {
        row[0]: _headline(row)
        for row in connection.execute(
            f"SELECT {_HEADLINE} FROM json_each(?) AS wanted"  # noqa: S608
            " CROSS JOIN article ON article.id = wanted.value"
            " JOIN feed ON feed.id = article.feed_id",
            (json.dumps(list(ids)),),
        )
    }
    return [found[article_id] for article_id in ids if article_id in found]


def listed(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ListedArticle]:
    """Headlines with their tags, files, problems and copies, in the order of ``ids``."""
    wanted = json.dumps(list(ids))
    given = tags.of_articles(connection, ids)
    paths = {
        article_id: files.absolute(location, path)
        for article_id, location, path in connection.execute(
            "SELECT article_id, location, file.path FROM json_each(?) AS wanted"
            " CROSS JOIN file ON article_id = wanted.value JOIN source ON source.id = source_id"
            " ORDER BY gone DESC",
            (wanted,),
        )
    }
    problems = {
        article_id: _texts(found)
        for article_id, found in connection.execute(
            "SELECT article_id, problems FROM json_each(?) AS wanted"
            " CROSS JOIN detail ON article_id = wanted.value WHERE problems <> '[]'",
            (wanted,),
        )
    }
    also = copies.behind(connection, ids)
    return [
        ListedArticle(
            headline=row,
            tags=given.get(row.id, ()),
            path=paths.get(row.id, ""),
            problems=problems.get(row.id, ()),
            copies=also.get(row.id, ()),
        )
        for row in headlines(connection, ids)
    ]


def article(connection: sqlite3.Connection, article_id: int) -> StoredArticle | None:
    """One article whole, None when it is gone."""
    row = connection.execute(
        "SELECT identity, body.raw, body.kind, base, updated, summary, authors, image, comments,"
        " enclosures, digest, problems, outlet, position, hidden_by FROM article"
        " JOIN detail ON detail.article_id = article.id JOIN body ON body.id = body_id"
        " WHERE article.id = ?",
        (article_id,),
    ).fetchone()
    rows = headlines(connection, [article_id])
    if row is None or not rows:
        return None
    given = tags.of_article(connection, article_id)
    return StoredArticle(
        headline=rows[0],
        content=_content(rows[0], row, tuple(tag.name for tag in given if tag.kind == "given")),
        tags=given,
        path=files.path_of(connection, article_id),
        position=row[13],
        hidden_by=SafeText(row[14]),
        copies=copies.behind(connection, [article_id]).get(article_id, ()),
    )


def texts(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The visible text of each article and of its page, by its id, one at a time."""
    from reader.text.plain import visible_text

    for article_id in ids:
        row = connection.execute(
            "SELECT body.kind, body.raw, full_text.kind, full_text.raw FROM article"
            " JOIN body ON body.id = body_id"
            " LEFT JOIN full_text ON full_text.article_id = article.id WHERE article.id = ?",
            (article_id,),
        ).fetchone()
        if row is not None:
            text = visible_text(unpack_body(row[1]), row[0])
            if row[3] is not None:
                text = SafeText(f"{text}\n{visible_text(unpack_body(row[3]), row[2])}")
            yield article_id, text


def _headline(row: tuple[Any, ...]) -> Headline:
    return Headline(
        id=row[0],
        feed_id=row[1],
        feed=row[2],
        title=row[3],
        author=row[4],
        published=from_seconds(row[5]),
        date_source=DATE_SOURCES[row[6]],
        language=row[7],
        link=row[8],
        words=row[9],
        unread=bool(row[10]),
        starred=bool(row[11]),
        hidden=bool(row[12]),
        copies=row[13],
        position=row[14],
    )


def _content(head: Headline, row: tuple[Any, ...], given: tuple[SafeText, ...]) -> Article:
    (
        identity, raw, kind, base, updated, summary, authors, image, comments, enclosures, digest,
        problems, outlet, _, _,
    ) = row  # fmt: skip
    return Article(
        identity=identity.decode(errors="surrogatepass"),
        feed=head.feed,
        title=head.title,
        body=unpack_body(raw),
        kind=kind,
        link=head.link,
        base=base,
        published=head.published,
        date_source=head.date_source,
        updated=None if updated is None else from_seconds(updated),
        summary=summary,
        authors=_texts(authors),
        tags=given,
        language=head.language,
        image=image,
        comments=comments,
        enclosures=tuple(
            Enclosure(url=url, mime=mime, size=size, seconds=seconds, title=title)
            for url, mime, size, seconds, title in json.loads(enclosures)
        ),
        words=head.words,
        digest=digest,
        problems=_texts(problems),
        outlet=outlet,
    )


def _texts(packed: str) -> tuple[SafeText, ...]:
    return tuple(json.loads(packed))
