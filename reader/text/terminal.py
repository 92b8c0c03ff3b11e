"""Makes text safe to draw on a terminal: the only place that makes SafeText.

What goes, and why:

- whole control sequences (ECMA-48, DEC, xterm: CSI, OSC, DCS, APC, PM, SOS, charset
  selection), C0 but for newline and tab, DEL and C1: a terminal would obey them;
- every bidirectional control (UAX #9), balanced or not: pairs come apart when a line is
  wrapped or cropped, and one row of the terminal is shared by three panes;
- what is drawn as nothing, except where a script or an emoji needs it: joiners after
  letters of Arabic, Indic and other joining scripts and between emoji, variation
  selectors after what they vary, skin tones and flag tags after their emoji;
- marks beyond what any language stacks; a mark without a base gets a dotted circle.
"""

import re
from functools import cache
from typing import NamedTuple, NewType
from unicodedata import normalize

from reader.text.unicode_ranges import INVISIBLE, MARK, PICTOGRAPHIC, Chars

SafeText = NewType("SafeText", str)
"""Text that holds no control character a terminal would obey. Made only in reader.text."""

_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CONTROL_OR_BREAK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ASCII_CONTROL = dict.fromkeys((*range(9), *range(14, 32), 127)) | {0x0B: "\n", 0x0C: "\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH = re.compile("[\U00010000-\U0010ffff]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\U00010000-\U0010ffff"
    + INVISIBLE.low
    + MARK.low
    + "]"
)

# Any control character ends a string that is being read, as in a terminal, so no text is
# scanned twice. One without its end loses only its introducer: the words after it stay.
_SEQUENCE = re.compile(
    r"""
      (?: \x1b\[ | \x9b )  [0-?]{0,256}+ [\ -/]{0,16}+ [@-~]?
    | (?: \x1b[]kPX^_] | [\x90\x98\x9d-\x9f] )
                           [^\x00-\x08\n-\x1f\x7f-\x9f]{0,65536}+ (?: \x07 | \x9c | \x1b\\ )
    | \x1b[PX^_]           [^\x00-\x08\x0b-\x1f\x7f-\x9f]{0,4096}+ (?: \x9c | \x1b\\ )
    | (?: \x1b\] | \x9d )  (?: [0-9]{1,4}; | R | P[0-9A-Fa-f]{7} )?
    | \x1b                 [\ -/]{0,4}+ [0-~]?
    """,
    re.VERBOSE,
)

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
        invisible=re.compile(f"{INVISIBLE.pattern(high=high)}+"),
        mark=re.compile(mark),
        marks=re.compile(f"({drawn_over}{{8}}){drawn_over}+"),
        baseless=re.compile(rf"(?:(?<=\s)|^)(?={mark})"),
    )


def clean(text: str) -> SafeText:
    """``text`` without anything a terminal would obey or misplace; newlines and tabs stay.

    Linear in the length of ``text``; cleaning twice changes nothing. Every line end becomes
    a newline and a lone surrogate U+FFFD; letters with combining marks are composed (NFC),
    since many terminals draw the parts apart.
    """
    if text.isascii():
        if "\x1b" not in text:
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            return SafeText(text.translate(_ASCII_CONTROL))
    elif not _SUSPECT.search(text):
        return SafeText(text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if _CONTROL_OR_BREAK.search(text):
        text = _CONTROL.sub("", _SEQUENCE.sub("", _BREAK.sub("\n", text)))
    if text.isascii():
        return SafeText(text)
    high = bool(_HIGH.search(text))
    patterns = _patterns(high=high)
    text = patterns.invisible.sub(_kept_invisible, text)
    if high:
        text = _REGIONAL.sub(_kept_regional, text)
        text = _JOINED_EMOJI.sub(lambda chain: chain[0].replace("\u200d", ""), text)
    if patterns.mark.search(text):
        text = _DIACRITICS.sub(r"\1", text)
        text = _DECOMPOSED.sub(lambda found: normalize("NFC", found[0]), text)
        # A few marks are composed into two.
        text = patterns.marks.sub(r"\1", _DIACRITICS.sub(r"\1", text))
        text = patterns.baseless.sub("◌", text)
    return SafeText(text)


def clean_line(text: str, limit: int = 1000) -> SafeText:
    """``text`` as one safe line of at most ``limit`` characters ("…" where it was cut).

    Runs of whitespace become one space; the ends are trimmed. Looks at the first
    16 x ``limit`` characters only, so its cost is bounded.
    """
    line = " ".join(clean(text[: 16 * limit]).split())
    if len(line) > limit:
        line = clean(line[: limit - 1]).rstrip() + "…"
    return SafeText(line)


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
        return next((c for c in hidden if "\ufe00" <= c <= "\ufe02" or c >= "\U000e0100"), "")
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
