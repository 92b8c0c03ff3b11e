"""Commands about the feed list: feeds, remove."""

import argparse

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.model.feed import Feed

NOTHING_YET = "nothing is followed yet: newsreader add ADDRESS or FOLDER, or newsreader import FILE"


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    listing = commands.add_parser(
        "feeds",
        help="list feeds, and how they are doing",
        description="List every feed: its number, how many articles are unread, its title and "
        "address; of a failing one why it fails and what to do. Other commands take the number.",
    )
    listing.add_argument("--problems", action="store_true", help="failing feeds only, and why")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=run_feeds)
    remove = commands.add_parser(
        "remove",
        help="stop following a feed (undo brings it back)",
        description="Stop following feeds. newsreader undo brings them back, one by one, with "
        "their articles and what was read. newsreader feeds lists the numbers.",
    )
    remove.add_argument("feeds", nargs="+", metavar="FEED", help="its number, title or address")
    remove.set_defaults(run=run_remove)


def run_feeds(context: Context, options: argparse.Namespace) -> Exit:
    """Print every feed; exit code NOTHING where there is none to print."""
    health = {one.feed_id: one for one in context.library.feed_health()}
    found = 0
    for feed in context.library.all_feeds():
        state = health.get(feed.id)
        problem = state.problem if state else feed.problem
        if options.problems and not problem:
            continue
        found += 1
        if options.json:
            row: dict[str, object] = {
                "id": feed.id,
                "title": feed.title,
                "kind": feed.source_kind,
                "location": feed.location,
                "category": list(feed.category),
                "articles": feed.articles,
                "unread": feed.unread,
                "problem": problem,
            }
            if state:
                row |= {
                    "advice": state.advice,
                    "last_succeeded": _time(state.last_succeeded),
                    "next_due": _time(state.next_due),
                    "failures": state.failures,
                    "fetches": state.fetches,
                    "unchanged": state.unchanged,
                    "paused": state.paused,
                }
            context.row(row)
        elif problem:
            advice = f" {state.advice}" if state and state.advice else ""
            context.say(f"{feed.id:>5} {feed.title}: {problem}{advice}")
        else:
            context.say(f"{feed.id:>5} {feed.unread:>6} unread  {feed.title}  {feed.location}")
    if not found:
        context.talk("no feed has a problem" if options.problems else NOTHING_YET)
    return Exit.OK if found else Exit.NOTHING


def _time(moment: object) -> str | None:
    from datetime import datetime

    return moment.isoformat() if isinstance(moment, datetime) else None


def run_remove(context: Context, options: argparse.Namespace) -> Exit:
    """Stop following feeds; none where one of them is not clear."""
    found = [find_feed(context, wanted) for wanted in options.feeds]
    if None in found:
        return Exit.NOTHING
    for feed in dict.fromkeys(feed for feed in found if feed is not None):
        context.library.remove_feed(feed.id, actor="cli")
        context.talk(f"removed {feed.title}; newsreader undo brings it back")
    return Exit.OK


def find_feed(context: Context, wanted: str) -> Feed | None:
    """The one feed that is meant; says so where there is none or more than one."""
    every = context.library.all_feeds()
    exact = [feed for feed in every if wanted in (str(feed.id), feed.location)]
    folded = wanted.casefold()
    spelled = _spelled(wanted)
    matches = (
        exact
        or [
            feed
            for feed in every
            if feed.source_kind == "web" and _spelled(feed.location) == spelled
        ]
        or [feed for feed in every if feed.title.casefold() == folded]
        or [feed for feed in every if folded in feed.title.casefold()]
    )
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(f"{feed.id} ({feed.title})" for feed in matches[:5])
        context.talk(f"{wanted!r} may mean {len(matches)} feeds: {names}; give a number")
    elif every:
        context.talk(f"there is no feed {wanted!r}; newsreader feeds lists them")
    else:
        context.talk(NOTHING_YET)
    return None


def _spelled(address: str) -> str:
    """An address without scheme and final slash, as people type it."""
    from reader.text import urls

    whole = address if "://" in address else f"https://{address}"
    return urls.canonical(whole).partition("://")[2].rstrip("/")
