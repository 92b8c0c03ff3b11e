"""Rules: a query and what to do with the articles it fits; read from TOML, decided purely.

A rules file is a list of tables::

    [[rule]]
    name = "No football"            # optional; the query where it is missing
    query = "football OR voetbal"
    do = "hide"                     # read, star, hide, notify, tag:NAME, or a list of these
    expires = 2026-12-31            # optional; the last day it works
    enabled = true                  # optional
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from reader.query.match import Facts, matches
from reader.query.parse import parse
from reader.query.suggest import nearest
from reader.query.tree import EVERYTHING, Node
from reader.text.terminal import SafeText, clean, clean_line
from reader.text.words import key

Verb = Literal["read", "star", "hide", "notify", "tag"]

MAX_RULES: Final = 1000
"""Rules of a file that are used."""

MAX_NAME: Final = 100
"""Characters of a rule's name."""

MAX_TAG: Final = 200
"""Characters of a tag's name."""

_NO_TAG: Final = clean_line("")
_VERBS: Final[Mapping[str, Verb]] = {
    "read": "read", "star": "star", "hide": "hide", "notify": "notify",
}  # fmt: skip
_KEYS: Final = ("name", "query", "do", "expires", "enabled")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.MULTILINE)
_UNPRINTED = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_ESCAPED = re.compile(r'[\\"]')
_LINE_TOLD = re.compile(r"\(at line (\d+), column \d+\)")


class Action(Struct, frozen=True):
    """What a rule does to an article; ``tag`` is the name for the verb "tag"."""

    verb: Verb
    tag: SafeText = _NO_TAG

    def __str__(self) -> str:
        """As it is written in the file."""
        return f"tag:{self.tag}" if self.verb == "tag" else self.verb


class Rule(Struct, frozen=True, kw_only=True):
    """A rule that can be used. ``line`` is where it stands in its file, from 1."""

    name: SafeText
    query: str
    tree: Node
    actions: tuple[Action, ...]
    expires: datetime | date | None = None
    enabled: bool = True
    line: int = 0

    def works(self, now: datetime) -> bool:
        """Whether it is enabled and not expired; a date is the last day, where ``now`` is."""
        if not self.enabled or self.expires is None:
            return self.enabled
        if not isinstance(self.expires, datetime):
            return now.date() <= self.expires
        ends = self.expires
        return now < (ends if ends.tzinfo else ends.replace(tzinfo=now.tzinfo))


class Problem(Struct, frozen=True):
    """Why a rule (or the whole file) is not used. ``line`` is 0 where it is not known."""

    line: int
    message: SafeText

    def __str__(self) -> str:
        """The sentence, with its line."""
        return f"line {self.line}: {self.message}" if self.line else self.message


class RuleFile(Struct, frozen=True):
    """The rules of a file in its order, and what is wrong with it."""

    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()


class Effect(Struct, frozen=True):
    """An action that a rule, by its name, wants on an article."""

    rule: SafeText
    action: Action


class Outcome(Struct, frozen=True):
    """What one action of one rule would do: to exactly these articles."""

    rule: SafeText
    action: Action
    ids: tuple[int, ...]

    def sentence(self, days: int) -> str:
        """``would hide 37 articles of the last 30 days``; no days: of all time."""
        said = {"read": "mark {} read", "star": "star {}", "hide": "hide {}",
                "notify": "notify of {}", "tag": "tag {}"}[self.action.verb]  # fmt: skip
        articles = f"{len(self.ids):,} article{'' if len(self.ids) == 1 else 's'}"
        named = f" as {self.action.tag}" if self.action.verb == "tag" else ""
        when = f"the last {days} days" if days else "all time"
        return f"would {said.format(articles)}{named} of {when}"


def read(text: str) -> RuleFile:
    """Read a rules file. Never raises: a rule that is wrong is left out and told.

    A rule whose query has a mistake is wrong: what is left of it could fit far too much.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        place = _LINE_TOLD.search(told)
        line = int(place[1]) if place else 0
        return RuleFile((), (_problem(line, f"this is not TOML: {_LINE_TOLD.sub('', told)}"),))
    except RecursionError:
        return RuleFile((), (_problem(0, "its tables are nested too deeply"),))
    blocks = _Blocks(text)
    problems = [
        _problem(blocks.line(name), f"{name} is not known; a rule begins with [[rule]]")
        for name in tables
        if name != "rule"
    ]
    entries = tables.get("rule", [])
    if not isinstance(entries, list):
        told = "a rule begins with [[rule]], in two brackets"
        return RuleFile((), (*problems, _problem(blocks.line("rule"), told)))
    if len(entries) > MAX_RULES:
        problems.append(_problem(0, f"only the first {MAX_RULES:,} rules are used"))
    rules = [
        _rule(entry, number, blocks, problems) for number, entry in enumerate(entries[:MAX_RULES])
    ]
    return RuleFile(tuple(rule for rule in rules if rule is not None), tuple(problems))


def decide(rules: Sequence[Rule], facts: Facts, now: datetime) -> tuple[Effect, ...]:
    """What the rules want done with an article, in their order. Pure.

    A rule sees what the rules before it did (a tag one puts on can be asked for by the
    next), and what is already so is not done again, so each effect tells who did it.
    """
    effects: list[Effect] = []
    for rule in rules:
        if not rule.works(now) or not matches(rule.tree, facts, now):
            continue
        for action in rule.actions:
            after = _done(action, facts)
            told_already = action.verb == "notify" and any(e.action == action for e in effects)
            if after is not None and not told_already:
                effects.append(Effect(rule.name, action))
                facts = after
    return tuple(effects)


def dry_run(
    rules: Sequence[Rule], articles: Iterable[tuple[int, Facts]], now: datetime
) -> tuple[Outcome, ...]:
    """What the rules would do to articles (id, facts), one outcome for each rule and action.

    Rules that would do nothing are there with no articles.
    """
    ids: dict[tuple[SafeText, Action], list[int]] = {
        (rule.name, action): [] for rule in rules for action in rule.actions
    }
    for article_id, facts in articles:
        for effect in decide(rules, facts, now):
            ids[effect.rule, effect.action].append(article_id)
    return tuple(Outcome(rule, action, tuple(found)) for (rule, action), found in ids.items())


def written(
    *,
    query: str,
    do: Sequence[str],
    name: str = "",
    expires: date | None = None,
    comment: str = "",
) -> str:
    """A rule as it stands in the file, to append to one: ``do`` as in the file."""
    lines = [f"# {line}" for line in clean(comment).splitlines()]
    lines.append("[[rule]]")
    if name:
        lines.append(f"name = {_string(name)}")
    lines.append(f"query = {_string(query)}")
    listed = ", ".join(map(_string, do))
    lines.append(f"do = {listed}" if len(do) == 1 else f"do = [{listed}]")
    if expires is not None:
        lines.append(f"expires = {expires.isoformat()}")
    return "\n".join(lines) + "\n"


def append(text: str, rule: str) -> str:
    """The file's text with a ``written`` rule after what it holds; nothing else is touched."""
    return f"{text.rstrip()}\n\n{rule}" if text.strip() else rule


def _done(action: Action, facts: Facts) -> Facts | None:
    """The article after the action, None where it is so already."""
    match action.verb:
        case "read":
            return facts.having(unread=False) if facts.unread else None
        case "star":
            return None if facts.starred else facts.having(starred=True)
        case "hide":
            return None if facts.hidden else facts.having(hidden=True)
        case "tag":
            if key(action.tag) in map(key, facts.tags):
                return None
            return facts.having(tags=(*facts.tags, action.tag))
        case "notify":
            return facts


class _Blocks:
    """Where rules and their keys stand in the text, for messages; tomllib does not say."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [match.start() for match in _HEADER.finditer(text)]

    def line(self, name: str, number: int | None = None) -> int:
        """The line of a key, in rule ``number`` (from 0) or anywhere; that rule's own if unseen."""
        start, end = 0, len(self._text)
        if number is not None and number < len(self._starts):
            start = self._starts[number]
            end = self._starts[number + 1] if number + 1 < len(self._starts) else end
        pattern = re.compile(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(name)}\b", re.MULTILINE)
        found = pattern.search(self._text, start, end)
        at = found.start() if found else start
        return self._text.count("\n", 0, at) + 1


def _rule(entry: object, number: int, blocks: _Blocks, problems: list[Problem]) -> Rule | None:
    """One table as a rule; None, and why, where it cannot be one."""
    wrong: list[Problem] = []

    def say(name: str, message: str) -> None:
        wrong.append(_problem(blocks.line(name, number), message))

    if not isinstance(entry, dict):
        problems.append(_problem(0, "a rule begins with [[rule]], in two brackets"))
        return None
    for name in entry:
        if name not in _KEYS:
            close = nearest(name, _KEYS)
            say(name, f"{name} is not known" + (f"; {close} was meant?" if close else ""))
    query, name = entry.get("query", ""), entry.get("name", "")
    tree = _tree(query, say)
    if not isinstance(name, str):
        say("name", "name must be text in quotes")
    expires, enabled = entry.get("expires"), entry.get("enabled", True)
    if expires is not None and not isinstance(expires, date):
        say("expires", "expires must be a day such as 2026-12-31, without quotes")
    if not isinstance(enabled, bool):
        say("enabled", "enabled must be true or false")
    actions = _actions(entry.get("do"), say)
    if wrong:
        problems += wrong
        return None
    return Rule(
        name=clean_line(name, MAX_NAME) or clean_line(query, MAX_NAME),
        query=query,
        tree=tree,
        actions=actions,
        expires=expires,
        enabled=enabled,
        line=blocks.line("rule", number),
    )


def _tree(query: object, say: Callable[[str, str], None]) -> Node:
    if not isinstance(query, str) or not query.strip():
        say("query", "query must say which articles; * is every article")
        return EVERYTHING
    parsed = parse(query)
    for mistake in parsed.mistakes:
        meant = f"; {mistake.suggestion} was meant?" if mistake.suggestion else ""
        say("query", f"query: {query[mistake.start : mistake.end]}: {mistake.message}{meant}")
    return parsed.tree


def _actions(do: object, say: Callable[[str, str], None]) -> tuple[Action, ...]:
    listed = do if isinstance(do, list) else [do]
    actions: list[Action] = []
    for item in listed:
        verb, colon, tag = item.partition(":") if isinstance(item, str) else ("", "", "")
        verb, tag = verb.strip().lower(), clean_line(tag, MAX_TAG)
        if verb == "tag" and tag:
            actions.append(Action("tag", tag))
        elif verb in _VERBS and not colon:
            actions.append(Action(_VERBS[verb]))
        elif verb == "tag":
            say("do", "tag: needs a name, as in tag:sport")
        else:
            close = nearest(verb, _VERBS)
            meant = f"; {close} was meant?" if close else ""
            say("do", f"do must be read, star, hide, notify or tag:NAME{meant}")
    if not listed:
        say("do", "do must be read, star, hide, notify or tag:NAME")
    return tuple(dict.fromkeys(actions))


def _problem(line: int, message: str) -> Problem:
    return Problem(line, clean_line(message))


def _string(value: str) -> str:
    """A TOML string: literal where it can be, so that a regular expression stays readable."""
    if "'" not in value and not _UNPRINTED.search(value):
        return f"'{value}'" if _ESCAPED.search(value) else f'"{value}"'
    escaped = _ESCAPED.sub(r"\\\g<0>", value)
    return '"' + _UNPRINTED.sub(lambda c: f"\\U{_scalar(c.group()):08X}", escaped) + '"'


def _scalar(char: str) -> int:
    """The code of a character; TOML knows no lone surrogates."""
    return 0xFFFD if "\ud800" <= char <= "\udfff" else ord(char)
