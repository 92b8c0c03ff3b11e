"""Pictures of what stands in the place of an article, at its foot, and beside it."""

from datetime import timedelta

import pytest

from reader.model.original import Original
from reader.model.revision import Changes, Revision
from reader.text.diff import changes
from tests.fakes.library import NOW, FakeLibrary, small
from tests.tui.conftest import build
from tests.tui.test_pictures import SIZES, Compare, after, picture

PAGE = """\
<h2 class="plan" id='one'>What is at stake</h2>
<!-- written by hand \x1b]0;owned\x07 and \u202ebackwards -->
<p>Three boats came back &amp; one did not. <a href="https://example.org/a?b=1&c=2">More</a>,
said the master \u200bof the harbour, whose words are long enough to be wrapped at any width.</p>
<script>
  if (boats > 3) { document.write("<b>never run</b>"); }
</script>
<p dir="rtl">عادت القوارب إلى الميناء.</p>
<p>三か月の工事を終えて、古い水門の車輪がふたたび回りはじめた。</p>
"""
HEAD = '---\ntitle: "What the boats said"\ndate: 2026-11-20\ntags: [sea, "9"]  # two\n---\n'


def library() -> FakeLibrary:
    """Three articles: one that was edited, one read in part, one in Arabic."""
    made = small(articles=0)
    made.add_article(1, "What the boats said", body=PAGE, kind="html", tags=("sea",))
    made.add_article(2, "A long one, half read", body="\n\n".join(f"Line {n}." for n in range(90)))
    made.add_article(3, "عادت القوارب إلى الميناء", body="عادت القوارب إلى الميناء. «كلها».")
    made.entries[2].position = 0.47
    made.originals[1] = Original(head=HEAD, body=PAGE, syntax="yaml", path="/news/boats.html")
    made.versions[1] = tuple(
        Revision(
            id=number,
            stored=NOW - timedelta(days=9 - 3 * number, minutes=number),
            words=1200 + 40 * number,
            current=number == 3,
        )
        for number in (1, 2, 3)
    )
    blocks = changes("Two boats.\n\nThe same.\n\nOld.", "Three boats.\n\nThe same.\n\nNew [b]one.")
    made.changed[1] = Changes(since=NOW, seen=False, blocks=tuple(blocks))
    return made


SCENES = {
    "foot": (),
    "arabic": ("G", "enter"),
    "half": ("j", "enter"),
    "source": ("backslash",),
    "document": ("enter", "z", "backslash", "backslash"),
    "versions": ("W", "G"),
    "version": ("W", "G", "enter"),
}


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("scene", SCENES)
def test_pictures_of_reading(snap_compare: Compare, scene: str, size: tuple[int, int]) -> None:
    app = build(library())
    assert picture(snap_compare, app, size, after(app, *SCENES[scene]))
