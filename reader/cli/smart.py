"""Commands about smart feeds: smart list, smart add, smart rename, smart remove."""

import argparse

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.queries import add_query, finish, joined, tell_mistakes


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    smart = commands.add_parser("smart", help="queries that stand in the feed list")
    smart.add_argument("--json", action="store_true", help="one JSON object a line")
    smart.set_defaults(run=run_list)
    verbs = smart.add_subparsers(dest="verb", metavar="VERB")
    listing = verbs.add_parser("list", help="list smart feeds")
    # The default is the outer one's, which stands before the verb.
    listing.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object a line"
    )
    listing.set_defaults(run=run_list)
    add = verbs.add_parser("add", help="save a query under a title")
    add.add_argument("title", metavar="TITLE")
    add_query(add)
    add.set_defaults(run=run_add)
    rename = verbs.add_parser("rename", help="call one otherwise")
    rename.add_argument("title", metavar="TITLE")
    rename.add_argument("name", metavar="NAME")
    rename.set_defaults(run=run_rename)
    remove = verbs.add_parser("remove", help="take one away (undo brings it back)")
    remove.add_argument("title", metavar="TITLE")
    remove.set_defaults(run=run_remove)


def run_list(context: Context, options: argparse.Namespace) -> Exit:
    """Print every smart feed, those that come along first."""
    finish(context)
    while context.library.recount():
        pass
    for row in context.library.feed_rows():
        if row.kind != "smart":
            continue
        if options.json:
            context.row(
                {
                    "title": row.title,
                    "query": row.query,
                    "articles": row.articles,
                    "unread": row.unread,
                }
            )
        else:
            context.say(f"{row.unread:>6} {row.articles:>6}  {row.title}  {row.query}")
    return Exit.OK


def run_add(context: Context, options: argparse.Namespace) -> Exit:
    """Save a query. One with mistakes is refused."""
    query = joined(options.query)
    if tell_mistakes(context, query):
        context.talk("the query was not saved")
        return Exit.USAGE
    context.library.save_smart(options.title, query, actor="cli")
    context.talk(f"saved {options.title}")
    return Exit.OK


def run_rename(context: Context, options: argparse.Namespace) -> Exit:
    """Call a smart feed otherwise."""
    row_id = _find(context, options.title)
    if row_id is None:
        return Exit.NOTHING
    context.library.change_smart(row_id, title=options.name, actor="cli")
    return Exit.OK


def run_remove(context: Context, options: argparse.Namespace) -> Exit:
    """Take a smart feed from the feed list."""
    row_id = _find(context, options.title)
    if row_id is None:
        return Exit.NOTHING
    context.library.remove_smart(row_id, actor="cli")
    context.talk(f"removed {options.title}; newsreader undo brings it back")
    return Exit.OK


def _find(context: Context, title: str) -> int | None:
    """The row of a saved smart feed; says so where there is none."""
    row_id = context.library.find_smart(title)
    if row_id is None:
        context.talk(f"no smart feed {title} was saved; newsreader smart list lists them")
    return row_id
