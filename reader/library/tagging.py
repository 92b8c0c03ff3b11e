"""The verbs on tags themselves: rename, merge, colour, hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import LARGE, Door
from reader.model.change import Actor, LibraryChanged
from reader.storage import tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.change import TagsEdited
    from reader.model.tag import TagRow


class TagVerbs(Door):
    """What a person does to the list of tags. Every edit is one undo."""

    def find_tag(self, name: str) -> TagRow | None:
        """The tag that a name stands for, None where there is none."""
        with self.store.read() as connection:
            return tags.find(connection, name)

    def edit_tags(
        self,
        ids: Sequence[int],
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        actor: Actor = "key",
    ) -> TagsEdited:
        """Put tags of the person's on articles and take tags of any kind off, in one undo."""
        from reader.storage import undo

        edits = [(name, True) for name in add] + [(name, False) for name in remove]
        if len(edits) == 1:
            return self.tag(ids, edits[0][0], add=edits[0][1], actor=actor)
        with self.store.write(large=len(ids) > LARGE) as connection:
            return undo.edit_tags(connection, self.writer(actor), ids, edits)

    def tag(self, ids: Sequence[int], name: str, *, add: bool, actor: Actor = "key") -> TagsEdited:
        """Put a user tag on articles or take a tag of any kind from them."""
        from reader.storage import undo

        with self.store.write(large=len(ids) > LARGE) as connection:
            return undo.tag(connection, self.writer(actor), ids, name, add=add)

    def rename_tag(self, tag_id: int, name: str, *, actor: Actor = "key") -> LibraryChanged:
        """Show a tag under another name; who gives the old one means it from now on.

        Where another tag has the name, the two become one.
        """
        from reader.storage import tagedits

        with self.store.write(large=True) as connection:
            tagedits.rename(connection, self.writer(actor), tag_id, name)
        return LibraryChanged()

    def merge_tags(self, tag_id: int, into: int, *, actor: Actor = "key") -> LibraryChanged:
        """Make one tag of two; who gives the first means the second from now on."""
        from reader.storage import tagedits

        with self.store.write(large=True) as connection:
            tagedits.merge(connection, self.writer(actor), tag_id, into)
        return LibraryChanged()

    def colour_tag(self, tag_id: int, colour: str, *, actor: Actor = "key") -> LibraryChanged:
        """Give a tag a colour, "" for none."""
        from reader.storage import tagedits

        with self.store.write() as connection:
            tagedits.colour(connection, self.writer(actor), tag_id, colour)
        return LibraryChanged()

    def hide_tag(self, tag_id: int, *, hidden: bool, actor: Actor = "key") -> LibraryChanged:
        """Leave a tag out of the sidebar, or show it again."""
        from reader.storage import tagedits

        with self.store.write() as connection:
            tagedits.hide(connection, self.writer(actor), tag_id, hidden=hidden)
        return LibraryChanged()
