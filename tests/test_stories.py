"""The same article twice is one, different ones stay two; reports of one event come together."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.stories import (
    SKETCH,
    Copy,
    Report,
    Stories,
    Terms,
    Waiting,
    fingerprint,
    queue,
    reading_minutes,
    resemblance,
    same,
    terms,
)
from reader.text.topics import candidates

NOW = datetime(2026, 3, 29, 12, tzinfo=UTC)
RANDOM = random.Random(7)
VOCABULARY = [
    "".join(RANDOM.choice("bdfgklmnprstvz") + RANDOM.choice("aeiou") for _ in range(syllables))
    for syllables in (2, 3, 4)
    for _ in range(2000)
]


def prose(words: int, seed: int) -> list[str]:
    source = random.Random(seed)
    return [source.choice(VOCABULARY) for _ in range(words)]


def edited(words: list[str], share: float, seed: int) -> list[str]:
    source = random.Random(seed)
    return [source.choice(VOCABULARY) if source.random() < share else word for word in words]


def copy(feed_id: int, title: str, text: str, link: str = "") -> Copy:
    return Copy(feed_id, link, fingerprint(title, text))


TEXT = " ".join(prose(250, 1))


def test_a_link_makes_two_one() -> None:
    link = "https://x.org/news/1"
    reason = same(copy(1, "One", "short", link), copy(2, "Other", TEXT, link))
    assert str(reason) == "same link"
    assert same(copy(1, "One", "a", link), copy(1, "One", "a", link)) is None
    assert (
        same(copy(1, "One", "a", "https://x.org/"), copy(2, "Two", "b", "https://x.org/")) is None
    )
    assert same(copy(1, "One", "a"), copy(2, "Two", "b")) is None


def test_title_and_near_same_text_make_two_one() -> None:
    words = prose(250, 1)
    near = " ".join(edited(words, 0.05, 2))
    reason = same(copy(1, "Rutte warns Europe", TEXT), copy(2, "RUTTE warns Europe!", near))
    assert reason is not None
    assert reason.kind == "text"
    assert str(reason).startswith("same title, ")
    outlet = copy(3, "Rutte warns Europe again today - The Guardian", TEXT)
    assert same(copy(1, "Rutte warns Europe again today", TEXT), outlet) is not None


def test_a_teaser_and_its_article_are_one() -> None:
    words = prose(250, 1)
    teaser = " ".join(words[:30])
    reason = same(copy(1, "Rutte warns", teaser), copy(2, "Rutte warns", TEXT))
    assert str(reason) == "same title, and one text begins the other"


@pytest.mark.parametrize(
    ("title", "one", "other"),
    [
        ("Weekly links", " ".join(prose(200, 3)), " ".join(prose(200, 4))),
        ("Weekly links", "Here are some links " * 2, "Here are some links " * 2),
        ("Weekly links", "", ""),
        ("Weekly links", " ".join(prose(30, 5)), " ".join(prose(200, 6))),
        ("", TEXT, TEXT),
        ("Half of it is new", TEXT, " ".join(edited(prose(250, 1), 0.4, 9))),
    ],
)
def test_different_articles_of_one_title_stay_two(title: str, one: str, other: str) -> None:
    assert same(copy(1, title, one), copy(2, title, other)) is None


def test_another_title_stays_another_article() -> None:
    assert same(copy(1, "One", TEXT), copy(2, "Two", TEXT)) is None


@given(share=st.sampled_from((0.0, 0.02, 0.05, 0.1, 0.3, 0.9)), seed=st.integers(0, 50))
def test_resemblance_is_near_the_true_share(share: float, seed: int) -> None:
    one = prose(250, seed)
    other = edited(one, share, seed + 1)

    def shingles(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}

    true = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
    prints = [fingerprint("x", " ".join(words)) for words in (one, other)]
    assert all(len(p.sketch) <= SKETCH for p in prints)
    assert abs(resemblance(prints[0].sketch, prints[1].sketch) - true) < 0.25


@given(one=st.text(max_size=200), other=st.text(max_size=200))
def test_being_the_same_goes_both_ways(one: str, other: str) -> None:
    left, right = copy(1, one[:9], one), copy(2, other[:9], other)
    assert same(left, right) == same(right, left)
    assert resemblance(left.fingerprint.sketch, left.fingerprint.sketch) in (0.0, 1.0)


def headline(
    feed_id: int, title: str, *, text: str = "", hours: float = 0, lang: str = "en"
) -> Report:
    topics = candidates(title, text, lang)
    return Report(feed_id, NOW + timedelta(hours=hours), terms(title, topics))


def test_reports_of_one_event_come_together_across_languages() -> None:
    stories = Stories()
    first, _ = stories.add(1, headline(1, "Trump to meet Rutte at the White House to discuss NATO"))
    stories.add(2, headline(2, "Dutch farmers block roads in protest at nitrogen rules"))
    story, reason = stories.add(
        3, headline(3, "Trump ontvangt Rutte in Witte Huis over NAVO", hours=5, lang="nl")
    )
    assert story == first
    assert reason is not None
    assert {"trump", "rutte"} < set(reason.shared) | {"nato", "white house"}
    assert str(reason).startswith("both about ")
    assert stories.outlets(first) == 2


def test_events_of_another_day_and_other_news_of_the_same_people_stay_apart() -> None:
    stories = Stories()
    title = "Trump to meet Rutte at the White House to discuss NATO"
    stories.add(1, headline(1, title))
    assert stories.add(2, headline(2, title, hours=80))[0] == 2
    assert stories.add(3, headline(3, "Trump and Rutte praise Zelensky in Ukraine speech"))[0] == 3
    assert stories.add(4, headline(4, "Weekly links"))[0] == 4
    assert stories.add(5, headline(5, "Weekly links"))[0] == 5


def test_five_hundred_changed_headlines_are_found_among_five_thousand() -> None:
    titles = [prose(8, seed) for seed in range(5000)]
    stories = Stories()
    started = time.process_time()
    joined = 0
    for number, title in enumerate(titles):
        story, _ = stories.add(number, headline_of(title, number % 200))
        joined += story != number
    source = random.Random(3)
    right = 0
    for count, number in enumerate(source.sample(range(5000), 500)):
        changed = list(titles[number])
        changed[source.randrange(8)] = source.choice(VOCABULARY)
        right += stories.add(10_000 + count, headline_of(changed, 999))[0] == number
    assert (joined, right) == (0, 500)
    assert time.process_time() - started < 60


def headline_of(words: list[str], feed_id: int) -> Report:
    return Report(feed_id, NOW, terms(" ".join(words), ()))


def test_a_word_in_every_headline_costs_little() -> None:
    stories = Stories()
    started = time.process_time()
    for number in range(1500):
        words = Terms(("trump",), ("says", "today", f"word{number}"))
        stories.add(number, Report(number, NOW, words))
    assert time.process_time() - started < 60


def waiting(article_id: int, words: int = 230, *, days: float = 0, starred: bool = False,
            tags: tuple[str, ...] = (), story: int = 0, outlets: int = 1) -> Waiting:  # fmt: skip
    return Waiting(
        id=article_id,
        published=NOW - timedelta(days=days),
        words=words,
        starred=starred,
        tags=tags,
        story=story,
        outlets=outlets,
    )


def test_the_queue_holds_what_is_worth_most_and_fits() -> None:
    articles = [
        waiting(1, days=9),
        waiting(2, starred=True),
        waiting(3, tags=("nato",)),
        waiting(4, story=7, outlets=6),
        waiting(5, story=7, outlets=6, days=1),
        waiting(6, words=9000),
    ]
    chosen = queue(articles, 4, now=NOW, tag_weights={"nato": 1.0})
    assert set(chosen.ids) == {1, 2, 3, 4}
    assert chosen.ids[-1] == 1
    assert chosen.minutes == 4
    assert chosen.rest == (5, 6)


def test_a_queue_is_never_empty_where_there_is_something_to_read() -> None:
    assert queue([waiting(1, words=9000)], 5, now=NOW, tag_weights={}).ids == (1,)
    assert queue([], 5, now=NOW, tag_weights={}).ids == ()
    assert queue([waiting(1)], 0, now=NOW, tag_weights={}).ids == ()


@given(
    articles=st.lists(
        st.builds(
            waiting,
            st.integers(1, 10**6),
            st.integers(0, 3000),
            days=st.floats(-1, 400),
            starred=st.booleans(),
            tags=st.lists(st.sampled_from(("a", "b")), max_size=2).map(tuple),
            story=st.integers(0, 3),
            outlets=st.integers(1, 9),
        ),
        max_size=30,
        unique_by=lambda article: article.id,
    ),
    minutes=st.integers(0, 60),
)
def test_queue_and_rest_are_all_there_is(articles: list[Waiting], minutes: int) -> None:
    chosen = queue(articles, minutes, now=NOW, tag_weights={"a": 1.0, "b": -2.0})
    assert sorted((*chosen.ids, *chosen.rest)) == sorted(article.id for article in articles)
    spent = sum(reading_minutes(article.words) for article in articles if article.id in chosen.ids)
    assert spent == pytest.approx(chosen.minutes)
    assert spent <= minutes or len(chosen.ids) == 1
    told = [article.story for article in articles if article.id in chosen.ids and article.story]
    assert len(told) == len(set(told))
    assert queue(articles, minutes, now=NOW, tag_weights={"a": 1.0, "b": -2.0}) == chosen
