"""Plain text saved from pages: which of its first lines is what."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sources.plaintext import read

DECK = "The town decides on Tuesday what the canal may cost, and who is to pay for it."
PROSE = "The council met for the third time this week. Nobody spoke for long."


@pytest.mark.parametrize(
    "text",
    [
        f"Canal plan divides town\n{PROSE}\n{PROSE}\n",
        f"Canal plan divides town\n\n{PROSE}\n",
        f"News\nCanal plan divides town\n{PROSE}\n{PROSE}\n",
        f"ACTUEEL\nCanal plan divides town\n{PROSE}\n{PROSE}\n",
        f"Politics | World\nCanal plan divides town\n{PROSE}\n{PROSE}\n",
        f"ニュース\n\nCanal plan divides town\n{PROSE}\n{PROSE}\n",
        f"أخبار\nCanal plan divides town\n{PROSE}\n{PROSE}\n",
        f"Canal plan divides town\n{DECK}\nCanal plan divides town\n{PROSE}\n",
        f"{DECK}\nCanal plan divides town\n\nCanal plan divides town\n{PROSE}\n",
        f"{DECK}**\nCanal plan divides town**\n\nCanal plan divides town**\n{PROSE}\n",
        f"**Canal plan divides town**\n\n{PROSE}\n",
        f"https://example.org/canal\n26 March 2025\nCanal plan divides town\n\n{PROSE}\n",
        f"\n\n  Canal plan divides town\n\n{PROSE}\n",
    ],
)
def test_titles(text: str) -> None:
    found = read(text)
    assert found.title == "Canal plan divides town"
    assert found.title not in found.body
    assert "**" not in found.body
    assert PROSE in found.body


@pytest.mark.parametrize(
    "text",
    [
        f"Canal plan divides town\n{DECK}\n\n{PROSE}\n",
        f"Canal plan divides town\n{DECK}\nCanal plan divides town\n{PROSE}\n",
        f"{DECK}\nCanal plan divides town\nCanal plan divides town\n{PROSE}\n",
    ],
)
def test_decks(text: str) -> None:
    found = read(text)
    assert found.summary == DECK
    assert found.body == PROSE


def test_a_deck_that_is_all_there_is_stays_in_the_body() -> None:
    assert read(f"Canal plan divides town\n{DECK}\n\n\n").body == DECK
    assert read(f"Canal plan divides town\n{DECK}\n\n\n").summary == ""


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("March 26, 2025", datetime(2025, 3, 26, tzinfo=UTC)),
        ("26 maart 2025", datetime(2025, 3, 26, tzinfo=UTC)),
    ],
)
def test_a_line_that_is_a_date_becomes_the_date(line: str, moment: datetime) -> None:
    found = read(f"Canal plan divides town\nA caption. / AFP\n{line}\n\n{PROSE}\n")
    assert found.published == moment
    assert found.body == f"A caption. / AFP\n\n{PROSE}"


def test_a_date_far_down_belongs_to_the_text() -> None:
    far = "\n".join(f"Paragraph {number} of the story. {PROSE}" for number in range(8))
    found = read(f"Canal plan divides town\n{far}\nMarch 26, 2025\n")
    assert found.published is None
    assert "March 26, 2025" in found.body


def test_a_line_said_again_right_below_is_said_once() -> None:
    found = read(f"Canal plan divides town\n{DECK}\n{DECK}\n\n{PROSE}\n")
    assert found.body.count(DECK) + found.summary.count(DECK) == 1


def test_text_wrapped_by_its_writer_is_left_whole() -> None:
    text = "It was a bright cold day in spring, and the clocks of the town\nwere striking noon."
    found = read(text)
    assert found.title == "It was a bright cold day in spring, and the clocks of the town"
    assert found.body == text


def test_a_text_without_a_headline_is_called_by_its_first_words() -> None:
    text = "The council met. " + " ".join(["Nobody spoke for long that day."] * 20)
    found = read(text)
    assert (found.title, found.body) == ("The council met.", text.rstrip())


def test_lists_of_other_articles_stay_for_the_screen_to_dim() -> None:
    teasers = "-\nActueel1 jaar geledenEen kop\n-\nActueel2 maanden geledenNog een kop"
    found = read(f"Actueel\nCanal plan divides town\n{PROSE}\n{PROSE}\n{teasers}\n")
    assert found.title == "Canal plan divides town"
    assert found.body.endswith(teasers)


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n", "***\n---\n", "12\n34\n"])
def test_a_text_without_words_has_no_title(text: str) -> None:
    assert read(text).title == ""


@given(st.lists(st.one_of(st.sampled_from(["News", "**", "a**", DECK, PROSE, "", "-"]), st.text())))
def test_no_text_is_beyond_it_and_nothing_but_repetition_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = read(text)
    kept = f"{found.title}\n{found.summary}\n{found.body}"
    for line in text.split("\n"):
        words = line.strip().strip("*").strip()
        if words and found.published is None and words.isalpha() and words != "News":
            assert words in kept
