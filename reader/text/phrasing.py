"""What text-level elements, links and pictures do to a page."""

from collections.abc import Mapping
from typing import Final

from reader.text.markup import Tag
from reader.text.media import embedded, is_character, picture, size
from reader.text.page import NOTE, Handler, Page, found_in, language_of
from reader.text.terminal import clean_line

_STYLE_OF: Final = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis",
    "dfn": "emphasis", "var": "emphasis", "u": "insert", "ins": "insert", "del": "strike",
    "s": "strike", "strike": "strike", "mark": "mark", "sup": "sup", "sub": "sub",
    "small": "dim", "font": "dim",
}  # fmt: skip


def _begin_style(page: Page, tag: Tag) -> None:
    page.flow.style(_STYLE_OF[tag.name], tag.times)


def _end_style(page: Page, tag: Tag) -> None:
    page.flow.style(_STYLE_OF[tag.name], -tag.times)


def _begin_code(page: Page, tag: Tag) -> None:
    if page.flow.preformatted:
        page.flow.language = page.flow.language or language_of(found_in(tag))
    page.flow.code_span(tag.times)


def _end_code(page: Page, tag: Tag) -> None:
    page.flow.code_span(-tag.times)


def _begin_link(page: Page, tag: Tag) -> None:
    _end_link(page, tag)
    address = found_in(tag).get("href", "").strip()
    if address.startswith("#"):
        page.internal = True
        page.to_note = bool(NOTE.match(address, 1))
        page.flow.style("marker", 1)
    elif address:
        page.flow.open_link(page.register.link(address))


def _end_link(page: Page, _tag: Tag) -> None:
    page.flow.close_link()
    if page.internal:
        page.internal = False
        page.flow.style("marker", -1)


def _begin_quotation(page: Page, tag: Tag) -> None:
    page.flow.note("“" * min(tag.times, 9))


def _end_quotation(page: Page, tag: Tag) -> None:
    page.flow.note("”" * min(tag.times, 9))


def _begin_reading(page: Page, _tag: Tag) -> None:
    page.flow.note("(")


def _end_reading(page: Page, _tag: Tag) -> None:
    page.flow.note(")")


def _begin_abbreviation(page: Page, tag: Tag) -> None:
    page.abbreviation = clean_line(found_in(tag).get("title", ""), 120)


def _end_abbreviation(page: Page, _tag: Tag) -> None:
    meaning, page.abbreviation = page.abbreviation, ""
    if meaning and not meaning[0].isdigit() and meaning not in page.explained:
        if len(page.explained) < 1000:
            page.explained.add(meaning)
        page.flow.style("dim", 1)
        page.flow.note(f" ({meaning})")
        page.flow.style("dim", -1)


def _break_line(page: Page, tag: Tag) -> None:
    for _ in range(min(tag.times, 2)):
        page.flow.line_break()


def _show_image(page: Page, tag: Tag) -> None:
    show_image(page, found_in(tag))


def show_image(page: Page, found: dict[str, str], *, unless_shown: bool = False) -> None:
    """Show a picture as its words; not a second time with ``unless_shown``."""
    shown = picture(found)
    if shown is None or (unless_shown and shown[1] == page.last_picture):
        return
    address, words = shown
    page.last_picture = words
    if is_character(found, words):
        page.flow.note(words)
    else:
        told = ", ".join(filter(None, (words, size(found))))
        page.flow.image(page.register.image(address, words), told)


def _begin_embed(page: Page, tag: Tag) -> None:
    embed(page, tag.name, found_in(tag))


def embed(page: Page, name: str, found: dict[str, str]) -> None:
    """Show a film, a sound or an embedded page as a link of its own."""
    shown = embedded(name, found)
    if shown is None:
        return
    address, title = shown
    number = page.register.link(address)
    page.end_block(margin=True)
    page.flow.open_link(number)
    page.flow.note(title)
    page.flow.close_link()
    page.end_block(margin=True)


def _show_control(page: Page, tag: Tag) -> None:
    found = found_in(tag)
    if found.get("type", "").lower() == "checkbox" and page.containers.innermost == "li":
        page.containers.remark("☑" if "checked" in found else "☐")
        page.enter()


STARTS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(_STYLE_OF, _begin_style),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), _begin_code),
    **dict.fromkeys(("abbr", "acronym"), _begin_abbreviation),
    **dict.fromkeys(("iframe", "embed"), _begin_embed),
    "a": _begin_link,
    "br": _break_line,
    "img": _show_image,
    "input": _show_control,
    "q": _begin_quotation,
    "rt": _begin_reading,
}
ENDS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(_STYLE_OF, _end_style),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), _end_code),
    **dict.fromkeys(("abbr", "acronym"), _end_abbreviation),
    "a": _end_link,
    "q": _end_quotation,
    "rt": _end_reading,
}
