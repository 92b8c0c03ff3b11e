"""Commands about reading on: read, full, changes."""

import argparse
import shutil
from collections.abc import Iterable

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.model.article import Article
from reader.text.blocks import BodyKind, Paragraph

NARROWEST = 20
WIDTH_HELP = "columns (default: the terminal's, at most 80)"


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    read = commands.add_parser("read", help="read any web page, on the screen or as text")
    read.add_argument("url", metavar="URL", help="its address")
    how = read.add_mutually_exclusive_group()
    how.add_argument("--text", action="store_true", help="print it, and keep nothing")
    how.add_argument("--json", action="store_true", help="the same as one JSON object")
    how.add_argument("--later", action="store_true", help="put it aside, to be read later")
    read.add_argument("--width", type=int, metavar="N", help=WIDTH_HELP)
    read.set_defaults(run=run_read)
    full = commands.add_parser("full", help="print an article's full text, fetched from its page")
    full.add_argument("id", type=int, help="its number, as list gives it")
    full.add_argument("--again", action="store_true", help="fetch it even where it was before")
    full.add_argument("--width", type=int, metavar="N", help=WIDTH_HELP)
    full.add_argument("--json", action="store_true", help="one JSON object, with the text")
    full.set_defaults(run=run_full)
    changes = commands.add_parser(
        "changes", help="print what changed in an article since it was read"
    )
    changes.add_argument("id", type=int, help="its number, as list gives it")
    since = changes.add_mutually_exclusive_group()
    since.add_argument("--list", action="store_true", help="list the texts it had over time")
    since.add_argument(
        "--from", dest="since", type=int, metavar="N", help="since its text N, as --list counts"
    )
    changes.add_argument("--json", action="store_true", help="with --list: one JSON object a line")
    changes.set_defaults(run=run_changes)


def run_read(context: Context, options: argparse.Namespace) -> Exit:
    """Fetch a page and show it."""
    import asyncio

    if options.text or options.json:
        columns = _columns(context, options.width)
        if not columns:
            return Exit.USAGE
        article = asyncio.run(context.library.page(options.url, typed=True))
        if options.json:
            context.row(_row(article, columns))
        else:
            context.say_lines(f"{_head(article)}\n{_body_of(article, columns)}")
        return Exit.OK
    if options.later:
        kept = asyncio.run(context.library.read_later(options.url, typed=True, actor="cli"))
        context.talk(f"put aside: {kept.content.title}")
        for problem in kept.content.problems:
            context.talk(problem)
        return Exit.OK
    context.talk(f"fetching {options.url}")
    page = asyncio.run(context.library.read_page(options.url, typed=True))
    # The screen opens where the person left off; now that is at this page.
    place = {"row": f"feed {page.headline.feed_id}", "query": "", "tags": "", "show": "all"}
    context.library.remember({**place, "article": str(page.headline.id), "pane": "article"})
    return Exit(context.show_screen())


def run_full(context: Context, options: argparse.Namespace) -> Exit:
    """Print the text of an article's page."""
    import asyncio

    columns = _columns(context, options.width)
    if not columns:
        return Exit.USAGE
    article = context.library.article(options.id)
    if article is None:
        return _no_article(context, options.id)
    found = asyncio.run(context.library.full_text(options.id, again=options.again))
    text = _text(found.body, found.kind, found.base, article.content.title, columns)
    if options.json:
        context.row(
            {
                "id": options.id,
                "title": article.content.title,
                "link": article.content.link,
                "words": found.words,
                "complete": found.complete,
                "obstacle": found.obstacle,
                "problem": found.problem,
                "text": text,
            }
        )
    else:
        if found.problem:
            context.talk(found.problem)
        if text:
            context.say_lines(f"{article.content.title}\n\n{text}")
    return Exit.OK if found.complete else Exit.FAILED


def run_changes(context: Context, options: argparse.Namespace) -> Exit:
    """Print what was added and taken out, in the signs that wdiff made known."""
    if context.library.article(options.id) is None:
        return _no_article(context, options.id)
    if options.list:
        return _list_versions(context, options.id, as_json=options.json)
    if options.json:
        context.talk("--json goes with --list")
        return Exit.USAGE
    since = None
    if options.since is not None:
        versions = context.library.revisions(options.id)
        if not 0 < options.since <= len(versions):
            context.talk("there is no such text; newsreader changes ID --list shows their numbers")
            return Exit.NOTHING
        version = versions[options.since - 1]
        if version.current:
            context.talk("this is the text that is shown now")
            return Exit.NOTHING
        since = version.id
    found = context.library.changes(options.id, since)
    if found is None or not found.blocks:
        context.talk("this article has not changed")
        return Exit.NOTHING
    when = found.since.astimezone().strftime("%Y-%m-%d %H:%M")
    context.talk(f"changes since the text {'read' if found.seen else 'stored'} on {when}")
    for block in found.blocks:
        context.say(_marked(block))
    return Exit.OK


def _list_versions(context: Context, number: int, *, as_json: bool) -> Exit:
    """Number, moment, length, and how many words came and went since, a line each."""
    for place, version in enumerate(context.library.revisions(number), 1):
        moment = version.stored.astimezone().strftime("%Y-%m-%d %H:%M")
        added, gone = 0, 0
        changed = "shown now"
        if not version.current:
            added, gone = context.library.changed_words(number, version.id)
            changed = f"+{added} -{gone} words since"
        if as_json:
            context.row(
                {
                    "number": place,
                    "stored": version.stored.isoformat(),
                    "words": version.words,
                    "current": version.current,
                    "words_added": added,
                    "words_gone": gone,
                }
            )
            continue
        context.say(f"{place:>3}  {moment}  {version.words:>7} words  {changed}")
    return Exit.OK


def _marked(block: Paragraph) -> str:
    signs = {"insert": ("{+", "+}"), "strike": ("[-", "-]")}
    parts = []
    for span in block.spans:
        before, after = signs.get(span.style, ("", ""))
        parts.append(f"{before}{span.text}{after}")
    return "".join(parts)


def _no_article(context: Context, number: int) -> Exit:
    context.talk(f"there is no article {number}; newsreader list shows their numbers")
    return Exit.NOTHING


def _columns(context: Context, wanted: int | None) -> int:
    """The width to print at; 0 where what was asked for is too narrow, which is said."""
    columns = wanted or min(80, shutil.get_terminal_size().columns)
    if columns < NARROWEST:
        context.talk(f"--width must be at least {NARROWEST}")
        return 0
    return columns


def _row(article: Article, columns: int) -> dict[str, object]:
    return {
        "title": article.title,
        "link": article.link,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.date_source != "seen" else None,
        "language": article.language,
        "words": article.words,
        "summary": article.summary,
        "problems": list(article.problems),
        "text": _body_of(article, columns),
    }


def _head(article: Article) -> str:
    dated = article.date_source != "seen"
    date = article.published.astimezone().strftime("%Y-%m-%d %H:%M") if dated else ""
    lines: Iterable[str] = (
        article.title,
        ", ".join(filter(None, [*article.authors, date])),
        article.link,
        *(f"! {problem}" for problem in article.problems),
    )
    return "\n".join(filter(None, lines)) + "\n"


def _body_of(article: Article, columns: int) -> str:
    return _text(article.body, article.kind, article.base, article.title, columns)


def _text(body: str, kind: BodyKind, base: str, title: str, columns: int) -> str:
    from reader.text.article import document
    from reader.text.layout import lay_out

    shown = document(body, kind, base=base, title=title)
    return "\n".join(line.text.rstrip() for line in lay_out(shown.blocks(), columns))
