"""What the elements of tables do to a page."""

import re
from collections.abc import Mapping
from typing import Final

from reader.text.blocks import Align
from reader.text.markup import Tag
from reader.text.page import Handler, Page, found_in, integer

_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)


def _begin_table(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    found = found_in(tag)
    layout = found.get("role", "") in ("presentation", "none")
    for _ in range(min(tag.times, 50)):
        page.open_table(layout=layout, continues="data-continues" in found)


def _end_table(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    for _ in range(min(tag.times, 50)):
        page.close_table()


def _begin_row(page: Page, _tag: Tag) -> None:
    page.leave_cell()
    if page.table is not None:
        page.table.start_row(page.flow)


def _begin_cell(page: Page, tag: Tag) -> None:
    page.leave_cell()
    table = page.table
    if table is None:
        page.end_block(margin=True)
        return
    found = found_in(tag)
    for _ in range(min(tag.times, 100)):
        table.start_cell(
            page.flow,
            header=tag.name == "th",
            columns=integer(found.get("colspan", "")) or 1,
            rows=integer(found.get("rowspan", "")) or 1,
            align=_align(found),
        )
    page.containers.floor = table.floor


def _end_cell(page: Page, _tag: Tag) -> None:
    page.leave_cell()


def _table_head(page: Page, tag: Tag) -> None:
    page.leave_cell()
    if page.table is not None:
        page.table.start_head(tag.name == "thead" and not tag.close)


def _align(found: dict[str, str]) -> Align:
    match = _ALIGN.search(found.get("style", ""))
    told = match[1].lower() if match else found.get("align", "").lower()
    if told in ("right", "end"):
        return "right"
    return "center" if told == "center" else "left"


STARTS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(("thead", "tbody", "tfoot"), _table_head),
    **dict.fromkeys(("td", "th"), _begin_cell),
    "table": _begin_table,
    "tr": _begin_row,
}
ENDS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(("thead", "tbody", "tfoot"), _table_head),
    **dict.fromkeys(("td", "th", "tr"), _end_cell),
    "table": _end_table,
}
