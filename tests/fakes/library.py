"""A library held in memory, with the verbs of the real one, for tests of the screen."""

import asyncio
from array import array
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.library import Counts, Library
from reader.library.sharing import ENDINGS, Form
from reader.model.article import Article, Enclosure, Headline, StoredArticle
from reader.model.change import (
    Actor,
    ArticlesMarked,
    ArticlesStored,
    Change,
    FeedsChanged,
    JournalEntry,
    Mark,
    TagsEdited,
    UpdateFinished,
    UpdateProgressed,
)
from reader.model.errors import SavingRefused, SourceUnreadable
from reader.model.feed import FeedRow, Source
from reader.model.original import Original
from reader.model.page import FullText
from reader.model.records import replace
from reader.model.revision import Changes, Revision
from reader.model.scope import ListPart, Scope
from reader.model.tag import Tag, TagKind, TagOrder, TagRow
from reader.query.highlight import Snippet
from reader.text.blocks import BodyKind
from reader.text.terminal import SafeText, clean, clean_line

FULL = SafeText("The disk is full: nothing is being saved.")
NOTHING = SafeText("")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass
class Entry:
    """One article of the fake."""

    id: int
    feed_id: int
    article: Article
    unread: bool = True
    starred: bool = False
    position: float = 0.0


@dataclass
class FakeFeed:
    """One feed of the fake; ``category`` is 0 for none."""

    id: int
    title: SafeText
    category: int = 0
    problem: SafeText = NOTHING


@dataclass
class FakeLibrary(Library):
    """Articles, feeds and tags in dictionaries; every verb is done at once."""

    feeds: list[FakeFeed] = field(default_factory=list)
    category_titles: dict[int, SafeText] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    collapsed: set[int] = field(default_factory=set)
    remembered: dict[str, str] = field(default_factory=dict)
    journal: list[ArticlesMarked] = field(default_factory=list)
    undone: list[ArticlesMarked] = field(default_factory=list)
    problem: SafeText = NOTHING
    refuse: bool = False
    arrivals: list[Change] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    watched: "asyncio.Queue[Change] | None" = None
    pages: dict[int, FullText] = field(default_factory=dict)
    kept_pages: dict[int, FullText] = field(default_factory=dict)
    stubs: set[int] = field(default_factory=set)
    changed: dict[int, Changes] = field(default_factory=dict)
    originals: dict[int, Original] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    versions: dict[int, tuple[Revision, ...]] = field(default_factory=dict)

    # --- building

    def add_feed(self, title: str, *, category: str = "", problem: str = "") -> int:
        number = len(self.feeds) + 1
        place = 0
        if category:
            names = {name: key for key, name in self.category_titles.items()}
            place = names.get(SafeText(category), len(self.category_titles) + 1)
            self.category_titles[place] = clean_line(category)
        self.feeds.append(FakeFeed(number, clean_line(title), place, clean_line(problem)))
        return number

    def add_article(
        self,
        feed_id: int,
        title: str,
        *,
        body: str = "A first paragraph.\n\nA second one.",
        kind: BodyKind = "markdown",
        published: datetime | None = None,
        tags: Iterable[str] = (),
        unread: bool = True,
        link: str = "https://example.org/article",
        summary: str = "",
        authors: Sequence[str] = (),
        problems: Sequence[str] = (),
        enclosures: Sequence[Enclosure] = (),
        outlet: str = "",
        comments: str = "",
    ) -> int:
        number = len(self.entries) + 1
        article = Article(
            identity=str(number),
            feed=self.feeds[feed_id - 1].title,
            title=clean_line(title),
            body=body,
            kind=kind,
            link=link,
            base=link,
            published=published or NOW - timedelta(hours=number),
            date_source="given",
            updated=None,
            summary=clean(summary),
            authors=tuple(clean_line(author) for author in authors),
            tags=tuple(clean_line(tag) for tag in tags),
            language="en",
            image="",
            comments=comments,
            enclosures=tuple(enclosures),
            words=len(body.split()),
            digest="",
            problems=tuple(clean(problem) for problem in problems),
            outlet=clean_line(outlet),
        )
        self.entries[number] = Entry(number, feed_id, article, unread=unread)
        return number

    # --- the verbs

    @property
    def saving_problem(self) -> SafeText:
        return FULL if self.refuse else self.problem

    def digest(self, *, seconds: float | None = None, changes: list[Change] | None = None) -> bool:
        return False

    def close(self) -> None:
        self.calls.append("close")

    def _in_scope(self, entry: Entry, scope: Scope, tags: set[SafeText]) -> bool:
        if scope.feed_id is not None and entry.feed_id != scope.feed_id:
            return False
        if scope.category_id is not None:
            feed = self.feeds[entry.feed_id - 1]
            if feed.category != scope.category_id:
                return False
        if not tags <= set(entry.article.tags):
            return False
        if scope.show == "unread" or scope.query == "is:unread":
            return entry.unread
        if scope.show == "starred" or scope.query == "is:starred":
            return entry.starred
        return True

    def _listed(self, scope: Scope) -> list[Entry]:
        names = {row.id: row.name for row in self.tag_rows()} if scope.tag_ids else {}
        tags = {names[tag] for tag in scope.tag_ids}
        found = [entry for entry in self.entries.values() if self._in_scope(entry, scope, tags)]
        return sorted(found, key=lambda entry: (entry.article.published, entry.id), reverse=True)

    def _feed_row(self, feed: FakeFeed, depth: int) -> FeedRow:
        mine = [entry for entry in self.entries.values() if entry.feed_id == feed.id]
        return FeedRow(
            kind="feed",
            id=feed.id,
            title=feed.title,
            depth=depth,
            unread=sum(entry.unread for entry in mine),
            articles=len(mine),
            problem=feed.problem,
        )

    def feed_rows(self) -> tuple[FeedRow, ...]:
        rows: list[FeedRow] = []
        for number, (title, query) in enumerate(
            (("All articles", ""), ("Unread", "is:unread"), ("Starred", "is:starred"))
        ):
            found = self._listed(Scope(query=query))
            unread = sum(entry.unread for entry in found)
            rows.append(
                FeedRow(
                    kind="smart",
                    id=number,
                    title=clean_line(title),
                    depth=0,
                    unread=unread,
                    articles=len(found),
                    query=query,
                )
            )
        for key, name in sorted(self.category_titles.items()):
            members = [self._feed_row(feed, 1) for feed in self.feeds if feed.category == key]
            rows.append(
                FeedRow(
                    kind="category",
                    id=key,
                    title=name,
                    depth=0,
                    unread=sum(row.unread for row in members),
                    articles=sum(row.articles for row in members),
                    collapsed=key in self.collapsed,
                )
            )
            rows += members
        rows += [self._feed_row(feed, 0) for feed in self.feeds if not feed.category]
        return tuple(rows)

    def tag_rows(
        self,
        *,
        limit: int = 1000,
        order: TagOrder = "unread",
        match: str = "",
        hidden: bool = False,
    ) -> tuple[TagRow, ...]:
        totals: dict[SafeText, list[int]] = {}
        for entry in self.entries.values():
            for tag in entry.article.tags:
                count = totals.setdefault(tag, [0, 0])
                count[0] += 1
                count[1] += entry.unread
        numbers = {name: number for number, name in enumerate(sorted(totals), 1)}
        rows = [
            TagRow(
                id=numbers[name], name=name, kind=_kind(name), articles=count[0], unread=count[1]
            )
            for name, count in totals.items()
        ]
        rows.sort(key=lambda row: (-row.unread, -row.articles, row.name))
        return tuple(rows[:limit])

    def list_ids(
        self,
        scope: Scope,
        *,
        limit: int | None = None,
        after: int | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> "array[int]":
        found = self._listed(scope)
        if after is not None:
            edge = (self.entries[after].article.published, after)
            found = [item for item in found if (item.article.published, item.id) < edge]
        return array("q", (entry.id for entry in found[:limit]))

    def list_part(
        self,
        scope: Scope,
        *,
        limit: int,
        before: ListPart | None = None,
        seconds: float,
        stop: Callable[[], bool] | None = None,
    ) -> ListPart:
        last = before.last if before else None
        found = self.list_ids(scope, limit=limit, after=last, stop=stop)
        end = found[-1] if found else last
        return ListPart(ids=found, last=end, complete=len(found) < limit)

    def snippets(self, ids: Sequence[int], query: str, *, length: int = 160) -> dict[int, Snippet]:
        return {}

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        return [self._headline(self.entries[number]) for number in ids if number in self.entries]

    def _headline(self, entry: Entry) -> Headline:
        article = entry.article
        return Headline(
            id=entry.id,
            feed_id=entry.feed_id,
            feed=article.feed,
            title=article.title,
            author=article.authors[0] if article.authors else SafeText(""),
            published=article.published,
            date_source=article.date_source,
            language=article.language,
            link=article.link,
            words=article.words,
            unread=entry.unread,
            starred=entry.starred,
            hidden=False,
            position=entry.position,
        )

    def article(self, article_id: int) -> StoredArticle | None:
        entry = self.entries.get(article_id)
        if entry is None:
            return None
        return StoredArticle(
            headline=self._headline(entry),
            content=entry.article,
            tags=tuple(Tag(name, _kind(name)) for name in entry.article.tags),
            path="",
            position=entry.position,
        )

    def stored_full_text(self, article_id: int) -> FullText | None:
        return self.kept_pages.get(article_id)

    async def full_text(self, article_id: int, *, again: bool = False) -> FullText:
        self.calls.append(f"page {article_id}")
        if article_id not in self.pages:
            raise SourceUnreadable("This article has no link to a page.")
        self.kept_pages[article_id] = self.pages[article_id]
        return self.pages[article_id]

    def wants_full_text(self, article: StoredArticle) -> bool:
        return article.headline.id in self.stubs - set(self.kept_pages)

    def revisions(self, article_id: int) -> tuple[Revision, ...]:
        return self.versions.get(article_id, ())

    def changed_words(self, article_id: int, since: int) -> tuple[int, int]:
        return 12 * since, 3

    def changes(self, article_id: int, since: int | None = None) -> Changes | None:
        return self.changed.get(article_id)

    def original(self, article_id: int) -> Original:
        if article_id in self.gone:
            raise SourceUnreadable("It is gone.")
        given = Original(head="", body=self.entries[article_id].article.body)
        return self.originals.get(article_id, given)

    def exported(self, article_id: int, form: Form, *, own: bool = False, width: int = 80) -> bytes:
        body = self.entries[article_id].article.body
        return f"{form} {own} {width} {body}".encode(errors="replace")

    def save_article(self, article_id: int, form: Form, folder: Path, *, own: bool = False) -> Path:
        if self.refuse:
            raise SavingRefused(f"{folder} could not be written.")
        path = folder / f"{article_id}{ENDINGS[form]}"
        path.write_bytes(self.exported(article_id, form, own=own))
        return path

    async def read_page(self, url: str, *, typed: bool = False) -> StoredArticle:
        return self._keep_page(url, "Pages read", unread=False)

    async def read_later(
        self, url: str, *, title: str = "", typed: bool = False, actor: Actor = "key"
    ) -> StoredArticle:
        return self._keep_page(url, "Put aside", unread=True)

    def _keep_page(self, url: str, shelf: str, *, unread: bool) -> StoredArticle:
        names = [feed.title for feed in self.feeds]
        feed = names.index(SafeText(shelf)) + 1 if shelf in names else self.add_feed(shelf)
        made = self.add_article(feed, f"Page of {url}", link=url, unread=unread)
        kept = self.article(made)
        assert kept is not None
        return kept

    def next_unread(self, scope: Scope, after: int | None, *, back: bool = False) -> int | None:
        found = self._listed(scope)
        if back:
            found.reverse()
        if after is not None:
            edge = (self.entries[after].article.published, after)
            found = [
                entry
                for entry in found
                if ((entry.article.published, entry.id) > edge) == back and entry.id != after
            ]
        return next((entry.id for entry in found if entry.unread), None)

    def counts(self, scope: Scope, *, stop: Callable[[], bool] | None = None) -> Counts:
        found = self._listed(scope)
        return Counts(len(found), sum(entry.unread for entry in found))

    def new_since(self, scope: Scope, newest_id: int) -> int:
        return sum(entry.id > newest_id for entry in self._listed(scope))

    def newest_id(self) -> int:
        return max(self.entries, default=0)

    def mark(
        self, ids: Sequence[int], mark: Mark, value: bool, *, actor: Actor = "key"
    ) -> ArticlesMarked:
        if self.refuse:
            raise SavingRefused(FULL)
        touched = tuple(number for number in ids if self._is(number, mark) != value)
        change = ArticlesMarked(
            mark=mark, value=value, ids=touched, journal_id=len(self.journal) + 1, actor=actor
        )
        self._set(change)
        if touched:
            self.journal.append(change)
            self.undone.clear()
        return change

    def _is(self, number: int, mark: Mark) -> bool:
        entry = self.entries[number]
        return not entry.unread if mark == "read" else entry.starred

    def _set(self, change: ArticlesMarked) -> None:
        for number in change.ids:
            entry = self.entries[number]
            if change.mark == "read":
                entry.unread = not change.value
            else:
                entry.starred = change.value

    def tag(self, ids: Sequence[int], name: str, *, add: bool, actor: Actor = "key") -> TagsEdited:
        return TagsEdited(tag=clean_line(name), added=add, ids=tuple(ids), journal_id=0)

    def undo(
        self, journal_id: int | None = None, *, actor: Actor = "key"
    ) -> tuple[JournalEntry, Change] | None:
        if not self.journal:
            return None
        done = self.journal.pop()
        self.undone.append(done)
        back = replace(done, value=not done.value)
        self._set(back)
        return self._entry(done, undone=True), back

    def redo(self, *, actor: Actor = "key") -> tuple[JournalEntry, Change] | None:
        if not self.undone:
            return None
        again = self.undone.pop()
        self.journal.append(again)
        self._set(again)
        return self._entry(again, undone=False), again

    def _entry(self, change: ArticlesMarked, *, undone: bool) -> JournalEntry:
        verb = {"read": "read", "starred": "starred", "hidden": "hidden"}[change.mark]
        label = clean_line(f"marked {len(change.ids)} {verb if change.value else 'not ' + verb}")
        return JournalEntry(
            id=change.journal_id,
            at=NOW,
            actor=change.actor,
            label=label,
            articles=len(change.ids),
            undone=undone,
        )

    def remember_position(self, article_id: int, position: float) -> None:
        self.entries[article_id].position = position

    def session(self) -> dict[str, str]:
        return dict(self.remembered)

    def remember(self, values: Mapping[str, str]) -> None:
        self.remembered.update(values)

    def collapse(self, category_id: int, collapsed: bool) -> FeedsChanged:
        (self.collapsed.add if collapsed else self.collapsed.discard)(category_id)
        return FeedsChanged()

    def sources(self) -> tuple[Source, ...]:
        return (Source(id=1, kind="folder", location="/news"),)

    def add_folder(self, path: Path) -> Source:
        return Source(id=1, kind="folder", location=str(path))

    async def update(
        self,
        *,
        feed_ids: Sequence[int] | None = None,
        source_ids: Sequence[int] | None = None,
        force: bool = False,
    ) -> AsyncIterator[Change]:
        self.calls.append(f"update {feed_ids}")
        arrivals, self.arrivals = self.arrivals, []
        new = 0
        for number, change in enumerate(arrivals, 1):
            yield UpdateProgressed(done=number, total=len(arrivals), title=SafeText("A feed"))
            yield change
            if isinstance(change, ArticlesStored):
                new += len(change.new)
        yield UpdateFinished(new=new, changed=0, unchanged=0)

    async def watch(self) -> AsyncIterator[Change]:
        self.watched = asyncio.Queue()
        while True:
            yield await self.watched.get()


def _kind(name: str) -> TagKind:
    return "derived" if name[:1].isupper() else "user" if name.startswith("my") else "given"


def small(*, articles: int = 6, clock: Callable[[], datetime] = lambda: NOW) -> FakeLibrary:
    """Two feeds in a category and one beside it, with a few articles."""
    library = FakeLibrary()
    now = clock()
    feeds = [
        library.add_feed("politico.eu", category="Politics"),
        library.add_feed("NRC", category="Politics"),
        library.add_feed("Ars Technica", problem="The server answers 404: not found."),
    ]
    for number in range(articles):
        library.add_article(
            feeds[number % 3],
            f"Headline number {number + 1}",
            published=now - timedelta(hours=5 * number),
            tags=("NATO",) if number % 2 else ("science", "my pick"),
            body="\n\n".join(f"Paragraph {line} of {number + 1}." for line in range(30)),
        )
    return library


def library_of(body: str, *, kind: BodyKind = "markdown") -> FakeLibrary:
    """A library with one article."""
    library = small(articles=0)
    library.add_article(1, "One", body=body, kind=kind)
    return library
