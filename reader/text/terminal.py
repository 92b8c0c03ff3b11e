"""Makes text safe to draw on a terminal: the only place that makes SafeText.

What goes, and why:

- whole control sequences (ECMA-48, DEC, xterm: CSI, OSC, DCS, APC, PM, SOS, charset
  selection), C0 but for newline and tab, DEL and C1: a terminal would obey them;
- every bidirectional control (UAX #9), balanced or not: pairs come apart when a line is
  wrapped or cropped, and one row of the terminal is shared by three panes;
- what is drawn as nothing, except where a script or an emoji needs it: joiners after
  letters of Arabic, Indic and other joining scripts and between emoji, variation
  selectors after what they vary, skin tones and flag tags after their emoji;
- the placeholder that some terminals replace by a part of a picture (U+10EEEE);
- marks beyond what any language stacks; a mark without a base gets a dotted circle.
"""

import re
from typing import NewType

SafeText = NewType("SafeText", str)
"""Text that holds no control character a terminal would obey. Made only in reader.text."""

_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CONTROL_OR_BREAK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ASCII_CONTROL = dict.fromkeys((*range(9), *range(14, 32), 127)) | {0x0B: "\n", 0x0C: "\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")

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


def clean(text: str) -> SafeText:
    """``text`` without anything a terminal would obey or misplace; newlines and tabs stay.

    Linear in the length of ``text``; cleaning twice changes nothing. Every line end becomes
    a newline and a lone surrogate U+FFFD; letters with combining marks are composed (NFC),
    since many terminals draw the parts apart.
    """
    if text.isascii() and "\x1b" not in text:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return SafeText(text.translate(_ASCII_CONTROL))
    from reader.text.invisible import SUSPECT, settled

    if not SUSPECT.search(text):
        return SafeText(text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if _CONTROL_OR_BREAK.search(text):
        text = _CONTROL.sub("", _SEQUENCE.sub("", _BREAK.sub("\n", text)))
    return SafeText(text if text.isascii() else settled(text))


def clean_line(text: str, limit: int = 1000) -> SafeText:
    """``text`` as one safe line of at most ``limit`` characters ("…" where it was cut).

    Runs of whitespace become one space; the ends are trimmed. Looks at the first
    16 x ``limit`` characters only, so its cost is bounded.
    """
    if not text:
        return SafeText("")
    line = " ".join(clean(text[: 16 * limit]).split())
    if len(line) > limit:
        line = clean(line[: limit - 1]).rstrip() + "…"
    return SafeText(line)
