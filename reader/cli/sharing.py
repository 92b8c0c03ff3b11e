"""Commands that take articles out of the reader: save, pipe, mail, open, download."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import to_builtins

from reader.cli.context import Commands, Context
from reader.cli.exits import Exit
from reader.cli.progress import progress
from reader.model.article import Enclosure, StoredArticle
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from reader.model.media import Download
    from reader.opening import Opener

FORMS = ("md", "html", "text", "epub")


def register(commands: Commands) -> None:
    """Add this group's commands to the parser."""
    save = commands.add_parser("save", help="save articles as files of their own")
    save.add_argument("id", type=int, nargs="+", help="their numbers, as list gives them")
    _add_form(save)
    save.add_argument("--to", default="", metavar="DIR", help="the folder (share.folder)")
    save.set_defaults(run=run_save)
    pipe = commands.add_parser("pipe", help="give an article to a program: pipe ID -- PROGRAM ...")
    _add_id(pipe)
    _add_form(pipe, default="text")
    pipe.add_argument("program", nargs=argparse.REMAINDER, help="the program and its arguments")
    pipe.set_defaults(run=run_pipe)
    mail = commands.add_parser("mail", help="mail an article with the program of share.mail")
    _add_id(mail)
    mail.set_defaults(run=run_mail)
    opened = commands.add_parser("open", help="open an article's link, or a file of it")
    _add_id(opened)
    _add_file(opened)
    opened.set_defaults(run=run_open)
    download = commands.add_parser("download", help="download the files of an article")
    _add_id(download)
    _add_file(download)
    download.add_argument("--list", action="store_true", help="only list them")
    download.add_argument("--json", action="store_true", help="with --list: one JSON object a line")
    download.add_argument("--to", default="", metavar="DIR", help="the folder (media.folder)")
    download.set_defaults(run=run_download)


def _add_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, help="its number, as list gives it")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=int, metavar="N", help="its file N, as --list counts them")


def _add_form(parser: argparse.ArgumentParser, *, default: str = "md") -> None:
    parser.add_argument("--as", dest="form", choices=FORMS, default=default, help=f"({default})")
    parser.add_argument("--own", action="store_true", help="the feed's text, not the full text")


def run_save(context: Context, options: argparse.Namespace) -> Exit:
    """Save articles; prints where."""
    folder = folder_of(context, options.to or context.config.share.folder)
    code = Exit.OK
    for number in options.id:
        if _article(context, number) is None:
            code = Exit.NOTHING
            continue
        path = context.library.save_article(number, options.form, folder, own=options.own)
        context.say(str(path))
    return code


def run_pipe(context: Context, options: argparse.Namespace) -> Exit:
    """Run a program with an article on its standard input."""
    from reader.opening import Opener

    program = options.program[1:] if options.program[:1] == ["--"] else options.program
    if not program:
        context.talk("which program? newsreader pipe ID -- PROGRAM ARGUMENTS")
        return Exit.USAGE
    if _article(context, options.id) is None:
        return Exit.NOTHING
    data = context.library.exported(options.id, options.form, own=options.own)
    return _run(context, Opener(tuple(program)), data=data)


def run_mail(context: Context, options: argparse.Namespace) -> Exit:
    """Mail an article with the person's program, else by a mailto: link."""
    from reader.opening import mail_link, mailer_for

    article = _article(context, options.id)
    if article is None:
        return Exit.NOTHING
    link = _link(context, article.content.link)
    text = context.library.exported(options.id, "text").decode()
    opener = mailer_for(
        article.content.title,
        link,
        text,
        command=context.config.share.mail,
        openers=context.config.openers,
    )
    if opener is not None:
        piped = text.encode() if context.config.share.mail else b""
        return _run(context, opener, data=piped)
    return _browse(context, mail_link(article.content.title, link, text))


def run_open(context: Context, options: argparse.Namespace) -> Exit:
    """Open a link or a file's address with the program that its pattern names."""
    from reader.opening import cannot_open, opener_for

    article = _article(context, options.id)
    if article is None:
        return Exit.NOTHING
    url, mime = _link(context, article.content.link), ""
    if options.file is not None:
        files = article.content.enclosures
        if not 0 < options.file <= len(files):
            return _no_file(context)
        url, mime = files[options.file - 1].url, files[options.file - 1].mime
    opener = opener_for(url, context.config.openers, mime=mime, player=context.config.media.player)
    if opener is not None:
        return _run(context, opener)
    why = cannot_open(url, context.environ)
    if why:
        context.talk(f"{why}: {url}" if url else why)
        return Exit.FAILED
    return _browse(context, url)


def _list_files(context: Context, files: Sequence[Enclosure], *, as_json: bool) -> Exit:
    """Number, kind, size, duration and name of each file, a line each."""
    from reader.text.amounts import duration, size

    for number, file in enumerate(files, 1):
        if as_json:
            context.row({"number": number, **to_builtins(file)})
            continue
        facts = (clean_line(file.mime), size(file.size), duration(file.seconds))
        shown = clean_line(file.title) or clean_line(file.url)
        context.say(f"{number:>3}  {'  '.join((*filter(None, facts), shown))}")
    return Exit.OK


def run_download(context: Context, options: argparse.Namespace) -> Exit:
    """Download an article's files, each taken up where it stopped before."""
    import asyncio

    from reader.text.amounts import size

    article = _article(context, options.id)
    if article is None:
        return Exit.NOTHING
    files = article.content.enclosures
    if not files:
        context.talk("no files come with this article")
        return Exit.NOTHING
    if options.list:
        return _list_files(context, files, as_json=options.json)
    if options.json:
        context.talk("--json goes with --list")
        return Exit.USAGE
    if options.file is not None and not 0 < options.file <= len(files):
        return _no_file(context)
    wanted = range(len(files)) if options.file is None else (options.file - 1,)
    folder = folder_of(context, options.to or context.config.media.folder)
    for index in wanted:
        done = asyncio.run(_download(context, options.id, index, folder))
        if done.resumed_at:
            context.talk(f"{size(done.resumed_at)} were there already")
        context.say(str(done.path))
    return Exit.OK


async def _download(context: Context, number: int, index: int, folder: Path) -> "Download":
    from reader.model.media import Download
    from reader.text.amounts import size

    state = Download(path=folder, received=0, total=0)
    with progress(context, "downloading") as advance:
        async for state in context.library.download(number, index, folder):
            told = f"{size(state.received)} of {size(state.total) or 'unknown size'}"
            advance(state.received, state.total, SafeText(told))
    return state


def _article(context: Context, number: int) -> StoredArticle | None:
    article = context.library.article(number)
    if article is None:
        context.talk(f"there is no article {number}; newsreader list shows their numbers")
    return article


def _no_file(context: Context) -> Exit:
    context.talk("there is no such file; newsreader download ID --list shows their numbers")
    return Exit.NOTHING


def folder_of(context: Context, chosen: str) -> Path:
    """The folder that a person named, in an argument or in the settings."""
    return context.cwd / Path(chosen).expanduser()


def _link(context: Context, link: str) -> str:
    from reader.text.urls import without_tracking

    return without_tracking(link) if context.config.links.strip_tracking else link


def _run(context: Context, opener: "Opener", *, data: bytes = b"") -> Exit:
    from reader.opening import run

    sys.stdout.flush()
    problem = run(opener, data=data)
    if problem:
        context.talk(problem)
    return Exit.FAILED if problem else Exit.OK


def _browse(context: Context, url: str) -> Exit:
    from reader.opening import needs_terminal, open_in_browser, open_own

    opened = (
        open_own(url, context.environ) if needs_terminal(context.environ) else open_in_browser(url)
    )
    if not opened:
        context.talk("no browser could be started")
    return Exit.OK if opened else Exit.FAILED
