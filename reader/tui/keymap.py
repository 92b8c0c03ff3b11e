"""Key bindings, made from the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from reader.commands import COMMANDS, Where

if TYPE_CHECKING:
    from collections.abc import Container

OPENS_LINE = frozenset(
    {
        "list_search", "article_edit_tags", "list_save", "list_catch_up", "tags_find",
        "tags_rename", "tags_colour", "go_tag", "article_pipe", "article_find",
        "article_follow_link", "source_add", "go_feed", "app_help", "app_palette",
    }
)  # fmt: skip
"""Actions after whose key a person goes on typing."""


def bindings(
    where: Where, *, nouns: Container[str] = (), without: Container[str] = ()
) -> list[BindingType]:
    """Bindings of the commands that work at ``where``, whose noun is chosen.

    Without ``nouns`` every noun is, but those ``without``. The cursor belongs to the pane
    that has the focus, so its commands act there; what else a pane has keys for is done by
    its screen. Each binding carries its command's id, by which a person's own keymap names it.
    """
    found: list[BindingType] = []
    for command in COMMANDS:
        noun = command.id.partition(".")[0]
        if command.where != where or noun in without or (nouns and noun not in nouns):
            continue
        target = "focused." if noun == "cursor" else "" if where == "everywhere" else "screen."
        found.append(
            Binding(
                ",".join(command.keys),
                target + command.action,
                command.title,
                show=False,
                # Whatever is typed after such a key belongs in the line it opens: it is
                # looked at before the keys that may be waiting behind it.
                priority=command.action in OPENS_LINE,
                id=command.id,
            )
        )
    return found
