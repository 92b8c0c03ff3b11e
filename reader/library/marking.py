"""The verbs that mark whatever a scope holds, in one step and one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import Door

if TYPE_CHECKING:
    from reader.model.change import Actor, ArticlesMarked, Mark, TagsEdited
    from reader.model.scope import Scope


class MarkVerbs(Door):
    """Marks on a feed, a category, tags, a query, or everything."""

    def mark_scope(
        self, scope: Scope, mark: Mark, value: bool, *, actor: Actor = "key"
    ) -> ArticlesMarked:
        """Set a mark on every article of a scope; the Change tells which ones it changed.

        What the query has wrong in it is left out and so marks more: ask ``mistakes`` first.
        """
        from reader.storage import lists, undo

        # What takes long to find is found before others are kept from writing.
        with self.store.read() as connection:
            ids = lists.ids(connection, scope, self._moment)
        with self.store.write(large=True) as connection:
            return undo.mark(connection, self.writer(actor), ids, mark, value=value)

    def tag_scope(self, scope: Scope, name: str, *, add: bool, actor: Actor = "key") -> TagsEdited:
        """Put a user tag on every article of a scope, or take a tag of any kind from them."""
        from reader.storage import lists, undo

        # What takes long to find is found before others are kept from writing.
        with self.store.read() as connection:
            ids = lists.ids(connection, scope, self._moment)
        with self.store.write(large=True) as connection:
            return undo.tag(connection, self.writer(actor), ids, name, add=add)
