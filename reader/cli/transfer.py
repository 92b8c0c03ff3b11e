"""Commands that take lists of feeds and articles in and out: import, export."""

import argparse
import shlex
import sys
from pathlib import Path

from msgspec import to_builtins

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.queries import add_query, finish, joined, tell_mistakes
from reader.cli.sharing import FORMS, folder_of
from reader.model.errors import SourceUnreadable
from reader.model.scope import Scope
from reader.model.transfer import ImportReport
from reader.text.terminal import clean_line

MOST_TOLD = 20
"""Refused lines that are told one by one; ``--json`` has all of them."""
IMPORT_HELP = """\
  newsreader import subscriptions.opml
  newsreader import ~/.newsboat                 feeds, articles, what was read, kill file
  newsreader import ~/.config/newsboat --cache ~/.local/share/newsboat/cache.db

Nothing is fetched: newsreader update does that."""
EXPORT_HELP = """\
  newsreader export > subscriptions.opml
  newsreader export is:starred after:month --as epub --to ~/books"""


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    bring = commands.add_parser(
        "import",
        help="follow the feeds of an OPML list, or move over from newsboat",
        description="Follow the feeds of a list. What is followed already stays as it is; "
        "newsreader undo takes the rest back.",
        epilog=IMPORT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bring.add_argument(
        "what",
        metavar="FILE",
        help="an OPML file (- for standard input), newsboat's urls file, or newsboat's folder",
    )
    bring.add_argument("--cache", metavar="FILE", help="newsboat's cache.db, where it is elsewhere")
    bring.add_argument("--json", action="store_true", help="the report as one JSON object")
    bring.set_defaults(run=run_import)
    export = commands.add_parser(
        "export",
        help="print every feed as an OPML list, or save the articles of a query",
        description="Without a query every feed is printed as an OPML list. With one every "
        "article that fits is saved as a file of its own; it prints where.",
        epilog=EXPORT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_query(export, optional=True)
    export.add_argument("--as", dest="form", choices=FORMS, help="with a query (md)")
    export.add_argument("--to", metavar="DIR", help="with a query: the folder (share.folder)")
    export.add_argument("--opml1", action="store_true", help="OPML 1.0, for older programs")
    export.set_defaults(run=run_export)


def run_import(context: Context, options: argparse.Namespace) -> Exit:
    """Follow the feeds of a list; PARTLY where lines were refused, NOTHING where it has none."""
    if options.what.lower().startswith(("http://", "https://")):
        context.talk(
            "import reads a file: save the list first. To follow one feed or site: "
            f"newsreader add {shlex.quote(options.what)}"
        )
        return Exit.USAGE
    report = _read(context, options)
    if report.rules:
        _append_rules(context, report)
    if options.json:
        context.row(to_builtins(report))
    else:
        _tell(context, report)
        context.say(summary(report))
        if report.added:
            context.talk("newsreader update fetches what was added")
        elif not (report.known or report.refused):
            context.talk("there is no feed in it")
    if report.refused:
        return Exit.PARTLY
    return Exit.OK if report.added or report.known else Exit.NOTHING


def _read(context: Context, options: argparse.Namespace) -> ImportReport:
    if options.what == "-":
        return context.library.import_opml(sys.stdin.buffer.read(), actor="cli")
    path = context.cwd / Path(options.what).expanduser()
    if not options.cache:
        return context.library.import_path(path, actor="cli")
    cache = context.cwd / Path(options.cache).expanduser()
    if not cache.is_file():
        raise SourceUnreadable(f"There is no file {clean_line(str(cache))}.")
    return context.library.import_newsboat(path, cache=cache, actor="cli")


def _tell(context: Context, report: ImportReport) -> None:
    for note in report.notes:
        context.talk(note)
    for one in report.refused[:MOST_TOLD]:
        context.talk(f"{one.name}: {one.reason}")
    if len(report.refused) > MOST_TOLD:
        context.talk(f"and {len(report.refused) - MOST_TOLD} more were refused")


def _append_rules(context: Context, report: ImportReport) -> None:
    place = context.paths.rules
    added = context.library.add_rules(place, report.rules)
    context.talk(f"{added} {'rule was' if added == 1 else 'rules were'} added to {place}")


def summary(report: ImportReport) -> str:
    """What an import did, in one line."""
    parts = [
        f"added {len(report.added)}",
        f"{len(report.known)} known",
        f"{len(report.refused)} refused",
    ]
    if report.articles or report.read:
        parts.append(f"{report.articles} articles, {report.read} read, {report.starred} starred")
    return ", ".join(parts)


def run_export(context: Context, options: argparse.Namespace) -> Exit:
    """Print every feed, or save what a query finds. One with mistakes is refused."""
    query = joined(options.query)
    if not query.strip():
        if options.form or options.to is not None:
            context.talk("which articles? a query is missing; * is every article")
            return Exit.USAGE
        return _export_feeds(context, options)
    if options.opml1:
        context.talk("--opml1 is for the list of feeds, which takes no query")
        return Exit.USAGE
    finish(context)
    if tell_mistakes(context, query):
        context.talk("nothing was saved")
        return Exit.USAGE
    folder = folder_of(context, options.to or context.config.share.folder)
    ids = context.library.list_ids(Scope(query=query))
    for number in ids:
        context.say(str(context.library.save_article(number, options.form or "md", folder)))
    return Exit.OK if ids else Exit.NOTHING


def _export_feeds(context: Context, options: argparse.Namespace) -> Exit:
    """Print the list, byte for byte where that is no terminal; NOTHING where it is empty."""
    data = context.library.export_opml(version="1.0" if options.opml1 else "2.0")
    if context.stdout.isatty():
        context.say_lines(data.decode())
    else:
        context.stdout.flush()
        context.stdout.buffer.write(data)
    return Exit.OK if b"xmlUrl" in data else Exit.NOTHING
