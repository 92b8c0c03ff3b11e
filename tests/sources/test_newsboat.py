"""Moving over from newsboat: its urls, its cache, its kill file, its filters."""

import functools
import http.server
import json
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.errors import SourceUnreadable
from reader.query.parse import parse as parse_query
from reader.sources import feed, newsboat
from reader.sources.newsboat import Ignored, ItemState, SmartFeed, read_cache
from reader.sources.newsboatfilter import Untranslatable, translate

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST_TAG = "a feed is in the category of its first tag only"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    path = tmp_path / "cache.db"
    connection = sqlite3.connect(path)
    connection.executescript((DATA / "newsboat" / "cache.sql").read_text(encoding="utf-8"))
    connection.close()
    return path


def test_the_urls_file() -> None:
    urls = newsboat.read_urls((DATA / "newsboat" / "urls").read_bytes())
    assert [(one.url, one.title, one.category) for one in urls.subscriptions.wanted] == [
        ("https://feeds.example.org/podcast.rss", "De Adem", ("radio",)),
        ("https://feeds.example.org/planet.atom", "", ("planet",)),
        ("https://feeds.example.org/headlines.rdf", "", ()),
        ("https://user:secret@private.example.org/feed", "", ()),
        ("http://old.example.org/rss", "", ()),
    ]
    assert json.loads(urls.subscriptions.wanted[0].attributes) == {"category": "radio,lange tag"}
    assert urls.hidden == ("https://feeds.example.org/headlines.rdf",)
    assert urls.smart_feeds == (
        SmartFeed(title="Ongelezen", query="is:unread", category=("slim",)),
        SmartFeed(
            title="Recent",
            query=r'age:<2d (title:/a\.b/ OR category:"lange tag")',
            notes=(FIRST_TAG,),
        ),
    )
    assert [(one.name, one.reason.split(":")[0]) for one in urls.subscriptions.refused] == [
        ("https://feeds.example.org/planet.atom", "it stands in the list twice"),
        ("Vol", "its filter has no counterpart"),
        ("exec:~/bin/make-feed one two", "it runs a program, and only web addresses are followed"),
        (
            "filter:~/bin/filter:https://feeds.example.org/x.xml",
            "it passes the feed through a program, and only web addresses are followed",
        ),
        (
            "file:///var/log/rss.xml",
            "it is a file on a computer, and only web addresses are followed",
        ),
    ]


def test_the_kill_file() -> None:
    kill = newsboat.read_kill_file((DATA / "newsboat" / "config").read_bytes())
    assert kill.ignored == (
        Ignored(feed="", query="title:/Sponsored/"),
        Ignored(feed="https://feeds.example.org/podcast.rss", query="author:/^Anna$/ age:>31d"),
    )
    assert [refused.name for refused in kill.refused] == [
        'guid =~ "x"',
        'title =~ "`date +%Y`"',
    ]


def states_in(path: Path) -> dict[str, dict[str, ItemState]]:
    """The state of every article in a cache, by feed address, then by article id."""
    states: dict[str, dict[str, ItemState]] = {}
    for one in read_cache(path, now=NOW):
        states.setdefault(one.feed_url, {})[one.article.identity] = one.state
    return states


def test_the_state_of_the_cache(cache: Path) -> None:
    assert states_in(cache) == {
        "https://feeds.example.org/podcast.rss": {
            "https://pod.example.org/afleveringen/11": ItemState(unread=True),
            "adem-12": ItemState(unread=False, flags="sx"),
        },
        "https://feeds.example.org/planet.atom": {
            "tag:planet.example.org,2026:2": ItemState(unread=False, deleted=True),
            "tag:blog.example.net,2026:1": ItemState(unread=True),
        },
        "https://feeds.example.org/headlines.rdf": {
            "https://rdf.example.org/1": ItemState(unread=True),
        },
    }


def test_the_articles_of_the_cache_are_those_the_feeds_bring(cache: Path) -> None:
    cached = {one.article.identity: one for one in read_cache(cache, now=NOW)}
    for name in ("podcast.rss", "planet.atom", "headlines.rdf"):
        url = f"https://feeds.example.org/{name}"
        data = (DATA / "feeds" / name).read_bytes()
        for article in feed.parse(data, url=url, now=NOW).articles:
            same = cached.pop(article.identity)
            assert same.feed_url == url
            assert same.article.title == article.title
            assert same.article.link == article.link
            # Newsboat leaves the zone out of dates that have no seconds.
            assert same.article.published == article.published or name == "headlines.rdf"
    assert cached == {}


def test_deleted_articles_come_without_their_text(cache: Path) -> None:
    texts = {one.article.identity: one.article.body for one in read_cache(cache, now=NOW)}
    assert texts["tag:planet.example.org,2026:2"] == ""
    assert texts["adem-12"].startswith("<p>Over de rivier.")


def test_the_cache_of_an_old_newsboat(tmp_path: Path) -> None:
    path = tmp_path / "a b?.db"
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, author, url, feedurl,"
        " pubDate, content, unread)"
    )
    connection.execute(
        "INSERT INTO rss_item VALUES (1, 'https://a/1Sat, 21 Nov 2026 10:00:00 GMT', x'41ff42',"
        " 'jane@example.org (Jane)', 'https://a/1', 'feed://a/feed', 0, 'a & b', 0)"
    )
    connection.commit()
    connection.close()
    (one,) = read_cache(path, now=NOW)
    assert one.feed_url == "http://a/feed"
    assert one.article.identity == "https://a/1"
    assert one.article.title == "A\ufffdB"
    assert one.article.authors == ("Jane",)
    assert (one.article.published, one.article.date_source) == (None, "seen")
    assert one.state == ItemState(unread=False)


def test_what_is_no_cache_is_refused_and_left_as_it_is(tmp_path: Path, cache: Path) -> None:
    before = cache.read_bytes()
    list(read_cache(cache, now=NOW))
    assert cache.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["cache.db"]
    other = tmp_path / "other.db"
    with pytest.raises(SourceUnreadable):
        states_in(other)
    assert not other.exists()
    other.write_bytes(b"not a database" * 100)
    with pytest.raises(SourceUnreadable):
        states_in(other)
    other.unlink()
    connection = sqlite3.connect(other)
    connection.execute("CREATE VIEW rss_item AS SELECT 1 AS guid")
    connection.close()
    with pytest.raises(SourceUnreadable, match="no cache"):
        states_in(other)


@pytest.mark.parametrize(
    ("expression", "query"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "-is:unread"),
        ('unread = "no"', "is:read"),
        ('title =~ "Linux"', "title:/Linux/"),
        ('title !~ "a/b"', r"-title:/a\/b/"),
        ('title = "C++ (2.0)"', r"title:/^C\+\+ \(2\.0\)$/"),
        ('title # "word"', r"title:/(^|\s)word(\s|$)/"),
        (r'title =~ "\<say \"hi\""', r'title:/\bsay "hi"/'),
        ('author == "Jane"', "author:/^Jane$/"),
        ('content =~ "x"', "/x/"),
        ('link =~ "^https://example\\.org/live"', "url:https://example.org/live"),
        ('flags # "s"', "is:starred"),
        ('flags = ""', "-is:starred"),
        ('enclosure_url != ""', "has:enclosure"),
        ('feedtitle =~ "Heise News"', 'feed:"Heise News"'),
        ('tags # "my tag"', 'category:"my tag"'),
        ('tags !# "news"', "-category:news"),
        ("age < 7", "age:<7d"),
        ("age <= 7", "age:<8d"),
        ("age > 7", "age:>8d"),
        ("age >= 7", "age:>7d"),
        ("age between 0:10", "age:<11d"),
        ("age = 3", "(age:>3d age:<4d)"),
        ("age != 3", "-(age:>3d age:<4d)"),
        ('title="a"and unread="yes"', "title:/^a$/ is:unread"),
        ('title =~ "a" or title =~ "b" and unread = "yes"', "(title:/a/ OR title:/b/) is:unread"),
        ('title =~ "a" and unread = "yes" or age < 1', "(title:/a/ is:unread) OR age:<1d"),
        ('title =~ "a" or (unread = "yes" and age < 1)', "title:/a/ OR (is:unread age:<1d)"),
        ('((title =~ "a"))', "title:/a/"),
    ],
)
def test_filters_that_have_a_counterpart(expression: str, query: str) -> None:
    assert translate(expression).query == query
    assert parse_query(query).mistakes == ()


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "title",
        "title =~ Linux",
        'title ~ "x"',
        'title =~ "("',
        'title =~ ""',
        'title AND "x"',
        'unread = "maybe"',
        "unread_count > 0",
        'rssurl =~ "x"',
        'guid = "x"',
        'enclosure_type =~ "audio"',
        'link =~ "a|b"',
        'link =~ "x$"',
        'tags =~ "a.*b"',
        'feedtitle =~ "^x$"',
        'age =~ "x"',
        "age between 5:1",
        'nothing = "x"',
        'title = "x" unread = "yes"',
        '(title = "x"',
        'title = "x")',
        'not title = "x"',
        "(" * 200,
        'title = "' + "x" * 5000 + '"',
    ],
)
def test_filters_that_have_none_are_refused(expression: str) -> None:
    with pytest.raises(Untranslatable, match=r"\w"):
        translate(expression)


_COMPARISONS = st.sampled_from(
    [
        'unread = "yes"',
        'title =~ "a b"',
        'author !~ "x"',
        "age < 3",
        "age between 2:5",
        'tags # "t u"',
    ]
)
_EXPRESSIONS = st.recursive(
    _COMPARISONS,
    lambda inner: st.builds(
        lambda a, joint, b: f"( {a} ) {joint} {b}", inner, st.sampled_from(["and", "or"]), inner
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(_EXPRESSIONS)
def test_every_translation_is_a_query_without_mistakes(expression: str) -> None:
    assert parse_query(translate(expression).query).mistakes == ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list('title=~"ab()< >1:and or#\\!')), max_size=40))
def test_any_expression_is_translated_or_refused(expression: str) -> None:
    try:
        query = translate(expression).query
    except Untranslatable:
        return
    assert parse_query(query).mistakes == ()


@pytest.mark.parametrize(
    ("line", "tokens"),
    [
        ("a b\tc", ["a", "b", "c"]),
        ('a "b c" d', ["a", "b c", "d"]),
        (r'"a \"b\" \\. \n" c', ['a "b" \\. \n', "c"]),
        ("a # b", ["a"]),
        ("a#b c", ["a#b", "c"]),
        ('"never closed', ["never closed"]),
        ('""', [""]),
        ("  ", []),
    ],
)
def test_words_of_a_line(line: str, tokens: list[str]) -> None:
    assert newsboat.tokens_of(line) == tokens


@pytest.fixture
def server() -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(DATA / "feeds"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed")
def test_a_cache_that_newsboat_writes_now(tmp_path: Path, server: str) -> None:
    names = ("podcast.rss", "planet.atom", "headlines.rdf", "video.atom")
    (tmp_path / "urls").write_text("".join(f"{server}/{name}\n" for name in names))
    (tmp_path / "config").touch()
    subprocess.run(
        ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"],
        cwd=tmp_path,
        check=True,
        timeout=60,
        env={"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    states = states_in(tmp_path / "cache.db")
    for name in names:
        url = f"{server}/{name}"
        parsed = feed.parse((DATA / "feeds" / name).read_bytes(), url=url, now=NOW)
        assert set(states[url]) == {article.identity for article in parsed.articles}
