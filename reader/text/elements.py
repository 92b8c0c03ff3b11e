"""Which elements of HTML are dropped with all that is in them, and what the others do."""

from collections.abc import Mapping
from typing import Final

from reader.text import grouping, phrasing, tabular
from reader.text.page import Handler

DROPPED: Final = frozenset({
    "script", "style", "template", "title", "textarea", "select", "datalist", "button", "svg",
    "canvas", "noscript", "noembed", "noframes", "rp", "dialog",
})  # fmt: skip
"""Elements nobody sees, and controls that do nothing here; with all that is in them."""

VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
})  # fmt: skip
"""Elements that have no end tag."""

STARTS: Final[Mapping[str, Handler]] = {
    **grouping.STARTS,
    **tabular.STARTS,
    **phrasing.STARTS,
}
"""What to do where an element begins; elements that are not here are looked through."""
ENDS: Final[Mapping[str, Handler]] = {
    **grouping.ENDS,
    **tabular.ENDS,
    **phrasing.ENDS,
}
"""What to do where an element ends."""
