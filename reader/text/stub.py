"""Tells a text that only announces an article from one that is the article."""

import re
from typing import Final

from reader.text.plain import count_words

FEW_WORDS: Final = 60
"""A text with fewer words is a stub, unless it is a note of its own."""
MANY_WORDS: Final = 400
"""A text with more is no stub, however it ends."""
_END: Final = 240

_CUT = re.compile(r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\))[\s\"'”’»)\]]*$")
_READ_ON = re.compile(
    r"(?:(?:read|continue|keep|see|view|find out|learn)\s+(?:reading|more|on|full|this"
    r"|the\s+(?:full|rest|whole|entire))|full (?:story|article|text|post)|more\s*(?:…|\.\.\.|»|→|›)"
    r"|lees\s+(?:meer|verder|hier|alles|het\s)|(?:verder|meer)\s+lezen|weiter\s*lesen"
    r"|mehr\s+(?:lesen|erfahren|dazu)|ganzen\s+artikel|lire\s+(?:la\s+suite|plus|l['’]article)"
    r"|en\s+savoir\s+plus|leer\s+(?:más|mas)|sigue\s+leyendo|seguir\s+leyendo"
    r"|leggi\s+(?:tutto|di\s+più|l['’]articolo)|continua\s+a\s+leggere|ler\s+mais|leia\s+mais"
    r"|läs\s+(?:mer|hela)|les\s+(?:mer|hele)|læs\s+mere|lue\s+lisää|czytaj\s+(?:więcej|dalej)"
    r"|читать\s+(?:далее|полностью|дальше)|続きを読む|阅读(?:全文|更多)|閱讀(?:全文|更多)|더\s*보기)"
    r"[^\n]{0,80}$",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"\n?[^\n]{0,40}\b(?:appeared first on|first appeared on|erschien zuerst auf"
    r"|est apparu en premier)\b[^\n]{0,200}$",
    re.IGNORECASE,
)


def is_stub(text: str, *, title: str = "") -> bool:
    """Whether the visible ``text`` of an article under ``title`` ends before it says it.

    It breaks off with an ellipsis or an invitation to read on, or it is short. A short text
    that begins with its own title is a note, as people post them: that is all there is.
    """
    text = _APPEARED.sub("", text.rstrip()).rstrip()
    words = count_words(text)
    if words > MANY_WORDS:
        return False
    end = text[-_END:]
    if _CUT.search(end) or _READ_ON.search(end):
        return True
    return words < FEW_WORDS and not _is_note(text, title)


def _is_note(text: str, title: str) -> bool:
    """Whether the title was made of the text, because its writer gave none."""
    start = " ".join(title.split()).rstrip("…. ")
    return len(start) > 0 and " ".join(text.split()).startswith(start)
