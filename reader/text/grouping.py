"""What paragraphs, headings, lists, quotes and their like do to a page."""

from collections.abc import Mapping
from typing import Final

from reader.text.markup import Tag
from reader.text.page import NOTE, Handler, Page, found_in, integer, language_of

BLOCKS: Final = frozenset({
    "address", "article", "aside", "body", "center", "div", "fieldset", "figcaption", "footer",
    "form", "header", "hgroup", "html", "legend", "main", "nav", "optgroup", "section",
    "search", "dd", "dt", "dl", "li", "ol", "ul", "menu", "dir", "summary", "details",
    "caption", "figure", "blockquote", "pre", "listing", "xmp", "plaintext", "table", "tr", "td",
    "th", "thead", "tbody", "tfoot", "h1", "h2", "h3", "h4", "h5", "h6", "p", "hr",
})  # fmt: skip
"""Elements that stand on lines of their own and end an open paragraph."""
_ROOMY = frozenset(
    ("address", "article", "aside", "center", "div", "footer", "header", "main", "section")
)


def _begin_block(page: Page, _tag: Tag) -> None:
    page.end_block(margin=True)


def _begin_part(page: Page, tag: Tag) -> None:
    page.end_block(margin=tag.name in _ROOMY and page.roomy)


def _begin_heading(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    page.flow.kind, page.flow.level = "heading", int(tag.name[1])


def _end_heading(page: Page, _tag: Tag) -> None:
    page.end_block(margin=True)
    page.flow.reset()


def _begin_listing(page: Page, tag: Tag) -> None:
    found = found_in(tag)
    page.end_block(margin="data-continues" not in found)
    if "data-continues" in found:
        page.flow.margin = False
    page.flow.kind = "code"
    page.flow.language = language_of(found)


def _begin_caption(page: Page, _tag: Tag) -> None:
    page.end_block()
    page.flow.role = "caption"
    page.flow.margin = False


def _end_part(page: Page, _tag: Tag) -> None:
    page.end_block()
    page.flow.reset()


def _show_rule(page: Page, _tag: Tag) -> None:
    page.flow.rule()


def _begin_quote(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    for _ in range(min(tag.times, 50)):
        page.containers.push("blockquote", "quote")
    page.enter()


def _end_quote(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    for _ in range(min(tag.times, 50)):
        page.containers.pop("blockquote")
    page.enter()


def _begin_list(page: Page, tag: Tag) -> None:
    page.end_block(margin=not (page.containers.full or page.containers.has("li")))
    found = found_in(tag)
    start, style = integer(found.get("start", "")), found.get("type", "")
    for _ in range(min(tag.times, 50)):
        page.containers.push_list(_list_name(tag), 1 if start is None else start, style)
    page.enter()


def _end_list(page: Page, tag: Tag) -> None:
    page.end_block()
    for _ in range(min(tag.times, 50)):
        page.containers.pop(_list_name(tag))
    page.enter()
    if not page.containers.has("li"):
        page.flow.margin = True


def _list_name(tag: Tag) -> str:
    return "ol" if tag.name == "ol" else "ul"


def _begin_item(page: Page, tag: Tag) -> None:
    page.end_block()
    if page.containers.full and page.containers.innermost != "li":
        page.containers.push("li", "item")
        return
    page.containers.pop_within("li", "ol", "ul")
    found = found_in(tag)
    marker = page.containers.marker(integer(found.get("value", "")))
    if NOTE.match(found.get("id", "")) and marker[:-1].isdigit():
        marker = f"[{marker[:-1]}]"
    page.containers.push("li", "item", marker)
    page.enter()


def _end_item(page: Page, _tag: Tag) -> None:
    page.end_block()
    page.containers.pop("li")
    page.enter()


def _begin_term(page: Page, _tag: Tag) -> None:
    page.defined = -1
    page.end_block()
    page.containers.pop_within("dd", "dl")
    page.enter()
    page.flow.role = "term"


def _begin_definition(page: Page, tag: Tag) -> None:
    _end_part(page, tag)
    page.containers.pop_within("dd", "dl")
    page.containers.push("dd", "definition")
    page.enter()
    page.flow.margin = False
    page.defined = page.flow.texts


def _end_definition(page: Page, _tag: Tag) -> None:
    page.defined = -1
    page.end_block()
    page.containers.pop_within("dd", "dl")
    page.enter()


def _end_definitions(page: Page, _tag: Tag) -> None:
    page.defined = -1
    page.end_block(margin=True)
    page.containers.pop_within("dd", "dl")
    page.enter()
    page.flow.reset()


def _begin_details(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    for _ in range(min(tag.times, 50)):
        page.containers.push("details", "details")
    page.enter()


def _end_details(page: Page, tag: Tag) -> None:
    page.end_block(margin=True)
    for _ in range(min(tag.times, 50)):
        page.containers.pop("details")
    page.enter()


def _begin_summary(page: Page, _tag: Tag) -> None:
    page.end_block()
    page.flow.role = "summary"


STARTS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(BLOCKS, _begin_part),
    **dict.fromkeys(("p", "figure", "dl", "fieldset"), _begin_block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _begin_heading),
    **dict.fromkeys(("figcaption", "caption"), _begin_caption),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _begin_list),
    "blockquote": _begin_quote,
    "dd": _begin_definition,
    "details": _begin_details,
    "dt": _begin_term,
    "hr": _show_rule,
    "li": _begin_item,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), _begin_listing),
    "summary": _begin_summary,
}
ENDS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(BLOCKS, _begin_part),
    **dict.fromkeys(("p", "figure", "fieldset"), _begin_block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _end_heading),
    **dict.fromkeys(("pre", "listing", "xmp"), _end_heading),
    **dict.fromkeys(("figcaption", "caption", "dt", "summary"), _end_part),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _end_list),
    "blockquote": _end_quote,
    "dd": _end_definition,
    "details": _end_details,
    "dl": _end_definitions,
    "li": _end_item,
}
