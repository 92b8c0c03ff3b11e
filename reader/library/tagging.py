"""The verbs on tags themselves: rename, merge, colour, hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.change import Actor, LibraryChanged
from reader.storage import tags

if TYPE_CHECKING:
    from reader.model.tag import TagRow


class TagVerbs(Door):
    """What a person does to the list of tags. Every edit is one undo."""

    def find_tag(self, name: str) -> TagRow | None:
        """The tag that a name stands for, None where there is none."""
        with self.store.read() as connection:
            return tags.find(connection, name)

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
