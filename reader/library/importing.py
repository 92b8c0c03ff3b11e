"""The verbs on lists of feeds: what stands at a path, bring it in, write the own list."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.atpath import (
    bytes_of,
    check_article,
    check_folder,
    head_of,
    kind_of,
    lists_addresses,
)
from reader.library.feedlist import FeedVerbs
from reader.library.smartfeeds import SmartVerbs
from reader.model.errors import NetworkFailed, SourceUnreadable
from reader.model.records import replace
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.model.change import Actor, Mark
    from reader.model.feed import Feed
    from reader.model.subscription import Wanted
    from reader.model.transfer import Found, ImportReport, PathPreview, Refusal
    from reader.sources.newsboat import UrlsFile
    from reader.sources.subscriptions import Refused, Subscriptions

SAMPLE = 8
MOST_COUNTED = 2000
"""Articles of a folder that a preview counts; walking further would take too long."""

_CREDENTIALS = re.compile(r"//[^/?#\s]*@")


class ImportVerbs(FeedVerbs, SmartVerbs):
    """Subscription lists of other programs, and back to OPML."""

    def look_at(self, path: Path) -> PathPreview:
        """What stands at a path. Raises ``SourceUnreadable`` where nothing that can be read."""
        from reader.model.transfer import PathPreview

        kind = kind_of(path)
        if kind == "opml":
            return self._preview(kind, path, _subscriptions(path))
        if kind == "newsboat":
            return self._preview(kind, path, _urls(path).subscriptions)
        from reader.sources.walk import walk

        if kind == "article":
            check_article(path)
        else:
            check_folder(path)
        found = [one.path for one in islice(walk(path), MOST_COUNTED + 1)]
        return PathPreview(
            kind=kind,
            title=clean_line(path.name or str(path), 200),
            names=tuple(clean_line(name, 200) for name in found[:SAMPLE]),
            articles=min(len(found), MOST_COUNTED),
            more=len(found) > MOST_COUNTED,
        )

    def _preview(self, kind: Found, path: Path, listed: Subscriptions) -> PathPreview:
        from reader.model.transfer import PathPreview

        known = self._followed()
        wanted = [_known_as(one, known) for one in listed.wanted]
        followed = set(known.values())
        return PathPreview(
            kind=kind,
            title=clean_line(path.name or str(path), 200),
            names=tuple(map(_name, wanted[:SAMPLE])),
            feeds=len(wanted),
            known=sum(one.url in followed for one in wanted),
            more=len(wanted) > SAMPLE,
            refused=_refusals(listed.refused),
        )

    def import_path(self, path: Path, *, actor: Actor = "key") -> ImportReport:
        """Follow the feeds of the list at ``path``; what is followed already stays as it is.

        OPML, newsboat's ``urls`` file (or any list of one address a line), or newsboat's
        folder: then its articles come along with what was read, and its kill file as rules.
        Raises ``SourceUnreadable`` where it is no such list.
        """
        kind = kind_of(path)
        if kind == "opml":
            return self._import_listed(_subscriptions(path), actor)
        if kind == "newsboat":
            return self.import_newsboat(path, actor=actor)
        if kind == "article":
            # Who says that it is a list is believed where part of it is one.
            if lists_addresses(head_of(path), most=True):
                return self.import_newsboat(path, actor=actor)
            check_article(path)
            raise SourceUnreadable(f"{clean_line(str(path))} is an article and no list of feeds.")
        raise SourceUnreadable(
            f"{clean_line(str(path))} is a folder without newsboat's urls file, and so no list "
            "of feeds; add follows it as a folder of articles."
        )

    def import_opml(self, data: bytes, *, actor: Actor = "key") -> ImportReport:
        """Follow the feeds of an OPML list, undone as one. Raises ``SourceUnreadable``."""
        from reader.sources import opml
        from reader.sources.subscriptions import of_opml

        return self._import_listed(of_opml(opml.read(data)), actor)

    def _import_listed(self, listed: Subscriptions, actor: Actor) -> ImportReport:
        from reader.storage import outlines

        report = self._follow(listed, actor)
        if listed.categories:
            with self.store.write() as connection:
                outlines.describe(connection, listed.categories)
        return report

    def export_opml(self, *, version: str = "2.0") -> bytes:
        """Every web feed with its categories, and what an import said of them."""
        from reader.model.subscription import Wanted
        from reader.sources import opml
        from reader.sources.subscriptions import to_opml
        from reader.storage import outlines

        every = self._web_feeds()
        with self.store.read() as connection:
            attributes = outlines.of_feeds(connection)
            categories = outlines.of_categories(connection)
        document = to_opml(
            [
                Wanted(
                    url=feed.location,
                    title=feed.title,
                    category=feed.category,
                    attributes=attributes.get(feed.id, ""),
                )
                for feed in every
            ],
            title="newsreader",
            created=self._clock(),
            sites={feed.location: feed.site for feed in every if feed.site},
            categories=categories,
        )
        return opml.write(replace(document, version=version))

    def import_newsboat(
        self, path: Path, *, cache: Path | None = None, actor: Actor = "key"
    ) -> ImportReport:
        """Bring over newsboat's feeds, and with its cache its articles and what was read.

        ``path`` is its folder or its ``urls`` file. ``cache.db`` and ``config`` are looked
        for beside it, and where newsboat keeps its data when its settings are in
        ``~/.config``. Nothing there is written to.
        """
        listed = _urls(path)
        report = self._follow(listed.subscriptions, actor)
        saved = self._saved()
        for smart in listed.smart_feeds:
            if (smart.title, smart.query) not in saved:
                self.save_smart(smart.title, smart.query, actor=actor)
            notes = (clean_line(f"{smart.title}: {note}") for note in smart.notes)
            report = replace(report, notes=(*report.notes, *notes))
        if listed.hidden:
            report = replace(report, notes=(*report.notes, _hidden_there(listed.hidden)))
        home = path if path.is_dir() else path.parent
        report = _with_rules(report, home / "config")
        place = cache or _first(home / "cache.db", _data_folder(home) / "cache.db")
        return self._bring(place, report, actor) if place else report

    def _follow(self, listed: Subscriptions, actor: Actor) -> ImportReport:
        """Follow what a list asks for, except what may not be fetched."""
        from reader.model.transfer import ImportReport, Refusal
        from reader.net import address

        known = self._followed()
        wanted: list[Wanted] = []
        refused = list(_refusals(listed.refused))
        for one in listed.wanted:
            try:
                address.parse(address.typed(one.url))
            except NetworkFailed as error:
                refused.append(Refusal(_name(one), clean_line(str(error))))
            else:
                wanted.append(_known_as(one, known))
        done = self.add_feeds(wanted, actor=actor) if wanted else []
        return ImportReport(
            added=tuple(feed_id for feed_id, is_new in done if is_new),
            known=tuple(feed_id for feed_id, is_new in done if not is_new),
            refused=tuple(refused),
            notes=tuple(clean_line(_sentence(problem)) for problem in listed.problems),
        )

    def _followed(self) -> dict[str, str]:
        """The addresses of web feeds that are followed, by their canonical form."""
        from reader.text import urls

        return {urls.canonical(feed.location): feed.location for feed in self._web_feeds()}

    def _saved(self) -> set[tuple[str, str]]:
        """Title and query of each smart feed."""
        from reader.storage import feeds

        with self.store.read() as connection:
            rows = feeds.rows(connection, self._clock())
        return {(row.title, row.query) for row in rows if row.kind == "smart"}

    def _web_feeds(self) -> list[Feed]:
        from reader.storage import feeds

        with self.store.read() as connection:
            every = feeds.feeds(connection)
        return [feed for feed in every if feed.source_kind == "web"]

    def add_rules(self, path: Path, rules: Iterable[str]) -> int:
        """Append rules to a file of rules that it does not have yet; how many those were."""
        from reader.rules import append

        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        new = [rule for rule in rules if rule.strip() not in text]
        for rule in new:
            text = append(text, rule)
        if new:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return len(new)

    def _bring(self, cache: Path, report: ImportReport, actor: Actor) -> ImportReport:
        """The articles of a cache, marked as they were there."""
        from reader.sources.newsboat import read_cache
        from reader.storage import undo
        from reader.update.cached import bring_cached

        now = self._clock()
        followed = {feed.location: (feed.id, feed.source_id) for feed in self._web_feeds()}
        for spelling, location in self._followed().items():
            followed.setdefault(spelling, followed[location])
        try:
            kept = bring_cached(
                self.store, read_cache(cache, now=now), followed, writer=self.writer, now=now
            )
        except SourceUnreadable as error:
            return replace(report, notes=(*report.notes, clean_line(f"{error}.")))
        marked: dict[Mark, int] = {}
        ids: dict[Mark, list[int]] = {
            "read": kept.read,
            "starred": kept.starred,
            "hidden": kept.hidden,
        }
        for mark, wanted in ids.items():
            with self.store.write(large=True) as connection:
                change = undo.mark(connection, self.writer(actor), wanted, mark, value=True)
            marked[mark] = len(change.ids)
        return replace(
            report, articles=len(kept.stored), read=marked["read"], starred=marked["starred"]
        )


def _hidden_there(addresses: Sequence[str]) -> SafeText:
    """What is told of feeds that newsboat leaves out of its list."""
    return clean_line(
        "newsboat leaves these feeds out of its list; here they stand in the feed list: "
        + ", ".join(_CREDENTIALS.sub("//", address) for address in addresses)
    )


def _subscriptions(path: Path) -> Subscriptions:
    from reader.sources import opml
    from reader.sources.subscriptions import of_opml

    try:
        return of_opml(opml.read(bytes_of(path)))
    except SourceUnreadable as error:
        raise SourceUnreadable(
            f"{clean_line(str(path))} holds no list of feeds: {error}."
        ) from None


def _urls(path: Path) -> UrlsFile:
    from reader.sources.newsboat import read_urls

    return read_urls(bytes_of(path / "urls" if path.is_dir() else path))


def _known_as(one: Wanted, known: Mapping[str, str]) -> Wanted:
    """A feed by the address it is followed at, where it is."""
    from reader.text import urls

    return replace(one, url=known.get(urls.canonical(one.url), one.url))


def _name(one: Wanted) -> SafeText:
    """What a feed is called before it was fetched; a password in its address is not shown."""
    return clean_line(one.title or _CREDENTIALS.sub("//", one.url), 200)


def _refusals(refused: Iterable[Refused]) -> tuple[Refusal, ...]:
    from reader.model.transfer import Refusal

    return tuple(
        Refusal(clean_line(_CREDENTIALS.sub("//", one.name), 200), clean_line(one.reason))
        for one in refused
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _with_rules(report: ImportReport, config: Path) -> ImportReport:
    """The report with the rules that a kill file makes."""
    from reader.model.transfer import Refusal

    if not config.is_file():
        return report
    from reader.rules import written
    from reader.sources.newsboat import read_kill_file

    kill = read_kill_file(bytes_of(config))
    single = [Refusal(clean_line(one.query, 200), _ONE_FEED) for one in kill.ignored if one.feed]
    notes = (clean_line(f"{one.query}: {note}") for one in kill.ignored for note in one.notes)
    return replace(
        report,
        rules=tuple(
            written(query=one.query, do=["hide"], comment="ignore-article of newsboat")
            for one in kill.ignored
            if not one.feed
        ),
        refused=(*report.refused, *_refusals(kill.refused), *single),
        notes=(*report.notes, *notes),
    )


_ONE_FEED = clean_line('rules are for all feeds; add feed:"..." to it to hide in one')


def _data_folder(home: Path) -> Path:
    """Where newsboat keeps its cache when its settings are in ``home``."""
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if data else home.parent.parent / ".local" / "share") / "newsboat"


def _first(*places: Path) -> Path | None:
    return next((place for place in places if place.is_file()), None)
