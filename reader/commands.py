"""Every user command once: its id, title, help, default keys and where it works.

Key bindings, the command palette, the help screen, ``newsreader keys`` and the README's
table are all made from ``COMMANDS``.
"""

from typing import Literal

from msgspec import Struct

Where = Literal["everywhere", "feeds", "headlines", "article", "tags"]


class Command(Struct, frozen=True, kw_only=True):
    """One thing a person can ask for.

    ``id`` is ``noun.verb``; ``keys`` are Textual key names, the first one is shown.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: Where = "everywhere"

    @property
    def action(self) -> str:
        """The name of the action that does it, as an identifier."""
        return self.id.replace(".", "_").replace("-", "_")


def _c(command: str, title: str, keys: str, text: str, where: Where = "everywhere") -> Command:
    return Command(id=command, title=title, help=text, keys=tuple(keys.split()), where=where)


COMMANDS: tuple[Command, ...] = (
    _c("cursor.down", "Down", "j down", "Move the cursor, or the text, one line down."),
    _c("cursor.up", "Up", "k up", "Move the cursor, or the text, one line up."),
    _c("cursor.top", "Top", "g home", "Go to the first row, or the top of the article."),
    _c("cursor.bottom", "Bottom", "G end", "Go to the last row, or the end of the article."),
    _c("cursor.page-down", "Page down", "pagedown ctrl+f", "Move one page down."),
    _c("cursor.page-up", "Page up", "pageup ctrl+b", "Move one page up."),
    _c("pane.right", "Pane to the right", "l right tab", "Go to the pane on the right."),
    _c("pane.left", "Pane to the left", "h left shift+tab", "Go to the pane on the left."),
    _c(
        "article.read-on",
        "Read on",
        "space",
        "Page down in the article; at its end, the next unread one.",
    ),
    _c("article.read-back", "Page back", "b", "Page up in the article."),
    _c("cursor.open", "Open", "enter", "Open what the cursor is on; in the article, the link."),
    _c(
        "article.next-unread",
        "Next unread",
        "n",
        "Read the next unread article, of the next feed if need be.",
    ),
    _c("article.previous-unread", "Previous unread", "p", "Read the unread article before this."),
    _c("article.next", "Next article", "J", "Read the next article of the list."),
    _c("article.previous", "Previous article", "K", "Read the article before this one."),
    _c("article.toggle-read", "Read or unread", "m", "Mark the article read, or unread again."),
    _c("article.toggle-star", "Star", "s", "Star the article, or take the star away."),
    _c(
        "article.toggle-hidden",
        "Hide",
        "X delete",
        "Hide the article from lists, or bring it back (is:hidden).",
    ),
    _c("list.mark-read", "Mark list read", "A", "Mark everything in this list read; u undoes."),
    _c(
        "list.search",
        "Search and filter",
        "slash",
        "Filter this list: words, is:unread, tag:nato, age:<3d.",
    ),
    _c("list.save", "Save as smart feed", "F", "Keep this filter as a smart feed."),
    _c(
        "list.catch-up",
        "Catch up",
        "C",
        "List what is worth your minutes; A marks the rest read too.",
    ),
    _c(
        "list.select", "Select", "v", "Select the article, or let it go; marks go to the selection."
    ),
    _c("list.select-range", "Select a range", "V", "Begin a range of articles, and end it."),
    _c("list.select-all", "Select all", "asterisk", "Select every article of the list."),
    _c(
        "article.edit-tags",
        "Edit tags",
        "t",
        "Tag the article or the selection; -name takes a tag away.",
    ),
    _c("list.mark-above", "Mark above read", "left_curly_bracket", "Mark what is above read."),
    _c("list.mark-below", "Mark below read", "right_curly_bracket", "Mark what is below read."),
    _c("tags.find", "Find tags", "slash", "Show the tags that have what is typed.", "tags"),
    _c("tags.sort", "Sort tags", "S", "Sort tags by unread, by articles, by name.", "tags"),
    _c("tags.exclude", "Without this tag", "minus", "Leave out articles with this tag.", "tags"),
    _c("tags.either", "Or this tag", "vertical_line", "Show what has this tag as well.", "tags"),
    _c(
        "tags.rename",
        "Rename tag",
        "e",
        "Rename the tag; with another's name both become one.",
        "tags",
    ),
    _c("tags.colour", "Colour tag", "c", "Give the tag a colour, or take it away.", "tags"),
    _c("tags.hide", "Hide tag", "H", "Leave the tag out of the sidebar, or bring it back.", "tags"),
    _c("tags.show-hidden", "Hidden tags", "X", "List the hidden tags too, or no longer.", "tags"),
    _c("history.undo", "Undo", "u", "Take back the last change, also after a restart."),
    _c("history.redo", "Redo", "U ctrl+r", "Do again what was taken back."),
    _c("article.open-browser", "Open in browser", "o", "Open the article's page in the browser."),
    _c(
        "article.copy-link",
        "Copy link",
        "y",
        "Copy the article's link, over SSH as well (OSC 52).",
    ),
    _c(
        "article.follow-link",
        "Follow a link",
        "f",
        "Draw letters on the links on the screen; type them to open.",
    ),
    _c(
        "article.next-link",
        "Next link",
        "right_square_bracket",
        "Go to the next link: Enter follows, y copies, Esc ends.",
    ),
    _c(
        "article.previous-link",
        "Previous link",
        "left_square_bracket",
        "Go to the link before this one.",
    ),
    _c("article.list-links", "Links", "L", "List all links of the article, to open or copy one."),
    _c(
        "article.find",
        "Find in the article",
        "slash",
        "Find words in the article: n and N go on, Esc ends.",
        "article",
    ),
    _c("article.back", "Back to the link", "backspace", "Go back from a page that was read here."),
    _c("article.contents", "Contents", "c", "List the article's headings, to go to one."),
    _c(
        "article.full-text",
        "Full text",
        "x",
        "Fetch the article's page as text; again, the feed's text.",
    ),
    _c(
        "article.pictures",
        "Pictures",
        "i",
        "Fetch and draw the article's pictures, or take them away.",
    ),
    _c("article.picture", "One picture", "I", "Show the pictures one at a time, large."),
    _c("article.files", "Files", "E", "List the files of the article, to play or download one."),
    _c(
        "article.changes",
        "What changed",
        "d",
        "Show what changed since you read it; again, the article.",
    ),
    _c(
        "article.source",
        "Source",
        "backslash",
        "Show the article's source; again, the whole document.",
    ),
    _c(
        "article.versions",
        "Versions",
        "W",
        "List the texts the article had, to see what changed.",
    ),
    _c(
        "article.pipe",
        "Pipe",
        "vertical_line",
        "Give the article to a program; ! lends it the screen.",
    ),
    _c(
        "article.save",
        "Save or mail",
        "S",
        "Save as Markdown, web page, text or e-book, or mail it.",
    ),
    _c(
        "article.scroll-right",
        "Scroll right",
        "right_parenthesis",
        "Show what is beyond the right edge, as wide code is.",
    ),
    _c("article.scroll-left", "Scroll left", "left_parenthesis", "Go back to where it begins."),
    _c("article.narrower", "Shorter lines", "less_than_sign", "Set the article in shorter lines."),
    _c("article.wider", "Longer lines", "greater_than_sign", "Set the article in longer lines."),
    _c("go.all", "All articles", "0", "Go to the articles of all feeds."),
    _c("go.starred", "All starred", "9", "Go to every starred article."),
    _c("go.feed", "Go to a feed", "apostrophe", "Go to a feed by a part of its name."),
    _c("go.tag", "Go to a tag", "number_sign", "Go to a tag by a part of its name."),
    _c("show.all", "Show all", "1", "Show read and unread articles."),
    _c("show.unread", "Show unread", "2", "Show unread articles only."),
    _c("show.starred", "Show starred", "3", "Show starred articles only."),
    _c("list.refresh", "Show new arrivals", "full_stop", "Take new articles into this list."),
    _c("source.update", "Update this feed", "r", "Look for new articles in this feed."),
    _c("source.update-all", "Update all", "R", "Look for new articles everywhere."),
    _c("source.add", "Add", "a", "Add a site, a feed, a folder, or a list of feeds."),
    _c(
        "feed.settings",
        "Settings of the feed",
        "e",
        "Change what is set for this feed; on a category, its name.",
    ),
    _c("feed.move", "Move", "M", "Put this feed or category into another category."),
    _c("feed.pause", "Pause", "P", "Stop fetching this feed, or go on."),
    _c(
        "feed.remove",
        "Unsubscribe",
        "D",
        "Remove the feed or category; u brings it back whole.",
    ),
    _c("feed.health", "Feed health", "H", "Show how every feed is doing, failing ones first."),
    _c("view.zen", "Zen", "z", "Show the article alone, or all panes again."),
    _c("view.theme", "Theme", "T", "Choose other colours; they are remembered."),
    _c("app.help", "Keys", "question_mark f1", "Show every key; type to search."),
    _c("app.palette", "Commands", "colon ctrl+p", "Run a command by its name."),
    _c("app.back", "Back, then quit", "q", "Go back one step; at the first step, quit."),
    _c("app.step-back", "Back", "escape", "Go back one step; never quits."),
    _c("app.quit", "Quit", "Q ctrl+c", "Leave the reader. Everything is saved already."),
    _c("app.suspend", "Suspend", "ctrl+z", "Put the reader in the background; fg brings it back."),
    _c("app.repaint", "Repaint", "ctrl+l", "Draw the whole screen again."),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

KEY_NAMES = {
    "full_stop": ".",
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "asterisk": "*",
    "minus": "-",
    "vertical_line": "|",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "plus": "+",
    "comma": ",",
    "semicolon": ";",
    "equals_sign": "=",
    "at": "@",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backslash": "\\",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "tilde": "~",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """How a key is written for people: ``ctrl+p`` becomes ``Ctrl-P``, of a sequence each."""
    if " " in key:
        return " ".join(map(key_name, key.split(" ")))
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    if len(key) == 1:
        return key
    return "-".join(part.upper() if len(part) == 1 else part.title() for part in key.split("+"))


def markdown_table() -> str:
    """The key table of the README."""
    lines = ["| key | does |", "|---|---|"]
    for command in COMMANDS:
        # A bar would end the cell, even as code.
        keys = " ".join(f"`{key_name(key)}`" for key in command.keys).replace("|", "\\|")
        lines.append(f"| {keys} | {command.help} |")
    return "\n".join(lines)
