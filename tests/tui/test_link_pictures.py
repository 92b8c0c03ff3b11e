"""Pictures of the link cursor, and of code that was scrolled sideways."""

import pytest
from textual.pilot import Pilot

from tests.fakes.library import NOW, FakeLibrary
from tests.tui.conftest import build, calm
from tests.tui.test_pictures import SIZES, Compare, picture

BODY = """\
The ministers met [in the port](https://example.org/port/2026/11/21/ministers-meet) on Friday, and
agreed on [a joint plan for the canal that was announced in spring](https://example.org/plan) and on
little else. What [the mayor](mailto:mayor@example.org) thinks of it is not known.

```python
def ships(harbour: Harbour, *, flag: str = "any", over: float = 0.0) -> list[Ship]:
    '''Those that lie there now.'''
    return [ship for ship in harbour.berths if flag in {"any", ship.flag} and ship.length > over]
```

- [The agenda](https://example.org/agenda)
- [Minutes of the last meeting](https://example.org/minutes)
"""
SCENES = {
    "link-cursor": ("enter", "right_square_bracket", "right_square_bracket"),
    "link-cursor-zen": ("enter", "z", *["right_square_bracket"] * 3),
    "sideways": ("enter", "right_parenthesis"),
}


def harbour() -> FakeLibrary:
    """A library with one article of links and wide code."""
    library = FakeLibrary()
    feed = library.add_feed("Harbour News")
    library.add_article(feed, "A plan for the canal", body=BODY, published=NOW)
    return library


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("scene", SCENES)
def test_pictures(snap_compare: Compare, scene: str, size: tuple[int, int]) -> None:
    app = build(harbour())

    async def before(pilot: "Pilot[int]") -> None:
        await calm(app)
        for key in SCENES[scene]:
            await pilot.press(key)
            await calm(app)

    assert picture(snap_compare, app, size, before)
