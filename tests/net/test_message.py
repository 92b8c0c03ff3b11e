"""Header grammar and what requests send."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.net.message import (
    Request,
    content_length,
    http_date,
    max_age_s,
    parse_headers,
    utf8,
    wait_asked_s,
)

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)


def test_fields_are_found_by_lower_case_name_and_keep_every_value() -> None:
    lines = [
        b"Content-Type: text/xml\r\n",
        b"SET-COOKIE: a=1\r\n",
        b"set-cookie:b=2 \r\n",
        b"X-Folded: one\r\n",
        b"\ttwo\r\n",
        b"no field at all\r\n",
        b"\r\n",
    ]
    assert parse_headers(lines) == {
        "content-type": ("text/xml",),
        "set-cookie": ("a=1", "b=2"),
        "x-folded": ("one two",),
    }


@given(st.binary(max_size=40).filter(lambda b: b == b.strip() and not set(b) & set(b"\r\n\0")))
def test_a_value_goes_back_byte_for_byte(value: bytes) -> None:
    parsed = parse_headers([b"ETag: " + value + b"\r\n"])["etag"][0]
    assert parsed.encode("latin-1") == value
    sent = Request(url="", etag=parsed).lines(secrets=False)
    controls = any((byte < 32 and byte != 9) or byte == 127 for byte in value)
    assert (b"If-None-Match: " + value in sent) == bool(value and not controls)


def test_text_is_utf8_where_it_can_be() -> None:
    assert utf8("caf\u00c3\u00a9") == "caf\u00e9"
    assert utf8("caf\u00e9") == "caf\u00e9"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("0", 0.0),
        ("Sat, 01 Nov 2025 12:01:00 GMT", 60.0),
        ("Saturday, 01-Nov-25 12:01:00 GMT", 60.0),
        ("Sat, 01 Nov 2025 12:01:00 -0000", 60.0),
        ("Sat, 01 Nov 2025 11:00:00 GMT", 0.0),
        ("Sat, 99 Nov 2025 11:00:00 GMT", 0.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("\u0663", 0.0),
        ("9" * 400, 999999999999.0),
    ],
)
def test_retry_after_as_seconds_or_date(value: str, seconds: float) -> None:
    assert wait_asked_s({"retry-after": (value,)}, now=NOW) == seconds


def test_a_date_is_measured_by_the_clock_that_wrote_it() -> None:
    fields = {
        "retry-after": ("Sat, 01 Nov 2025 12:01:00 GMT",),
        "date": ("Sat, 01 Nov 2025 12:00:50 GMT",),
    }
    assert wait_asked_s(fields, now=NOW) == 10.0
    assert wait_asked_s({**fields, "date": ("?",)}, now=NOW) == 60.0
    assert wait_asked_s({}, now=NOW) == 0.0


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"cache-control": ("max-age=600",)}, 600),
        ({"cache-control": ('public, MAX-AGE="60"',)}, 60),
        ({"cache-control": ("public", "max-age=7")}, 7),
        ({"cache-control": ("max-age=1, max-age=2",)}, 1),
        ({"cache-control": ("no-cache, max-age=600",)}, 0),
        ({"cache-control": ("no-store",)}, 0),
        ({"cache-control": ('no-cache="set-cookie", max-age=5',)}, 0),
        ({"cache-control": ("max-age=-1",)}, 0),
        ({"cache-control": ("max-age=x",)}, 0),
        ({"cache-control": ("s-maxage=9",), "expires": ("Sat, 01 Nov 2025 13:00:00 GMT",)}, 3600),
        ({"cache-control": ("max-age=5",), "expires": ("Sat, 01 Nov 2025 13:00:00 GMT",)}, 5),
        ({"expires": ("0",)}, 0),
        ({"expires": ("Sat, 01 Nov 2024 13:00:00 GMT",)}, 0),
        ({}, 0),
    ],
)
def test_how_long_an_answer_stays_fresh(fields: dict[str, tuple[str, ...]], seconds: int) -> None:
    assert max_age_s(fields, now=NOW) == seconds


@given(st.text(max_size=60))
def test_no_field_value_breaks_the_reading_of_it(value: str) -> None:
    fields = {"cache-control": (value,), "expires": (value,), "content-length": (value,)}
    assert max_age_s(fields, now=NOW) >= 0
    assert content_length(fields) >= 0
    assert wait_asked_s({"retry-after": (value,), "date": (value,)}, now=NOW) >= 0


def test_dates_of_headers_are_aware() -> None:
    assert http_date("Sat, 01 Nov 2025 12:00:00 GMT") == NOW
    with pytest.raises(ValueError, match="never"):
        http_date("never")


def test_a_custom_field_replaces_ours_and_secrets_stay_behind() -> None:
    request = Request(
        url="",
        accept="text/html",
        headers=(("ACCEPT", "x/y"), ("If-None-Match", "mine"), ("X-Key", "k")),
        credentials=("a", "b"),
        etag='"e"',
    )
    assert sorted(request.lines(secrets=True)) == [
        b"ACCEPT: x/y",
        b"Accept-Encoding: gzip, deflate, br, zstd",
        b"Authorization: Basic YTpi",
        b'If-None-Match: "e"',
        b"X-Key: k",
    ]
    assert request.lines(secrets=False) == [
        b"Accept: text/html",
        b"Accept-Encoding: gzip, deflate, br, zstd",
        b'If-None-Match: "e"',
    ]
