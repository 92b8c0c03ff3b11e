"""Dates in every form in the wild, in many languages, and what is none."""

import calendar
import email.utils
import math
import re
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.dates import in_line, parse

TABLE = Path(__file__).parents[1] / "data/text/dates.txt"
CASES = [
    tuple(part.strip() for part in line.split(" | "))
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MOMENTS = st.integers(10**8, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(("text", "moment"), CASES)
def test_what_is_written(text: str, moment: str) -> None:
    expected = None if moment == "-" else datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert parse(text) == expected


def test_values_as_yaml_and_toml_give_them() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    assert parse(date(2026, 2, 3)) == datetime(2026, 2, 3, tzinfo=UTC)
    assert parse(datetime(2026, 2, 3, 10)) == datetime(2026, 2, 3, 10, tzinfo=UTC)  # noqa: DTZ001
    assert parse(datetime(2026, 2, 3, 10, tzinfo=amsterdam)) == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert parse(1770112800) == parse(1770112800.0) == datetime(2026, 2, 3, 10, tzinfo=UTC)
    assert parse(1770112800_000) == parse(1770112800_000_000_000)
    assert parse(20260203) == datetime(2026, 2, 3, tzinfo=UTC)
    assert parse(2026) == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        [],
        {},
        b"2026-02-03",
        0,
        -1,
        12,
        math.nan,
        math.inf,
        1e30,
        20261399,
        "",
        " ",
    ],
)
def test_values_that_are_no_dates(value: object) -> None:
    assert parse(value) is None


def test_a_zone_of_the_caller_is_for_times_without_one() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    assert parse("2026-02-03 10:00", tz=amsterdam) == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert parse("3 februari 2026 10:00", tz=amsterdam) == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert parse("2026-02-03T10:00Z", tz=amsterdam) == datetime(2026, 2, 3, 10, tzinfo=UTC)
    assert parse(date(2026, 2, 3), tz=amsterdam) == datetime(2026, 2, 2, 23, tzinfo=UTC)


@given(MOMENTS, ZONES)
def test_standard_forms_come_back(moment: datetime, zone: timezone) -> None:
    local = moment.astimezone(zone)
    assert parse(local.isoformat()) == moment
    assert parse(email.utils.format_datetime(local)) == moment
    assert parse(moment.strftime("%a %b %e %H:%M:%S %Y")) == moment
    assert parse(moment.strftime("%d %B %Y, %I:%M:%S %p")) == moment
    assert parse(str(int(moment.timestamp()))) == moment


@given(st.text(max_size=60) | st.text("0123456789-:/. TJanFeb+年月日", max_size=40))
def test_never_raises(text: str) -> None:
    for found in (parse(text), in_line(text)):
        assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["1" * 120, "1:" * 60, "1-" * 60, "jan " * 30, "1 " * 60, "a." * 60, "&#45;" * 24]
)
def test_strange_text_costs_little(text: str) -> None:
    start = time.perf_counter()
    for _ in range(20):
        parse(text * 10_000)
        in_line(text)
    assert time.perf_counter() - start < 60


ONLY_DATES = [
    ("March 26, 2025", "2025-03-26T00:00"),
    ("**March 26, 2025**", "2025-03-26T00:00"),
    ("26 maart 2025 14:03", "2025-03-26T14:03"),
    ("Published: March 3, 2026", "2026-03-03T00:00"),
    ("Gepubliceerd op 26 maart 2025 om 14:03 uur", "2025-03-26T14:03"),
    ("Donnerstag, 5. Februar 2026, 14.03 Uhr", "2026-02-05T14:03"),
    ("Publié le 3 février 2026 à 14h03, mis à jour le 4 février 2026 à 9h00", "2026-02-03T14:03"),
    ("Publicado el 3 de febrero de 2026", "2026-02-03T00:00"),
    ("Opublikowano: 3 lutego 2026 r., godz. 14:03", "2026-02-03T14:03"),
    ("Updated March 3, 2026 at 5:03 p.m. EST", "2026-03-03T22:03"),
    ("Sunday 1 March 2026 09.00 GMT", "2026-03-01T09:00"),
    ("By Jane Doe | March 26, 2025 | 5 min read", "2025-03-26T00:00"),
    ("Door Jan de Vries • 26 maart 2025", "2025-03-26T00:00"),
    ("2026年2月3日 15:04", "2026-02-03T15:04"),
    ("令和8年2月3日 公開", "2026-02-03T00:00"),
    ("更新：2026年2月3日 15時04分", "2026-02-03T15:04"),
    ("نشر في 28 يناير 2026", "2026-01-28T00:00"),
    ("2025-03-26", "2025-03-26T00:00"),
]


@pytest.mark.parametrize(("line", "moment"), ONLY_DATES)
def test_lines_that_are_dates(line: str, moment: str) -> None:
    assert in_line(line) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2026",
        "January 2026",
        "May 4",
        "Front-end tooling, 28 juni 2019**",
        "Bijeenkomst bij Werkspot, op 11 juli 2024",
        "Fronteers 2012: de volgende vier sprekers**",
        "Op 13 oktober 2016 organiseert Xebia ReactNL in Amsterdam.",
        "Rust Compiler January 2022 Steering Cycle",
        "The president said on March 26, 2025 that he would go.",
        "10 Jan 2026 100 people came",
        "© 2026 Company",
        "30 februari 2026",
        "x" * 500 + " March 26, 2025",
    ],
)
def test_lines_that_only_mention_dates(line: str) -> None:
    assert in_line(line) is None


# Where feedparser answers otherwise, and is wrong: clocks and days that do not exist are
# carried over into the next, some forms are misread or unknown.
FEEDPARSER_DIFFERS = re.compile(
    r"2003-0[67]-3[12]T.*|2003-13-.*|2003-07-01T(?:25:51:30|01:61:30|01:55:61)-.*"  # carried over
    r"|\d{10}|2002-12-31T192030.*|2003&#45;.*|Sat,29 Jul.*|.*(?:24:00:00|\+2500|CEST|ene 2026).*"
    r"|2026-01-28 10:00:00 AM|28/01/2026|28 jan 2026|Mon, 28 Jan 26.*|২৮.*"
)


def test_dates_of_feeds_are_read_as_feedparser_reads_them(corpus: Path) -> None:
    from feedparser.datetimes import _parse_date

    element = re.compile(
        r"<(?:\w+:)?(?:pubdate|date|published|updated|issued|modified|created)[^>]*>([^<]{3,60})<",
        re.IGNORECASE,
    )
    written = {
        text.strip()
        for folder in ("feeds", "hostile/feeds-own")
        for path in (corpus / folder).rglob("*.xml")
        for text in element.findall(path.read_text("utf-8", "ignore"))
    }
    assert len(written) > 100
    for text in sorted(written):
        theirs, ours = _parse_date(text), parse(text)
        if FEEDPARSER_DIFFERS.fullmatch(text):
            continue
        expected = datetime.fromtimestamp(calendar.timegm(theirs), UTC) if theirs else None
        assert (ours and ours.replace(microsecond=0)) == expected, text
