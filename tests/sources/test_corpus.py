"""The corpus of real, derived and hostile files: every one opens or is refused with a reason."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from reader.model.article import RawArticle
from reader.model.errors import SourceUnreadable
from reader.sources import folder
from reader.text import dates

SECONDS_EACH = 30
NOW = datetime.now(UTC)

# Files that are no text at all.
REFUSED = {"random.md", "gzip.md"}
# A description that says more than the body, which its writer cut off, is kept.
SAYS_MORE = {"trunc"}
# Bodies that are text and no HTML, whatever the feed called them.
PLAIN_SHAPES = {"arxiv"}
# Zola's categories are tags here too; the manifest lists the tags alone.
MORE_TAGS = {"toml/toml-nested.md"}


def files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file())


def entries(corpus: Path, name: str) -> list[dict[str, Any]]:
    found = json.loads((corpus / "frontmatter" / name / "_manifest.json").read_text("utf-8"))
    assert isinstance(found, list)
    return found


def read(corpus: Path, name: str, entry: dict[str, Any]) -> RawArticle:
    return folder.read(corpus / "frontmatter" / name, entry["file"], now=NOW)


def check(found: RawArticle, entry: dict[str, Any], key: str) -> None:
    """What the manifest says of the article, said of what was read."""
    if "title" in entry:
        assert found.title == entry["title"], key
    if "date" in entry:
        assert (found.date_source, found.published) == ("given", dates.parse(entry["date"])), key
    if "link" in entry:
        assert found.link == entry["link"], key
    if "tags" in entry and entry["file"] not in MORE_TAGS:
        assert list(found.tags) == entry["tags"], key
    if "draft" in entry:
        assert found.draft is entry["draft"], key


@pytest.mark.parametrize("part", ["frontmatter", "plain", "hostile"])
def test_every_file_opens_or_is_refused_with_a_reason(corpus: Path, part: str) -> None:
    read_files = 0
    reasons: list[str] = []
    for path in files(corpus / part):
        start = time.process_time()
        name = str(path.relative_to(corpus / part))
        try:
            found = folder.read(corpus / part, name, now=NOW)
        except SourceUnreadable as error:
            reasons.append(str(error))
        else:
            assert found.title, name
            assert found.feed, name
            assert found.published, name
            read_files += 1
        assert time.process_time() - start < SECONDS_EACH, name
    assert all(reason.startswith("It is ") for reason in reasons)
    assert read_files > 10 * len(reasons)


def test_no_file_of_a_folder_is_passed_over(corpus: Path) -> None:
    root = corpus / "frontmatter"
    walked = {stat.path for stat in folder.walk(root)}
    there = {str(path.relative_to(root)) for path in files(root)}
    assert {path for path in there - walked if not path.endswith("_manifest.json")} == {
        "odd-names/x.md~"
    }
    assert walked <= there


def test_headlines_gathered_by_a_pipeline(corpus: Path) -> None:
    name = "googlenews-hugo-derived"
    known = languages = 0
    for entry in entries(corpus, name):
        found = read(corpus, name, entry)
        check(found, entry, entry["file"])
        assert found.kind == "html", entry["file"]
        assert found.feed == "news.google.com", entry["file"]
        assert found.body.count("<a href") == entry["links"], entry["file"]
        assert bool(found.problems) is not entry["yaml_ok"], entry["file"]
        assert bool(found.summary) is (entry["quirk"] in SAYS_MORE), entry["file"]
        known += found.language == entry["lang"]
        languages += 1
    # Lists that mix headlines of several languages have no one language to tell.
    assert known >= 0.75 * languages


def test_bodies_of_common_feeds(corpus: Path) -> None:
    name = "html-bodies-derived"
    known = languages = 0
    for entry in entries(corpus, name):
        found = read(corpus, name, entry)
        check(found, entry, entry["file"])
        assert entry["must_contain"] in unescape(found.body), entry["file"]
        assert (found.kind == "html") is (entry["shape"] not in PLAIN_SHAPES), entry["file"]
        assert found.problems == (), entry["file"]
        known += found.language == entry["lang"]
        languages += 1
    assert known >= 0.85 * languages


def test_odd_forms(corpus: Path) -> None:
    name = "odd-forms"
    for entry in entries(corpus, name):
        try:
            found = read(corpus, name, entry)
        except SourceUnreadable:
            assert Path(entry["file"]).name in REFUSED
        else:
            check(found, entry, entry["file"])


@pytest.mark.parametrize(
    ("store", "language"),
    [
        ("fronteers-nl", "nl"),
        ("fronteers-en", "en"),
        ("rust-blog-toml", "en"),
        ("arabic-news", "ar"),
    ],
)
def test_real_sites_are_read_without_a_problem(corpus: Path, store: str, language: str) -> None:
    root = corpus / "frontmatter" / store
    found = [folder.read(root, stat.path, now=NOW) for stat in folder.walk(root)]
    troubled = {problem for article in found for problem in article.problems}
    # Announced meetings are dated ahead.
    assert all("lies ahead" in problem for problem in troubled)
    assert sum(article.language == language for article in found) >= 0.9 * len(found)
    assert all(article.kind in ("markdown", "html") for article in found)


def test_plain_texts_get_their_headline(corpus: Path) -> None:
    root = corpus / "plain" / "news-derived"
    found = [folder.read(root, stat.path, now=NOW) for stat in folder.walk(root)]
    assert len(found) > 20
    for article in found:
        assert article.kind == "text"
        assert 5 < len(article.title) < 120, article.identity
        assert article.title not in ("Actueel", "News"), article.identity
        assert not article.title.endswith("**"), article.identity
        assert "**" not in article.body, article.identity
        assert article.title not in article.body.split("\n")[:6], article.identity
        assert "March 26, 2025" not in article.body, article.identity
