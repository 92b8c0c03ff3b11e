"""Pictures of what a search shows, and of articles that came through several feeds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.config import Config
from reader.library import Library
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from tests.fakes.library import NOW
from tests.storage.filling import article, fill
from tests.tui.test_pictures import SIZES, Compare, after, picture

TEXT = """<p>The council of the harbour town met on a rainy Tuesday. After nine hours of talking it
went home without a decision about the new bridge that nobody wants.</p>
<blockquote><p>Bridges are for those who cannot swim, the mayor said; a plan for the bridge
comes in spring.</p></blockquote>"""
# No article is opened: it is short enough for its page to be asked for.
SCENES = {
    "typing": ("slash", *"bridge pla"),
    "kept": ("slash", *"brídge", "enter"),
    "expression": ("slash", *"/bri.ges?/", "enter"),
    "mistake": ("slash", *"is:unred bridge "),
    "catch-up": ("C", *"20", "enter"),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Articles of a town, one of them through three feeds."""
    # It is there, so that the update at the start has nothing to tell.
    folder = tmp_path / "news"
    folder.mkdir()
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW, derived_tags=False)
    link = "https://example.org/bridge"
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    fill(
        opened,
        [
            article(1, feed="The Harbour Times", title="Another bridge?", link=link, body=TEXT),
            article(2, feed="Wire", title="A bridge!", link=f"{link}?utm_source=x", body=TEXT),
            article(3, feed="Post", title="The bridge", link=link, body=TEXT),
            article(4, feed="Post", title="Cards of an evening", published=at),
            article(
                5, feed="東京新聞", title="新しい橋の計画", published=at, body="<p>A bridge.</p>"
            ),
        ],
        location=str(folder),
    )
    opened.digest()
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [*SIZES, (60, 20)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("scene", SCENES)
def test_pictures_of_searches(
    snap_compare: Compare, library: Library, scene: str, size: tuple[int, int]
) -> None:
    app = NewsreaderApp(library, Config(), clock=lambda: NOW, waits=NONE)
    assert picture(snap_compare, app, size, after(app, *SCENES[scene]))
