"""Colours listings by language, with Pygments, where they are small enough to be quick."""

from functools import cache
from typing import TYPE_CHECKING, Final

from reader.text.blocks import Span
from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

MAX_LISTING: Final = 12_000
"""Characters of a listing that is coloured; some lexers need quadratic time."""
MAX_LINE: Final = 400
_PLAIN: Final = frozenset(
    {"", "text", "plain", "plaintext", "none", "txt", "nohighlight", "output"}
)


def highlighted(spans: tuple[Span, ...], language: str) -> tuple[Span, ...]:
    """The spans of a listing with a style for every token; as they are where the language
    is unknown, the listing is long, or it holds links.
    """
    name = language.lower()
    if name in _PLAIN or any(span.link >= 0 for span in spans):
        return spans
    text = "".join(span.text for span in spans)
    if len(text) > MAX_LISTING or max(map(len, text.split("\n"))) > MAX_LINE:
        return spans
    lexer = lexer_of(name)
    if lexer is None:
        return spans
    return tuple(_coloured(lexer, text))


def short_name(token: "_TokenType") -> str:
    """The name of a kind of token in a style: Pygments' own for it, or for what it is a kind of."""
    from pygments.token import STANDARD_TYPES

    while token not in STANDARD_TYPES and token.parent:
        token = token.parent
    name: str = STANDARD_TYPES.get(token, "")
    return name


def _coloured(lexer: "Lexer", text: str) -> list[Span]:
    spans: list[Span] = []
    for _, token, part in lexer.get_tokens_unprocessed(text):
        if not part:
            continue
        short = short_name(token)
        style = f"code tok-{short}" if short and short != "w" else "code"
        if spans and spans[-1].style == style:
            spans[-1] = Span(SafeText(spans[-1].text + part), style)
        else:
            spans.append(Span(SafeText(part), style))
    return spans


@cache
def _names() -> dict[str, str]:
    """The names languages go by, and the one the lexer is made by."""
    from pygments.lexers import get_all_lexers

    return {
        alias.lower(): aliases[0]
        for _, aliases, _, _ in get_all_lexers(plugins=False)
        for alias in aliases
    }


@cache
def lexer_of(name: str) -> "Lexer | None":
    """What reads a language by any of its names in lower case; None where nothing does."""
    from pygments.lexers import get_lexer_by_name

    known = _names().get(name)
    # Listings inside Markdown would be read by any of 500 lexers, however slow.
    return get_lexer_by_name(known, handlecodeblocks=False) if known else None
