"""Addresses in hyperlinks of terminals are ASCII that prints, and lead where the link does."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.hyperlink import LONGEST, hyperlink
from reader.text.urls import absolute, openable


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a;b=c;d?e;f#g",
        "HTTPS://EXAMPLE.ORG/%9C%1B%5D",
        "mailto:someone@example.org?subject=Hi",
        "https://[2001:db8::1]:8080/x",
        "https://user@example.org/",
    ],
)
def test_what_is_ascii_stays_as_it_is(url: str) -> None:
    assert hyperlink(url) == url


@pytest.mark.parametrize(
    ("url", "written"),
    [
        (
            "https://пример.испытание/путь?ж=é#ß",
            "https://xn--e1afmkfd.xn--80akhbyknj4f/%D0%BF%D1%83%D1%82%D1%8C?%D0%B6=%C3%A9#%C3%9F",
        ),
        ("https://example.org/日本", "https://example.org/%E6%97%A5%E6%9C%AC"),
        ("https://example.org/100%/é", "https://example.org/100%/%C3%A9"),
        ("mailto:é@example.org", "mailto:%C3%A9@example.org"),
    ],
)
def test_letters_beyond_ascii_are_encoded(url: str, written: str) -> None:
    assert hyperlink(url) == written


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.org/\x1b\\\x1b]52;c;aGk=\x07",
        "https://example.org/\x9c\x9d52;c;aGk=",
        "https://example.org/a b",
        "https://exa\u202emple.org/",
        "https://example.org/\ud83d",
        "https://user@пример.испытание/",
        "https://" + "ж" * 70 + ".org/",
        "https://example.org/" + "a" * LONGEST,
        "https://example.org/" + "字" * (LONGEST // 8),
    ],
    ids=ascii,
)
def test_what_is_none(url: str) -> None:
    assert hyperlink(url) == ""


@given(
    st.sampled_from(["https://", "http://example.org/", "mailto:a@b.c?subject=", ""]),
    st.text(st.characters() | st.sampled_from("\x1b\x07\x9c\x9d\\];/?#%@:жé.")),
)
def test_nothing_that_ends_a_sequence_passes(start: str, text: str) -> None:
    for url in (start + text, absolute(start + text, "https://example.org/x/")):
        written = hyperlink(url)
        assert re.fullmatch("[!-~]{0,500}", written)
        if written:
            assert openable(url)
            assert openable(written)
            if not url.startswith("mailto") and "%" not in url:
                assert unquote(urlsplit(written).path) == urlsplit(url).path
