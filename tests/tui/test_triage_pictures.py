"""Pictures of triage: keys that are waited for, hidden articles, tags with colours, orders."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.config import Config
from reader.model.article import Headline, StoredArticle
from reader.model.change import ArticlesNotified, RulesMistaken
from reader.model.records import replace
from reader.model.tag import TagOrder, TagRow
from reader.query.parse import Mistake
from reader.text.terminal import SafeText
from reader.tui.app import NewsreaderApp
from reader.tui.bridge import Changed
from reader.tui.pauses import NONE
from tests.fakes.library import NOW, FakeLibrary
from tests.tui.conftest import build, calm
from tests.tui.test_pictures import SIZES, Compare, after, picture

COLOURS = ("red", "", "violet", "green")
WRONG = "/home/me/.config/newsreader/rules.toml: line 4: do must be read, star; hide was meant?"


class Sorted(FakeLibrary):
    """A library whose tags have colours, and whose first article a rule hid."""

    def tag_rows(
        self,
        *,
        limit: int = 1000,
        order: TagOrder = "unread",
        match: str = "",
        hidden: bool = False,
    ) -> tuple[TagRow, ...]:
        rows = super().tag_rows(limit=limit, order=order, match=match, hidden=hidden)
        return tuple(
            replace(row, colour=colour, hidden=colour == "")
            for row, colour in zip(rows, COLOURS, strict=False)
            if colour or hidden
        )

    def mistakes(self, query: str) -> tuple[Mistake, ...]:
        return ()

    def article(self, article_id: int) -> StoredArticle | None:
        stored = super().article(article_id)
        if stored is None or article_id != 1:
            return stored
        (row,) = self.headlines([1])
        return replace(stored, hidden_by=SafeText("No more summits"), headline=row)

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        return [replace(row, hidden=row.id == 1) for row in super().headlines(ids)]


def evening_paper() -> Sorted:
    """A few articles with a few tags."""
    library = Sorted()
    feed = library.add_feed("politico.eu")
    for number in range(8):
        library.add_article(
            feed,
            f"What the summit decided, part {number + 1}",
            body="It decided little.",
            published=NOW - timedelta(hours=number),
            tags=(["NATO"], ["science", "NATO"], ["my read later"])[number % 3],
        )
    return library


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_picture_of_a_key_that_is_waited_for(snap_compare: Compare, size: tuple[int, int]) -> None:
    config = Config(keys={"preset": ("reader",)})
    app = NewsreaderApp(evening_paper(), config, clock=lambda: NOW, waits=NONE)
    assert picture(snap_compare, app, size, after(app, "g"))


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_picture_of_tags_and_a_hidden_article(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = build(evening_paper())
    assert picture(snap_compare, app, size, after(app, "l", "l", "X"))


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_picture_of_choosing_a_colour(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = build(evening_paper())
    assert picture(snap_compare, app, size, after(app, "l", "l", "c"))


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_picture_of_an_order(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = build(evening_paper())

    async def before(pilot: Pilot[int]) -> None:
        await after(app, "j", "j", "colon")(pilot)
        app.screen.query_one(Input).value = "star b"
        await calm(app)

    assert picture(snap_compare, app, size, before)


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_picture_of_what_rules_tell(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = build(evening_paper())

    async def before(_: Pilot[int]) -> None:
        await calm(app)
        app.main.post_message(Changed(RulesMistaken(problems=(SafeText(WRONG),))))
        app.main.post_message(Changed(ArticlesNotified(rule=SafeText("Summits"), ids=(2, 3, 4))))
        await calm(app)

    assert picture(snap_compare, app, size, before)
