"""Every mark on every kind of part of the library, by key or by the command line."""

import pytest
from textual.widgets import Input

from reader.config import Config
from reader.library import Library
from reader.model.scope import Scope
from reader.tui.app import NewsreaderApp
from reader.tui.orders import Order, order_of
from reader.tui.pauses import NONE
from tests.fakes.library import NOW
from tests.tui.conftest import Seat, calm
from tests.tui.test_triage import Open, library, listed, seated

__all__ = ["library", "seated"]


def counts(seat: Seat) -> dict[str, int]:
    library = seat.main.library
    return {
        "read": library.counts(Scope(query="is:read")).articles,
        "star": library.counts(Scope(query="is:starred")).articles,
        "hide": library.counts(Scope(query="is:hidden")).articles,
        "tag later": library.counts(Scope(query="tag:later")).articles,
    }


async def type_order(seat: Seat, text: str) -> None:
    """Open the command line and type, all at once."""
    await seat.press("colon")
    seat.app.screen.query_one(Input).value = text
    await calm(seat.app)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("read is:unread age:>30d", Order("read", which="is:unread age:>30d")),
        ("  Star   below", Order("star", which="below")),
        ("tag later is:unread", Order("tag", "later", "is:unread")),
        ('untag "to read" #nato', Order("untag", "to read", "#nato")),
        ("tag", None),
        ("tag later", Order("tag", "later")),
        ("read", Order("read")),
        ("ready", None),
        ("", None),
    ],
)
def test_what_is_ordered(text: str, order: Order | None) -> None:
    assert order_of(text) == order


PARTS = {
    "above": 2, "below": 2, "list": 5, "feed": 3, "everything": 5, "trump": 2, "is:unread": 5
}  # fmt: skip


@pytest.mark.parametrize("verb", ["read", "star", "hide", "tag later"])
async def test_any_mark_on_any_part_is_one_undo(seated: Open, verb: str) -> None:
    async with seated() as seat:
        await seat.press("j", "j")
        for which, many in PARTS.items():
            await type_order(seat, f"{verb} {which}")
            await seat.press("enter")
            assert counts(seat)[verb] == many, which
            assert f"{many} " in seat.status
            assert "u undoes" in seat.status
            assert len(listed(seat)) == 5
            await seat.press("u")
            assert counts(seat)[verb] == 0


async def test_a_category_and_a_selection_are_ordered_about(seated: Open) -> None:
    async with seated() as seat:
        await type_order(seat, "read category")
        await seat.press("enter")
        assert counts(seat)["read"] == 0
        library = seat.main.library
        feed = next(row for row in seat.main.feeds.rows if row.kind == "feed")
        library.move_feed(feed.id, ("Abroad",))
        seat.main.count_soon()
        await calm(seat.app)
        seat.main.feeds.select(("feed", feed.id))
        seat.main.go_to("feeds")
        await type_order(seat, "star category")
        await seat.press("enter")
        assert counts(seat)["star"] == feed.articles
        seat.main.go_to("headlines")
        await seat.press("u", "v", "v")
        await type_order(seat, "tag later selection")
        await seat.press("enter")
        assert counts(seat)["tag later"] == 2
        assert not seat.main.headlines.selection


async def test_x_hides_and_shows_again_and_tells_the_rule(seated: Open) -> None:
    async with seated() as seat:
        title = seat.headline
        await seat.press("X")
        assert "Hidden · u undoes" in seat.status
        assert "Hidden by hand" in seat.text
        await seat.press("j", "k")
        seat.main.status.tell("")
        assert "X shows it again" in seat.status
        assert seat.headline == title
        assert any("× " in line for line in seat.lines)
        assert counts(seat)["hide"] == 1
        await seat.press("X")
        assert "Shown again · u undoes" in seat.status
        assert "Hidden by hand" not in seat.text
        assert counts(seat)["hide"] == 0
        await seat.press("asterisk", "delete")
        assert "Marked 5 hidden" in seat.status
        await seat.press("slash", *"is:hidden", "enter", "asterisk", "X")
        assert "Marked 5 not hidden" in seat.status
        for order in ("hide trump", "unhide everything"):
            await type_order(seat, order)
            await seat.press("enter")
        assert "Marked 2 not hidden" in seat.status


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_what_a_rule_hid_tells_the_rule_and_comes_back_with_one_key(
    library: Library, size: tuple[int, int]
) -> None:
    rules = library.store.path.with_name("rules.toml")
    rules.write_text('[[rule]]\nname = "Weather"\nquery = "storm"\ndo = "hide"\n')
    opened = Library.open(library.store.path, clock=lambda: NOW, derived_tags=False, rules=rules)
    async for _ in opened.update():
        pass
    app = NewsreaderApp(opened, Config(), clock=lambda: NOW, waits=NONE)
    async with app.run_test(size=size) as pilot:
        await calm(app)
        seat = Seat(app, pilot, opened)  # type: ignore[arg-type]
        assert "Storm" not in seat.text
        await seat.press("slash", *"is:hidden", "enter")
        assert listed(seat) == ["Storm over the coast"]
        assert "Hidden by the rule Weather" in seat.text
        await seat.press("X")
        assert "Shown again; the rule Weather had hidden it" in seat.status
        await seat.press("q")
        await seat.press("full_stop")
        assert "Storm over the coast" in listed(seat)
    opened.close()


async def test_the_command_line_shows_the_keys_in_use_and_finds_by_id(library: Library) -> None:
    keys = {"article.toggle-star": ("ctrl+y",), "view.zen": ("g z",)}
    app = NewsreaderApp(library, Config(keys=keys), clock=lambda: NOW, waits=NONE)
    async with app.run_test(size=(120, 40)) as pilot:
        await calm(app)
        seat = Seat(app, pilot, library)  # type: ignore[arg-type]
        await type_order(seat, "toggle-star")
        assert "Star  Ctrl-Y" in seat.text
        await seat.press("escape")
        await type_order(seat, "zen")
        await seat.press("enter")
        assert seat.main.zen
        await type_order(seat, "previous link")
        assert "Previous link  [" in seat.text
        await seat.press("escape")
        await type_order(seat, "source")
        assert "Source  \\" in seat.text


async def test_a_mistaken_query_marks_nothing_and_says_why(seated: Open) -> None:
    async with seated(size=(80, 24)) as seat:
        for query in ("is:unred", '"never closed', "((((", ")", "/[/", "OR", "-", '"'):
            await type_order(seat, f"read {query}")
            assert "Not understood" in seat.text, query
            await seat.press("enter")
            assert counts(seat)["read"] == 0


async def test_ten_thousand_characters_are_taken(seated: Open) -> None:
    async with seated(size=(80, 24)) as seat:
        for query in ("x" * 10_000, "a OR " * 2_000, "(" * 10_000, '"' * 9_999, "tag:" * 2_500):
            await type_order(seat, f"read {query}")
            await seat.press("enter")
            assert counts(seat)["read"] == 0
            if seat.app.screen is not seat.main:
                await seat.press("escape")
