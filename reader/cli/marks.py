"""Commands that change articles, and take changes back: mark, history, undo, redo."""

import argparse

from reader.cli.articles import CHUNK, as_row, as_text
from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.queries import add_query, finish, joined, tell_mistakes
from reader.model.change import JournalEntry, Mark
from reader.model.scope import Scope

MARKS: dict[str, tuple[Mark, bool]] = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("starred", True),
    "unstar": ("starred", False),
    "hide": ("hidden", True),
    "show": ("hidden", False),
    "unhide": ("hidden", False),
}
TAGS = {"tag": True, "untag": False}


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    mark = commands.add_parser(
        "mark",
        help="mark every article that fits a query",
        epilog="tag and untag take the tag's name before the query: mark tag later title:review. "
        "show and unhide are one: what was hidden is listed again.",
    )
    mark.add_argument("what", choices=(*MARKS, *TAGS), help="what to do with them")
    add_query(mark)
    mark.add_argument("--dry-run", action="store_true", help="only print which ones")
    mark.add_argument("--json", action="store_true", help="the result as JSON")
    mark.set_defaults(run=run_mark)
    history = commands.add_parser("history", help="list what was done to articles, newest first")
    history.add_argument("--limit", type=int, default=20, metavar="N", help="at most N (20)")
    history.add_argument("--json", action="store_true", help="one JSON object a line")
    history.set_defaults(run=run_history)
    undo = commands.add_parser("undo", help="take back the last change, or one of the history")
    undo.add_argument("number", nargs="?", type=int, metavar="N", help="its number in history")
    undo.set_defaults(run=run_undo)
    redo = commands.add_parser("redo", help="do again what was taken back last")
    redo.set_defaults(run=run_redo)


def run_mark(context: Context, options: argparse.Namespace) -> Exit:
    """Mark what a query finds. A query with mistakes is refused: it could fit far too much."""
    words: list[str] = options.query
    name = ""
    if options.what in TAGS:
        name, words = words[0], words[1:]
    query = joined(words)
    if not query.strip():
        context.talk("which articles? a query is missing; * is every article")
        return Exit.USAGE
    finish(context)
    if tell_mistakes(context, query):
        context.talk("nothing was marked")
        return Exit.USAGE
    scope = Scope(query=query)
    if options.dry_run:
        return _dry_run(context, scope, as_json=options.json)
    if options.what in TAGS:
        tagged = context.library.tag_scope(scope, name, add=TAGS[options.what], actor="cli")
        ids, journal_id = tagged.ids, tagged.journal_id
    else:
        mark, value = MARKS[options.what]
        marked = context.library.mark_scope(scope, mark, value, actor="cli")
        ids, journal_id = marked.ids, marked.journal_id
    if options.json:
        context.row({"changed": len(ids), "history": journal_id or None, "ids": list(ids)})
    elif ids:
        context.say(f"{_articles(len(ids))} changed; newsreader undo {journal_id} takes it back")
    else:
        context.say("nothing to change")
    return Exit.OK if ids else Exit.NOTHING


def _dry_run(context: Context, scope: Scope, *, as_json: bool) -> Exit:
    ids = context.library.list_ids(scope)
    for start in range(0, len(ids), CHUNK):
        for article in context.library.listed(ids[start : start + CHUNK]):
            if as_json:
                context.row(as_row(article))
            else:
                context.say(as_text(article))
    context.talk(f"{_articles(len(ids))} fit")
    return Exit.OK if ids else Exit.NOTHING


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def run_history(context: Context, options: argparse.Namespace) -> Exit:
    """Print what was done."""
    entries = context.library.history(limit=options.limit)
    for entry in entries:
        if options.json:
            context.row(_as_row(entry))
        else:
            at = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
            undone = "  (taken back)" if entry.undone else ""
            context.say(f"{entry.id:>6}  {at}  {entry.actor:6}  {entry.label}{undone}")
    return Exit.OK if entries else Exit.NOTHING


def _as_row(entry: JournalEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "label": entry.label,
        "articles": entry.articles,
        "undone": entry.undone,
    }


def run_undo(context: Context, options: argparse.Namespace) -> Exit:
    """Take a change back; NOTHING where there is none to take back."""
    before = {entry.id: entry for entry in context.library.history(limit=10_000)}
    asked = before.get(options.number)
    if asked is not None and asked.undone:
        context.talk(f"{asked.label}: that was taken back before")
        return Exit.NOTHING
    done = context.library.undo(options.number, actor="cli")
    if done is None:
        told = "nothing to take back" if options.number is None else f"no change {options.number}"
        context.talk(f"{told}; newsreader history lists what was done")
        return Exit.NOTHING
    context.say(f"took back: {done[0].label}")
    return Exit.OK


def run_redo(context: Context, options: argparse.Namespace) -> Exit:  # noqa: ARG001
    """Do the change undone last again; NOTHING where something new was done since."""
    done = context.library.redo(actor="cli")
    if done is None:
        context.talk("nothing to do again")
        return Exit.NOTHING
    context.say(f"did again: {done[0].label}")
    return Exit.OK
