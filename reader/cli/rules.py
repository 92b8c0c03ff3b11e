"""The command about rules: list them, try them on what is stored, apply them."""

import argparse

from reader.cli.articles import CHUNK, as_row, as_text
from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.queries import finish
from reader.model.rule import RuleBook, RuleOutcome


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    rules = commands.add_parser(
        "rules",
        help="list the rules, try them on stored articles, apply them",
        epilog="Rules are kept in rules.toml beside the settings; newsreader paths tells where.",
    )
    which = rules.add_mutually_exclusive_group()
    which.add_argument("--dry-run", action="store_true", help="print what they would do")
    which.add_argument("--apply", action="store_true", help="do it; newsreader undo N takes back")
    rules.add_argument(
        "--days", type=int, default=30, metavar="N", help="articles of the last N days (30; 0: all)"
    )
    rules.add_argument("--json", action="store_true", help="one JSON object a line")
    rules.set_defaults(run=run_rules)


def run_rules(context: Context, options: argparse.Namespace) -> Exit:
    """List, try or apply. PARTLY where a rule cannot be used, NOTHING where there are none."""
    book = context.library.rules()
    for problem in book.problems:
        context.talk(problem)
    if options.dry_run or options.apply:
        finish(context)
        if options.apply:
            outcomes = context.library.apply_rules(days=options.days)
        else:
            outcomes = context.library.try_rules(days=options.days)
        for outcome in outcomes:
            _tell(context, outcome, as_json=options.json)
        found = any(outcome.ids for outcome in outcomes)
    else:
        _list(context, book, as_json=options.json)
        found = bool(book.rules)
        if not found and not book.problems:
            context.talk(f"there are no rules; {context.paths.rules} is where they belong")
    if book.problems:
        return Exit.PARTLY
    return Exit.OK if found else Exit.NOTHING


def _list(context: Context, book: RuleBook, *, as_json: bool) -> None:
    for rule in book.rules:
        if as_json:
            context.row(
                {
                    "name": rule.name,
                    "query": rule.query,
                    "do": list(rule.do),
                    "expires": rule.expires or None,
                    "enabled": rule.enabled,
                    "works": rule.works,
                    "line": rule.line,
                }
            )
        else:
            off = "" if rule.works else "  (expired)" if rule.enabled else "  (switched off)"
            context.say(f"{', '.join(rule.do):12}  {rule.name}: {rule.query}{off}")


def _tell(context: Context, outcome: RuleOutcome, *, as_json: bool) -> None:
    """Say what a rule does, and to which articles."""
    rows = [
        article
        for start in range(0, len(outcome.ids), CHUNK)
        for article in context.library.listed(outcome.ids[start : start + CHUNK])
    ]
    if as_json:
        context.row(
            {
                "rule": outcome.rule,
                "action": outcome.action,
                "articles": [as_row(article) for article in rows],
                "history": outcome.journal_id or None,
            }
        )
        return
    undo = f" (undo {outcome.journal_id})" if outcome.journal_id else ""
    context.say(f"{outcome.rule}: {outcome.sentence}{undo}")
    for article in rows:
        context.say(f"  {as_text(article)}")
