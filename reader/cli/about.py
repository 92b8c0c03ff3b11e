"""Commands about the program itself: keys, paths, config, completion."""

import argparse

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    keys = commands.add_parser("keys", help="list every key of the screen")
    keys.add_argument("--json", action="store_true", help="one JSON object a line")
    keys.add_argument("--markdown", action="store_true", help="as the table of the README")
    keys.set_defaults(run=run_keys)
    paths = commands.add_parser("paths", help="show where settings and library are kept")
    paths.add_argument("--json", action="store_true", help="one JSON object")
    paths.set_defaults(run=run_paths)
    config = commands.add_parser("config", help="check the settings, or print a default file")
    config.add_argument("--default", action="store_true", help="print a documented default file")
    config.add_argument("--json", action="store_true", help="print the settings in use")
    config.set_defaults(run=run_config)
    completion = commands.add_parser(
        "completion",
        help="print a completion script for a shell",
        description='bash: eval "$(newsreader completion bash)" in ~/.bashrc. zsh: save it as '
        "_newsreader in a folder of $fpath. tcsh: save it, and source it in ~/.tcshrc.",
    )
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    completion.set_defaults(run=run_completion)


def run_keys(context: Context, options: argparse.Namespace) -> Exit:
    """Print the command table."""
    from reader.commands import key_name, markdown_table
    from reader.keys import commands

    if options.markdown:
        context.say_lines(markdown_table())
        return Exit.OK
    for command in commands(context.config.keys):
        if options.json:
            context.row(
                {
                    "id": command.id,
                    "title": command.title,
                    "help": command.help,
                    "keys": list(command.keys),
                    "where": command.where,
                }
            )
        else:
            shown = "  ".join(key_name(key) for key in command.keys)
            context.say(f"{shown:16} {command.id:24} {command.help}")
    return Exit.OK


def run_paths(context: Context, options: argparse.Namespace) -> Exit:
    """Print the files in use."""
    where = {name: str(path) for name, path in context.paths._asdict().items()}
    if options.json:
        context.row(where)
    else:
        for name, path in where.items():
            context.say(f"{name:8} {path}")
    return Exit.OK


def run_config(context: Context, options: argparse.Namespace) -> Exit:
    """Print the default file, or the settings in use; problems were told at the start."""
    from reader.config import as_dict, default_text

    if options.default:
        context.say_lines(default_text().rstrip("\n"))
    elif options.json:
        context.row(as_dict(context.config))
    else:
        for section, values in as_dict(context.config).items():
            for key, value in values.items():
                context.say(f"{section}.{key} = {value}")
    return Exit.OK


def run_completion(context: Context, options: argparse.Namespace) -> Exit:
    """Print a completion script; made by shtab from the parser itself."""
    import shtab

    from reader.cli.parser import build_parser

    context.say_lines(shtab.complete(build_parser(), options.shell).rstrip("\n"))
    return Exit.OK
