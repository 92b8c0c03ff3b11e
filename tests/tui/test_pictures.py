"""Pictures of the screen at the two sizes that matter most, to be looked at when they change."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from reader.model.change import ArticlesStored, UpdateProgressed
from reader.text.terminal import SafeText
from reader.tui.app import NewsreaderApp
from reader.tui.bridge import Changed
from tests.fakes.library import NOW, FakeLibrary
from tests.tui.conftest import build, calm

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]
Before = Callable[["Pilot[int]"], Awaitable[None]]

BODY = """\
Visiting the White House, NATO Secretary General *Mark Rutte* will have to convince President
Trump that **U.S. interests** are best served as a core member of the [Atlantic
Alliance](https://example.org/alliance).

## What is at stake

1. The 2% target, and who meets it
2. European autonomy
   - ships
   - `code` names

> We will begin a new chapter for our transatlantic alliance.

| Country | Share |
|---|---|
| Poland | 4.1% |
| 日本 | 1.6% |

```python
def share(spent, product):
    return spent / product  # per cent
```
"""


def paper() -> FakeLibrary:
    """A few feeds of every kind with articles of every state."""
    library = FakeLibrary()
    feeds = [
        library.add_feed("politico.eu", category="Politics"),
        library.add_feed("NRC", category="Politics"),
        library.add_feed("Ars Technica", category="Technology"),
        library.add_feed(
            "An outlet with an uncommonly long name", category="Technology", problem="404"
        ),
        library.add_feed("日本経済新聞"),
    ]
    titles = [
        "Trump to meet Rutte at the White House to discuss NATO membership",
        "Mark Rutte reageert voor het eerst op ruzie Trump en Zelensky",
        "NATO's New Direction Under Rutte: Navigating Challenges and Aligning with Trump",
        "日本政府、新しい経済対策を発表",
        "Short one",
        "[bold]Markup[/bold] in a title is text 👩🏽‍🚀",
    ]
    for number in range(30):
        library.add_article(
            feeds[number % len(feeds)],
            titles[number % len(titles)],
            body=BODY,
            published=NOW - timedelta(hours=11 * number + 1),
            tags=(["NATO", "Rutte"], ["science"], ["my read later", "NATO"])[number % 3],
            unread=number % 4 != 2,
            authors=("Jane Doe",),
            summary="What a meeting in Washington may decide." if number % 2 == 0 else "",
            problems=("The date 2026-02-30 does not exist.",) if number == 0 else (),
        )
        library.entries[number + 1].starred = number % 7 == 3
    return library


def picture(compare: Compare, app: NewsreaderApp, size: tuple[int, int], before: Before) -> bool:
    """Compare with the picture that is kept; ``before`` brings the screen where it is taken."""
    return compare(app, terminal_size=size, run_before=before)


def after(app: NewsreaderApp, *keys: str) -> Before:
    """Press keys, each once the screen is calm."""

    async def before(pilot: "Pilot[int]") -> None:
        await calm(app)
        for key in keys:
            await pilot.press(key)
            await calm(app)

    return before


SCENES = {
    "main": (),
    "reading": ("j", "j", "enter", "j", "j", "j", "j"),
    "feeds": ("h", "j", "j", "j", "j"),
    "tags": ("l", "l", "j", "enter"),
    "zen": ("z",),
    "help": ("question_mark",),
    "nothing-starred": ("h", "G", "enter", "3"),
}


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("scene", SCENES)
def test_pictures(snap_compare: Compare, scene: str, size: tuple[int, int]) -> None:
    app = build(paper())
    assert picture(snap_compare, app, size, after(app, *SCENES[scene]))


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_picture_of_an_empty_library(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = build(FakeLibrary())
    assert picture(snap_compare, app, size, after(app))


def test_picture_of_one_pane_at_a_time(snap_compare: Compare) -> None:
    app = build(paper())
    assert picture(snap_compare, app, (60, 20), after(app, "j", "enter"))


def test_picture_of_the_light_theme(snap_compare: Compare) -> None:
    library = paper()
    library.remembered = {"theme": "newsreader-light"}
    app = build(library)
    assert picture(snap_compare, app, (120, 40), after(app, "s"))


def test_picture_of_news_arriving(snap_compare: Compare) -> None:
    library = paper()
    app = build(library)

    async def before(pilot: "Pilot[int]") -> None:
        await calm(app)
        await pilot.press("j", "j")
        new = library.add_article(1, "Just in", published=NOW)
        app.main.post_message(Changed(ArticlesStored(source_id=1, feed_ids=(1,), new=(new,))))
        step = UpdateProgressed(done=12, total=200, title=SafeText("politico.eu"))
        app.main.post_message(Changed(step))
        await calm(app)

    assert picture(snap_compare, app, (80, 24), before)
