"""Help, the palette, links out of the reader, updates; and that every command has its action."""

import sys
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from reader.commands import COMMANDS
from reader.model.change import ArticlesStored, SourceFailed, UpdateFinished, UpdateProgressed
from reader.text.terminal import SafeText
from reader.tui import opener
from reader.tui.app import NewsreaderApp
from reader.tui.keymap import bindings
from reader.tui.screens.main import MainScreen
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.rows import RowList
from tests.fakes.library import NOW, small
from tests.tui.conftest import CHARACTERS, Seat, Sit, calm


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_an_action_where_its_keys_look_for_it(command: object) -> None:
    found = next(item for item in COMMANDS if item is command)
    noun = found.id.partition(".")[0]
    places: tuple[type, ...] = (MainScreen,)
    if noun == "app":
        places = (NewsreaderApp,)
    elif noun == "cursor":
        places = (RowList, ArticleView)
    for place in places:
        assert hasattr(place, f"action_{found.action}")


def test_bindings_carry_the_commands_ids() -> None:
    here = bindings("everywhere", nouns={"history"})
    assert [(item.id, item.key, item.action) for item in here if not isinstance(item, tuple)] == [
        ("history.undo", "u", "history_undo"),
        ("history.redo", "U,ctrl+r", "history_redo"),
    ]


async def test_help_shows_every_key_and_searches(sit: Sit) -> None:
    async with sit(small(), size=(120, len(COMMANDS) + 3)) as seat:
        await seat.press("question_mark")
        for command in COMMANDS:
            assert command.title in seat.text
        await seat.press(*"undoes")
        assert "Mark list read" in seat.text
        assert "Zen" not in seat.text
        await seat.press("escape")
        assert seat.app.screen is seat.main
        await seat.press("question_mark", "question_mark")
        assert seat.app.screen is seat.main


async def test_help_finds_a_key_and_runs_its_command(sit: Sit) -> None:
    async with sit(small(), size=(60, 20)) as seat:
        await seat.press("question_mark", "z", "enter")
        assert seat.app.screen is seat.main
        assert seat.main.zen
        await seat.press("question_mark", *"marklist", "enter")
        assert "No key does that." in seat.text
        await seat.press("escape", "question_mark", "down", "down", "up", "pagedown", "pageup")
        assert seat.app.screen is not seat.main


async def press_at_once(seat: Seat, *keys: str) -> None:
    """Press keys as a slow connection delivers them: together."""
    for key in keys:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        seat.app.post_message(events.Key(key, character))
    await calm(seat.app)


@pytest.mark.parametrize("opened", ["slash", "question_mark", "a"])
async def test_keys_that_come_together_edit_a_line_in_their_order(sit: Sit, opened: str) -> None:
    async with sit(small()) as seat:
        await seat.press(opened, *"zebra")
        line = seat.app.focused
        assert isinstance(line, Input)
        await press_at_once(seat, "ctrl+u", *"nota", "left", "left", "backspace", "a", "end", "o")
        assert line.value == "natao"
        await press_at_once(seat, "backspace", "home", "delete", "x", "ctrl+k", "y")
        assert line.value == "xy"


async def test_words_to_find_that_come_with_their_key_are_no_commands(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("enter")
        await press_at_once(seat, "slash", *"what", "space", *"Ds/")
        assert "/what Ds/" in seat.status
        assert seat.pane == "article"
        assert not any(entry.starred for entry in seat.library.entries.values())
        await seat.press("escape")
        await press_at_once(seat, "slash", *"paragraph", "enter", "J")
        assert seat.shown == "Headline number 2"


@pytest.mark.parametrize("opened", ["apostrophe", "a"])
async def test_keys_that_come_with_a_screen_are_no_commands(sit: Sit, opened: str) -> None:
    async with sit(small()) as seat:
        await press_at_once(seat, opened, *"sXtand")
        line = seat.app.focused
        assert isinstance(line, Input)
        assert line.value == "sXtand"
        assert not any(entry.starred for entry in seat.library.entries.values())


@pytest.mark.parametrize("opened", ["question_mark", "colon"])
async def test_what_follows_the_key_of_a_list_at_once_is_typed_there(sit: Sit, opened: str) -> None:
    async with sit(small()) as seat:
        await press_at_once(seat, opened, *"star")
        line = seat.app.focused
        assert isinstance(line, Input)
        assert line.value == "star"
        assert not any(entry.starred for entry in seat.library.entries.values())


async def test_keys_of_lists_are_letters_in_a_line(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("slash", *"is", "colon", *"unread", "question_mark")
        assert "is:unread?" in seat.status
        await seat.press("escape", "a", *"http", "colon", "question_mark")
        line = seat.app.focused
        assert isinstance(line, Input)
        assert line.value == "http:?"
        await seat.press("f1")
        assert "Move the cursor" in seat.text


async def test_what_was_said_goes_with_the_next_mark_or_step_back(sit: Sit) -> None:
    async with sit(small()) as seat:
        for key in ("s", "m", "escape"):
            await seat.press("W")
            assert "no other text" in seat.status
            await seat.press(key)
            assert "no other text" not in seat.status
        await seat.press("v", "h", "l", "escape", "V")
        assert "1 selected" in seat.status


async def test_the_palette_runs_commands_by_name(sit: Sit) -> None:
    async with sit(small()) as seat:
        # The palette is never calm (its line blinks): it is waited for by what it shows.
        await seat.pilot.press("colon", *"marklist")
        for _ in range(100):
            await seat.pilot.pause()
            if "everything in this list" in seat.text:
                break
        await seat.pilot.press("enter")
        await seat.press("f24")
        assert "Marked 6 read" in seat.status
        await seat.pilot.press("ctrl+p", "escape")
        await seat.press("f24")
        assert seat.app.screen is seat.main


async def test_themes_are_chosen_from_a_list(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.pilot.press("T", *"newsreader-light")
        for _ in range(100):
            await seat.pilot.pause()
            if "newsreader-light" in "".join(seat.lines[6:12]):
                break
        await seat.pilot.press("enter")
        await seat.press("f24")
        assert seat.app.theme == "newsreader-light"
        assert library.remembered["theme"] == "newsreader-light"


async def test_y_copies_the_link(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.press("y")
        assert seat.app.clipboard == "https://example.org/article"
        assert "Link copied" in seat.status


async def test_o_over_ssh_copies_instead(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    monkeypatch.setattr(sys, "platform", "linux")
    async with sit(small(), size=(80, 24)) as seat:
        await seat.press("o")
        assert seat.app.clipboard == "https://example.org/article"
        assert "No browser over SSH: the link is copied instead" in seat.status
        assert len(seat.unread) == 6


async def test_o_opens_the_browser_where_there_is_one(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(link: str) -> bool:
        opened.append(link)
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(opener, "open_in_browser", browse)
    async with sit(small()) as seat:
        await seat.press("o")
        assert opened == ["https://example.org/article"]
        assert "Opened in the browser" in seat.status
        assert 1 not in seat.unread


async def test_links_that_are_missing_or_not_to_be_opened_are_not(sit: Sit) -> None:
    library = small(articles=0)
    library.add_article(1, "No link", link="")
    library.add_article(1, "A script", link="javascript:alert(1)")
    async with sit(library) as seat:
        await seat.press("o")
        assert "This article has no link" in seat.status
        await seat.press("y")
        assert "This article has no link" in seat.status
        await seat.press("j", "o")
        assert "This kind of link is not opened" in seat.status


def test_a_browser_of_ones_own_is_run_without_a_shell(tmp_path: Path) -> None:
    link = "https://example.org/$(touch${IFS}x);`y`"
    script = tmp_path / "browser.py"
    script.write_text(f"import sys\nsys.exit(sys.argv[1:] != [{link!r}])\n")
    own = f"{sys.executable} {script}"
    assert opener.cannot_open("https://example.org", {"BROWSER": own}) == ""
    assert opener.needs_terminal({"BROWSER": own})
    for browsers in (own, f"{own} %s", f"/no/such/program:{own}", f"'unclosed::{own}"):
        assert opener.open_own(link, {"BROWSER": browsers})
    assert not opener.open_own(link, {"BROWSER": "/no/such/program"})
    assert not opener.open_own(link + "x", {"BROWSER": own})


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS opens links without a display")
def test_why_a_link_cannot_be_opened() -> None:
    link = "https://example.org"
    assert opener.cannot_open(link, {"WAYLAND_DISPLAY": "w"}) == ""
    assert opener.cannot_open(link, {"SSH_TTY": "/dev/pts/1"}) == "No browser over SSH"
    assert opener.cannot_open(link, {}) == "No browser without a display"


async def test_r_updates_this_feed_and_says_what_came(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        assert library.calls == ["update None"]
        await seat.press("r")
        assert "Nothing new" in seat.status
        seat.main.go_to("feeds")
        await seat.press("G", "enter")
        new = library.add_article(3, "Just in", published=NOW)
        library.arrivals = [ArticlesStored(source_id=1, feed_ids=(3,), new=(new,))]
        await seat.press("r")
        assert library.calls[1:] == ["update None", "update [3]"]
        assert "1 new" in seat.status
        assert "1 new · . shows them" in seat.text
        await seat.press("R")
        assert library.calls[3:] == ["update None"]


async def test_progress_and_failures_stand_in_the_status_line(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.happens(UpdateProgressed(done=12, total=200, title=SafeText("NRC")))
        assert "12/200 NRC" in seat.status
        failed = SourceFailed(
            source_id=1, title=SafeText("NRC"), problem=SafeText("the server answers 404")
        )
        await seat.happens(UpdateFinished(new=3, changed=1, unchanged=5, failed=(failed, failed)))
        assert (
            "3 new, 1 changed, failed: NRC (the server answers 404), 1 more failed" in seat.status
        )
        assert "12/200" not in seat.status


async def test_a_call_that_breaks_is_told_and_reading_goes_on(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        del library.entries[2]
        seat.main.headlines.list.rows.pop(2)
        seat.main.headlines.redraw()
        await seat.press("f24", "f24")
        assert "(no longer in the library)" in seat.text
        await seat.press("j")
        assert seat.shown == ""
        await seat.press("j")
        assert seat.shown == "Headline number 3"


async def test_repaint_and_quit(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.press("ctrl+l", "j", "ctrl+c")
        assert seat.app.return_value == 0
        assert library.remembered["article"] == "2"
