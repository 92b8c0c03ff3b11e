"""Programs for links, chosen by patterns and run without a shell."""

import os
import stat
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from reader.opening import (
    Opener,
    answer,
    filled,
    mail_link,
    mailer_for,
    open_own,
    opener_for,
    run,
    type_of,
    words_of,
)

OPENERS = {
    "youtube.com/watch*": ("mpv", "{url}", "&"),
    "application/pdf": ("zathura", "{url}"),
    "image/*": ("feh",),
    "*.example.org/*": ("w3m", "-o", "url={url}"),
    "mailto:*": ("mutt", "{url}"),
}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.youtube.com/watch?v=abc",
            Opener(("mpv", "https://www.youtube.com/watch?v=abc"), beside=True),
        ),
        ("https://a.net/x.pdf?page=1", Opener(("zathura", "https://a.net/x.pdf?page=1"))),
        ("https://a.net/X.PNG#top", Opener(("feh", "https://a.net/X.PNG#top"))),
        ("http://a.example.org/", Opener(("w3m", "-o", "url=http://a.example.org/"))),
        ("mailto:ann@example.org", Opener(("mutt", "mailto:ann@example.org"))),
        ("https://a.net/", None),
        ("https://a.net/pdf", None),
    ],
)
def test_the_first_pattern_that_fits_chooses(url: str, expected: Opener | None) -> None:
    assert opener_for(url, OPENERS) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd.pdf",
        "-rf.pdf",
        "https://a.net/a b.pdf",
        "mailto:?attach=/etc/passwd",
        "",
    ],
)
def test_what_may_not_be_opened_gets_no_program(url: str) -> None:
    assert opener_for(url, {"*": ("program", "{url}")}, player=("mpv",)) is None


def test_the_type_that_a_feed_tells_goes_before_the_ending() -> None:
    url = "https://a.net/episode.pdf"
    assert opener_for(url, OPENERS, mime="image/png; x=y") == Opener(("feh", url))
    assert opener_for(url, {}, mime="audio/mpeg", player=("mpv",)) == Opener(("mpv", url))
    assert opener_for(url, {"audio/*": ("x",)}, mime="audio/mpeg", player=("mpv",)) == Opener(
        ("x", url)
    )
    assert opener_for(url, {}, player=("mpv",)) is None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.net/b/episode.MP3?x=1", "audio/mpeg"),
        ("https://a.net/film.webm#t=1", "video/webm"),
        ("https://a.net/mp3", ""),
        ("https://a.net/x.mp3/", ""),
    ],
)
def test_types_by_ending(url: str, kind: str) -> None:
    assert type_of(url) == kind


def test_a_value_is_never_an_option_and_never_looked_into() -> None:
    hostile = "--exec={url} {title}"
    opener = filled(("mail", "-s", "{title}", "<{title}>"), title=hostile, url="https://a.net/")
    assert opener == Opener(("mail", "-s", "exec={url} {title}", f"<{hostile}>"))
    assert filled(("&",), url="x") is None
    assert filled((), url="x") is None


def program(folder: Path, code: str) -> str:
    path = folder / "program"
    path.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{code}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_arguments_arrive_as_they_are(tmp_path: Path) -> None:
    said = tmp_path / "said"
    code = f"pathlib.Path({str(said)!r}).write_text(repr(sys.argv[1:]) + sys.stdin.read())"
    url = "https://a.net/$(touch%20x);`x`'&|"
    opener = filled((program(tmp_path, code), "a b", "{url}"), url=url)
    assert opener is not None
    assert run(opener, data="Größe\n".encode()) == ""
    assert said.read_text() == repr(["a b", url]) + "Größe\n"


def test_a_program_that_fails_is_told(tmp_path: Path) -> None:
    failing = Opener((program(tmp_path, "sys.exit(3)"),))
    assert run(failing).endswith("program ended with exit code 3")
    assert "could not be started: No such file" in run(Opener(("/no/such/program",)))
    assert "could not be started" in run(Opener(("program\0",)))
    assert run(Opener((program(tmp_path, "sys.exit(3)"),), beside=True)) == ""


def test_browsers_of_the_environment_are_tried_in_turn(tmp_path: Path) -> None:
    said = tmp_path / "said"
    code = f"pathlib.Path({str(said)!r}).write_text(sys.argv[1])"
    browser = program(tmp_path, code)
    tried = os.pathsep.join(["/no/such/program", "'", f"{browser} --url=%s"])
    assert open_own("https://a.net/", {"BROWSER": tried})
    assert said.read_text() == "--url=https://a.net/"
    assert open_own("https://a.net/", {"BROWSER": browser})
    assert said.read_text() == "https://a.net/"


def test_a_mail_holds_title_address_and_text() -> None:
    link = mail_link("Größe & Maß\n?", "https://a.net/?a=1&b=2", "One\n\nTwo €")
    parts = parse_qs(urlsplit(link).query)
    assert parts["subject"] == ["Größe & Maß ?"]
    assert parts["body"] == ["https://a.net/?a=1&b=2\r\n\r\nOne\r\n\r\nTwo €"]


def test_a_long_mail_is_cut_between_characters() -> None:
    link = mail_link("t", "https://a.net/", "€" * 5000)
    assert len(link) <= 6000
    body = parse_qs(urlsplit(link).query, errors="strict")["body"][0]
    assert set(body.split("\r\n\r\n")[1]) == {"€"}


def test_mail_goes_through_the_persons_program() -> None:
    own = ("mutt", "-s", "{title}")
    assert mailer_for("T", "https://a.net/", "x", command=own, openers={}) == Opener(
        ("mutt", "-s", "T")
    )
    opener = mailer_for("T", "https://a.net/", "x", command=(), openers=OPENERS)
    assert opener == Opener(("mutt", mail_link("T", "https://a.net/", "x")))
    assert mailer_for("T", "https://a.net/", "x", command=(), openers={}) is None


# --- what a program answers


def test_words_are_a_persons_own_and_no_shell_reads_them() -> None:
    assert words_of("tee '~/a b' ~/c $HOME;*") == (
        "tee",
        str(Path.home() / "a b"),
        str(Path.home() / "c"),
        "$HOME;*",
    )
    with pytest.raises(ValueError, match="No closing quotation"):
        words_of("tee 'a")


def test_what_a_program_says_is_kept_up_to_a_bound(tmp_path: Path) -> None:
    shout = "import sys\nsys.stdout.write(sys.stdin.read().upper()); sys.stderr.write('!'); exit(4)"
    said = answer((program(tmp_path, shout),), b"boats")
    assert (sorted(said.output.decode()), said.code) == (sorted("BOATS!"), 4)
    said = answer(("yes",), b"", most=1000)
    assert (len(said.output), said.cut, said.code) == (1000, True, 0)
    assert answer(("/no/such/program",), b"").problem.endswith("No such file or directory")
    assert "could not be started" in answer(("a\0b",), b"").problem


def test_a_program_that_reads_nothing_or_leaves_another_behind_is_not_waited_for(
    tmp_path: Path,
) -> None:
    assert answer(("true",), b"x" * 5_000_000).code == 0
    fork = "import os, time\nprint('done', flush=True)\nif os.fork() == 0: time.sleep(30)"
    before = time.monotonic()
    assert answer((program(tmp_path, fork),), b"").output == b"done\n"
    assert time.monotonic() - before < 20


def test_a_program_has_no_terminal_and_is_ended_when_nobody_waits(tmp_path: Path) -> None:
    look = "import os\ntry: os.open('/dev/tty', os.O_RDWR)\nexcept OSError: print('none')"
    assert answer((program(tmp_path, look),), b"").output == b"none\n"
    quiet = "import os, time\nos.close(1); os.close(2); time.sleep(60)"
    asked = iter([False, False, True])
    assert answer((program(tmp_path, quiet),), b"", stop=lambda: next(asked, True)).code < 0
