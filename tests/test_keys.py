"""Keys of a person's own: presets, what they are called, conflicts."""

from pathlib import Path

import pytest

from reader.commands import COMMANDS
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
