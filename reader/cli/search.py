"""Commands that ask: search, tags."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.articles import CHUNK, as_row, as_text
from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.queries import add_query, finish, joined, tell_mistakes
from reader.model.article import ListedArticle
from reader.model.scope import Scope
from reader.model.tag import TagRow
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    from reader.query.highlight import Snippet

BOLD, PLAIN = "\x1b[1m", "\x1b[22m"
EVERY = 1_000_000


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    search = commands.add_parser("search", help="find articles, and show where the words stand")
    add_query(search)
    search.add_argument("--limit", type=int, default=20, metavar="N", help="at most N (20)")
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    search.set_defaults(run=run_search)
    tags = commands.add_parser("tags", help="list tags, or keep them in order")
    tags.add_argument("match", nargs="?", default="", metavar="TEXT", help="names that hold this")
    tags.add_argument("--kind", choices=("given", "user", "derived"), help="of this kind only")
    tags.add_argument(
        "--order", choices=("unread", "articles", "name"), default="unread", help="(unread)"
    )
    tags.add_argument("--hidden", action="store_true", help="hidden ones as well")
    tags.add_argument("--json", action="store_true", help="one JSON object a line")
    edits = tags.add_mutually_exclusive_group()
    edits.add_argument("--rename", nargs=2, metavar=("TAG", "NAME"), help="call it otherwise")
    edits.add_argument("--merge", nargs=2, metavar=("TAG", "INTO"), help="make one tag of two")
    edits.add_argument("--hide", metavar="TAG", help="offer it no longer")
    edits.add_argument("--show", metavar="TAG", help="offer a hidden one again")
    edits.add_argument("--colour", nargs=2, metavar=("TAG", "COLOUR"), help="(none: as others)")
    tags.set_defaults(run=run_tags)


def run_search(context: Context, options: argparse.Namespace) -> Exit:
    """Print what fits a query; mistakes are told, and what is left of the query is asked."""
    query = joined(options.query)
    finish(context)
    tell_mistakes(context, query)
    scope = Scope(query=query)
    found = 0
    for article, snippet in _hits(context, scope, options.limit):
        found += 1
        if options.json:
            shown = {"snippet": snippet.text, "hits": snippet.hits} if snippet else {}
            context.row({**as_row(article), **shown})
        else:
            context.say(as_text(article))
            if snippet:
                _say_snippet(context, snippet)
    if found == options.limit:
        every = context.library.counts(scope).articles
        if every > found:
            context.talk(f"{found} of {every:,}; --limit {every} shows all")
    return Exit.OK if found else Exit.NOTHING


def _hits(
    context: Context, scope: Scope, limit: int
) -> "Iterator[tuple[ListedArticle, Snippet | None]]":
    ids = context.library.list_ids(scope, limit=limit)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        snippets = context.library.snippets(some, scope.query)
        for article in context.library.listed(some):
            yield article, snippets.get(article.headline.id)


def _say_snippet(context: Context, snippet: "Snippet") -> None:
    """Print a stretch of a text; on a terminal its hits stand out."""
    text = clean_line(snippet.text)
    if not context.stdout.isatty() or text != snippet.text:
        context.say(f"{'':10}{text}")
        return
    pieces, at = [], 0
    for start, end in snippet.hits:
        pieces += [text[at:start], BOLD, text[start:end], PLAIN]
        at = end
    context.stdout.write(f"{'':10}{''.join(pieces)}{text[at:]}\n")


def run_tags(context: Context, options: argparse.Namespace) -> Exit:
    """Print tags, or do to one what is asked."""
    for edit in (options.rename, options.merge, options.colour):
        if edit:
            return _edit(context, options, edit[0], edit[1])
    if options.hide or options.show:
        return _edit(context, options, options.hide or options.show, "")
    finish(context)
    rows = context.library.tag_rows(
        limit=EVERY, order=options.order, match=options.match, hidden=options.hidden
    )
    found = [row for row in rows if options.kind in (None, row.kind)]
    for row in found:
        if options.json:
            context.row(as_tag(row))
        else:
            hidden = "  (hidden)" if row.hidden else ""
            context.say(f"{row.unread:>6} {row.articles:>6}  {row.kind:7}  {row.name}{hidden}")
    return Exit.OK if found else Exit.NOTHING


def as_tag(row: TagRow) -> dict[str, object]:
    """The JSON object of a tag; the README documents its keys."""
    return {
        "name": row.name,
        "kind": row.kind,
        "articles": row.articles,
        "unread": row.unread,
        "colour": row.colour,
        "hidden": row.hidden,
    }


def _edit(context: Context, options: argparse.Namespace, name: str, other: str) -> Exit:
    library = context.library
    tag = library.find_tag(name)
    if tag is None:
        return _no_tag(context, name)
    if options.rename:
        library.rename_tag(tag.id, other, actor="cli")
    elif options.merge:
        into = library.find_tag(other)
        if into is None:
            return _no_tag(context, other)
        library.merge_tags(tag.id, into.id, actor="cli")
    elif options.colour:
        library.colour_tag(tag.id, "" if other == "none" else other, actor="cli")
    else:
        library.hide_tag(tag.id, hidden=bool(options.hide), actor="cli")
    context.talk("done; newsreader undo takes it back")
    return Exit.OK


def _no_tag(context: Context, name: str) -> Exit:
    context.talk(f"there is no tag {name}; newsreader tags lists them")
    return Exit.NOTHING
