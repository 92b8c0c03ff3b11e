"""Words are the same for the index and for the matcher."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.words import (
    FTS_TOKENIZER,
    MAX_WORD,
    ascii_lower,
    fold,
    found,
    haystack,
    key,
    phrase,
    spans,
    tokens,
)

CURIOUS = (
    "aZéß ÉİıŁøſ\u0301\u0308\u00ad\u200b\u200d\ufe0fﬁ½①²ＡｶﾞﾟガアЙйёΣς"
    "東京都한ㅎㅏไทยक्षিি١٢\ud800\x00'’-_.🎉"
)
texts = st.text(st.sampled_from(CURIOUS) | st.characters(), max_size=40)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE word USING fts5 (text, content='', tokenize='{FTS_TOKENIZER}')"
        )
        connection.execute("CREATE VIRTUAL TABLE seen USING fts5vocab (word, 'instance')")
        yield connection


def indexed(index: sqlite3.Connection, text: str) -> list[str]:
    index.execute("INSERT INTO word (word) VALUES ('delete-all')")
    index.execute("INSERT INTO word (rowid, text) VALUES (1, ?)", (fold(text),))
    return [row[0] for row in index.execute("SELECT term FROM seen ORDER BY doc, offset")]


@given(text=texts)
def test_full_text_index_splits_into_exactly_the_tokens(
    index: sqlite3.Connection, text: str
) -> None:
    assert indexed(index, text) == tokens(text)


@given(
    text=texts,
    wanted=texts,
    prefix=st.booleans(),
    cut=st.tuples(st.integers(0, 40), st.integers(0, 5)),
)
def test_full_text_index_finds_what_the_matcher_finds(
    index: sqlite3.Connection, text: str, wanted: str, prefix: bool, cut: tuple[int, int]
) -> None:
    for sought in (phrase(wanted, prefix=prefix), phrase(text[cut[0] :][: cut[1]], prefix=prefix)):
        if sought.tokens:
            indexed(index, text)
            asked = f'"{" ".join(sought.tokens)}"' + ("*" if sought.prefix else "")
            rows = index.execute("SELECT rowid FROM word WHERE word MATCH ?", (asked,)).fetchall()
            assert bool(rows) == found(sought, haystack(text))


@given(text=texts)
def test_spans_are_the_tokens_with_their_place(text: str) -> None:
    seen = list(spans(text))
    assert [span.token for span in seen] == tokens(text)
    assert all(0 <= span.start < span.end <= len(text) for span in seen)


@given(text=texts)
def test_fold_can_be_encoded_and_a_key_is_its_own_key(text: str) -> None:
    fold(text).encode()
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café Müller’s naïve", ["cafe", "muller", "s", "naive"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Ærø Łódź Đà Nẵng", ["aero", "lodz", "da", "nang"]),
        ("ﬁne Ｗｉｄｅ", ["fine", "wide"]),
        ("Bundes\u00adtag", ["bundestag"]),
        ("İstanbul", ["istanbul"]),
        ("Ёлка ёлка", ["елка", "елка"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("الأَخْبَار", ["الاخبار"]),
        ("東京都", ["東京", "京都", "都"]),
        ("AI技術", ["ai", "技術", "術"]),
        ("ｶﾞ", ["ガ"]),
        ("C++ 3.14", ["c", "3", "14"]),
        ("🎉 — …", []),
    ],
)
def test_words_of(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("cafe", "Un CAFÉ noir", True),
        ("cafe noir", "Un CAFÉ noir", True),
        ("noir cafe", "Un CAFÉ noir", False),
        ("caf", "Un CAFÉ noir", False),
        ("京都", "東京都庁", True),
        ("京", "東京都庁", True),
        ("庁", "東京都庁", True),
        ("東都", "東京都庁", False),
        ("東京都", "東京 都", False),
        ("한국", "한국은 크다", True),
        ("tower東", "the tower東京", True),
    ],
)
def test_phrase_is_found(wanted: str, text: str, expected: bool) -> None:
    assert found(phrase(wanted), haystack(text)) is expected


def test_a_prefix_goes_on_a_phrase_without_words_is_nowhere() -> None:
    assert found(phrase("caf", prefix=True), haystack("café"))
    assert found(phrase("un caf", prefix=True), haystack("Un CAFÉ"))
    assert not found(phrase("🎉", prefix=True), haystack("🎉 party"))


def test_long_words_count_by_their_beginning() -> None:
    assert tokens("a" * 9000 + " b") == ["a" * MAX_WORD, "b"]
    assert [span.token for span in spans("é" + "a" * 9000)] == tokens("é" + "a" * 9000)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("  Climate\n Change ", "climate change"), ("C++", "c++"), ("🎉", "🎉"), ("Éco", "eco"),
     ("a,b", "a,b"), ("東京", "東京"), ("ＮＡＴＯ", "nato")],
)  # fmt: skip
def test_key_of_a_name(name: str, expected: str) -> None:
    assert key(name) == expected


def test_ascii_lower_is_what_sqlite_does() -> None:
    with sqlite3.connect(":memory:") as connection:
        text = "ABC É İ Σ ß Z"
        assert connection.execute("SELECT lower(?)", (text,)).fetchone() == (ascii_lower(text),)
