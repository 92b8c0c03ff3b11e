"""The verbs on smart feeds: save a query, change, move and remove it, count again."""

from __future__ import annotations

from reader.library.door import Door
from reader.model.change import Actor, Change, FeedsChanged


class SmartVerbs(Door):
    """Saved queries in the feed list. Every edit is one undo."""

    def save_smart(
        self, title: str, query: str, *, actor: Actor = "key"
    ) -> tuple[int, FeedsChanged]:
        """Keep a query in the feed list; the id of its row there. "" is called by its query."""
        from reader.storage import smart

        with self.store.write() as connection:
            row_id, journal_id = smart.save(
                connection, self.writer(actor), title, query, self._moment
            )
        return row_id, FeedsChanged(journal_id=journal_id)

    def change_smart(
        self,
        row_id: int,
        *,
        title: str | None = None,
        query: str | None = None,
        actor: Actor = "key",
    ) -> FeedsChanged:
        """Call a saved smart feed otherwise, or let it ask something else."""
        from reader.storage import smart

        with self.store.write() as connection:
            writer = self.writer(actor)
            return FeedsChanged(
                journal_id=smart.change(connection, writer, row_id, title=title, query=query)
            )

    def find_smart(self, title: str) -> int | None:
        """The row of the saved smart feed of a title, whatever its case; None for none."""
        from reader.storage import smart

        with self.store.read() as connection:
            return smart.find(connection, title)

    def move_smart(self, row_id: int, places: int, *, actor: Actor = "key") -> FeedsChanged:
        """Move a saved smart feed so many places down (negative: up)."""
        from reader.storage import smart

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=smart.move(connection, self.writer(actor), row_id, places)
            )

    def remove_smart(self, row_id: int, *, actor: Actor = "key") -> FeedsChanged:
        """Take a saved smart feed from the feed list; undo brings it back."""
        from reader.storage import smart

        with self.store.write() as connection:
            return FeedsChanged(journal_id=smart.remove(connection, self.writer(actor), row_id))

    def recount(self) -> bool:
        """Count the saved smart feeds again where something happened since; whether any changed.

        Some microseconds where nothing did, else some milliseconds a smart feed: call it
        behind. ``watch`` does.
        """
        from reader.storage import smart

        return smart.recount(self.store, self._moment)

    def look_around(self) -> list[Change]:
        """What other sessions did (``poll``), and whether smart feeds have other numbers now."""
        changes = super().look_around()
        if self.recount():
            changes.append(FeedsChanged())
        return changes
