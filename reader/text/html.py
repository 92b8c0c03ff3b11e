"""Cleans HTML into a flat stream of leaves: what a person would see of a page, in order.

Scripts, styles, form controls, tracking pixels and hidden elements are dropped; lists,
quotes, tables, definitions, figures and details become containers around leaves. One pass,
linear, with a bound on depth; nothing is ever looked at twice.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from reader.text.blocks import Align, Container, ContainerKind
from reader.text.flow import Flow, Leaf, Register
from reader.text.markup import Tag, attributes, tokens
from reader.text.media import embedded, picture_text
from reader.text.tables import TableBuilder
from reader.text.terminal import SafeText, clean_line

MAX_DEPTH: Final = 16
"""Containers inside containers; what is deeper is shown at this depth."""
MAX_TABLES: Final = 8
MAX_EMPTY: Final = 250_000
"""Tags in a row without any text after which a document is given up."""

DROPPED: Final = frozenset(
    ["script", "style", "template", "title", "textarea", "select", "datalist", "button", "svg", "canvas", "noscript", "noembed", "noframes", "object", "applet", "map", "rp", "dialog"]
)
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_MARGIN_BLOCKS: Final = frozenset(["p", "pre", "blockquote", "figure", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table", "hr"])
_BLOCKS: Final = frozenset(
    ["address", "article", "aside", "body", "center", "div", "fieldset", "figcaption", "footer", "form", "header", "hgroup", "html", "legend", "main", "nav", "optgroup", "section", "search", "dd", "dt", "li", "ol", "ul", "menu", "dir", "summary", "details", "caption", "tr", "td", "th", "thead", "tbody", "tfoot"]
)
_STYLE_OF: Final = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis",
    "dfn": "emphasis", "var": "emphasis", "u": "insert", "ins": "insert", "del": "strike",
    "s": "strike", "strike": "strike", "mark": "mark", "sup": "sup", "sub": "sub",
    "small": "dim",
}  # fmt: skip
_CODE: Final = frozenset(["code", "kbd", "tt", "samp"])
_BULLETS: Final = ("•", "◦", "▪")
_HINT = re.compile(
    r"hidden|display\s*:\s*none|visibility|\bdir\b|white-space|max-height|font-size\s*:\s*0"
    r"|mso-hide",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|max-height\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_KEPT_LINES = re.compile(r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:^|[\s:])(?:language|lang|brush|highlight(?:-source|-text)?)[-:]\s?([\w+#.-]+)"
)


_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)


class Cleaner:
    """Turns the tags and text of one document into leaves; fed with one or more sources."""

    def __init__(self, register: Register) -> None:
        self.flow = Flow(register)
        self.root = self.flow.sink
        self.open: list[tuple[str, Container | None]] = []
        self.depth: Counter[str] = Counter()
        self.tables: list[TableBuilder] = []
        self._register = register
        self._states: list[tuple[str, int, bool | None, bool]] = []
        self._skipped = ""
        self._skipped_open: Counter[str] = Counter()
        self._numbers: list[int] = []
        self._overflow: Counter[str] = Counter()
        self._containers = 0
        self._link_starts = 0

    def leaves(self, source: str) -> Iterator[Leaf]:
        """The leaves of ``source``, each as soon as it is complete."""
        flow, finished = self.flow, self.root
        empty = texts = 0
        for token in tokens(source):
            if isinstance(token, str):
                if not self._skipped:
                    flow.text(token)
            elif token.close:
                self._end(token)
            else:
                self._start(token)
            if flow.texts == texts:
                empty += 1
                if empty > MAX_EMPTY:
                    break
            else:
                empty, texts = 0, flow.texts
            if finished:
                yield from finished
                finished.clear()

    def finish(self) -> Iterator[Leaf]:
        """What is left at the end of the document."""
        self.flow.end_block()
        while self.tables:
            self.tables.pop().close(self.flow)
        yield from self.root
        self.root.clear()

    # Tags

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if self._skipped:
            if name not in _VOID:
                self._skipped_open[name] += tag.times
            return
        if name in _VOID:
            self._void(tag)
            return
        self.depth[name] += tag.times
        if name in DROPPED:
            self._skip(name)
            return
        if tag.attributes and _HINT.search(tag.attributes) and self._hinted(tag):
            self._skip(name)
            return
        style = _STYLE_OF.get(name)
        if style:
            self.flow.style(style, tag.times)
        elif name in _CODE:
            self.flow.code_span(tag.times)
        else:
            begin = _STARTS.get(name)
            if begin:
                begin(self, tag)
            elif name in _BLOCKS:
                self.flow.end_block(margin=name in ("div", "section", "article") and self._roomy())

    def _end(self, tag: Tag) -> None:
        name = tag.name
        if self._skipped and not self._leave_skipped(tag):
            return
        if name == "br":
            self.flow.line_break()
            return
        if name == "p":
            self.flow.end_block(margin=True)
            return
        open_before = self.depth[name]
        if not open_before:
            return
        self.depth[name] = max(0, open_before - tag.times)
        style = _STYLE_OF.get(name)
        if style:
            self.flow.style(style, -tag.times)
        elif name in _CODE:
            self.flow.code_span(-tag.times)
        else:
            finish = _ENDS.get(name)
            if finish:
                finish(self, tag)
            elif name in _BLOCKS:
                self.flow.end_block(margin=name in ("div", "section", "article") and self._roomy())
        while self._states and self.depth[self._states[-1][0]] < self._states[-1][1]:
            _name, _depth, self.flow_rtl, self.flow.keep_lines = self._states.pop()

    flow_rtl: bool | None = None

    def _roomy(self) -> bool:
        """Whether plain divisions part paragraphs here: not inside items and cells."""
        return not self.tables and (not self.open or self.open[-1][0] in ("blockquote", "details"))

    def _hinted(self, tag: Tag) -> bool:
        """Whether the element is hidden; if not, note what it says of direction and lines."""
        found = attributes(tag.attributes)
        style = found.get("style", "")
        if "hidden" in found and found["hidden"] != "until-found":
            return True
        if style and _HIDDEN_STYLE.search(style):
            return True
        rtl, keep = self.flow_rtl, self.flow.keep_lines
        direction = found.get("dir", "").lower()
        if direction in ("rtl", "ltr"):
            rtl = direction == "rtl"
        if _KEPT_LINES.search(style):
            keep = True
        if (rtl, keep) != (self.flow_rtl, self.flow.keep_lines) and len(self._states) < 1000:
            self._states.append(
                (tag.name, self.depth[tag.name], self.flow_rtl, self.flow.keep_lines)
            )
            self.flow_rtl, self.flow.keep_lines = rtl, keep
        return False

    def _skip(self, name: str) -> None:
        self._skipped = name
        self._skipped_open.clear()

    def _leave_skipped(self, tag: Tag) -> bool:
        """Whether an end tag ends what is skipped and still has to be acted on itself."""
        name = tag.name
        if self._skipped_open[name]:
            self._skipped_open[name] -= tag.times
            return False
        if name == self._skipped:
            self._skipped = ""
            self.depth[name] = max(0, self.depth[name] - tag.times)
            return False
        if self.depth[name] and name in _BLOCKS:
            # An element around it ends, so it was never closed.
            self._skipped = ""
            return True
        return False

    # Blocks

    def _block(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)

    def _heading(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        self.flow.kind, self.flow.level = "heading", int(tag.name[1])

    def _end_heading(self, tag: Tag) -> None:
        if not self.flow.end_block(margin=True):
            self.flow.kind, self.flow.level = "text", 0

    def _pre(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        self.flow.kind = "code"
        self.flow.language = _language(tag.attributes)

    def _end_pre(self, tag: Tag) -> None:
        if not self.flow.end_block(margin=True):
            self.flow.kind, self.flow.language = "text", ""

    def _code(self, tag: Tag) -> None:
        if self.flow.preformatted:
            self.flow.language = self.flow.language or _language(tag.attributes)
        self.flow.code_span(tag.times)

    def _caption(self, tag: Tag) -> None:
        self.flow.end_block()
        self.flow.role = "caption"
        self.flow.margin = False

    def _plain_end(self, tag: Tag) -> None:
        self.flow.end_block()
        self.flow.role = ""

    # Containers

    def _push(self, name: str, kind: ContainerKind | None, marker: str = "") -> None:
        if len(self.open) >= MAX_DEPTH:
            self._overflow[name] += 1
            return
        container = None
        if kind:
            self._containers += 1
            container = Container(kind, self._containers, SafeText(marker))
        self.open.append((name, container))
        self._set_inside()

    def _set_inside(self) -> None:
        self.flow.inside = tuple(container for _, container in self.open if container)

    def _pop(self, *names: str) -> bool:
        """Close the innermost open element of one of the names, and what is in it."""
        for name in names:
            if self._overflow[name]:
                self._overflow[name] -= 1
                return False
        barrier = self.tables[-1].floor if self.tables else 0
        for place in range(len(self.open) - 1, barrier - 1, -1):
            if self.open[place][0] in names:
                self._cut(place)
                return True
        return False

    def _cut(self, place: int) -> None:
        """Close the open elements from ``place`` on."""
        for name, _ in self.open[place:]:
            if name in ("ol", "ul"):
                self._numbers.pop()
        del self.open[place:]
        self._set_inside()

    def _quote(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        for _ in range(min(tag.times, MAX_DEPTH + 1)):
            self._push("blockquote", "quote")

    def _end_quote(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        for _ in range(min(tag.times, MAX_DEPTH + 1)):
            self._pop("blockquote")

    def _list(self, tag: Tag) -> None:
        nested = any(name == "li" for name, _ in self.open)
        self.flow.end_block(margin=not nested)
        if len(self.open) < MAX_DEPTH:
            start = attributes(tag.attributes).get("start", "1") if tag.attributes else "1"
            self._numbers.append(int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1)
        self._push("ol" if tag.name == "ol" else "ul", None)

    def _end_list(self, tag: Tag) -> None:
        self.flow.end_block()
        self._pop("ol" if tag.name == "ol" else "ul")
        if not any(name == "li" for name, _ in self.open):
            self.flow.margin = True

    def _item(self, tag: Tag) -> None:
        self.flow.end_block()
        barrier = self.tables[-1].floor if self.tables else 0
        for place in range(len(self.open) - 1, barrier - 1, -1):
            if self.open[place][0] in ("ol", "ul"):
                break
            if self.open[place][0] == "li":
                self._cut(place)
                break
        self._push("li", "item", self._marker(tag))

    def _marker(self, tag: Tag) -> str:
        names = [name for name, _ in self.open if name in ("ol", "ul")]
        if not names or names[-1] == "ul" or not self._numbers:
            return _BULLETS[min(max(names.count("ul") - 1, 0), len(_BULLETS) - 1)]
        value = attributes(tag.attributes).get("value", "") if tag.attributes else ""
        if re.fullmatch(r"-?\d{1,9}", value):
            self._numbers[-1] = int(value)
        number = self._numbers[-1]
        self._numbers[-1] += 1
        return f"{number}."

    def _end_item(self, tag: Tag) -> None:
        self.flow.end_block()
        self._pop("li")

    def _definitions(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)

    def _term(self, tag: Tag) -> None:
        self.flow.end_block()
        self._pop("dd")
        self.flow.role = "term"

    def _definition(self, tag: Tag) -> None:
        self.flow.end_block()
        self.flow.role = ""
        self._pop("dd")
        self._push("dd", "definition")
        self.flow.margin = False

    def _end_definition(self, tag: Tag) -> None:
        self.flow.end_block()
        self._pop("dd")

    def _end_definitions(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        self._pop("dd")
        self.flow.margin = True

    def _details(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        self._push("details", "details")

    def _end_details(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        self._pop("details")

    def _summary(self, tag: Tag) -> None:
        self.flow.end_block()
        self.flow.role = "summary"

    # Inline

    def _anchor(self, tag: Tag) -> None:
        self._end_anchor(tag)
        address = attributes(tag.attributes).get("href", "")
        number = self._register.link(address)
        if number >= 0:
            self.flow.open_link(number)

    def _end_anchor(self, tag: Tag) -> None:
        self.flow.close_link()

    def _dimmed(self, tag: Tag) -> None:
        self.flow.style("dim", tag.times)

    def _end_dimmed(self, tag: Tag) -> None:
        self.flow.style("dim", -tag.times)

    def _quotation(self, tag: Tag) -> None:
        self.flow.note("“")

    def _end_quotation(self, tag: Tag) -> None:
        self.flow.note("”")

    def _void(self, tag: Tag) -> None:
        if tag.name == "br":
            for _ in range(min(tag.times, 2)):
                self.flow.line_break()
        elif tag.name == "hr":
            self.flow.rule()
        elif tag.name == "img":
            self._picture(tag)

    def _picture(self, tag: Tag) -> None:
        found = attributes(tag.attributes)
        text = picture_text(found)
        if text is None:
            return
        address, words = text
        self.flow.image(self._register.image(address, words), words)

    def _embedded(self, tag: Tag) -> None:
        found = embedded(tag.name, attributes(tag.attributes))
        if found is None:
            return
        address, title = found
        number = self._register.link(address)
        self.flow.end_block(margin=True)
        if number >= 0:
            self.flow.open_link(number)
        self.flow.note(title)
        self.flow.close_link()
        self.flow.end_block(margin=True)

    # Tables

    def _table(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        for _ in range(min(tag.times, MAX_TABLES + 1)):
            if len(self.tables) >= MAX_TABLES:
                self._overflow["table"] += 1
                return
            self._containers += 1
            layout = "presentation" in tag.attributes or 'role="none"' in tag.attributes
            self.tables.append(
                TableBuilder(
                    self.flow, number=self._containers, floor=len(self.open), layout=layout
                )
            )

    def _end_table(self, tag: Tag) -> None:
        self.flow.end_block(margin=True)
        for _ in range(min(tag.times, MAX_TABLES + 1)):
            if self._overflow["table"]:
                self._overflow["table"] -= 1
            elif self.tables:
                table = self.tables.pop()
                if len(self.open) > table.floor:
                    self._cut(table.floor)
                table.close(self.flow)

    def _row(self, tag: Tag) -> None:
        self._leave_cell()
        if self.tables and not self._overflow["table"]:
            self.tables[-1].start_row(self.flow)

    def _cell(self, tag: Tag) -> None:
        self._leave_cell()
        if not self.tables or self._overflow["table"]:
            self.flow.end_block(margin=True)
            return
        found = attributes(tag.attributes) if tag.attributes else {}
        header = tag.name == "th"
        for _ in range(min(tag.times, 100)):
            self.tables[-1].start_cell(
                self.flow,
                header=header,
                columns=_span(found.get("colspan", "")),
                rows=_span(found.get("rowspan", "")),
                align=_align(found),
            )

    def _leave_cell(self) -> None:
        self.flow.end_block()
        if self.tables and not self._overflow["table"]:
            table = self.tables[-1]
            if len(self.open) > table.floor:
                self._cut(table.floor)
            table.end_cell(self.flow)

    def _end_cell(self, tag: Tag) -> None:
        self._leave_cell()

    def _table_head(self, tag: Tag) -> None:
        self._leave_cell()
        if self.tables:
            self.tables[-1].start_head(tag.name == "thead" and not tag.close)


def _span(written: str) -> int:
    return int(written) if re.fullmatch(r"[1-9]\d{0,3}", written) else 1


def _align(found: dict[str, str]) -> Align:
    match = _ALIGN.search(found.get("style", ""))
    told = match[1].lower() if match else found.get("align", "").lower()
    return "right" if told in ("right", "end") else "center" if told == "center" else "left"


def _language(written: str) -> str:
    """The language of a listing, from its class or attributes; "" where nobody told."""
    if not written:
        return ""
    found = attributes(written)
    told = found.get("data-lang") or found.get("data-language") or ""
    match = None if told else _LANGUAGE.search(found.get("class", ""))
    return clean_line(match[1] if match else told, 30)


_Handler = Callable[[Cleaner, Tag], None]
_STARTS: Final[dict[str, _Handler]] = {
    "p": Cleaner._block,
    "figure": Cleaner._block,
    "h1": Cleaner._heading,
    "h2": Cleaner._heading,
    "h3": Cleaner._heading,
    "h4": Cleaner._heading,
    "h5": Cleaner._heading,
    "h6": Cleaner._heading,
    "pre": Cleaner._pre,
    "figcaption": Cleaner._caption,
    "caption": Cleaner._caption,
    "blockquote": Cleaner._quote,
    "ul": Cleaner._list,
    "ol": Cleaner._list,
    "menu": Cleaner._list,
    "dir": Cleaner._list,
    "li": Cleaner._item,
    "dl": Cleaner._definitions,
    "dt": Cleaner._term,
    "dd": Cleaner._definition,
    "details": Cleaner._details,
    "summary": Cleaner._summary,
    "a": Cleaner._anchor,
    "font": Cleaner._dimmed,
    "q": Cleaner._quotation,
    "iframe": Cleaner._embedded,
    "video": Cleaner._embedded,
    "audio": Cleaner._embedded,
    "table": Cleaner._table,
    "thead": Cleaner._table_head,
    "tbody": Cleaner._table_head,
    "tr": Cleaner._row,
    "td": Cleaner._cell,
    "th": Cleaner._cell,
}
_ENDS: Final[dict[str, _Handler]] = {
    "figure": Cleaner._block,
    "h1": Cleaner._end_heading,
    "h2": Cleaner._end_heading,
    "h3": Cleaner._end_heading,
    "h4": Cleaner._end_heading,
    "h5": Cleaner._end_heading,
    "h6": Cleaner._end_heading,
    "pre": Cleaner._end_pre,
    "figcaption": Cleaner._plain_end,
    "caption": Cleaner._plain_end,
    "blockquote": Cleaner._end_quote,
    "ul": Cleaner._end_list,
    "ol": Cleaner._end_list,
    "menu": Cleaner._end_list,
    "dir": Cleaner._end_list,
    "li": Cleaner._end_item,
    "dl": Cleaner._end_definitions,
    "dt": Cleaner._plain_end,
    "dd": Cleaner._end_definition,
    "details": Cleaner._end_details,
    "summary": Cleaner._plain_end,
    "a": Cleaner._end_anchor,
    "font": Cleaner._end_dimmed,
    "q": Cleaner._end_quotation,
    "table": Cleaner._end_table,
    "thead": Cleaner._table_head,
    "tbody": Cleaner._table_head,
    "tr": Cleaner._end_cell,
    "td": Cleaner._end_cell,
    "th": Cleaner._end_cell,
}
