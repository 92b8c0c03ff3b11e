"""What stands on a text screen for pictures, films and embedded posts."""

import re
from typing import Final
from urllib.parse import unquote

from reader.text.terminal import clean_line
from reader.text.urls import outlet

_SIZE = re.compile(r"\s*(\d+)(?:\.\d*)?\s*(?:px)?\s*", re.IGNORECASE)
_STYLE_SIZE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d+)(?:\.\d*)?px", re.IGNORECASE)
_LAZY: Final = ("data-src", "data-original", "data-lazy-src", "data-image", "data-url")
_ICON: Final = 32
_COUNTER = re.compile(
    r"(?:^|[/_.-])(?:pixel|beacon|tracker|tracking|impression|1x1|spacer|clear)\.(?:gif|png|php)\b"
    r"|//(?:pixel|stats|b\.scorecardresearch|feeds\.feedburner)\.|feedburner\.com/~|/wf/open\?"
    r"|/(?:pixel|beacon|count(?:er)?)(?:[/?]|$)|google-analytics\.com/|doubleclick\.net/",
    re.IGNORECASE,
)
_FILM = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/|youtu\.be/)([\w-]{5,20})", re.IGNORECASE
)
_VIMEO = re.compile(r"player\.vimeo\.com/video/(\d+)", re.IGNORECASE)


def _named_sides(found: dict[str, str]) -> list[tuple[str, int]]:
    """The sides of a picture in pixels by name, as far as they are told, by its style last."""
    sides = []
    for name in ("width", "height"):
        told = _SIZE.fullmatch(found.get(name, ""))
        if told:
            sides.append((name, int(told[1][:6])))
    styled = _STYLE_SIZE.findall(found.get("style", ""))
    return sides + [(name.lower(), int(told[:6])) for name, told in styled]


def _sides(found: dict[str, str]) -> list[int]:
    return [pixels for _, pixels in _named_sides(found)]


_CHARACTER = re.compile(
    r"\b(?:emoji|wp-smiley|smil(?:ey|ies?)|twemoji|emoticon|mwe-math|latex|tex)", re.I
)
_DISPLAYED = re.compile(r"\{\\(?:displaystyle|textstyle|scriptstyle)\s(.*)\}")
_LETTERS = re.compile(r"[^\W\d_]")


def formula(words: str) -> str:
    """A formula without what only tells TeX how large to set it."""
    match = _DISPLAYED.fullmatch(words)
    return match[1].strip() if match else words


def is_character(found: dict[str, str], words: str) -> bool:
    """Whether a picture stands for a sign of the text: an emoji, a formula."""
    if not words:
        return False
    if _CHARACTER.search(found.get("class", "")) or "/math/render/" in found.get("src", ""):
        return True
    return len(words) <= 8 and not words.isascii() and not _LETTERS.search(words)


def picture(found: dict[str, str]) -> tuple[str, str] | None:
    """The address and the words of an ``img``; None where there is nothing to see.

    Pictures of one pixel, and others without words at addresses of that kind, count the
    readers, and small ones without words are ornaments.
    """
    address = found.get("src", "")
    if not address or address.startswith("data:"):
        address = next((found[name] for name in _LAZY if found.get(name)), address)
    if not address:
        address = found.get("srcset", found.get("data-srcset", "")).strip().partition(" ")[0]
    sides = _sides(found)
    if sides and min(sides) <= 1:
        return None
    words = formula(clean_line(found.get("alt", "") or found.get("title", ""), 500))
    if not words and ((sides and max(sides) <= _ICON) or not address):
        return None
    if not words and _COUNTER.search(address[:2000]):
        return None
    return ("" if address.startswith("data:") else address), words


def size(found: dict[str, str]) -> str:
    """How large a picture is, in pixels as ``640×480``; "" where that is untold, or an icon's."""
    sides = dict(_named_sides(found))
    if len(sides) < 2 or max(sides.values()) <= _ICON:
        return ""
    return f"{sides['width']}×{sides['height']}"


def embedded(name: str, found: dict[str, str]) -> tuple[str, str] | None:
    """The address and a title for what a page embeds; None where it is not worth a link."""
    address = found.get("src") or found.get("data-src") or found.get("data", "")
    if not address or address.startswith(("about:", "data:", "javascript:")):
        return None
    if address.startswith("//"):
        address = "https:" + address
    sides = _sides(found)
    if sides and min(sides) <= 1:
        return None
    title = clean_line(found.get("title", "") or found.get("aria-label", ""), 200)
    film = _FILM.search(address)
    if film:
        return f"https://www.youtube.com/watch?v={film[1]}", f"▶ {title or 'YouTube'}"
    film = _VIMEO.search(address)
    if film:
        return f"https://vimeo.com/{film[1]}", f"▶ {title or 'Vimeo'}"
    path = address.partition("#")[0].partition("?")[0]
    where = outlet(address) or clean_line(unquote(path.rpartition("/")[2]), 100)
    sign = {"video": "▶", "audio": "♪"}.get(name, "▣")
    return address, f"{sign} {title or where or name}"
