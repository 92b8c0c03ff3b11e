"""URLs on their way to the wire."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import AddressRefused
from reader.net.address import join, parse, typed


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A?b#c", "https://example.org/A?b"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://example.org:/x", "http://example.org/x"),
        ("  http://example.org/a\tb\n ", "http://example.org/ab"),
        ("http://example.org/a b/ä?q=ü d", "http://example.org/a%20b/%C3%A4?q=%C3%BC%20d"),
        ("http://example.org/%7Ea/%zz", "http://example.org/%7Ea/%zz"),
        ('http://example.org/a"b<c>', "http://example.org/a%22b%3Cc%3E"),
        ("http://example.org?q", "http://example.org/?q"),
        ("http://user:pw@example.org/", "http://example.org/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"),
        ("http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/"),
        ("http://ＥＸＡＭＰＬＥ.org/", "http://example.org/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://[FE80::1%25eth0]/", "http://[fe80::1]/"),
        ("http://under_score.example.org/", "http://under_score.example.org/"),
        ("http://example.org./", "http://example.org./"),
        ("http://example.org\\@evil.org/", "http://evil.org/"),
    ],
)
def test_the_form_on_the_wire(url: str, wire: str) -> None:
    assert parse(url).url == wire


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("example.org", "scheme"),
        ("", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http:///path", "address"),
        ("http://", "address"),
        ("http://example.org:99999/", "address"),
        ("http://example.org:x/", "address"),
        ("http://[::1", "address"),
        ("http://[zz]/", "address"),
        ("http://exa mple.org/", "address"),
        ("http://example..org/", "address"),
        ("http://-/", "address"),
        ("http://" + "a" * 300 + ".org/", "address"),
        ("http://\u2044.org/", "address"),
        ("http://example.org%2fevil/", "address"),
        ("http://example.org%00/", "address"),
        ("http://example.org/" + "a" * 9000, "long-address"),
    ],
)
def test_what_is_refused(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        parse(url)
    assert caught.value.code == code


@given(st.text(max_size=80))
def test_whatever_passes_is_plain_ascii_that_says_where_it_goes(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}", f"http://a@{text}:80/"):
        try:
            address = parse(url)
        except AddressRefused:
            continue
        assert address.url.isascii()
        assert not any(ord(character) <= 32 or character == "\x7f" for character in address.url)
        parts = urlsplit(address.url)
        assert parts.scheme == address.scheme
        assert parts.netloc.rpartition(":")[0] in (address.host, "") or parts.netloc == address.host
        assert parts.username is None
        assert parse(address.url).url == address.url


def test_user_and_password_are_taken_out_and_decoded() -> None:
    address = parse("https://me%40home:p%3Aw@example.org/feed")
    assert (address.user, address.password) == ("me@home", "p:w")
    assert "me" not in address.url.replace("example", "")


@pytest.mark.parametrize(
    ("first", "then", "trusted"),
    [
        ("https://a.org/1", "https://a.org/2", True),
        ("https://a.org/", "https://a.org:443/", True),
        ("http://a.org/", "https://a.org/", True),
        ("https://a.org/", "http://a.org/", False),
        ("https://a.org/", "https://a.org:8443/", False),
        ("http://a.org:8080/", "https://a.org/", False),
        ("https://a.org/", "https://www.a.org/", False),
        ("https://a.org/", "https://b.org/", False),
    ],
)
def test_who_may_have_what_was_meant_for_another(first: str, then: str, trusted: bool) -> None:
    assert parse(first).trusts(parse(then)) is trusted


def test_locations_are_joined() -> None:
    base = parse("https://a.org/x/feed?q=1")
    assert join(base, "../y").url == "https://a.org/y"
    assert join(base, "//b.org/z").url == "https://b.org/z"
    assert join(base, "?p=2").url == "https://a.org/x/feed?p=2"
    with pytest.raises(AddressRefused):
        join(base, "http://[")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("example.org", "https://example.org"),
        (" example.org/feed ", "https://example.org/feed"),
        ("http://example.org", "http://example.org"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("localhost:8080/feed", "http://localhost:8080/feed"),
        ("192.168.1.5/feed", "http://192.168.1.5/feed"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("me:pw@localhost/x", "http://me:pw@localhost/x"),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_what_a_person_types(text: str, url: str) -> None:
    assert typed(text) == url
