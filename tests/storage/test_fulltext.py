import pytest

from reader.library import Library
from reader.model.errors import SearchStopped
from reader.model.scope import Scope
from reader.storage import articles, feeds, fulltext
from reader.storage.intents import Replace, Store, incoming
from reader.text.terminal import SafeText
from tests.storage.filling import NOW, article, brought, fill


def found(library: Library, query: str) -> list[int]:
    return list(library.list_ids(Scope(query=query)))


def test_words_are_found_in_title_author_and_text(library: Library) -> None:
    ids = fill(
        library,
        [
            article(1, title="Café in Zürich", body="<p>Tea &amp; cake</p>"),
            article(2, title="Other", authors=(SafeText("Zoë Zürcher"),)),
            article(3, title="東京都の天気", body="<p>今日は晴れです</p>"),
        ],
    )
    assert found(library, "cafe zurich") == [ids[0]]
    assert found(library, "cake") == [ids[0]]
    assert found(library, "author:zoe") == [ids[1]]
    assert found(library, "title:zoe") == []
    assert found(library, "京都") == [ids[2]]
    assert found(library, "晴れ") == [ids[2]]
    assert found(library, '"tea cake"') == [ids[0]]
    assert found(library, '"cake tea"') == []


def test_a_replaced_text_is_found_by_its_new_words_only(library: Library) -> None:
    (one,) = fill(library, [article(1, body="<p>before</p>")])
    new = brought(article(1, body="<p>afterwards</p>"))
    with library.store.write() as connection:
        source = feeds.sources(connection)[0]
        articles.apply(connection, source.id, [Replace(one, new)], library.writer("update"))
    assert found(library, "before") == []
    assert found(library, "afterwards") == [one]


def test_the_index_follows_behind_and_says_so(library: Library) -> None:
    wanted = [article(n, body=f"<p>needle<script>thread</script> {n}</p>") for n in range(7)]
    with library.store.write() as connection:
        source = feeds.add_source(connection, "web", "https://example.org/feed", NOW)
        new = articles.apply(
            connection,
            source.id,
            [Store(incoming(one)) for one in wanted],
            library.writer("update"),
        ).new
        articles.apply(
            connection,
            source.id,
            [Replace(new[0], incoming(article(0, body="<p>other</p>")))],
            library.writer("update"),
        )
    with library.store.read() as connection:
        assert not fulltext.is_complete(connection)
    assert found(library, "needle") == []
    assert [fulltext.catch_up(library.store, 3) for _ in range(4)] == [3, 3, 1, 0]
    with library.store.read() as connection:
        assert fulltext.is_complete(connection)
    assert sorted(found(library, "needle")) == sorted(new[1:])
    assert found(library, "other") == [new[0]]
    assert found(library, "thread") == []


def test_a_query_with_mistakes_filters_by_what_is_left(library: Library) -> None:
    ids = fill(library, [article(1, title="Apples"), article(2, title="Pears")])
    assert found(library, "apples words:many") == [ids[0]]
    assert found(library, "((apples") == [ids[0]]


def test_long_queries_are_answered(library: Library) -> None:
    ids = fill(library, [article(1, title="Apples")])
    assert found(library, " OR ".join(f"word{n}" for n in range(400)) + " OR apples") == [ids[0]]
    assert found(library, " ".join("apples" for _ in range(400))) == [ids[0]]
    assert found(library, "-" + " -".join(f"word{n}" for n in range(400))) == [ids[0]]
    assert found(library, "(" * 39 + "apples" + ")" * 39) == [ids[0]]


def test_the_best_hits_come_first_when_asked(library: Library) -> None:
    body = "<p>apples and so many other words that it is hardly about them</p>"
    ids = fill(
        library,
        [article(1, title="Pears", body=body), article(2, title="Apples", body="<p>apples</p>")],
    )
    assert found(library, "apples") == [ids[0], ids[1]]
    assert found(library, "apples sort:score") == [ids[1], ids[0]]
    paged = library.list_ids(Scope(query="apples sort:score"), limit=1)
    rest = library.list_ids(Scope(query="apples sort:score"), limit=1, after=paged[0])
    assert [*paged, *rest] == [ids[1], ids[0]]


def test_a_search_stops_when_its_answer_is_no_longer_wanted(library: Library) -> None:
    fill(library, [article(n) for n in range(400)])
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    with pytest.raises(SearchStopped):
        library.list_ids(Scope(query="/article 1{5}/"), stop=stop)
    assert len(library.list_ids(Scope(query="title:/ 39[0-9]/"))) == 10


def test_snippets_show_where_the_words_stand(library: Library) -> None:
    ids = fill(
        library,
        [article(1, body="<p>Tea &amp; <b>Čake</b> for all</p>"), article(2, body="<p>Tea</p>")],
    )
    found = library.snippets(ids, "cake -coffee")
    assert list(found) == [ids[0]]
    (start, end), *_ = found[ids[0]].hits
    assert found[ids[0]].text[start:end] == "Čake"
    assert library.snippets(ids, "is:unread") == {}


def test_names_that_are_used_most_come_first(library: Library) -> None:
    fill(
        library,
        [
            article(1, tags=["NATO"], feed="A", link="https://www.bbc.co.uk/1"),
            article(2, tags=["nature", "NATO"], feed="B"),
            article(3, feed="B", authors=(SafeText("Zoë"),), language="nl-BE"),
        ],
    )
    assert library.names("tag", "na") == ["NATO", "nature"]
    assert library.names("feed") == ["B", "A"]
    assert library.names("author", "zo") == ["Zoë"]
    assert library.names("site") == ["bbc.co.uk", "example.org"]
    assert library.names("lang", "nl") == ["nl-BE"]
    assert library.names("category") == []
