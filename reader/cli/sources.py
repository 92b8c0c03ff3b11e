"""Commands about sources: add, update."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.feeds import find_feed
from reader.cli.progress import progress
from reader.cli.queries import finish, tell
from reader.model.candidate import address_of, without_user
from reader.model.change import SourceFailed, UpdateFinished, UpdateProgressed
from reader.model.subscription import Wanted


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    add = commands.add_parser("add", help="add a web feed, a site or a folder of articles")
    add.add_argument("what", nargs="+", metavar="WHAT", help="an address, a folder or a file")
    add.add_argument("--title", default="", help="what to call the feed")
    add.add_argument("--category", default="", metavar="A/B", help="the category to put it in")
    add.add_argument("--json", action="store_true", help="one JSON object a line")
    add.set_defaults(run=run_add)
    update = commands.add_parser("update", help="look for new and changed articles everywhere")
    update.add_argument("--feed", metavar="FEED", help="this feed only: its number or title")
    update.add_argument("--force", action="store_true", help="also feeds that are not due yet")
    update.add_argument(
        "--index", action="store_true", help="find tags in what came and index it at once"
    )
    update.add_argument("--json", action="store_true", help="the summary as one JSON object")
    update.set_defaults(run=run_update)


def run_add(context: Context, options: argparse.Namespace) -> Exit:
    """Make folders and feeds sources and read them."""
    wanted: list[Wanted] = []
    folders = False
    for what in options.what:
        path = context.cwd / Path(what).expanduser()
        if path.exists() or "/" in what[:1] or what.startswith("."):
            if context.library.look_at(path).kind in {"opml", "newsboat"}:
                context.talk(f"{what} is a list of feeds: newsreader import {what}")
                return Exit.USAGE
            source = context.library.add_folder(path)
            folders = True
            if options.json:
                context.row({"source": source.id, "kind": "folder", "location": source.location})
            else:
                context.talk(f"added {source.location}")
            continue
        code, found = _discover(context, what, options)
        if found is None:
            return code
        wanted.append(found)
    if wanted:
        for one, (feed_id, is_new) in zip(
            wanted, context.library.add_feeds(wanted, actor="cli"), strict=True
        ):
            if options.json:
                place = without_user(one.url)
                context.row({"feed": feed_id, "kind": "web", "location": place, "added": is_new})
            else:
                name = one.title or without_user(one.url)
                context.talk(f"{'added' if is_new else 'already there:'} {name}")
    code, finished = _update(context, quiet=options.json)
    if folders:
        finish(context)
    if not options.json:
        context.say(summary(finished))
    return code


def _discover(
    context: Context, what: str, options: argparse.Namespace
) -> tuple[Exit, Wanted | None]:
    """The one feed behind an address; a list and no feed where there are several."""
    import asyncio

    candidates = asyncio.run(context.library.discover(what))
    if not candidates:
        context.talk(f"no feed was found at {what}")
        return Exit.NOTHING, None
    if len(candidates) > 1:
        context.talk(f"{what} has {len(candidates)} feeds; add the one you want:")
        for one in candidates:
            if options.json:
                context.row({"url": one.url, "title": one.title, "articles": one.articles})
            else:
                context.say(f"{one.url}  {one.title}")
        return Exit.CHOICE, None
    category = tuple(part for part in options.category.split("/") if part.strip())
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
        reasons = sorted({failure.problem for failure in finished.failed})
        more = f" and {len(reasons) - 2} more reasons" if len(reasons) > 2 else ""
        parts.append(f"{len(finished.failed)} failed: {'; '.join(reasons[:2])}{more}")
    return ", ".join(parts)


def _update(
    context: Context,
    *,
    quiet: bool,
    feed_ids: Sequence[int] | None = None,
    force: bool = False,
) -> tuple[Exit, UpdateFinished]:
    import asyncio

    async def run() -> UpdateFinished:
        finished = UpdateFinished(new=0, changed=0, unchanged=0)
        with progress(context, "updating") as advance:
            async for change in context.library.update(feed_ids=feed_ids, force=force):
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
