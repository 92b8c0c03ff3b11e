"""What commands that take a query share: reading it from arguments, telling its mistakes."""

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.cli.context import Context
from reader.cli.progress import progress
from reader.model.change import ArticlesNotified, Change, RulesMistaken, SourceFailed
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from reader.query.parse import Mistake

HELP = "what to look for, as in the reader: words, is:unread, feed:NAME, -without ..."
SLICE_S = 0.3
MOST_TOLD = 20
_SHOWN = 60
_NEGATED = re.compile(r"-(?=[^-\d\s])(?!h$)")
_BEFORE_VALUE = re.compile(r"[A-Za-z]+:[<>=]*|#")


def add_query(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Let a command take a query, as one argument or as many."""
    parser.add_argument("query", nargs="*" if optional else "+", metavar="QUERY", help=HELP)
    parser.set_defaults(takes_query=True)


def spelled(arguments: Iterable[str]) -> list[str]:
    """The arguments with ``-word`` as NOT word, which is no option."""
    found: list[str] = []
    for argument in arguments:
        found += ["NOT", argument[1:]] if _NEGATED.match(argument) else [argument]
    return found


def joined(words: Sequence[str]) -> str:
    """The query that arguments make: one is taken as it is; of several, each is a term.

    A shell takes quotes away, so one of several with a space in it was quoted.
    """
    if len(words) == 1:
        return words[0]
    return " ".join(map(_term, words))


def _term(word: str) -> str:
    # What has quotes, parentheses or slashes of its own was meant as it is.
    if not re.search(r"\s", word) or re.search(r'["()/]', word):
        return word
    field = _BEFORE_VALUE.match(word)
    start = field.end() if field else 0
    return f'{word[:start]}"{word[start:]}"'


def tell_mistakes(context: Context, query: str) -> bool:
    """Tell on stderr what is wrong with a query, underlined; whether there was anything."""
    mistakes = context.library.mistakes(query)
    for mistake in mistakes:
        context.talk(mistake.message)
        for line in _underlined(query, mistake):
            context.stderr.write(f"  {line}\n")
    return bool(mistakes)


def _underlined(query: str, mistake: "Mistake") -> tuple[SafeText, SafeText]:
    """The stretch of the query around a mistake, and below it a line that marks its place."""
    # Imported late: most queries have no mistakes.
    from reader.text.width import width

    start = max(0, mistake.start - _SHOWN // 2)
    before = clean_line(f"{'…' if start else ''}{query[start : mistake.start]}|")[:-1]
    wrong = clean_line(query[mistake.start : mistake.end], _SHOWN)
    after = clean_line(f"|{query[mistake.end : mistake.end + _SHOWN // 2]}")[1:]
    meant = f" {mistake.suggestion} was meant?" if mistake.suggestion else ""
    under = f"{' ' * width(before)}{'^' * max(1, width(wrong))}{meant}"
    return clean_line(f"{before}{wrong}{after}"), SafeText(under.rstrip())


def finish(context: Context) -> None:
    """Complete what is done behind, so that an answer tells of every article."""
    library = context.library
    changes: list[Change] = []
    total = library.digest_pending()
    if not total:
        library.digest(changes=changes)
    else:
        _finish(context, total, changes)
        if left := library.digest_pending():
            context.talk(f"{left:,} articles are not searched: {library.saving_problem}")
    for change in changes:
        tell(context, change)


def _finish(context: Context, total: int, changes: list[Change]) -> None:
    with progress(context, "reading new articles") as advance:
        while context.library.digest(seconds=SLICE_S, changes=changes):
            left = context.library.digest_pending()
            total = max(total, left)
            advance(total - left, total, SafeText(""))


def tell(context: Context, change: Change) -> None:
    """Say on stderr what a person should know of a change; nothing of most."""
    match change:
        case SourceFailed():
            context.talk(f"{change.title}: {change.problem} {change.advice}".rstrip())
        case RulesMistaken():
            for problem in change.problems:
                context.talk(problem)
        case ArticlesNotified():
            for head in context.library.headlines(change.ids[:MOST_TOLD]):
                context.talk(f"{change.rule}: {head.title} ({head.feed})")
            if len(change.ids) > MOST_TOLD:
                context.talk(f"{change.rule}: and {len(change.ids) - MOST_TOLD:,} more")
        case _:
            pass
