"""What feeds say, language by language, and what articles come of it."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model.article import Enclosure, RawArticle
from reader.sources import feed
from reader.sources.feed import ParsedFeed

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
URL = "https://feeds.example.org/all/feed.xml"
DATA = Path(__file__).parents[1] / "data" / "feeds"


def parse(document: str | bytes, *, url: str = URL, content_type: str = "") -> ParsedFeed:
    data = document.encode() if isinstance(document, str) else document
    return feed.parse(data, url=url, content_type=content_type, now=NOW)


def read(name: str) -> ParsedFeed:
    return parse((DATA / name).read_bytes())


def only(document: str) -> RawArticle:
    (article,) = parse(document).articles
    return article


def rss(items: str, channel: str = "") -> str:
    return f'<rss version="2.0"><channel><title>T</title>{channel}{items}</channel></rss>'


def atom(entries: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entries}</feed>'


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_a_podcast() -> None:
    parsed = read("podcast.rss")
    assert (parsed.form, parsed.title, parsed.site) == (
        "rss",
        "De Lange Adem",
        "https://pod.example.org/",
    )
    assert parsed.self_url == "https://pod.example.org/feed.xml"
    assert parsed.hub == "https://hub.example.org/"
    assert (parsed.language, parsed.ttl_s, parsed.update_period_s) == ("nl", 5400, 21600)
    assert (parsed.skip_hours, parsed.skip_days) == ((0, 3), (5, 6))
    assert parsed.problems == ()
    twelve, eleven = parsed.articles
    assert twelve == RawArticle(
        identity="adem-12",
        title="Aflevering 12: De rivier & de stad",
        link="https://pod.example.org/afleveringen/12",
        base="https://pod.example.org/afleveringen/12",
        body='<p>Over de rivier.</p><p>Met <a href="shownotes">notities</a>.</p>',
        kind="html",
        summary="Over de rivier.",
        published=at(11, 5),
        date_source="given",
        authors=("Anna de Vries",),
        tags=("water", "stad"),
        language="nl",
        image="https://pod.example.org/12.jpg",
        comments="https://pod.example.org/afleveringen/12#reacties",
        enclosures=(
            Enclosure(
                url="https://cdn.example.org/12.mp3",
                mime="audio/mpeg",
                size=34567890,
                seconds=3723,
                title="Season 2, episode 12",
            ),
            Enclosure(url="https://pod.example.org/12.vtt", mime="text/vtt", title="Transcript"),
        ),
    )
    assert eleven.link == "https://pod.example.org/afleveringen/11"
    assert (eleven.body, eleven.kind) == ("Regel één\nRegel twee", "text")
    assert eleven.enclosures == (
        Enclosure(url="https://cdn.example.org/11.m4a", mime="audio/mp4", seconds=3723),
    )


def test_a_planet_of_several_blogs() -> None:
    parsed = read("planet.atom")
    assert (parsed.title, parsed.site) == ("Planet Example", "https://planet.example.org/")
    assert parsed.self_url == "https://planet.example.org/feed/atom.xml"
    one, two = parsed.articles
    assert one.title == "Writing <b> in HTML"
    assert one.link == "https://blog.example.net/posts/one.html"
    assert one.comments == "https://blog.example.net/posts/one.html#comments"
    assert one.base == "https://blog.example.net/posts/images/"
    assert (
        one.body == '<p>Use <code>&lt;b&gt;</code><br><img src="b.png" alt="a &quot;b&quot;"></p>'
    )
    assert (one.summary, one.kind) == ("How to write it.", "html")
    assert (one.authors, one.outlet) == (("Jane Doe",), "Example Blog")
    assert one.tags == ("HTML & co",)
    assert (one.published, one.updated, one.date_source) == (at(20, 9), at(20, 9), "given")
    assert one.enclosures == (
        Enclosure(url="https://blog.example.net/posts/one.mp4", mime="video/mp4", size=99),
    )
    assert (two.authors, two.outlet) == (("Planet Robot",), "")
    assert (two.body, two.kind) == ("1 < 2", "text")
    assert (two.published, two.updated) == (at(19, 10), at(19, 12))


def test_a_video_channel() -> None:
    (article,) = read("video.atom").articles
    assert article.body.startswith("A canal lock in nine minutes.\n\nChapters")
    assert article.kind == "text"
    assert article.image == "https://img.example.org/vi/xyz/hqdefault.jpg"
    assert article.enclosures == ()
    assert article.identity == "yt:video:xyz"


def test_rdf_in_an_old_encoding() -> None:
    parsed = read("headlines.rdf")
    assert (parsed.form, parsed.title, parsed.language) == ("rdf", "Café Nieuws", "nl")
    (article,) = parsed.articles
    assert article.title == "Eén kop"
    assert article.authors == ("Piet", "Klaas")
    assert article.published == at(1, 7)
    assert article.identity == "https://rdf.example.org/1"
    assert article.tags == ("economie",)


def test_json_feed() -> None:
    parsed = read("blog.json")
    assert (parsed.form, parsed.title, parsed.language) == ("json", "JSON Blog", "en")
    assert parsed.self_url == "https://json.example.org/feed.json"
    assert parsed.hub == "https://hub.example.org/"
    seven, six = parsed.articles
    assert seven == RawArticle(
        identity="7",
        title="Seven",
        link="https://json.example.org/posts/7",
        base="https://json.example.org/posts/7",
        body="<p>Seven <b>things</b></p>",
        kind="html",
        summary="A list",
        published=at(5, 15),
        updated=at(6, 15),
        date_source="given",
        authors=("Ann", "Bob"),
        tags=("one", "two"),
        language="fr",
        image="https://json.example.org/img/7.png",
        enclosures=(
            Enclosure(
                url="https://json.example.org/audio/7.mp3",
                mime="audio/mpeg",
                size=1234,
                seconds=62,
                title="Read aloud",
            ),
        ),
    )
    assert six.link == "https://other.example.com/"
    assert six.identity == "https://json.example.org/posts/6"
    assert (six.body, six.kind, six.authors) == ("A note & no title", "text", ("The Editors",))


def test_channel_definition_format() -> None:
    article = only(
        '<CHANNEL HREF="https://cdf.example.org/"><TITLE>Old</TITLE>'
        '<ITEM HREF="https://cdf.example.org/1" LASTMOD="1999-01-01T00:00"><TITLE>One</TITLE>'
        "<ABSTRACT>It was new once</ABSTRACT></ITEM></CHANNEL>"
    )
    assert (article.title, article.link) == ("One", "https://cdf.example.org/1")
    assert article.body == "It was new once"


def test_results_travel_between_processes() -> None:
    parsed = read("planet.atom")
    assert pickle.loads(pickle.dumps(parsed)) == parsed


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("<![CDATA[<em>Bold</em> &amp; true]]>", "Bold & true"),
        ("Use the &lt;b&gt; tag", "Use the <b> tag"),
        ("I &lt;3 feeds, x &lt; y &gt; z", "I <3 feeds, x < y > z"),
        ("List&lt;String&gt; and Map&lt;K, V&gt;", "List<String> and Map<K, V>"),
        ("caf&#233; &amp;eacute;t&amp;eacute;", "café été"),
        ("plain <i>inline</i> markup", "plain inline markup"),
        ("a&lt;script&gt;alert(1)&lt;/script&gt;b", "ab"),
    ],
)
def test_titles_of_rss_are_text_or_html_as_they_look(title: str, shown: str) -> None:
    assert only(rss(f"<item><title>{title}</title></item>")).title == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<title>Use &lt;b&gt; and &lt;/b&gt;</title>", "Use <b> and </b>"),
        ('<title type="text">Q&amp;amp;A</title>', "Q&A"),
        (
            '<title type="html">Less: &amp;lt;b&amp;gt; &lt;i&gt;more&lt;/i&gt;</title>',
            "Less: <b> more",
        ),
        (
            '<title type="xhtml"><b xmlns="http://www.w3.org/1999/xhtml">a <i>b</i></b></title>',
            "a b",
        ),
        ('<title type="text/html" mode="escaped">&lt;b&gt;x&lt;/b&gt;</title>', "x"),
    ],
)
def test_titles_of_atom_are_what_they_say_they_are(title: str, shown: str) -> None:
    assert only(atom(f"<entry>{title}</entry>")).title == shown


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>jane@example.org (Jane Doe)</author>", "Jane Doe"),
        ("<author>Jane Doe &lt;jane@example.org&gt;</author>", "Jane Doe"),
        ("<author>Jane Doe (jane@example.org)</author>", "Jane Doe"),
        ("<author>noreply@example.org</author>", "noreply@example.org"),
        ("<author>Jane Doe</author>", "Jane Doe"),
        ("<author><name>Jane</name><email>j@example.org</email></author>", "Jane"),
    ],
)
def test_authors(author: str, name: str) -> None:
    assert only(rss(f"<item><title>x</title>{author}</item>")).authors == (name,)


def test_the_fuller_text_is_the_body() -> None:
    wordpress = only(
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        "<description>Short &lt;a&gt;</description>"
        "<content:encoded>&lt;p&gt;Long text&lt;/p&gt;</content:encoded></item></channel></rss>"
    )
    assert (wordpress.body, wordpress.summary) == ("<p>Long text</p>", "Short <a>")
    long = "The whole story. " * 30
    teaser = only(
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        f"<description>{long}</description>"
        "<content:encoded>Read on</content:encoded></item></channel></rss>"
    )
    assert (teaser.body, teaser.summary) == (long.strip(), "Read on")
    repeated = only(
        atom("<entry><summary>Begin…</summary><content>Begin and end</content></entry>")
    )
    assert (repeated.body, repeated.summary) == ("Begin and end", "")


def test_relative_links_of_rss_start_at_the_site() -> None:
    article = only(
        rss(
            "<item><title>x</title><link>posts/1.html</link></item>",
            "<link>https://site.example.org/</link>",
        )
    )
    assert article.link == "https://site.example.org/posts/1.html"
    assert article.base == article.link


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://", " "]
)
def test_links_that_no_browser_may_open_are_none(link: str) -> None:
    article = only(rss(f"<item><title>x</title><link>{link}</link></item>"))
    assert (article.link, article.identity) == ("", "")


def test_feedburner_links_lead_to_the_page_itself() -> None:
    article = only(
        '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        "<link>http://feedproxy.example.org/~r/x/1</link>"
        "<feedburner:origLink>https://example.org/1</feedburner:origLink></item></channel></rss>"
    )
    assert article.link == "https://example.org/1"


@pytest.mark.parametrize(
    ("date", "published", "problem"),
    [
        ("Sun, 15 Nov 2026 10:00:00 GMT", at(15, 10), False),
        ("Sun, 15 Nov 2026 10:00:00 +0200", at(15, 8), False),
        ("2026-11-15T10:00:00Z", at(15, 10), False),
        ("Fri, 13 Dec 1901 20:45:52 GMT", None, True),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, True),
        ("Sat, 01 Jan 2999 00:00:00 GMT", None, True),
        ("soon", None, True),
        ("", None, False),
    ],
)
def test_dates_that_cannot_be_are_missing(
    date: str, published: datetime | None, problem: bool
) -> None:
    article = only(rss(f"<item><title>x</title><pubDate>{date}</pubDate></item>"))
    assert article.published == published
    assert article.date_source == ("given" if published else "seen")
    assert bool(article.problems) == problem


def test_an_item_without_anything_is_no_article() -> None:
    parsed = parse(rss("<item/><item> </item><item><title>x</title></item>"))
    assert [article.title for article in parsed.articles] == ["x"]
    assert parsed.problems == ("it has an item without anything in it",)


def test_different_articles_of_one_id_are_told_apart() -> None:
    items = [
        f"<item><guid>1</guid><title>{title}</title><link>https://example.org/{title}</link></item>"
        for title in ("a", "b", "a")
    ]
    parsed = parse(rss("".join(items)))
    assert [article.title for article in parsed.articles] == ["a", "b"]
    assert len({article.identity for article in parsed.articles}) == 2
    assert parsed.problems == ("it has 1 articles twice",)
    turned = parse(rss("".join(reversed(items[:2]))))
    assert {article.identity for article in turned.articles} == {
        article.identity for article in parsed.articles
    }


def test_ids_that_differ_by_case_are_different() -> None:
    parsed = parse(rss("<item><guid>aB</guid></item><item><guid>Ab</guid></item>"))
    assert [article.identity for article in parsed.articles] == ["aB", "Ab"]


def test_notes_without_title_that_link_to_one_page_stay_apart() -> None:
    item = "<item><link>https://example.org/status</link><description>{}</description></item>"
    parsed = parse(rss(item.format("up") + item.format("down")))
    assert [article.body for article in parsed.articles] == ["up", "down"]
    assert len({article.identity for article in parsed.articles}) == 2


def test_the_newest_of_very_many_articles_are_taken() -> None:
    days = [
        f"<item><guid>{n}</guid><pubDate>{1_700_000_000 + n}</pubDate></item>"
        for n in range(21_000)
    ]
    oldest_first = parse(rss("".join(days)))
    assert len(oldest_first.articles) == 10_000
    assert oldest_first.articles[-1].identity == "20999"
    assert "the newest 10000" in oldest_first.problems[0]
    newest_first = parse(rss("".join(reversed(days))))
    assert {article.identity for article in newest_first.articles} == {
        article.identity for article in oldest_first.articles
    }


@pytest.mark.parametrize(
    ("prefix", "declared"),
    [
        ("dc", 'xmlns:dc="http://purl.org/dc/elements/1.1/"'),
        ("dc", 'xmlns:dc="http://purl.org/dc/elements/1.1"'),
        ("core", 'xmlns:core="http://purl.org/dc/elements/1.1/"'),
        ("dc", ""),
        ("dc", 'xmlns:dc="http://wrong.example.org/"'),
    ],
)
def test_namespaces_whatever_their_prefix(prefix: str, declared: str) -> None:
    article = only(
        f"<rss {declared}><channel><item><title>x</title><{prefix}:creator>Jane</{prefix}:creator>"
        "</item></channel></rss>"
    )
    assert article.authors == ("Jane",)


def test_elements_of_other_namespaces_are_not_the_feeds() -> None:
    article = only(
        '<rss xmlns:x="http://other.example.org/"><channel><item><x:title>No</x:title>'
        "<title>Yes</title><x:link>https://no.example.org</x:link></item></channel></rss>"
    )
    assert (article.title, article.link) == ("Yes", "")


def test_pictures_are_not_listed_twice() -> None:
    article = only(
        rss(
            '<item><title>x</title><enclosure url="https://example.org/a.jpg" type="image/jpeg"/>'
            '<enclosure url="https://example.org/b.mp3" type="audio/mpeg"/></item>'
        )
    )
    assert article.image == "https://example.org/a.jpg"
    assert [file.url for file in article.enclosures] == ["https://example.org/b.mp3"]


def test_the_sender_knows_the_encoding_best() -> None:
    document = '<?xml version="1.0" encoding="utf-8"?>' + rss("<item><title>Ñandú</title></item>")
    data = document.encode("cp1252")
    assert parse(data, content_type="text/xml; charset=windows-1252").articles[0].title == "Ñandú"
    assert parse(data).articles[0].title == "Ñandú"


def test_windows_characters_that_were_written_as_code_points() -> None:
    article = only(rss("<item><title>it&#146;s \x93so\x94</title></item>"))
    assert article.title == "it’s “so”"
