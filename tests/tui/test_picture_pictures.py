"""Pictures of the screen with pictures and files in it, at the two sizes that matter most."""

import io
from collections.abc import AsyncGenerator, Mapping, Sequence

import pytest

from reader.library.pictures import Canvas, address_of
from reader.model.article import Enclosure
from reader.model.media import Picture
from reader.text.blocks import Image
from reader.text.pixels import half_blocks
from reader.text.terminal import SafeText
from tests.fakes.library import FakeLibrary
from tests.tui.conftest import build
from tests.tui.test_pictures import SIZES, Compare, after, picture

PIL = pytest.importorskip("PIL.Image", reason="pictures need the extra images")

BODY = """\
The water was as still as glass.

![A gradient from blue to gold](https://example.org/gradient.png)

> ![A picture that is gone](https://example.org/gone.png)

It had been so all day.
"""
FILES = (
    Enclosure(
        url="https://cdn.example/12.mp3",
        mime="audio/mpeg",
        size=34_000_000,
        seconds=3130,
        title="Season 2, episode 12",
    ),
    Enclosure(url="https://cdn.example/12.vtt", mime="text/vtt", title="Transcript"),
)


class Illustrated(FakeLibrary):
    """A library whose one article has a picture that is there and one that is not."""

    async def pictures(
        self,
        article_id: int,
        images: Sequence[Image],
        canvas: Canvas,
        *,
        kept: Mapping[str, bytes] | None = None,
    ) -> AsyncGenerator[Picture, None]:
        for image in images:
            if "gone" in image.url:
                problem = SafeText("The server answers 404: not found.")
                yield Picture(address=address_of(image), problem=problem)
                continue
            drawn = half_blocks(gradient(), columns=canvas.columns, rows=canvas.rows)
            yield Picture(address=address_of(image), data=gradient(), drawn=drawn)


def gradient() -> bytes:
    picture = PIL.new("RGB", (96, 48))
    picture.putdata([(x * 2, 80 + y * 3, 200 - x) for y in range(48) for x in range(96)])
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def library() -> Illustrated:
    made = Illustrated()
    feed = made.add_feed("Planet Harbour")
    made.add_article(feed, "The canal", body=BODY, enclosures=FILES, outlet="The Lock Keeper")
    return made


SCENES = {
    "among-lines": ("enter", "z", "i"),
    "panes": ("enter", "i"),
    "one": ("enter", "I"),
    "files": ("E",),
}


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("scene", SCENES)
def test_pictures_of_pictures(snap_compare: Compare, scene: str, size: tuple[int, int]) -> None:
    app = build(library())
    assert picture(snap_compare, app, size, after(app, *SCENES[scene]))
