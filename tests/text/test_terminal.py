"""What is stripped, what stays, that it is linear and that cleaning twice changes nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.terminal import clean, clean_line
from tests.text.safety import forbidden

ZWJ, ZWNJ, VS16 = "\u200d", "\u200c", "\ufe0f"

KEPT = [
    "plain text",
    "tab\tand\nnewline",
    "“naïve” café – 東京 Москва Αθήνα",
    "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏳️\u200d🌈 ❤️ 1️⃣ 👍🏿",
    "🇳🇱🇪🇺",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "می\u200cخواهم",  # Persian: ZWNJ inside a word
    "ක්\u200dර",  # Sinhala: ZWJ asks for a conjunct
    "ന്\u200d",  # Malayalam: ZWJ at the end of a word
    "हिन्दी में समाचार",
    "ภาษา\u200bไทย",  # Thai: the end of a word
    "ᠮᠣᠩᠭᠣᠯ\u180bᠠ",
    "葛\U000e0100城市",
    "שָׁלוֹם",
    "\u0600١٢٣",
    "\ue0b0 powerline",
    "control pictures \u2400\u241b",
]

STRIPPED = [
    ("\x1b[31mred\x1b[0m", "red"),
    ("no\x1b[0mrmal", "normal"),
    ("\x1b]0;title\x07after", "after"),
    ("\x1b]0;title\x1b\\after", "after"),
    ("\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("\x9d52;c;aGk=\x9cafter", "after"),
    ("\x9b31mred", "red"),
    ('\x1bP$q"\n:id\n\x1b\\after', "after"),
    ("\x1b_Gf=24;AAAA\x1b\\after", "after"),
    ("\x1bkscreen title\x1b\\after", "after"),
    ("\x1b(0lqk\x1b(B", "lqk"),
    ("\x1b#3\x1bc\x1b7x\x1b8", "x"),
    ("\x1b[1;1;1;1;1;1*yx", "x"),
    ("\x1b[4:3mx", "x"),
    ("end\x1b", "end"),
    ("\x1b]0;never closed", "never closed"),
    ("\x1b]0;a\x1b]52;c;aGk=\x07\x07b", "ab"),
    ("\x1b]Rx\x1b]P7ff0000y", "xy"),
    ("\x1b[31\x18m", "m"),
    ("a\x00b\x07c\x08d\x7fe\x0ef", "abcdef"),
    ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
    ("gnp.\u202egpj.exe", "gnp.gpj.exe"),
    ("\u2066a\u2069\u202bb\u202c\u200e\u200f\u061c", "ab"),
    ("Rand\xadstad\ufeff\u2060\u200b", "Randstad"),
    ("a" + ZWJ + "b" + ZWNJ + "c", "abc"),
    ("می" + ZWNJ * 50 + "خواهم", "می" + ZWNJ + "خواهم"),
    ("👨" + ZWJ * 5 + "👩", "👨" + ZWJ + "👩"),
    ("👨" + ZWJ + "x", "👨x"),
    (("👨" + ZWJ) * 40 + "👩", "👨" * 40 + "👩"),
    ("x" + VS16 + "1" + VS16 + "2", "x12"),
    ("❤" + VS16 * 9, "❤" + VS16),
    ("☎\ufe0e", "☎"),
    ("🏽 and 👍🏽🏽", " and 👍🏽"),
    ("🇳x", "Nx"),
    ("\U000e0001\U000e0041hidden", "hidden"),
    ("🏴\U000e0067", "🏴"),
    ("\u3164\u3164name\uffa0", " name "),
    ("Z" + "\u0335" * 500 + "a", "Z" + "\u0335" * 4 + "a"),
    ("ก" + "\u0e47" * 500, "ก" + "\u0e47" * 8),
    ("\u0301x \u20ddy", "◌\u0301x ◌\u20ddy"),
    ("e\u0301 a\u030a", "é å"),
    ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
    ("か\u3099", "が"),
    ("\ud800 \udc00 \ud83d\ude00", "\ufffd \ufffd 😀"),
    ("a\ufffe\uffff\ufdd0\U0001ffffb", "ab"),
    ("\ufff9base\ufffaruby\ufffb\ufffc", "baseruby"),
    ("\U0001d173\U0001d165", "◌\U0001d165"),
    ("a\U0010eeee\u0305\u030db", "a\u0305\u030db"),
    ("葛\U0010eeee \U0010eeee葛\U0002fffe", "葛 葛"),
]


@pytest.mark.parametrize("text", KEPT)
def test_keeps_what_languages_and_emoji_need(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(("text", "safe"), STRIPPED)
def test_strips_what_a_terminal_would_obey_or_misplace(text: str, safe: str) -> None:
    assert clean(text) == safe


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x1b[]P_^kX\\;0m \x07\x9b\x9d\x90\x9c\r\n\t\x18"
            "\u200b\u200c\u200d\ufe0f\ufe0e\u202e\u2066\u2069\u180b\u180e\U000e0067\U000e007f"
            "\U0001f3f4\U0001f1f3\U0001f468\U0001f3fd❤1#\u20e3a\u0301\u0344\u0653\u064e"
            "\u0643कक्葛\U0010eeee\U000efffe\u0e01\u0e33\u0e47\u1100\u1161\u11a8\uac00\u3164か\u3099葛ᠮ↔\u0338\ud83d\ude00"
        ),
    ),
    max_size=60,
)


@given(HOSTILE)
def test_what_is_clean_is_safe_and_stays_as_it_is(text: str) -> None:
    safe = clean(text)
    assert forbidden(safe) == []
    assert clean(safe) == safe


@given(HOSTILE, st.integers(2, 80))
def test_a_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert forbidden(line, allowed="") == []
    assert line == line.strip()
    assert clean_line(line, limit) == line


def test_a_line_says_where_it_was_cut() -> None:
    assert clean_line("  one\n\ttwo  three ", 100) == "one two three"
    assert clean_line("one two three", 5) == "one…"
    assert len(clean_line("x" * 10_000_000)) == 1000


@pytest.mark.parametrize(
    "unit",
    [
        "\x1b",
        "\x1b]",
        "\x1b]0;x",
        "\x1bP",
        "\x1b[1;",
        "\x90",
        "\x9d0;",
        "\x1b[" + "1" * 300,
        "\r",
        "\u200d",
        "👨\u200d",
        "a\u0301",
        "\u0301",
        "\u0e47\u200c",
        "\u064e\u0651",
        "\U000e0067",
        "🏴\U000e0067",
        "🇳",
        "\u202e\u2066",
        " \u0301",
        "\ud800",
        "\u1100\u1161",
        "\u1161",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit)) + "x"
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            clean(text)
            best = min(best, time.perf_counter() - start)
        return best

    # Quadratic work would cost 64 times as much; what is between is for busy machines.
    assert cost(160_000) < 40 * cost(20_000) + 0.1
