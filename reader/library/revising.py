"""The verbs on what articles said before: their older texts, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import Door

if TYPE_CHECKING:
    from reader.model.revision import Changes, Revision


class RevisionVerbs(Door):
    """Older texts are kept as long as their article is."""

    def revisions(self, article_id: int) -> tuple[Revision, ...]:
        """The texts of an article over time, the oldest first; () when it is gone."""
        # Imported late: few articles are ever edited, and fewer looked at for that.
        from reader.model.revision import Revision
        from reader.storage import revisions
        from reader.text.plain import count_words, visible_text

        with self.store.read() as connection:
            found = revisions.texts(connection, article_id)
        return tuple(
            Revision(
                id=one.id,
                stored=one.stored,
                words=count_words(visible_text(one.body, one.kind)),
                current=one.current,
            )
            for one in found
        )

    def changed_words(self, article_id: int, since: int) -> tuple[int, int]:
        """How many words were added since a revision, and how many were taken out."""
        from reader.text.plain import count_words

        found = self.changes(article_id, since)
        words = {"insert": 0, "strike": 0}
        for block in found.blocks if found is not None else ():
            for span in block.spans:
                if span.style in words:
                    words[span.style] += count_words(span.text)
        return words["insert"], words["strike"]

    def changes(self, article_id: int, since: int | None = None) -> Changes | None:
        """What changed in an article since a revision; None where it has but one text.

        Without one, since the text that was read last before it became what it is now, also
        where the newest was opened already; since the one before where none was read.
        """
        from reader.model.revision import Changes
        from reader.storage import revisions
        from reader.text.diff import changes
        from reader.text.plain import visible_text

        with self.store.read() as connection:
            found = revisions.texts(connection, article_id)
            current = next((one for one in found if one.current), None)
            older = [one for one in found if not one.current]
            if current is None or not older:
                return None
            read = revisions.read_before(connection, article_id, current.stored)
        seen = [one for one in older if read is not None and one.stored <= read]
        old = seen[-1] if seen else older[-1]
        if since is not None:
            old = next((one for one in older if one.id == since), old)
        blocks = changes(visible_text(old.body, old.kind), visible_text(current.body, current.kind))
        was_read = bool(seen) and old is seen[-1]
        return Changes(since=old.stored, seen=was_read, blocks=tuple(blocks))
