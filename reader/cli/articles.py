"""Commands about articles: list, show, unread."""

import argparse
import shutil
from collections.abc import Iterator

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.queries import add_query, finish, joined, tell_mistakes
from reader.model.article import ListedArticle, StoredArticle
from reader.model.scope import Scope, Show

CHUNK = 500


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    listing = commands.add_parser("list", help="list articles, newest first")
    add_query(listing, optional=True)
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--unread", action="store_true", help="unread articles only")
    which.add_argument("--starred", action="store_true", help="starred articles only")
    listing.add_argument("--problems", action="store_true", help="articles with problems, and why")
    listing.add_argument("--limit", type=int, metavar="N", help="at most N articles")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="print an article")
    show.add_argument("id", type=int, help="its number, as list gives it")
    show.add_argument(
        "--width", type=int, metavar="N", help="columns (default: the terminal's, at most 80)"
    )
    how = show.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="one JSON object, with the text")
    how.add_argument(
        "--source", action="store_true", help="the whole document as it was given, front matter too"
    )
    show.set_defaults(run=run_show)
    unread = commands.add_parser("unread", help="print how many articles are unread")
    unread.add_argument("--json", action="store_true", help='{"unread": N}')
    unread.set_defaults(run=run_unread)


def as_row(article: ListedArticle) -> dict[str, object]:
    """The JSON object of an article in a list; the README documents its keys."""
    head = article.headline
    return {
        "id": head.id,
        "feed": head.feed,
        "title": head.title,
        "author": head.author,
        "published": head.published.isoformat(),
        "date_source": head.date_source,
        "language": head.language,
        "tags": [tag.name for tag in article.tags],
        "unread": head.unread,
        "starred": head.starred,
        "link": head.link,
        "path": article.path,
        "problems": list(article.problems),
        "copies": [
            {"id": one.id, "feed": one.feed, "link": one.link, "path": one.path, "why": one.why}
            for one in article.copies
        ],
    }


def run_list(context: Context, options: argparse.Namespace) -> Exit:
    """Print the articles of a scope; exit code NOTHING where there is none."""
    show: Show = "unread" if options.unread else "starred" if options.starred else "all"
    query = joined(options.query)
    if query:
        finish(context)
        tell_mistakes(context, query)
    found = 0
    for article in _listed(context, Scope(show=show, query=query), limit=options.limit):
        if options.problems and not article.problems:
            continue
        found += 1
        if options.json:
            context.row(as_row(article))
        elif options.problems:
            for problem in article.problems:
                context.say(f"{article.path or article.headline.link}: {problem}")
        else:
            context.say(as_text(article))
    if options.problems:
        for refused in context.library.refused():
            found += 1
            if options.json:
                context.row({"id": None, "path": refused.path, "problems": [refused.problem]})
            else:
                context.say(f"{refused.path}: {refused.problem}")
    return Exit.OK if found else Exit.NOTHING


def as_text(article: ListedArticle) -> str:
    """An article in one line."""
    head = article.headline
    marks = ("●" if head.unread else " ") + ("★" if head.starred else " ")
    day = head.published.astimezone().strftime("%Y-%m-%d")
    also = "".join(f", {copy.feed}" for copy in article.copies)
    return f"{head.id:>6} {marks} {day}  {head.title}  ({head.feed}{also})"


def _listed(context: Context, scope: Scope, *, limit: int | None) -> Iterator[ListedArticle]:
    ids = context.library.list_ids(scope, limit=limit)
    for start in range(0, len(ids), CHUNK):
        yield from context.library.listed(ids[start : start + CHUNK])


def run_show(context: Context, options: argparse.Namespace) -> Exit:
    """Print one article as text, wrapped."""
    article = context.library.article(options.id)
    if article is None:
        context.talk(f"there is no article {options.id}; newsreader list shows their numbers")
        return Exit.NOTHING
    if options.source:
        return _show_source(context, options.id)
    columns = options.width or min(80, shutil.get_terminal_size().columns)
    if columns < 20:
        context.talk("--width must be at least 20")
        return Exit.USAGE
    text = _text(article, columns)
    if options.json:
        listed = ListedArticle(
            headline=article.headline,
            tags=article.tags,
            path=article.path,
            problems=article.content.problems,
        )
        content = article.content
        context.row(
            {
                **as_row(listed),
                "summary": content.summary,
                "comments": content.comments,
                "text": text,
            }
        )
    else:
        context.say_lines(_head(article) + "\n" + text)
    return Exit.OK


def _show_source(context: Context, number: int) -> Exit:
    """Print a document with nothing hidden; what a terminal would obey is named by its number."""
    from reader.text.source import visible

    found = context.library.original(number)
    for problem in found.problems:
        context.talk(problem)
    context.say_lines(visible(found.head + found.body).removesuffix("\n"))
    return Exit.OK


def _head(article: StoredArticle) -> str:
    head = article.headline
    date = head.published.astimezone().strftime("%Y-%m-%d %H:%M")
    known = {"given": "", "text": "", "file": " (date of the file)", "seen": " (first seen)"}
    lines = [head.title, f"{head.feed}, {date}{known[head.date_source]}"]
    if head.author:
        lines.append(head.author)
    if head.link:
        lines.append(head.link)
    if article.content.comments:
        lines.append(f"comments: {article.content.comments}")
    lines += [f"! {problem}" for problem in article.content.problems]
    if article.content.summary:
        lines += ["", article.content.summary]
    return "\n".join(lines) + "\n"


def _text(article: StoredArticle, columns: int) -> str:
    from reader.text.article import document
    from reader.text.layout import lay_out

    content = article.content
    shown = document(content.body, content.kind, base=content.base, title=content.title)
    return "\n".join(line.text.rstrip() for line in lay_out(shown.blocks(), columns))


def run_unread(context: Context, options: argparse.Namespace) -> Exit:
    """Print how many articles are unread, 0 in a library that does not exist yet."""
    count = context.library.counts(Scope()).unread if context.paths.library.exists() else 0
    if options.json:
        context.row({"unread": count})
    else:
        context.say(str(count))
    return Exit.OK
