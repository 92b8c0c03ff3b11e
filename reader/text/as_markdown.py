"""Writes blocks as Markdown that reads back as the same blocks."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import takewhile
from typing import Final

from reader.text.blocks import (
    Block,
    Cell,
    Code,
    Container,
    Heading,
    Image,
    Link,
    Paragraph,
    Rule,
    Span,
    Table,
)
from reader.text.terminal import SafeText

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|!(?=\[)|&(?=#?\w+;)|:(?=[a-z]+-)")
_BRACE = re.compile(r"\{(?=[{%:<])")
_LINE_START = re.compile(r"^([#>+\-=:]|\d{1,9}(?=[.)]))", re.MULTILINE)
_BLANK_START = re.compile("^[\u00a0\u3000]+", re.MULTILINE)
_NUMBERED = re.compile(r"(\d{1,9})\.")
_NOTE = re.compile(r"\[([\w*†‡§]{1,6})\]")
_AROUND: Final = {"strong": "**", "emphasis": "*", "strike": "~~"}
_ELEMENT: Final = {"mark": "mark", "insert": "ins", "dim": "small"}


def to_markdown(
    blocks: Iterable[Block], links: Sequence[Link], images: Sequence[Image] = ()
) -> str:
    """The Markdown (CommonMark with tables) of ``blocks``; links outside the allow-list are
    written as their words.
    """
    return _Writer(links, images).written(list(blocks))


class _Writer:
    def __init__(self, links: Sequence[Link], images: Sequence[Image]) -> None:
        self._links = links
        self._images = images
        self._notes: set[str] = set()

    def written(self, blocks: Sequence[Block]) -> str:
        """The text of all blocks."""
        self._notes = {c.marker for block in blocks for c in block.inside if _is_note(c)}
        out: list[str] = []
        inside: tuple[Container, ...] = ()
        table = -1
        for place, block in enumerate(blocks):
            if isinstance(block, Rule) and any(map(_is_note, _inside_of(blocks, place + 1))):
                continue
            continued = isinstance(block, Table) and block.number == table
            table = block.number if isinstance(block, Table) else -1
            text = self._block(block, continued=continued)
            out.append(_closed(inside, block.inside))
            if out != [""]:
                out.append("\n" if continued else _between(inside, block))
            out.append(_indented(text, inside, block.inside))
            inside = block.inside
        out.append(_closed(inside, ()))
        return "".join(out)

    def _block(self, block: Block, *, continued: bool) -> str:
        if isinstance(block, Rule):
            return "---"
        if isinstance(block, Code):
            text = "".join(span.text for span in block.spans)
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            return f"{fence}{block.language}\n{text}\n{fence}"
        if isinstance(block, Table):
            return self._table(block, continued=continued)
        is_term = isinstance(block, Paragraph) and block.role == "term"
        text = self._spans(_without(block.spans, "strong") if is_term else block.spans)
        if isinstance(block, Heading):
            return f"{'#' * block.level} {text.replace(chr(10), ' ')}"
        if block.role == "summary":
            return f"<details>\n<summary>{escape(''.join(s.text for s in block.spans))}</summary>"
        if block.role == "caption" and not any(span.style.split()[1:] for span in block.spans):
            text = f"*{text}*"
        text = _LINE_START.sub(_escaped_start, text)
        text = _BLANK_START.sub(lambda match: "".join(f"&#{ord(c)};" for c in match[0]), text)
        return text.replace("\n", "\\\n")

    def _table(self, table: Table, *, continued: bool) -> str:
        rows = [self._row(row) for row in table.rows]
        if continued:
            return "\n".join(rows)
        first = table.rows[0] if table.rows else ()
        marks = {"left": "---", "right": "--:", "center": ":-:"}
        delimiters = "|".join("|".join([marks[cell.align]] * cell.columns) for cell in first)
        columns = sum(cell.columns for cell in first)
        head = rows[: table.head] or ["|" + "  |" * columns]
        return "\n".join([head[0], f"|{delimiters}|", *head[1:], *rows[table.head :]])

    def _row(self, row: Sequence[Cell]) -> str:
        cells = []
        for cell in row:
            text = self._spans(_without(cell.spans, "table-head")).replace("\n", "<br>")
            cells.append(text + " |" * (cell.columns - 1))
        return f"| {' | '.join(cells)} |"

    def _spans(self, spans: Sequence[Span]) -> str:
        out: list[str] = []
        place = 0
        while place < len(spans):
            number = spans[place].link
            end = place + 1
            while end < len(spans) and spans[end].link == number:
                end += 1
            text = "".join(map(self._span, spans[place:end]))
            if number >= 0 and self._links[number].openable:
                out.append(f"[{text}](<{self._links[number].url}>)")
            else:
                out.append(text)
            place = end
        return "".join(out)

    def _span(self, span: Span) -> str:
        if span.image >= 0:
            image = self._images[span.image] if span.image < len(self._images) else None
            if image is not None and image.url:
                return f"![{_escaped(image.text)}](<{image.url}>)"
        styles = span.style.split()
        text = span.text.strip()
        if not text:
            return span.text
        before, _, after = span.text.partition(text)
        if "sup" in styles and text in self._notes:
            return f"{before}[^{text[1:-1]}]{after}"
        if "code" in styles:
            ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
            space = " " if text[0] == "`" or text[-1] == "`" else ""
            return f"{before}{ticks}{space}{text}{space}{ticks}{after}"
        text = SafeText(_escaped(text))
        for name in styles:
            if name in _AROUND:
                text = f"{_AROUND[name]}{text}{_AROUND[name]}"
            elif name in _ELEMENT:
                text = f"<{_ELEMENT[name]}>{text}</{_ELEMENT[name]}>"
        return f"{before}{text}{after}"


def _escaped(text: str) -> str:
    """The text with nothing in it that Markdown, HTML or a shortcode would be seen in."""
    return _BRACE.sub("&#123;", _SPECIAL.sub(r"\\\g<0>", text))


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def _without(spans: Sequence[Span], style: str) -> list[Span]:
    return [
        Span(span.text, span.style.replace(style, "").strip(), span.link, span.image)
        for span in spans
    ]


def _shared(before: tuple[Container, ...], inside: tuple[Container, ...]) -> int:
    """How many containers two blocks have in common."""
    pairs = zip(before, inside, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].number == pair[1].number, pairs))


def _closed(before: tuple[Container, ...], inside: tuple[Container, ...]) -> str:
    """The ends of elements that the next block does not stand in."""
    shared = _shared(before, inside)
    out = ""
    for place in range(len(before) - 1, shared - 1, -1):
        if before[place].kind == "details":
            bars = "".join(map(_rest, before[:place]))
            out += f"\n{bars.rstrip()}\n{bars}</details>"
    return out


def _between(before: tuple[Container, ...], block: Block) -> str:
    """The empty line before a block, or none between the items of a close list."""
    shared = _shared(before, block.inside)
    bars = "".join(map(_rest, block.inside[:shared])).rstrip()
    if _restarts(before[shared:], block.inside[shared:]):
        return f"\n{bars}\n{bars} <!-- -->\n{bars}\n" if bars else "\n\n<!-- -->\n\n"
    close = not block.gap and block.inside[shared:] and block.inside[shared].kind != "quote"
    return "\n" if close else f"\n{bars}\n"


def _restarts(before: tuple[Container, ...], inside: tuple[Container, ...]) -> bool:
    """Whether an item begins another list, or counts otherwise, than the one before it."""
    if not before or not inside or before[0].kind != "item" or inside[0].kind != "item":
        return False
    old, new = _NUMBERED.fullmatch(before[0].marker), _NUMBERED.fullmatch(inside[0].marker)
    if old and new:
        return int(new[1]) != int(old[1]) + 1
    return False


def _indented(text: str, before: tuple[Container, ...], inside: tuple[Container, ...]) -> str:
    """The lines of a block behind the signs of what it stands in."""
    shared = _shared(before, inside)
    rest = "".join(map(_rest, inside))
    first = "".join([*map(_rest, inside[:shared]), *map(_first, inside[shared:])])
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


def _inside_of(blocks: Sequence[Block], place: int) -> tuple[Container, ...]:
    return blocks[place].inside if place < len(blocks) else ()


def _is_note(container: Container) -> bool:
    return container.kind == "item" and _NOTE.fullmatch(container.marker) is not None


def _first(container: Container) -> str:
    """What stands before the first line in a container."""
    if container.kind == "definition":
        return ":   "
    if container.kind != "item":
        return _rest(container)
    if _is_note(container):
        return f"[^{container.marker[1:-1]}]: "
    numbered = _NUMBERED.fullmatch(container.marker)
    if numbered:
        return f"{numbered[1]}. "
    task = {"☑": "- [x] ", "☐": "- [ ] "}.get(container.marker)
    return task or ("- " if not container.marker[1:] else f"- {container.marker} ")


def _rest(container: Container) -> str:
    """What stands before every other line in a container."""
    if container.kind == "quote":
        return "> "
    if container.kind == "definition" or _is_note(container):
        return "    "
    if container.kind != "item":
        return ""
    numbered = _NUMBERED.fullmatch(container.marker)
    return " " * (len(numbered[1]) + 2) if numbered else "  "
