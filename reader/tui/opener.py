"""Opens links in the person's browser: without a shell, and not on a machine they do not sit at."""

import os
import shlex
import sys
from collections.abc import Mapping

from reader.text.urls import openable


def cannot_open(url: str, environ: Mapping[str, str] = os.environ) -> str:
    """Why a link cannot be opened here, "" where it can."""
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
    import subprocess

    for command in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(command)
        except ValueError:
            continue
        if not words:
            continue
        arguments = [word.replace("%s", url) for word in words]
        if arguments == words:
            arguments.append(url)
        try:
            if subprocess.run(arguments, check=False).returncode == 0:  # noqa: S603
                return True
        except OSError:
            continue
    return False


def open_in_browser(url: str) -> bool:
    """Open the link in the desktop's browser; tells whether that worked."""
    import webbrowser

    return webbrowser.open(url)
