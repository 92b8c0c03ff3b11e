"""What stays of characters that are drawn as nothing or on the character before them.

Apart from ``reader.text.terminal`` because its tables are only needed for text that holds
such characters, and would slow every start.
"""

import re
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from reader.text.unicode_ranges import INVISIBLE, MARK, PICTOGRAPHIC, Chars

SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\U00010000-\U0010ffff"
    + INVISIBLE.low
    + MARK.low
    + "]"
)
"""Found in every text that cleaning may change, control characters included."""

_HIGH = re.compile("[\U00010000-\U0010ffff]")
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c4f\ua800-\ua82f"
    "\ua840-\ua95f\ua980-\ua9ff\uaa00-\uaadf\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
"""Letters and marks of scripts that spell with ZERO WIDTH (NON-)JOINER (Unicode, ch. 23.2)."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf]")
"""Scripts of South-East Asia that may mark the end of a word with ZERO WIDTH SPACE."""
_MONGOLIAN = re.compile("[\u1820-\u18aa]")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_VARIANT = re.compile("[\ufe00-\ufe02\U000e0100-\U000e01ef]")
_EMOJI = re.compile(PICTOGRAPHIC.pattern(high=True))
_FLAG_TAGS = re.compile("[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
_REGIONAL = re.compile("([\U0001f1e6-\U0001f1ff]{2})|[\U0001f1e6-\U0001f1ff]")
_JOINED_EMOJI = re.compile(
    f"(?:{PICTOGRAPHIC.pattern(high=True)}[\ufe0f\U0001f3fb-\U0001f3ff]?\u200d){{6,}}"
)
"""Longer chains than any emoji: a terminal may draw thousands of people in two cells."""

_DIACRITIC = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
_DIACRITICS = re.compile(f"({_DIACRITIC}{{4}}){_DIACRITIC}+")
_DECOMPOSED = re.compile(
    ".[\u0300-\u036f]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    "|[\uac00-\ud7a3][\u11a8-\u11c2]|[\u3040-\u30ff][\u3099\u309a]"
)
_COMPOSABLE = re.compile(f"{_DIACRITIC}|[\u1161-\u1175\u11a8-\u11c2\u3099\u309a]")
_PLACEHOLDER = Chars("", "\U0010eeee")
"""Where Kitty and its like draw a part of a picture: only the reader itself may write it."""
_JOINER = Chars(
    "\u200c\u200d\ufe00-\ufe0f\u180b-\u180f", "\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)


class _Patterns(NamedTuple):
    """The slower patterns: one set for text below U+10000, one for any text."""

    invisible: re.Pattern[str]
    mark: re.Pattern[str]
    marks: re.Pattern[str]
    baseless: re.Pattern[str]


@cache
def _patterns(*, high: bool) -> _Patterns:
    mark = MARK.pattern(high=high)
    drawn_over = (MARK | _JOINER).pattern(high=high)
    return _Patterns(
        invisible=re.compile(f"{(INVISIBLE | _PLACEHOLDER).pattern(high=high)}+"),
        mark=re.compile(mark),
        marks=re.compile(f"({drawn_over}{{8}}){drawn_over}+"),
        baseless=re.compile(rf"(?:(?<=\s)|^)(?={mark})"),
    )


def settled(text: str) -> str:
    """``text``, which holds no control characters, with what languages and emoji need.

    Linear in the length of ``text``; settling twice changes nothing.
    """
    high = bool(_HIGH.search(text))
    patterns = _patterns(high=high)
    text = patterns.invisible.sub(_kept_invisible, text)
    if high:
        text = _REGIONAL.sub(_kept_regional, text)
        text = _JOINED_EMOJI.sub(lambda chain: chain[0].replace("\u200d", ""), text)
    if patterns.mark.search(text):
        text = patterns.baseless.sub("◌", text)
        if _COMPOSABLE.search(text):
            text = _DIACRITICS.sub(r"\1", text)
            text = _DECOMPOSED.sub(lambda found: normalize("NFC", found[0]), text)
            # A few marks are composed into two.
            text = _DIACRITICS.sub(r"\1", text)
        text = patterns.marks.sub(r"\1", text)
    return text


def _kept_invisible(run: re.Match[str]) -> str:
    """What stays of a run of characters that are drawn as nothing."""
    text, start, end = run.string, run.start(), run.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    hidden = run[0]
    if "\u3164" in hidden or "\uffa0" in hidden:
        return " "  # Hangul fillers: a blank, used to fake an empty name
    if before in "0123456789#*":
        return "\ufe0f" if before and "\ufe0f" in hidden and after == "\u20e3" else ""
    if _EMOJI.match(before):
        return _emoji_tail(before, hidden, after)
    if _JOINING.match(before):
        return _joiner(before, hidden, after)
    if _UNSPACED.match(before):
        return _word_end(hidden, after)
    if _IDEOGRAPH.match(before):
        return next((c for c in hidden if _VARIANT.match(c)), "")
    return ""


def _emoji_tail(emoji: str, hidden: str, after: str) -> str:
    """The presentation or skin tone of ``emoji``, and its join to the next one (UTS #51)."""
    if emoji == "\U0001f3f4" and (tags := _FLAG_TAGS.match(hidden)):
        return tags[0]
    varied = next((c for c in hidden if c == "\ufe0f" or "\U0001f3fb" <= c <= "\U0001f3ff"), "")
    joined = "\u200d" in hidden and _EMOJI.match(after)
    return varied + "\u200d" if joined else varied


def _joiner(letter: str, hidden: str, after: str) -> str:
    """The first joiner after ``letter``; Mongolian also has variation selectors."""
    if word_end := _word_end(hidden, after) if _UNSPACED.match(letter) else "":
        return word_end
    varied = joiner = ""
    for c in hidden:
        if not joiner and c in "\u200c\u200d":
            joiner = c
        elif not varied and "\u180b" <= c <= "\u180f" and _MONGOLIAN.match(letter):
            varied = c
    return varied + joiner


def _word_end(hidden: str, after: str) -> str:
    unspaced = "\u200b" in hidden and _UNSPACED.match(after)
    return "\u200b" if unspaced and not _patterns(high=False).mark.match(after) else ""


def _kept_regional(found: re.Match[str]) -> str:
    """Two regional indicators are a flag; one is a letter of unclear width."""
    return found[1] or chr(ord(found[0]) - 0x1F1E6 + ord("A"))
