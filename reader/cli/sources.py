"""Commands about sources: add, update."""

import argparse
from pathlib import Path

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.progress import progress
from reader.model.change import SourceFailed, UpdateFinished, UpdateProgressed


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    add = commands.add_parser("add", help="add a folder of articles")
    add.add_argument("what", nargs="+", metavar="PATH", help="a folder or a file")
    add.add_argument("--json", action="store_true", help="one JSON object a line")
    add.set_defaults(run=run_add)
    update = commands.add_parser("update", help="look for new and changed articles everywhere")
    update.add_argument("--json", action="store_true", help="the summary as one JSON object")
    update.set_defaults(run=run_update)


def run_add(context: Context, options: argparse.Namespace) -> Exit:
    """Make folders sources and read them."""
    for what in options.what:
        source = context.library.add_folder(context.cwd / Path(what).expanduser())
        if options.json:
            context.row({"source": source.id, "kind": source.kind, "location": source.location})
        else:
            context.talk(f"added {source.location}")
    return run_update(context, options) if not options.json else _update(context, quiet=True)[0]


def run_update(context: Context, options: argparse.Namespace) -> Exit:
    """Bring every source up to date and say in one line what that brought."""
    code, finished = _update(context, quiet=options.json)
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
        failed = f", {len(finished.failed)} failed" if finished.failed else ""
        context.say(f"{finished.new} new, {finished.changed} changed{failed}")
    return code


def _update(context: Context, *, quiet: bool) -> tuple[Exit, UpdateFinished]:
    import asyncio

    async def run() -> UpdateFinished:
        finished = UpdateFinished(new=0, changed=0, unchanged=0)
        with progress(context, "updating") as advance:
            async for change in context.library.update():
                if isinstance(change, UpdateProgressed):
                    advance(change.done, change.total, change.title)
                elif isinstance(change, SourceFailed) and not quiet:
                    advice = f" ({change.advice})" if change.advice else ""
                    context.talk(f"{change.title}: {change.problem}{advice}")
                elif isinstance(change, UpdateFinished):
                    finished = change
        return finished

    finished = asyncio.run(run())
    return (Exit.PARTLY if finished.failed else Exit.OK), finished
