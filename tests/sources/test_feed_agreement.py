"""The parser against feedparser and against itself, on every feed of the corpus."""

from pathlib import Path

import pytest

from reader.sources import feedsoup, feedtext
from reader.sources.feedchannel import FeedReader
from reader.sources.feedxml import NotWellFormed, tree
from tests.sources import feed_agreement
from tests.sources.feed_agreement import NOW, REASONS, URL


def test_every_difference_from_feedparser_has_a_reason(corpus: Path) -> None:
    content_types = feed_agreement.content_types(corpus)
    known = feed_agreement.listed()
    found: set[tuple[str, str]] = set()
    compared = set()
    for path in feed_agreement.files(corpus):
        name = path.relative_to(corpus).as_posix()
        result = feed_agreement.compare(name, path.read_bytes(), content_types.get(name, ""))
        compared.add(name)
        found |= {(name, field) for field in result.differences}
    assert len(compared) > 1000
    assert sorted(found - known.keys()) == []
    assert sorted(key for key in known.keys() - found if key[0] in compared) == []
    assert set(known.values()) == REASONS.keys()


def test_mending_changes_nothing_in_what_is_whole(corpus: Path) -> None:
    """Both ways to read XML give the same articles wherever both can be taken."""
    whole = 0
    for path in feed_agreement.files(corpus):
        data = path.read_bytes()
        if path.name == "deep.xml" or not feedtext.is_plain_utf_8(data, ""):
            continue
        try:
            root = tree(data.lstrip())
        except NotWellFormed:
            continue
        mended, complete = feedsoup.tree(feedtext.to_text(data, "")[0].strip())
        strictly = FeedReader(url=URL, now=NOW).feed(root)
        assert complete
        assert mended is not None
        assert FeedReader(url=URL, now=NOW).feed(mended) == strictly, path
        whole += strictly is not None
    assert whole > 1000


@pytest.mark.parametrize("folder", ["feeds/encodings-own"])
def test_encodings_are_what_they_are(corpus: Path, folder: str) -> None:
    import json

    content_types = feed_agreement.content_types(corpus)
    for entry in json.loads((corpus / folder / "_manifest.json").read_bytes()):
        data = (corpus / folder / entry["file"]).read_bytes()
        content_type = content_types.get(f"{folder}/{entry['file']}", "")
        (article,) = feed_agreement.ours(data, content_type)
        assert article.title == entry["title"], entry["file"]
        assert entry["body_text"] in article.body, entry["file"]
