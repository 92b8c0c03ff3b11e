"""Extended grapheme clusters (UAX #29) as one regular expression.

Apart from ``reader.text.width`` because its tables are only needed for text that holds more
than one code point to a character.
"""

import re

from reader.text.unicode_ranges import (
    CONSONANT,
    CONTROL,
    EXTEND,
    LINKER,
    PICTOGRAPHIC,
    PREPEND,
    SPACING_MARK,
    Chars,
)

CLUSTERED = re.compile(
    "[\r\u200d\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\U00010000-\U0010ffff"
    f"{EXTEND.low}{SPACING_MARK.low}{PREPEND.low}]"
)
"""Found in every text with a cluster of more than one code point."""


def _pattern() -> str:
    """The boundary rules, read as what may follow what inside one cluster."""
    joiner = Chars("\u200d", "")
    control = Chars("\n\r", "") | CONTROL
    extend = EXTEND.pattern(high=True)
    prepend = PREPEND.pattern(high=True)
    picture = PICTOGRAPHIC.pattern(high=True)
    consonant = CONSONANT.pattern(high=True)
    linker = LINKER.pattern(high=True)
    lead, vowel, final = (
        "[\u1100-\u115f\ua960-\ua97c]",
        "[\u1160-\u11a7\ud7b0-\ud7c6]",
        ("[\u11a8-\u11ff\ud7cb-\ud7fb]"),
    )
    open_syllable = "[" + "".join(map(chr, range(0xAC00, 0xD7A4, 28))) + "]"
    hangul = (
        f"{lead}*+(?:{open_syllable}{vowel}*+|{vowel}++|[\uac00-\ud7a3]){final}*+"
        f"|{lead}++|{final}++"
    )  # GB6 to GB8
    in_conjunct = f"(?!\u200c){(EXTEND | LINKER | joiner).pattern(high=True)}"
    link = f"(?:(?!{linker}){in_conjunct})*+{linker}(?:{in_conjunct})*+"
    conjunct = f"{consonant}(?:{link}{consonant})*+"  # GB9c
    emoji = f"{picture}(?:{extend}*+\u200d{picture})*+"  # GB11
    flag = "[\U0001f1e6-\U0001f1ff]{2}"  # GB12
    other = f"(?!{control.pattern(high=True)})(?s:.)"
    tail = f"{(EXTEND | SPACING_MARK | joiner).pattern(high=True)}*+"  # GB9, GB9a
    core = "|".join((hangul, conjunct, emoji, flag, other))
    return f"\r\n|{prepend}*+(?:{core}){tail}|{prepend}++{tail}|(?s:.)"


CLUSTER = re.compile(_pattern())
"""One cluster; matches one after the other cover every text."""
