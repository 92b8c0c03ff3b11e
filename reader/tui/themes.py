"""The reader's own themes, and what things look like in whatever theme is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

# Shades of grey and the cursor's blue are chosen to be grey and blue in 256 colours as well.
DARK = Theme(
    name="newsreader-dark",
    primary="#7aa2d6",
    secondary="#8fb58a",
    accent="#e0a458",
    foreground="#d7dbe0",
    background="#16181b",
    surface="#1d1f23",
    panel="#282b30",
    warning="#e0a458",
    error="#e0717a",
    success="#8fb58a",
    variables={"row-cursor": "#2f4b73"},
    dark=True,
)
LIGHT = Theme(
    name="newsreader-light",
    primary="#1f5f9e",
    secondary="#3f7040",
    accent="#a85b00",
    foreground="#1e2329",
    background="#faf9f6",
    surface="#f0eee9",
    panel="#e2e4e6",
    warning="#a85b00",
    error="#b3261e",
    success="#3f7040",
    dark=False,
)
THEMES = (DARK, LIGHT)


ATTRIBUTES = {
    "strong": Style(bold=True),
    "emphasis": Style(italic=True),
    "strike": Style(strike=True),
    "mark": Style(reverse=True),
    "insert": Style(underline=True),
    "hint": Style(bold=True, reverse=True, underline=False, italic=False),
    "hit": Style(bold=True),
    "hit-here": Style(bold=True, reverse=True),
    "link-here": Style(reverse=True, underline=False),
    "link": Style(underline=True),
    "table-head": Style(bold=True),
    **dict.fromkeys(("heading1", "heading2", "heading3"), Style(bold=True)),
    **dict.fromkeys(("heading4", "heading5", "heading6"), Style(bold=True, italic=True)),
}
"""What needs no colour to be seen."""


@dataclass(frozen=True)
class Look:
    """Rich styles for everything that is drawn line by line.

    ``ground`` is what a pane stands on, ``cursor`` the row of the cursor where its pane has
    the focus, ``cursor_away`` where it has not. Bare terminals (few colours or none) get
    attributes instead of shades.
    """

    ground: Style
    text: Style
    strong: Style
    muted: Style
    faint: Style
    accent: Style
    primary: Style
    error: Style
    line: Style
    cursor: Style
    cursor_away: Style
    bar: Style
    bar_ground: Style
    spans: dict[str, Style] = field(default_factory=dict, compare=False, repr=False)

    @property
    def found(self) -> Style:
        """What a search found, on a row: seen without colours as well."""
        return self.accent + Style(underline=True)

    def span(self, names: str) -> Style:
        """The style of a span of an article, from its space-separated names."""
        style = self.spans.get(names)
        if style is None:
            style = Style()
            parts = names.split()
            if any(part.startswith("tok-") for part in parts):
                parts = [part for part in parts if part != "code"]  # the listing has its own
            for part in parts:
                style += self._named(part)
            self.spans[names] = style
        return style

    def _named(self, name: str) -> Style:
        if name.startswith("tok-"):
            return self._token(name[4:])
        shade = {
            "heading1": self.primary,
            "heading2": self.primary,
            "link": self.primary,
            "code": self.accent,
            "problem": self.error,
            "hit": self.cursor_away + self.accent,
            **dict.fromkeys(("hint", "hit-here", "link-here"), self.accent),
            **dict.fromkeys(("quote", "caption", "dim", "image", "strike"), self.muted),
            **dict.fromkeys(("rule", "marker"), self.faint),
        }
        return shade.get(name, Style.null()) + ATTRIBUTES.get(name, Style.null())

    def _token(self, kind: str) -> Style:
        """Highlighted code, by the first letters of a Pygments short token name."""
        match kind[:1]:
            case "k":
                return self.primary
            case "c":
                return self.faint
            case "s" | "m":
                return self.accent
            case "n" if kind in {"nf", "nc", "nt", "nd"}:
                return Style(bold=True)
        return Style()


def look_of(theme: Theme, *, bare: bool) -> Look:
    """The look of a theme. ``bare``: the terminal has 16 colours or fewer, or wants none."""
    foreground = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#202020"))
    background = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    accent = theme.accent or theme.primary
    if theme.ansi or bare:
        return Look(
            ground=Style(),
            text=Style(),
            strong=Style(bold=True),
            muted=Style(dim=True),
            faint=Style(dim=True),
            accent=_colour(accent),
            primary=_colour(theme.primary),
            error=_colour(theme.error or "ansi_red") + Style(bold=True),
            line=Style(dim=True),
            cursor=Style(reverse=True),
            cursor_away=Style(underline=True),
            bar=Style(),
            bar_ground=Style(reverse=True),
        )
    panel = Color.parse(theme.panel) if theme.panel else background.blend(foreground, 0.15)
    cursor = theme.variables.get("row-cursor")
    primary = Color.parse(theme.primary)

    def shade(factor: float) -> Style:
        return Style(color=foreground.blend(background, factor).rich_color)

    return Look(
        ground=Style(bgcolor=background.rich_color),
        text=Style(color=foreground.rich_color),
        strong=Style(color=foreground.rich_color, bold=True),
        muted=shade(0.36),
        faint=shade(0.5),
        accent=_colour(accent),
        primary=_colour(theme.primary),
        error=_colour(theme.error or "#d05050"),
        line=shade(0.8),
        cursor=Style(
            bgcolor=(Color.parse(cursor) if cursor else background.blend(primary, 0.34)).rich_color
        ),
        cursor_away=Style(bgcolor=panel.rich_color),
        bar=shade(0.3),
        bar_ground=Style(bgcolor=panel.rich_color),
    )


def _colour(name: str) -> Style:
    return Style(color=Color.parse(name).rich_color)
