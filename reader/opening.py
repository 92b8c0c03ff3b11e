"""How links, files and articles leave the reader: which program takes them, and how it is run.

Everything here is an argument list: no shell sees an address, a title or a text.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote, unquote

from msgspec import Struct

from reader.text.urls import openable

if TYPE_CHECKING:
    import subprocess

Command: TypeAlias = Sequence[str]
"""A program and its arguments, as the settings give them."""

_MIME = re.compile(
    r"(?:application|audio|example|font|haptics|image|message|model|multipart|text|video)/[\w.+*-]+"
)
_BESIDE: Final = "&"
_LONGEST_MAIL: Final = 6000
"""Characters of a mailto: address; longer ones are refused by systems that pass them on."""

MOST_ANSWERED: Final = 1_000_000
_LOOK_S: Final = 0.05

_TYPES: Final[Mapping[str, str]] = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}
"""Types by the end of an address; the system's own tables differ from one to the next."""


class Opener(Struct, frozen=True):
    """A program and its arguments. ``beside`` lets it run while the reader goes on.

    One that is not ``beside`` may want the terminal for itself.
    """

    arguments: tuple[str, ...]
    beside: bool = False


class Answer(Struct, frozen=True):
    """What a program wrote (``cut``: more than is kept) and how it ended.

    ``problem`` is why it could not be started, "" where it could.
    """

    output: bytes = b""
    cut: bool = False
    code: int = 0
    problem: str = ""


def type_of(url: str) -> str:
    """The type of file that an address ends like, "" where that is unknown."""
    last = re.split(r"[?#]", url, maxsplit=1)[0].lower().rpartition("/")[2]
    _, dot, ending = last.rpartition(".")
    return _TYPES.get(dot + ending, "")


def opener_for(
    url: str, openers: Mapping[str, Command], *, mime: str = "", player: Command = ()
) -> Opener | None:
    """The program that the person chose for an address; None for the browser.

    A pattern with a type of file ("video/*") is compared with ``mime``, or what the address
    ends like; any other ("youtube.com/watch*", "*.pdf", "mailto:*") with the address, with
    or without its scheme and "www.". ``player`` takes sound and film that no pattern fits.
    None too for what may not be opened at all.
    """
    if not openable(url):
        return None
    kind = (mime.partition(";")[0].strip() or type_of(url)).lower()
    command = _chosen(url, kind, openers)
    if command is None and kind.startswith(("audio/", "video/")):
        command = player
    return filled(command, url=url) if command else None


def mailer_for(
    title: str, url: str, text: str, *, command: Command, openers: Mapping[str, Command]
) -> Opener | None:
    """The program that mails an article: ``command``, else the opener of mailto: links.

    None leaves ``mail_link`` to the browser.
    """
    if command:
        return filled(command, title=title, url=url)
    link = mail_link(title, url, text)
    chosen = _chosen(link, "", openers)
    return filled(chosen, url=link) if chosen else None


def _chosen(url: str, kind: str, openers: Mapping[str, Command]) -> Command | None:
    places = _places(url)
    for pattern, command in openers.items():
        if _MIME.fullmatch(pattern):
            fits = bool(kind) and _fits(pattern, kind)
        else:
            fits = any(_fits(pattern, place) for place in places)
        if fits:
            return command
    return None


def _places(url: str) -> tuple[str, ...]:
    """An address in the forms that a pattern may mean."""
    bare = url.partition("://")[2]
    return (url, bare, bare.removeprefix("www.")) if bare else (url,)


def _fits(pattern: str, text: str) -> bool:
    from fnmatch import fnmatchcase

    return fnmatchcase(text.lower(), pattern.lower())


def filled(command: Command, **values: str) -> Opener | None:
    """A command with its ``{names}`` replaced; None where there is no program in it.

    Where it names none of them, the first value is its last argument. A value that would be
    an argument of its own never begins with a dash, so it cannot be taken for an option.
    """
    words = list(command)
    beside = words[-1:] == [_BESIDE]
    if beside:
        words.pop()
    if not words:
        return None
    marks = [f"{{{name}}}" for name in values]
    if not any(mark in word for word in words[1:] for mark in marks):
        words.append(marks[0])
    arguments = [os.path.expanduser(words[0])]  # noqa: PTH111 - a name without a path stays one
    for word in words[1:]:
        if word in marks:
            arguments.append(values[word[1:-1]].lstrip("- ") or " ")
        else:
            arguments.append(_replaced(word, values))
    return Opener(tuple(arguments), beside)


def _replaced(word: str, values: Mapping[str, str]) -> str:
    """A word with every ``{name}`` replaced at once: a value is not looked into."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), word)


def run(opener: Opener, *, data: bytes = b"") -> str:
    """Run a program, with ``data`` on its standard input where there is any.

    Waits for its end unless it runs beside. Returns "" or why it failed, in a sentence.
    """
    import subprocess

    name = opener.arguments[0]
    try:
        if opener.beside:
            subprocess.Popen(  # noqa: S603 - the person's own command
                opener.arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            return ""
        done = subprocess.run(  # noqa: S603
            opener.arguments,
            check=False,
            input=data or None,
        )
    except (OSError, ValueError) as error:
        return f"{name} could not be started: {getattr(error, 'strerror', None) or error}"
    return "" if done.returncode == 0 else f"{name} ended with exit code {done.returncode}"


def words_of(line: str) -> tuple[str, ...]:
    """The program and the arguments that a person wrote on one line, quotes and all.

    No shell reads it; only a home folder (``~``) is filled in. Raises ``ValueError`` with a
    sentence where a quote is not closed.
    """
    import shlex

    try:
        words = shlex.split(line)
    except ValueError as error:
        raise ValueError(f"{str(error).capitalize()}: {line}") from error
    return tuple(os.path.expanduser(word) for word in words)  # noqa: PTH111 - most are no paths


def answer(
    arguments: Sequence[str],
    data: bytes,
    *,
    stop: Callable[[], bool] = lambda: False,
    most: int = MOST_ANSWERED,
) -> Answer:
    """Run a program with ``data`` on its standard input; what it writes, up to ``most`` bytes.

    It has no terminal. What goes on beside it once it ended is not waited for; ``stop`` is
    asked now and then, and ends it.
    """
    import subprocess
    import tempfile

    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - the person's own command
                list(arguments),
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            return Answer(problem=f"{arguments[0]} could not be started: {reason}")
    with process:
        said = _said(process, stop, most)
        _end(process, stop, now=len(said) > most)
    code = 0 if len(said) > most else process.returncode
    return Answer(output=bytes(said[:most]), cut=len(said) > most, code=code)


def _said(process: "subprocess.Popen[bytes]", stop: Callable[[], bool], most: int) -> bytearray:
    """What a program writes until it ends, ``stop`` says so, or it is more than ``most`` bytes."""
    import selectors

    said = bytearray()
    output = process.stdout
    assert output is not None  # noqa: S101 - it was asked for
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while len(said) <= most and not stop():
            if selector.select(_LOOK_S):
                chunk = os.read(output.fileno(), 65536)
                if not chunk:
                    break
                said += chunk
            elif process.poll() is not None:
                break
    return said


def _end(process: "subprocess.Popen[bytes]", stop: Callable[[], bool], *, now: bool) -> None:
    """Wait until a program that writes no more has ended, or end it and what it started."""
    import signal
    import subprocess

    while process.poll() is None:
        if now or stop():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_S)


def mail_link(title: str, url: str, text: str = "") -> str:
    """A mailto: link without an address, that makes a message of an article (RFC 6068)."""
    body = "\n\n".join(part for part in (url, text) if part)
    start = f"mailto:?subject={quote(' '.join(title.split())[:500], safe='')}&body="
    encoded = quote(body.replace("\n", "\r\n"), safe="")[: _LONGEST_MAIL - len(start)]
    # What was cut in the middle of a character goes as a whole.
    return start + quote(unquote(encoded, errors="ignore").rstrip("%\r"), safe="")


# --- the browser


def cannot_open(url: str, environ: Mapping[str, str] = os.environ) -> str:
    """Why a link cannot be opened in a browser here, "" where it can."""
    if not url:
        return "This article has no link"
    if not openable(url):
        return "This kind of link is not opened"
    if environ.get("BROWSER") or sys.platform == "darwin":
        return ""
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return ""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return "No browser over SSH"
    return "No browser without a display"


def needs_terminal(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the browser may want the terminal for itself: a person's own ``BROWSER`` may."""
    return bool(environ.get("BROWSER"))


def open_own(url: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Run the programs of ``BROWSER``, as an argument list each, until one takes the link."""
    import shlex

    for command in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(command)
        except ValueError:
            continue
        opener = filled(tuple(word.replace("%s", "{url}") for word in words), url=url)
        if opener is not None and not run(opener):
            return True
    return False


def open_in_browser(url: str) -> bool:
    """Open the link in the desktop's browser; tells whether that worked."""
    import webbrowser

    return webbrowser.open(url)
