"""Names made of titles that no disk, shell or screen takes for anything else."""

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.filenames import LONGEST, free_path, stem
from reader.text.terminal import clean_line


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The boats: back?", "The-boats-back"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf $(x) `y`; z", "rf-x-y-z"),
        (".hidden", "hidden"),
        ("Größe & Maß", "Größe-Maß"),
        ("東京の天気", "東京の天気"),
        ("con", "_con"),
        ("...", "article"),
        ("", "article"),
        ("\x1b[31mred", "red"),
    ],
)
def test_names(title: str, name: str) -> None:
    assert stem(title) == name


@given(st.text(max_size=400))
def test_any_title_makes_one_plain_name(title: str) -> None:
    name = stem(title)
    assert name == clean_line(name, 400)
    assert Path(name).name == name
    assert 0 < len(name.encode()) <= LONGEST + 1
    assert shlex.split(name) == [name]
    assert name[0] not in "-."


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a", ".md") == tmp_path / "a.md"
    (tmp_path / "a.md").touch()
    (tmp_path / "a-2.md").symlink_to("/nowhere")
    assert free_path(tmp_path, "a", ".md") == tmp_path / "a-3.md"
