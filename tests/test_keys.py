"""Keys of a person's own: presets, what they are called, conflicts."""

from pathlib import Path

import pytest

from reader.commands import COMMANDS, key_name
from reader.config import load
from reader.keys import PRESETS, effective, key_of


def test_without_a_choice_keys_are_the_defaults() -> None:
    assert effective({}) == ({command.id: command.keys for command in COMMANDS}, ())


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_leave_every_command_a_key_and_none_two(preset: str) -> None:
    keys, problems = effective({"preset": (preset,)})
    assert problems == ()
    assert all(keys.values())
    for name, mine in PRESETS[preset].items():
        assert keys[name] == mine


def test_newsboats_keys_do_what_they_do_there() -> None:
    keys, _ = effective({"preset": ("newsboat",)})
    expected = {
        "enter": "cursor.open",
        "A": "list.mark-read",
        "D": "article.toggle-hidden",
        "E": "feed.settings",
        "J": "article.next",
        "N": "article.toggle-read",
        "R": "source.update-all",
        "ctrl+e": "article.edit-tags",
        "ctrl+u": "article.source",
        "e": "article.files",
        "n": "article.next-unread",
        "o": "article.open-browser",
        "s": "article.save",
        "t": "go.tag",
        "u": "article.list-links",
    }
    assert {key for key, command in expected.items() if key not in keys[command]} == set()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("/", "slash"),
        ("Ctrl-P", "ctrl+p"),
        ("ctrl+p", "ctrl+p"),
        ("J", "J"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        (" ", "space"),
        ("&", "ampersand"),
        ("-", "minus"),
        ("F5", "f5"),
        ("é", "é"),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, key: str) -> None:
    assert key_of(written) == key


def test_a_chosen_key_leaves_the_command_that_had_it() -> None:
    keys, problems = effective({"article.toggle-star": ("m", "s"), "history.undo": ("Z",)})
    assert keys["article.toggle-star"] == ("m", "s")
    assert keys["history.undo"] == ("Z",)
    assert keys["article.toggle-read"] == ()
    assert problems == ("keys: article.toggle-read has no key left: article.toggle-star",)


def test_a_conflict_is_told_with_both_names() -> None:
    keys, problems = effective({"view.zen": ("Z",), "history.undo": ("Z", "u")})
    assert (keys["view.zen"], keys["history.undo"]) == (("Z",), ("u",))
    assert problems == ("keys: Z is wanted for history.undo and for view.zen, which keeps it",)


def test_what_is_unknown_is_told_with_what_was_meant() -> None:
    _, problems = effective({"view.zenn": ("Z",), "preset": ("emacs",)})
    assert problems == (
        "keys: there is no command view.zenn; did you mean view.zen?",
        "keys: there is no preset emacs, only newsboat, vim, reader",
    )


def test_a_persons_own_keys_go_before_their_preset(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '[keys]\npreset = "reader"\n"view.zen" = "v"\n"history.undo" = ["u", "Z"]\n'
        '"cursor.open" = "enter"\n'
    )
    config, problems = load(path)
    assert problems == ()
    keys, wrong = effective(config.keys)
    assert keys["view.zen"] == ("v",)
    assert keys["history.undo"] == ("u", "Z")
    assert keys["article.next"] == ("j",)
    assert keys["article.open-browser"] == ("o",)
    assert wrong == ()


def test_a_key_that_begins_a_sequence_leaves_the_command_that_has_it_by_default() -> None:
    keys, problems = effective({"source.update": ("g  u",), "go.all": ("Ctrl-X  a", "0")})
    assert keys["source.update"] == ("g u",)
    assert keys["cursor.top"] == ("home",)
    assert keys["go.all"] == ("ctrl+x a", "0")
    assert problems == ()
    assert key_name("ctrl+x a") == "Ctrl-X a"


def test_a_key_and_a_sequence_that_begins_with_it_are_told_with_both_names() -> None:
    keys, problems = effective({"cursor.top": ("g",), "source.update": ("g u", "r")})
    assert (keys["cursor.top"], keys["source.update"]) == (("g",), ("r",))
    assert problems == ("keys: g u of source.update begins with g of cursor.top, which keeps it",)
    keys, problems = effective({"source.update": ("g u x",), "cursor.top": ("g u", "g")})
    assert keys["cursor.top"] == ()
    assert problems == (
        "keys: g u of cursor.top begins g u x of source.update, which keeps it",
        "keys: g of cursor.top begins g u x of source.update, which keeps it",
    )


def test_a_persons_key_goes_before_a_sequence_of_their_preset() -> None:
    keys, problems = effective({"preset": ("vim",), "list.refresh": ("g",)})
    assert keys["list.refresh"] == ("g",)
    assert keys["cursor.top"] == ("home",)
    assert problems == ()


def test_keys_that_no_keyboard_has_are_told() -> None:
    keys, problems = effective({"cursor.top": ("gg", "", "Ctrl-Foo", "home")})
    assert keys["cursor.top"] == ("home",)
    assert problems == (
        "keys: there is no key gg for cursor.top; one after the other they are g g",
        "keys: there is no key without a name for cursor.top",
        "keys: there is no key ctrl+foo for cursor.top",
    )


@pytest.mark.parametrize("key", [key for command in COMMANDS for key in command.keys])
def test_what_is_shown_of_a_key_is_read_as_that_key(key: str) -> None:
    assert key_of(key_name(key)) == key
