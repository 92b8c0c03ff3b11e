"""Commands about sources: add, update."""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.feeds import NOTHING_YET, find_feed
from reader.cli.progress import progress
from reader.cli.queries import finish, tell
from reader.model.candidate import address_of, now, without_user
from reader.model.change import SourceFailed, UpdateFinished, UpdateProgressed
from reader.model.errors import LibraryUnusable, NetworkFailed, ReaderError
from reader.model.subscription import Wanted
from reader.text.terminal import clean_line

ADD_HELP = """\
WHAT is the address of a feed or of a site (its feed is looked for), @name@host for
somebody on Mastodon, or the path of a folder or file of articles:

  newsreader add example.org
  newsreader add --category Tech/Linux https://lwn.net/headlines/rss
  newsreader add https://me:password@example.org/private.xml
  newsreader add ~/news

Where a site has several feeds they are listed, and one of them is to be added. What was
added is fetched at once; newsreader undo takes feeds back."""
UPDATE_HELP = """\
Feeds are asked when they are due: as often as the settings say, less often where the
feed or its server asks for that, ever less often while it fails. newsreader feeds tells
how each is doing. Ctrl-C keeps what came so far."""


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    add = commands.add_parser(
        "add",
        help="add a web feed, a site or a folder of articles",
        description="Follow web feeds, and folders of articles.",
        epilog=ADD_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add.add_argument("what", nargs="+", metavar="WHAT", help="an address, a folder or a file")
    add.add_argument("--title", default="", help="what to call the feed")
    add.add_argument("--category", default="", metavar="A/B", help="the category to put it in")
    add.add_argument("--json", action="store_true", help="one JSON object a line")
    add.set_defaults(run=run_add)
    update = commands.add_parser(
        "update",
        help="look for new and changed articles everywhere",
        description="Look for new and changed articles in every feed that is due, and folder.",
        epilog=UPDATE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    update.add_argument("--feed", metavar="FEED", help="this feed only: its number or title")
    update.add_argument(
        "--force",
        action="store_true",
        help="also feeds that are not due yet, but for those whose server asked for a pause",
    )
    update.add_argument(
        "--index", action="store_true", help="find tags in what came and index it at once"
    )
    update.add_argument("--json", action="store_true", help="the summary as one JSON object")
    update.set_defaults(run=run_update)


class Additions(Struct):
    """What the arguments of add came to: feeds to follow, folders that are, what went wrong."""

    wanted: list[Wanted] = field(default_factory=list)
    folders: list[int] = field(default_factory=list)
    codes: list[Exit] = field(default_factory=list)


def run_add(context: Context, options: argparse.Namespace) -> Exit:
    """Make folders and feeds sources and read them; what is mistaken costs the others nothing."""
    if options.title and len(options.what) > 1:
        context.talk("--title names one feed: add them one by one")
        return Exit.USAGE
    additions = Additions()
    for what in options.what:
        try:
            code = _add(context, what, options, additions)
        except LibraryUnusable:
            raise
        except ReaderError as error:
            context.talk(_reason(error, what))
            code = Exit.FAILED
        additions.codes.append(code)
    feed_ids = _follow(context, additions.wanted, as_json=options.json)
    wrong = [code for code in additions.codes if code != Exit.OK]
    if not feed_ids and not additions.folders:
        return wrong[0] if wrong else Exit.OK
    before = len(context.library.refused())
    code, finished = _update_added(context, additions, feed_ids, quiet=options.json)
    refused = len(context.library.refused()) - before
    if refused > 0:
        files = "1 file" if refused == 1 else f"{refused} files"
        context.talk(f"{files} could not be read; newsreader list --problems tells why")
    if not options.json:
        context.say(summary(finished))
    return Exit.PARTLY if wrong else code


def _reason(error: ReaderError, what: str) -> str:
    """Why something could not be added, and what to do."""
    problem = clean_line(str(error))
    if not isinstance(error, NetworkFailed):
        return problem
    place = clean_line(without_user(what), 200)
    return f"{'' if place in problem else f'{place}: '}{problem} {now(error.advice)}".rstrip()


def _add(context: Context, what: str, options: argparse.Namespace, additions: Additions) -> Exit:
    """Find out what one argument is; a folder is followed, feeds are noted."""
    if not what.strip():
        context.talk("there is nothing to add: give an address, a folder or a file")
        return Exit.USAGE
    path = context.cwd / Path(what).expanduser()
    if not (path.exists() or what.startswith(("/", "."))):
        code, found = _discover(context, what, options)
        additions.wanted += [found] if found else []
        return code
    if context.library.look_at(path).kind in {"opml", "newsboat"}:
        context.talk(f"{what} is a list of feeds: newsreader import {shlex.quote(what)}")
        return Exit.USAGE
    if options.title or options.category:
        context.talk("--title and --category are for web feeds; files say what theirs is called")
        return Exit.USAGE
    source = context.library.add_folder(path)
    additions.folders.append(source.id)
    if options.json:
        context.row({"source": source.id, "kind": "folder", "location": source.location})
    elif Path(source.location) == path.resolve():
        context.talk(f"added {source.location}")
    else:
        context.talk(f"already there: {path} lies in {source.location}, which is followed")
    return Exit.OK


def _follow(context: Context, wanted: Sequence[Wanted], *, as_json: bool) -> list[int]:
    """Follow web feeds and tell of each; their ids."""
    if not wanted:
        return []
    done = context.library.add_feeds(wanted, actor="cli")
    for one, (feed_id, is_new) in zip(wanted, done, strict=True):
        if as_json:
            place = without_user(one.url)
            context.row({"feed": feed_id, "kind": "web", "location": place, "added": is_new})
        else:
            name = one.title or without_user(one.url)
            context.talk(f"{'added' if is_new else 'already there:'} {name}")
    return [feed_id for feed_id, _ in done]


def _update_added(
    context: Context, additions: Additions, feed_ids: Sequence[int], *, quiet: bool
) -> tuple[Exit, UpdateFinished]:
    """Read what was added, and nothing else."""
    code, finished = Exit.OK, UpdateFinished(new=0, changed=0, unchanged=0)
    if feed_ids:
        code, finished = _update(context, quiet=quiet, feed_ids=feed_ids, force=True)
    if additions.folders:
        also, read = _update(context, quiet=quiet, source_ids=additions.folders)
        finish(context)
        code = max(code, also)
        finished = UpdateFinished(
            new=finished.new + read.new,
            changed=finished.changed + read.changed,
            unchanged=finished.unchanged + read.unchanged,
            failed=(*finished.failed, *read.failed),
        )
    return code, finished


def _discover(
    context: Context, what: str, options: argparse.Namespace
) -> tuple[Exit, Wanted | None]:
    """The one feed behind an address; a list and no feed where there are several."""
    import asyncio

    candidates = asyncio.run(context.library.discover(what))
    place = without_user(what)
    if not candidates:
        context.talk(
            f"no feed was found at {place}; look on the site for a link to its feed (RSS, Atom) "
            "and add that address"
        )
        return Exit.NOTHING, None
    if len(candidates) > 1:
        context.talk(f"{place} has {len(candidates)} feeds; add the one you want:")
        for one in candidates:
            if options.json:
                context.row({"url": one.url, "title": one.title, "articles": one.articles})
            else:
                context.say(f"{one.url}  {one.title}")
        return Exit.CHOICE, None
    category = tuple(part.strip() for part in options.category.split("/") if part.strip())
    url = address_of(candidates[0], what)
    return Exit.OK, Wanted(url=url, title=options.title, category=category)


def run_update(context: Context, options: argparse.Namespace) -> Exit:
    """Bring sources up to date and say in one line what that brought."""
    feed_ids = None
    if options.feed is not None:
        feed = find_feed(context, options.feed)
        if feed is None:
            return Exit.NOTHING
        feed_ids = [feed.id]
    elif not context.library.sources():
        context.talk(NOTHING_YET)
    code, finished = _update(
        context, quiet=options.json, feed_ids=feed_ids, force=options.force or bool(feed_ids)
    )
    if options.index:
        finish(context)
    if options.json:
        context.row(
            {
                "new": finished.new,
                "changed": finished.changed,
                "unchanged": finished.unchanged,
                "failed": [
                    {"title": item.title, "problem": item.problem, "advice": item.advice}
                    for item in finished.failed
                ],
            }
        )
    else:
        context.say(summary(finished))
    return code


def summary(finished: UpdateFinished) -> str:
    """What an update brought, in one line."""
    parts = [f"brought {finished.new}", f"{finished.changed} changed"]
    if finished.failed:
        reasons = sorted({failure.problem.rstrip(".") for failure in finished.failed})
        more = f" and {len(reasons) - 2} more reasons" if len(reasons) > 2 else ""
        parts.append(f"{len(finished.failed)} failed: {'; '.join(reasons[:2])}{more}")
    return ", ".join(parts)


def _update(
    context: Context,
    *,
    quiet: bool,
    feed_ids: Sequence[int] | None = None,
    source_ids: Sequence[int] | None = None,
    force: bool = False,
) -> tuple[Exit, UpdateFinished]:
    import asyncio

    async def run() -> UpdateFinished:
        finished = UpdateFinished(new=0, changed=0, unchanged=0)
        with progress(context, "updating") as advance:
            async for change in context.library.update(
                feed_ids=feed_ids, source_ids=source_ids, force=force
            ):
                if isinstance(change, UpdateProgressed):
                    advance(change.done, change.total, change.title)
                elif isinstance(change, UpdateFinished):
                    finished = change
                elif not quiet or not isinstance(change, SourceFailed):
                    tell(context, change)
        return finished

    finished = asyncio.run(run())
    if context.library.waiting_for_rules():
        finish(context)
    return (Exit.PARTLY if finished.failed else Exit.OK), finished
