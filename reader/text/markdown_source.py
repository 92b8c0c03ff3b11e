"""Makes HTML of Markdown bodies, in portions, so that they take the road of HTML.

CommonMark with tables, strikethrough, task lists, footnotes and definition lists, and what
site generators add to it. Link references and footnotes are known from the whole text.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from reader.text.portions import portions
from reader.text.terminal import clean
from reader.text.unshown import without_data

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

MAX_REFERENCES: Final = 5_000

_REFERENCE = re.compile(
    r"^ {0,3}\[(?!\^)((?:[^\[\]\\\n]|\\.){1,300})\]:[ \t]*(?:\n[ \t]+)?(<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.MULTILINE,
)
_USED = re.compile(r"(?<![A-Za-z0-9_\])])\[((?:[^\[\]\\\n]|\\.){1,300})\]\[([^\[\]\n]{0,300})\]")
_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*([^\n]*(?:\n(?:(?:[ \t]{2,}[^\n]+)|(?![ \t]*$|[ \t]*\[\^)"
    r"[^\n]+|[ \t]*(?=\n[ \t]{2,}\S)))*)",
    re.MULTILINE,
)
_COLON = re.compile(r"^ {0,3}:[ \t]+", re.MULTILINE)
_MANY_LINES = re.compile(r"^((?:[ \t]*+\n){100})(?:[ \t]*+\n)++", re.MULTILINE)
_NOTES_STEP: Final = 4_000
_CONTINUED = re.compile(r"<(pre|table)>")
_TASK = re.compile(r"(<li>(?:\s*<p>)?)\s*\[([ xX])\]\s")
_MENTIONED = re.compile(
    r"<(canvas|select|option|button|template|svg|script|style|textarea|title|video|audio|noscript"
    r"|iframe|object|dialog|input|div|section|article|header|footer|nav|main|aside|form|label|html"
    r"|head|body|link|meta|img|figure|table|embed|base|source) ?/?>"
)
_TERM = re.compile(
    r"^([^\s>|#:*+-][^\n]{0,300})\n(?:\n)?"
    r"((?: {0,3}:[ \t]+[^\n]+\n?(?:[ \t]+[^\n]+\n?|\n(?=[ \t]{4}\S))*)+)",
    re.MULTILINE,
)


def to_html(body: str) -> Iterator[str]:
    """HTML of a Markdown body, a portion of some thousand characters at a time."""
    body = _MANY_LINES.sub(r"\1", body.replace("\r\n", "\n").replace("\r", "\n"))
    body = without_data(body)
    notes = _Notes()
    if "]:" in body:
        body = notes.taken_from(body)
    parser = _parser(notes)
    environment: dict[str, Any] = {"references": _references(body) if "]:" in body else {}}
    for portion in portions(body):
        text = portion.text
        if "\x1b" in text:
            # What will not be seen of commands to a terminal need not be read as Markdown.
            text = clean(text)
        if "][" in text:
            _add_missing(text, environment["references"])
        if "\n:" in text or "\n " in text:
            text = _with_definitions(text, parser, environment)
        html = _TASK.sub(_checkbox, parser.render(text, environment))
        if portion.continues:
            html = _CONTINUED.sub(r"<\1 data-continues>", html, count=1)
        yield html
    yield from notes.html(parser, environment)


def _parser(notes: "_Notes") -> "MarkdownIt":
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802
            return bool(url) or True

    parser = Parser("commonmark", {"html": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("mentioned_tags", _show_mentioned_tags)
    if notes.texts:
        parser.inline.ruler.before("link", "footnote", notes.rule)
    return parser


def _show_mentioned_tags(state: "StateCore") -> None:
    """Make text of tags that are only talked about: "the <canvas> element"."""
    for token in state.tokens:
        ended: set[str] = set()
        for child in reversed(token.children or ()):
            if child.type != "html_inline":
                continue
            found = _MENTIONED.fullmatch(child.content)
            if found and found[1] not in ended:
                child.type = "text"
            elif child.content.startswith("</"):
                ended.add(child.content[2:].rstrip("> "))


class _Notes:
    """The footnotes of a document, numbered as they are referred to."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._order: dict[str, int] = {}

    def taken_from(self, body: str) -> str:
        """The body without the texts of its footnotes."""
        if "[^" not in body:
            return body

        def take(match: re.Match[str]) -> str:
            if len(self.texts) >= MAX_REFERENCES:
                return match.group()
            self.texts.setdefault(match[1], match[2])
            return ""

        return _NOTE.sub(take, body)

    def number(self, name: str) -> int:
        """The number of a note, given when it is first asked for."""
        return self._order.setdefault(name, len(self._order) + 1)

    def rule(self, state: "StateInline", silent: bool) -> bool:
        """The parser's rule for ``[^name]``."""
        match = _NOTE_USE.match(state.src, state.pos)
        if match is None or match[1] not in self.texts:
            return False
        if not silent:
            token = state.push("html_inline", "", 0)
            token.content = f'<sup><a href="#fn">{self.number(match[1])}</a></sup>'
        state.pos = match.end()
        return True

    def html(self, parser: "MarkdownIt", environment: dict[str, Any]) -> Iterator[str]:
        """The notes at the end, first those that are referred to."""
        if not self.texts:
            return
        gathered = "<hr><ol>"
        for name in self.texts:
            self.number(name)
        for name, number in self._order.items():
            gathered += f'<li value="{number}" id="fn-{number}">'
            text = _dedented(self.texts[name])
            for part in _parts(text):
                gathered += parser.render(part, environment)
                if len(gathered) > _NOTES_STEP:
                    yield gathered
                    gathered = ""
        yield f"{gathered}</ol>"


def _parts(text: str) -> Iterator[str]:
    if len(text) > _NOTES_STEP:
        yield from (portion.text for portion in portions(text))
    else:
        yield text


_NOTE_USE = re.compile(r"\[\^([^\]\s]{1,100})\]")


def _dedented(text: str) -> str:
    return re.sub(r"\n(?: {1,4}|\t)", "\n", text)


def _checkbox(match: re.Match[str]) -> str:
    checked = "" if match[2] == " " else " checked"
    return f'{match[1]}<input type="checkbox"{checked}> '


def _references(body: str) -> dict[str, dict[str, str]]:
    """The link references of the whole body, as the parser keeps them."""
    from markdown_it.common.utils import normalizeReference

    found: dict[str, dict[str, str]] = {}
    for match in _REFERENCE.finditer(body):
        url = match[2][1:-1] if match[2].startswith("<") else match[2]
        found.setdefault(normalizeReference(match[1]), {"title": "", "href": url})
        if len(found) >= MAX_REFERENCES:
            break
    return found


def _add_missing(portion: str, references: dict[str, dict[str, str]]) -> None:
    """Let links whose reference stands in another file show their words alone."""
    from markdown_it.common.utils import normalizeReference

    for words, label in _USED.findall(portion):
        name = label or words
        if len(name) > 2 and not name.isdigit() and len(references) < 2 * MAX_REFERENCES:
            references.setdefault(normalizeReference(name), {"title": "", "href": "#"})


def _with_definitions(portion: str, parser: "MarkdownIt", environment: dict[str, Any]) -> str:
    """Definition lists (a term, then lines that begin with a colon) as HTML."""

    def define(match: re.Match[str]) -> str:
        said = [f"<dl><dt>{parser.renderInline(match[1], environment)}</dt>"]
        for part in _COLON.split(match[2])[1:]:
            text = _dedented(part).strip()
            if "\n" in text:
                said.append(f"<dd>\n\n{text}\n\n</dd>")
            else:
                said.append(f"<dd>{parser.renderInline(text, environment)}</dd>")
        return "".join(said) + "</dl>\n\n"

    return _TERM.sub(define, portion) if _COLON.search(portion) else portion
