"""Doing, undoing and redoing what a person does to articles, with the journal row beside it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from reader.model.change import (
    Actor,
    ArticlesMarked,
    ArticlesStored,
    Change,
    FeedsChanged,
    JournalEntry,
    LibraryChanged,
    Mark,
    TagsEdited,
)
from reader.model.records import replace
from reader.storage import copies, journal, marks, retag
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reader.storage.journal import Row, Verb, Writer
    from reader.storage.packing import Ids

_MARK_LABELS = {
    ("read", True): "marked read",
    ("read", False): "marked unread",
    ("starred", True): "starred",
    ("starred", False): "unstarred",
    ("hidden", True): "hidden",
    ("hidden", False): "shown again",
}


def mark(
    connection: sqlite3.Connection,
    writer: Writer,
    ids: Iterable[int],
    mark: Mark,
    *,
    value: bool,
    by: str = "",
) -> ArticlesMarked:
    """Set a mark, on what stands behind the articles too, and journal it.

    ``by`` is the rule that wants it.
    """
    changed = marks.set_mark(connection, copies.with_copies(connection, ids), mark, value=value)
    listed = copies.without_copies(connection, changed)
    row_id = 0
    if changed:
        if mark == "hidden" and value:
            marks.sign_hidden(connection, changed, by)
        row_id = _write(
            connection,
            writer,
            mark,
            {"ids": changed},
            value=value,
            subject=by,
            label=f"{_articles(listed)} {_MARK_LABELS[mark, value]}{_by(by)}",
            articles=len(listed),
        )
    return ArticlesMarked(
        mark=mark, value=value, ids=tuple(listed), journal_id=row_id, actor=writer.actor
    )


def tag(
    connection: sqlite3.Connection,
    writer: Writer,
    ids: Iterable[int],
    name: str,
    *,
    add: bool,
    by: str = "",
) -> TagsEdited:
    """Put a user tag on articles, or take a tag of any kind from them; journal it.

    ``by`` is the rule that wants it.
    """
    safe = clean_line(name)
    parts = retag.edit(connection, ids, safe, add=add)
    changed = retag.changed_of(parts)
    row_id = 0
    if changed:
        label = f"{_articles(changed)} {'tagged' if add else 'untagged'} {safe}{_by(by)}"
        row_id = _write(connection, writer, "tag", parts, value=add, subject=safe, label=label)
    return TagsEdited(
        tag=safe, added=add, ids=tuple(changed), journal_id=row_id, actor=writer.actor
    )


def edit_tags(
    connection: sqlite3.Connection, writer: Writer, ids: Sequence[int], edits: retag.Edits
) -> TagsEdited:
    """Put several tags on articles, take others off; one line of the journal."""
    wanted: retag.Edits = [(clean_line(name), add) for name, add in edits]
    done, parts = retag.edit_all(connection, ids, wanted)
    changed = retag.changed_of(parts)
    row_id = 0
    if done:
        label = f"{_articles(changed)} {retag.told(done)}"
        subject = retag.subject_of(done)
        row_id = _write(
            connection, writer, "retag", parts, value=True, subject=subject, label=label
        )
    return _tags_edited(done, changed, row_id, writer.actor, value=True)


def _tags_edited(
    edits: retag.Edits, changed: Ids, row_id: int, actor: Actor, *, value: bool
) -> TagsEdited:
    names = (f"{'+' if add == value else '-'}{name}" for name, add in edits)
    added = any(add == value for _, add in edits)
    tag = clean_line(", ".join(names))
    return TagsEdited(tag=tag, added=added, ids=tuple(changed), journal_id=row_id, actor=actor)


def undo(
    connection: sqlite3.Connection,
    writer: Writer,
    row_id: int | None,
    *,
    known: Collection[int] = (),
) -> tuple[JournalEntry, Change] | None:
    """Take a row back, for the articles that still are as it left them.

    One that was taken back ``before`` is told so, if it is not ``known``.
    """
    row = journal.to_undo(connection, row_id, session=writer.session, known=known)
    if row is None:
        return None
    if row.undone:
        return replace(row.entry, before=True), _change(row, array("q"), value=not row.value)
    return _reverse(connection, writer, row, redo=False)


def redo(connection: sqlite3.Connection, writer: Writer) -> tuple[JournalEntry, Change] | None:
    """Do the row undone last again."""
    row = journal.to_redo(connection)
    return None if row is None else _reverse(connection, writer, row, redo=True)


def told(row: Row) -> Change:
    """What a row of another session did, as a Change."""
    parts = row.parts
    if row.verb == "stored":
        return ArticlesStored(
            source_id=parts["source"][0],
            feed_ids=tuple(parts["feeds"]),
            new=tuple(parts["new"]),
            changed=tuple(parts["changed"]),
            gone=tuple(parts["gone"]),
        )
    if row.verb == "feeds":
        return FeedsChanged()
    if row.verb in ("digested", "tags", "merge"):
        return LibraryChanged()
    changed = retag.changed_of(parts)
    return _change(replace(row, id=0, actor="other"), changed, value=row.value)


def _reverse(
    connection: sqlite3.Connection, writer: Writer, row: Row, *, redo: bool
) -> tuple[JournalEntry, Change]:
    value = row.value if redo else not row.value
    changed: Ids = array("q")
    if row.verb in ("feeds", "tags"):
        from reader.storage import subscriptions

        subscriptions.reverse(connection, row, redo=redo)
    elif row.verb == "merge":
        from reader.storage import tagedits

        tagedits.reverse(connection, row, redo=redo)
    elif row.verb == "tag":
        changed = retag.reverse(connection, row.parts, row.subject, add=row.value, redo=redo)
    elif row.verb == "retag":
        changed = retag.reverse_all(connection, row.parts, row.subject, redo=redo)
    else:
        mark: Mark = row.verb  # type: ignore[assignment]
        changed = marks.set_mark(connection, row.parts["ids"], mark, value=value)
        if mark == "hidden" and redo and value:
            marks.sign_hidden(connection, changed, row.subject)
    undo_id = _write(
        connection, writer, row.verb, {"ids": changed}, value=value, subject=row.subject,
        undoable=False,
    )  # fmt: skip
    journal.set_undone(connection, row.id, 0 if redo else undo_id)
    entry = replace(row.entry, undone=not redo)
    return entry, _change(row, copies.without_copies(connection, changed), value=value)


def _change(row: Row, changed: Ids, *, value: bool) -> Change:
    """The Change of a row, for the articles that changed."""
    if row.verb == "feeds":
        return FeedsChanged(journal_id=row.id)
    if row.verb in ("tags", "merge"):
        return LibraryChanged()
    row_id = row.id if changed else 0
    if row.verb == "retag":
        edits = retag.read_subject(row.subject)
        return _tags_edited(edits, changed, row_id, row.actor, value=value)
    if row.verb == "tag":
        return TagsEdited(
            tag=SafeText(row.subject),
            added=value,
            ids=tuple(changed),
            journal_id=row_id,
            actor=row.actor,
        )
    mark: Mark = row.verb  # type: ignore[assignment]
    return ArticlesMarked(
        mark=mark, value=value, ids=tuple(changed), journal_id=row_id, actor=row.actor
    )


def _write(
    connection: sqlite3.Connection,
    writer: Writer,
    verb: Verb,
    parts: Mapping[str, Ids],
    *,
    value: bool,
    subject: str = "",
    label: str = "",
    articles: int | None = None,
    undoable: bool = True,
) -> int:
    return journal.write(
        connection,
        writer,
        verb,
        parts,
        value=value,
        subject=subject,
        label=label,
        articles=len(retag.changed_of(parts)) if articles is None else articles,
        undoable=undoable,
    )


def _by(rule: str) -> str:
    return f" by the rule {rule}" if rule else ""


def _articles(ids: Ids) -> str:
    return "1 article" if len(ids) == 1 else f"{len(ids):,} articles"
