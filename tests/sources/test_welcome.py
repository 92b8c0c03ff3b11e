"""The folder that the first start opens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import reader
from reader.model.article import RawArticle
from reader.sources import folder

WELCOME = Path(reader.__file__).parent / "welcome"
SHIPPED = datetime(2026, 8, 22, tzinfo=UTC)


def articles() -> list[RawArticle]:
    return [folder.read(WELCOME, stat.path, now=SHIPPED) for stat in folder.walk(WELCOME)]


def test_every_article_is_in_order() -> None:
    for article in articles():
        assert article.problems == (), article.identity
        assert article.language in ("en", "nl", "ja", "ar"), article.identity
        assert article.date_source in ("given", "text"), article.identity
        assert article.published is not None
        assert article.published < SHIPPED + timedelta(days=1), article.identity


def test_it_begins_with_the_beginning() -> None:
    newest = max(articles(), key=lambda article: article.published or SHIPPED)
    assert (newest.title, newest.feed) == ("Start here", "Newsreader guide")


def test_it_shows_several_feeds_kinds_and_tags() -> None:
    found = articles()
    assert {article.feed for article in found} == {
        "Newsreader guide",
        "Reading showcase",
        "plain text",
    }
    assert {article.kind for article in found} == {"markdown", "html", "text"}
    assert len({tag for article in found for tag in article.tags}) > 10
