"""The command table: each command complete, no key twice in one place."""

from collections import Counter

from reader.commands import COMMANDS


def test_every_command_has_a_title_help_and_key() -> None:
    for command in COMMANDS:
        assert command.title
        assert command.help.endswith(".")
        # What has to be cut on 80 columns helps nobody.
        assert len(command.help) <= 60
        assert command.keys
        assert command.action.isidentifier()


def test_ids_are_unique() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_no_key_does_two_things_in_one_place() -> None:
    taken = Counter((command.where, key) for command in COMMANDS for key in command.keys)
    taken_anywhere = Counter(
        key for command in COMMANDS if command.where == "everywhere" for key in command.keys
    )
    assert [key for key, times in taken.items() if times > 1] == []
    assert [key for key, times in taken_anywhere.items() if times > 1] == []
