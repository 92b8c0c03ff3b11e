"""Cleans HTML into a flat stream of leaves: what a person would see of a page, in order.

Scripts, styles, form controls, tracking pixels and hidden elements are dropped; lists,
quotes, tables, definitions, figures and details become containers around leaves. One pass,
linear, with a bound on depth; nothing is ever looked at twice.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from reader.text.elements import DROPPED, ENDS, STARTS, VOID
from reader.text.flow import Leaf, Register
from reader.text.grouping import BLOCKS
from reader.text.markup import Tag, attributes, decoded, tokens
from reader.text.mathml import Formula
from reader.text.media import formula
from reader.text.page import Page, State
from reader.text.phrasing import embed, show_image

MAX_EMPTY: Final = 100_000
"""Tags in a row without any text after which a document is given up; what is hidden or
drawn (a large SVG) does not count."""
_MAX_STATES: Final = 1000

_TELLING = re.compile(
    r"hidden|display\s*:|visibility\s*:|\bdir\s*=|white-space|max-height|font-size\s*:\s*0"
    r"|mso-hide|katex|math|mw-",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|max-height\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_KEPT_LINES = re.compile(r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_OUT_OF_DRAWINGS: Final = BLOCKS | {
    "b", "big", "br", "code", "em", "embed", "head", "i", "img", "meta", "nobr", "ruby", "s",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
}  # fmt: skip
"""Elements that cannot stand in a drawing and end it (HTML standard, 13.2.6.5)."""
_IMPLIED_ENDS: Final = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th", "tr", "tbody"},
    "th": {"td", "th", "tr", "tbody"}, "tr": {"tr", "tbody", "tfoot"}, "p": BLOCKS,
    "thead": {"tbody", "tfoot"}, "tbody": {"tbody", "tfoot"},
}  # fmt: skip
"""What ends an element that was not closed."""
_HOLDERS: Final = ("ul", "ol", "menu", "dl", "table")
_PAGES_IN_DRAWINGS: Final = ("foreignobject", "desc", "title")
_ANCHOR_SIGNS: Final = frozenset("#¶§🔗↩⤴↑^⏎")


class Cleaner:
    """Turns the tags and text of one document into leaves; fed with one or more sources.

    ``given_up`` tells that there were so many tags without text that the rest is not read.
    """

    def __init__(self, register: Register) -> None:
        self._page = Page(register)
        self._depth: Counter[str] = Counter()
        self._states: list[State] = []
        self._direction: bool | None = None
        self._skipped = ""
        self._skipped_open: Counter[str] = Counter()
        self._media: dict[str, str] | None = None
        self._texts = self._empty = self._unseen = 0
        self.given_up = False

    @property
    def read(self) -> int:
        """The characters of text so far, those that were skipped included."""
        return self._page.flow.shown + self._unseen

    def leaves(self, source: str) -> Iterator[Leaf]:
        """The leaves of ``source``, each as soon as it is complete."""
        page, flow = self._page, self._page.flow
        finished = page.leaves
        for token in tokens(source):
            if isinstance(token, str):
                if self._skipped:
                    self._unseen += len(token)
                else:
                    self._text(token)
            elif token.close:
                self._end(token)
            else:
                self._start(token)
            if flow.texts == self._texts:
                self._empty += not self._skipped
                if self._empty > MAX_EMPTY:
                    self.given_up = True
                    break
            else:
                self._empty, self._texts = 0, flow.texts
            if finished:
                yield from finished
                finished.clear()

    def finish(self) -> Iterator[Leaf]:
        """What is left at the end of the document."""
        self._show_math()
        self._page.end_block()
        while self._page.tables:
            self._page.close_table()
        yield from self._page.leaves
        self._page.leaves.clear()

    def _text(self, text: str) -> None:
        page = self._page
        if page.internal:
            written = text.strip(" \n\ufe0e\ufe0f")
            if written in _ANCHOR_SIGNS:
                return
            if page.to_note and not page.flow.styles.get("sup") and written.isdigit():
                text = f"[{written}]"
        if page.math is not None:
            page.math.text(decoded(text))
        else:
            page.flow.text(text)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if self._skipped and not self._breaks_out(name):
            self._start_skipped(tag)
            return
        if self._page.math is not None and name in BLOCKS:
            self._show_math()
        if name in VOID:
            begin = STARTS.get(name)
            if begin and not (tag.attributes and _HIDDEN_STYLE.search(tag.attributes)):
                begin(self._page, tag)
            return
        if name in BLOCKS and self._depth["p"]:
            self._leave("p", self._depth["p"])
        self._depth[name] += tag.times
        if name in DROPPED and not (name == "dialog" and "open" in tag.attributes):
            self._skip(name)
        elif name in ("video", "audio"):
            self._media = attributes(tag.attributes)
            self._skip(name)
        elif tag.attributes and _TELLING.search(tag.attributes) and self._is_hidden(tag):
            self._skip(name)
        elif name == "math":
            self._page.math = Formula(attributes(tag.attributes).get("alttext", ""))
        elif self._page.math is not None:
            self._page.math.start(name, tag.times)
        else:
            begin = STARTS.get(name)
            if begin:
                begin(self._page, tag)
        self._page.flow.direction = self._direction

    def _end(self, end_tag: Tag) -> None:
        tag = self._after_skipped(end_tag) if self._skipped else end_tag
        if tag is None:
            return
        name = tag.name
        if name == "br":
            self._page.flow.line_break()
            return
        if name == "p":
            self._page.end_block(margin=True)
        elif not self._depth[name]:
            return
        elif self._page.math is not None:
            self._end_math(tag, self._page.math)
        else:
            finish = ENDS.get(name)
            if finish:
                finish(self._page, tag)
        self._leave(name, tag.times)

    def _leave(self, name: str, times: int) -> None:
        """Elements ended: what they changed for what is in them is over."""
        depth = self._depth[name] = max(0, self._depth[name] - times)
        while self._states and self._states[-1].name == name and depth < self._states[-1].depth:
            state = self._states.pop()
            self._direction, self._page.flow.keep_lines = state.direction, state.keep_lines
        self._page.flow.direction = self._direction

    # Hidden things

    def _is_hidden(self, tag: Tag) -> bool:
        """Whether an element is hidden; if not, note what it says of direction and lines."""
        found = attributes(tag.attributes)
        style = found.get("style", "")
        if "hidden" in found and found["hidden"] != "until-found":
            return True
        if style and _HIDDEN_STYLE.search(style):
            return True
        names = found.get("class", "").split()
        if "katex-html" in names and found.get("aria-hidden") == "true":
            return True
        if "mw-editsection" in names or "mw-cite-backlink" in names:
            # Wikis offer to change every part, and to go back to where a note was named.
            return True
        flow = self._page.flow
        direction, keep_lines = self._direction, flow.keep_lines
        told = found.get("dir", "").lower()
        if told in ("rtl", "ltr"):
            direction = told == "rtl"
        if _KEPT_LINES.search(style):
            keep_lines = True
        if (direction, keep_lines) != (self._direction, flow.keep_lines):
            if len(self._states) < _MAX_STATES:
                depth = self._depth[tag.name]
                self._states.append(State(tag.name, depth, self._direction, flow.keep_lines))
            self._direction, flow.keep_lines = direction, keep_lines
        return False

    def _skip(self, name: str) -> None:
        self._skipped = name
        self._skipped_open.clear()

    def _breaks_out(self, name: str) -> bool:
        """Whether an element that cannot stand in what is skipped ends it, as in browsers."""
        if self._skipped == "svg":
            ends = name in _OUT_OF_DRAWINGS and not self._is_open(_PAGES_IN_DRAWINGS)
        elif name in _IMPLIED_ENDS.get(self._skipped, ()):
            ends = not self._is_open(_HOLDERS)
        else:
            ends = self._skipped == "select" and name in ("input", "textarea")
        if ends:
            self._end_skipped()
        return ends

    def _is_open(self, names: tuple[str, ...]) -> bool:
        """Whether one of ``names`` is open inside of what is skipped."""
        return any(map(self._skipped_open.__getitem__, names))

    def _start_skipped(self, tag: Tag) -> None:
        """A tag inside of what is skipped; a film's address may stand there."""
        if tag.name not in VOID:
            self._skipped_open[tag.name] += tag.times
        elif tag.name == "source" and self._media is not None and not self._media.get("src"):
            self._media["src"] = attributes(tag.attributes).get("src", "")
        elif tag.name == "img" and self._skipped == "noscript":
            # What stands there for readers without scripts; most show it by script as well.
            show_image(self._page, attributes(tag.attributes), unless_shown=True)

    def _after_skipped(self, tag: Tag) -> Tag | None:
        """What is left of an end tag to act on where it ends what is skipped."""
        name, times = tag.name, tag.times
        inside = min(times, self._skipped_open[name])
        self._skipped_open[name] -= inside
        times -= inside
        if not times:
            return None
        if name == self._skipped:
            self._end_skipped()
            self._leave(name, 1)
            return tag._replace(times=times - 1) if times > 1 else None
        if self._depth[name] and name in BLOCKS:
            # An element around it ends, so it was never closed.
            self._end_skipped()
            return tag._replace(times=times)
        return None

    def _end_skipped(self) -> None:
        name, self._skipped = self._skipped, ""
        media, self._media = self._media, None
        if media is not None:
            embed(self._page, name, media)

    # Formulas

    def _end_math(self, tag: Tag, math: Formula) -> None:
        if tag.name == "math":
            self._show_math()
        else:
            math.end(tag.name, tag.times)

    def _show_math(self) -> None:
        """Show the formula that was gathered: as TeX, or as its bare signs."""
        page = self._page
        if page.math is not None:
            page.flow.note(formula(page.math.words()))
            page.math = None
