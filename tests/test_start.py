"""The real program on a real terminal: what stands there when it is started."""

from pathlib import Path

from tests.hostile.home import Home


def test_a_folder_that_is_opened_beside_others_shows_its_articles(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for name, title in (("old", "Yesterday's paper"), ("new", "This morning's paper")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "one.md").write_text(f"---\ntitle: {title}\n---\n\nA few words of it.\n")
    for name, titles in (
        ("old", ["Yesterday's paper"]),
        ("new", ["Yesterday's paper", "This morning's paper"]),
    ):
        with home.terminal(tmp_path / name) as terminal:
            for title in titles:
                terminal.wait_for(title)
            terminal.send("Q")
            assert terminal.wait(60) == 0
