"""Pictures of an article by key, on a real library, from a real server and a real folder."""

import asyncio
import io
import re
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.console import Console

from reader.config import Config, ImagesConfig, NetworkConfig
from reader.library import Library
from reader.text import pixels
from reader.tui.app import NewsreaderApp
from reader.tui.illustrated import Illustrated, colour_of, shades
from tests.fakes.clock import Clock
from tests.net.server import Exchange, Server
from tests.storage.filling import article, fill
from tests.tui.conftest import calm
from tests.tui.real import Desk, desk
from tests.update.pages import answer

PIL = pytest.importorskip("PIL.Image", reason="pictures need the extra images")
RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def network() -> NetworkConfig:
    """Pages may lead to the server of the tests."""
    return NetworkConfig(allow_private=True)


def png(width: int = 40, height: int = 20, form: str = "PNG") -> bytes:
    picture = PIL.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


def blocks(seat: Desk) -> int:
    """How many cells of the screen are drawn red or blue."""
    count = 0
    for strip in seat.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            colour = style.bgcolor if style is not None else None
            if colour is not None and colour.triplet in {RED, BLUE}:
                count += len(segment.text)
    return count


def story(library: Library, body: str, **fields: object) -> int:
    return fill(library, [article(1, body=body, link="", **fields)])[0]  # type: ignore[arg-type]


async def test_i_draws_pictures_in_their_places_and_takes_them_away(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/a.png", png(), "image/png")
    jpeg = answer(server, "/b.jpg", png(form="JPEG"), "image/jpeg")
    story(
        library,
        f"<p>Before.</p><figure><img src='{url}' alt='Boats'><figcaption>In port</figcaption>"
        f"</figure><p>Between.</p><img src='{jpeg}' alt='Again'><p>After.</p>",
    )
    async with desk(library, clock) as seat:
        await seat.press("enter", "z")
        assert server.asked == []
        before = seat.lines
        await seat.press("i")
        assert blocks(seat) >= 40 * 10  # the JPEG's colours are not quite these
        assert "2 pictures, " in seat.status
        assert "i takes them away" in seat.status
        lines = [line.strip() for line in seat.lines]
        words, caption = lines.index("[image: Boats]"), lines.index("In port")
        assert caption - words >= 11
        await seat.press("i")
        assert seat.lines[:-1] == before[:-1]
        assert len(server.asked) == 2


async def test_a_picture_that_cannot_be_had_says_why_below_its_words(
    tmp_path: Path, server: Server, clock: Clock
) -> None:
    library = Library.open(tmp_path / "guarded.db", clock=clock)
    url = answer(server, "/a.png", png(), "image/png")
    story(library, f"<img src='{url}' alt='Boats'><p>Text.</p>")
    async with desk(library, clock) as seat:
        await seat.press("enter", "z", "i")
        at = next(i for i, line in enumerate(seat.lines) if "[image: Boats]" in line)
        assert re.search("Not shown: .*private", seat.lines[at + 1])
        assert "No picture could be drawn" in seat.status
        assert server.asked == []
    library.close()


async def test_what_has_nothing_to_see_is_not_drawn(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/dot.png", png(1, 1), "image/png")
    story(library, f"<p>One <img src='{url}'></p><p>Two.</p>")
    async with desk(library, clock) as seat:
        await seat.press("enter", "z")
        before = seat.lines
        await seat.press("i")
        assert seat.lines[:-1] == before[:-1]
        assert "no pictures" in seat.status


async def test_an_article_without_pictures_says_so(library: Library, clock: Clock) -> None:
    story(library, "<p>Words.</p>")
    async with desk(library, clock) as seat:
        await seat.press("enter", "i")
        assert "This article has no pictures" in seat.status
        await seat.press("I")
        assert "This article has no pictures" in seat.status


async def test_the_picture_of_an_article_without_others_stands_above_it(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/lead.png", png(), "image/png")
    story(library, "<p>Words.</p>", image=url)
    async with desk(library, clock) as seat:
        await seat.press("enter", "z", "i")
        assert blocks(seat) == 40 * 10


async def test_escape_stops_what_is_under_way(
    library: Library, server: Server, clock: Clock
) -> None:
    @server.route("/slow.png")
    async def slow(exchange: Exchange) -> None:
        await exchange.forever()

    story(library, f"<img src='{server.url('/slow.png')}' alt='Slow'><p>Text.</p>")
    async with desk(library, clock) as seat:
        await seat.press("enter")
        await seat.pilot.press("i")
        while "Esc stops" not in seat.status:
            await asyncio.sleep(0.01)
        assert "1 picture" in seat.status
        await seat.press("escape")
        assert "Stopped" in seat.status
        assert seat.pane == "article"
        assert blocks(seat) == 0


async def test_pictures_go_with_their_article(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/a.png", png(), "image/png")
    body = f"<img src='{url}' alt='A'><p>Text.</p>"
    fill(library, [article(n, body=body, link="", title=f"Number {n}") for n in (1, 2)])
    async with desk(library, clock) as seat:
        await seat.press("enter", "i")
        assert blocks(seat)
        await seat.press("J")
        assert blocks(seat) == 0
        await seat.press("K")
        assert blocks(seat) == 0
        assert len(server.asked) == 1


async def test_they_are_drawn_anew_for_another_size_and_not_fetched_again(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/a.png", png(400, 200), "image/png")
    story(library, f"<img src='{url}' alt='A'><p>Text.</p>")
    async with desk(library, clock) as seat:
        await seat.press("enter", "i")
        small = blocks(seat)
        await seat.press("z")
        assert blocks(seat) > small > 0
        await seat.pilot.resize_terminal(50, 30)
        await calm(seat.app)
        view = seat.main.article
        assert view.reading is not None
        assert isinstance(view.reading.document, Illustrated)
        assert max(len(line.text) for line in view.reading.lines) <= view.cells
        assert len(server.asked) == 1


async def test_tags_that_are_edited_do_not_take_them_away(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/a.png", png(), "image/png")
    one = story(library, f"<img src='{url}' alt='A'><p>Text.</p>")
    async with desk(library, clock) as seat:
        await seat.press("enter", "i")
        drawn = blocks(seat)
        await seat.happens(library.tag([one], "harbour", add=True))
        assert blocks(seat) == drawn
        assert "harbour" in seat.text


async def test_links_headings_and_finding_know_nothing_of_them(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/a.png", png(), "image/png")
    story(
        library,
        f"<h2>One</h2><img src='{url}' alt='A'><h2>Two</h2><p>Needle "
        "<a href='https://example.org/b'>link</a></p>" + "<p>More.</p>" * 40,
    )
    async with desk(library, clock) as seat:
        await seat.press("enter", "i", "c", "j", "enter")
        view = seat.main.article
        assert view.reading is not None
        assert view.reading.lines[view.top].text == "Two"
        await seat.press("slash", *"needle", "enter")
        assert "1 of 1" in seat.status
        await seat.press("escape", "L")
        assert "1  link" in seat.lines[0]


async def test_without_what_draws_them_the_key_says_what_to_install(
    library: Library, server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels, "can_draw", lambda: False)
    story(library, f"<img src='{server.url('/a.png')}' alt='A'><p>Text.</p>")
    async with desk(library, clock) as seat:
        for key in "iI":
            await seat.press("enter", key)
            assert "needs Pillow: .venv/bin/pip install pillow" in seat.status
        assert server.asked == []


async def configured(library: Library, clock: Clock, images: ImagesConfig) -> Desk:
    app = NewsreaderApp(library, Config(images=images), clock=clock)
    return Desk(app, None, library)  # type: ignore[arg-type]


async def test_they_can_be_switched_off_and_be_fetched_without_a_key(
    library: Library, server: Server, clock: Clock
) -> None:
    url = answer(server, "/a.png", png(), "image/png")
    story(library, f"<img src='{url}' alt='A'><p>Text.</p>")
    seat = await configured(library, clock, ImagesConfig(protocol="off", always=True))
    async with seat.app.run_test(size=(120, 40)):
        await seat.press("enter", "i")
        assert "switched off" in seat.status
        assert server.asked == []
    seat = await configured(library, clock, ImagesConfig(always=True))
    async with seat.app.run_test(size=(120, 40)):
        await calm(seat.app)
        assert blocks(seat)
        await seat.press("i")
        assert blocks(seat) == 0


# --- what tells a picture to the terminal


@pytest.mark.parametrize("system", ["truecolor", "256"])
async def test_a_picture_s_number_is_told_by_its_colour(
    library: Library, clock: Clock, system: str
) -> None:
    async with desk(library, clock) as seat:
        seat.app.console = Console(color_system=system)  # type: ignore[arg-type]
        numbers = {seat.main._new_number() for _ in range(2000)}
    for number in numbers:
        colour = colour_of(number)
        if system == "256":
            assert colour.downgrade(ColorSystem.EIGHT_BIT).number == number
        else:
            red, green, blue = colour.get_truecolor()
            assert red << 16 | green << 8 | blue == number
    assert len(numbers) > 200


def test_without_colours_pictures_are_shades() -> None:
    drawn = pixels.half_blocks(png(4, 4), columns=4, rows=2)
    assert [shades(drawn, row) for row in (0, 1)] == ["░░░░", "    "]
    light = pixels.Pixels((((((255,) * 3), ((255,) * 3)), (((128,) * 3), ((128,) * 3))),), 2, 2)
    assert shades(light, 0) == "█▒"


# --- one picture at a time


async def test_one_picture_has_the_whole_screen(
    library: Library, server: Server, clock: Clock
) -> None:
    first = answer(server, "/a.png", png(40, 20), "image/png")
    second = answer(server, "/b.png", png(400, 200), "image/png")
    gone = server.url("/gone.png")
    story(
        library,
        f"<img src='{first}' alt='First'><img src='{second}' alt='Second'>"
        f"<img src='{gone}' alt='Gone'><p>Text.</p>",
    )
    async with desk(library, clock) as seat:
        await seat.press("enter", "I")
        assert [asked.path for asked in server.asked] == ["/a.png"]
        assert blocks(seat) == 40 * 10
        assert "1/3" in seat.status
        assert "First" in seat.status
        assert "40 × 20" in seat.status
        await seat.press("j")
        assert blocks(seat) > 3000
        await seat.press("j", "j")
        assert "404" in seat.status
        assert blocks(seat) == 0
        await seat.press("k", "q")
        assert seat.app.screen is seat.main
        assert blocks(seat) == 0
        assert len(server.asked) == 3
