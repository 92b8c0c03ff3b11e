"""Secrets of feeds: kept, found again, shown nowhere, refused where others could read them."""

import os
import stat
from pathlib import Path

import pytest

from reader.net.message import Request
from reader.net.secrets import KeyringFailed, Secret, Secrets, SecretsUnusable, system_keyring

SECRET = Secret(user="me", password="hunter2", headers=(("X-Key", "hunter2"),), cookies="s=hunter2")


class FakeKeyring:
    """Keeps secrets in memory, as long as it is unlocked."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _check(self) -> None:
        if self.locked:
            raise KeyringFailed

    def get_password(self, service: str, name: str) -> str | None:
        self._check()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self._check()
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        self._check()
        del self.kept[service, name]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "secrets.json"


def in_file(path: Path) -> Secrets:
    return Secrets(path, keyring=lambda: None)


def test_kept_and_found_again_and_forgotten(path: Path) -> None:
    secrets = in_file(path)
    assert secrets.get("7") is None
    secrets.put("7", SECRET)
    secrets.put("8", Secret(user="other"))
    assert in_file(path).get("7") == SECRET
    assert in_file(path).keys() == ("7", "8")
    secrets.put("7", Secret(cookies="new"))
    assert in_file(path).get("7") == Secret(cookies="new")
    secrets.remove("7")
    secrets.remove("7")
    assert in_file(path).get("7") is None
    assert in_file(path).get("8") == Secret(user="other")


def test_only_the_owner_can_read_the_file(path: Path) -> None:
    old = os.umask(0)
    try:
        in_file(path).put("7", SECRET)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    leftovers = {entry.name for entry in path.parent.iterdir()} - {path.name}
    assert leftovers <= {f".{path.name}.lock"}


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_file_that_others_can_read_is_refused(path: Path, mode: int) -> None:
    secrets = in_file(path)
    secrets.put("7", SECRET)
    path.chmod(mode)
    with pytest.raises(SecretsUnusable, match="chmod 600") as caught:
        secrets.get("7")
    assert "hunter2" not in str(caught.value)
    with pytest.raises(SecretsUnusable, match="chmod 600"):
        secrets.put("8", SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_link_in_place_of_the_file_is_not_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SecretsUnusable):
        in_file(path).get("7")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"feeds": []}',
        '{"feeds": {"7": 5}}',
        '{"feeds": {"7": {"headers": 1}}}',
    ],
)
def test_a_damaged_file_is_told_and_left_alone(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SecretsUnusable, match="damaged"):
        in_file(path).get("7")
    assert path.read_text() == content


def test_where_nothing_can_be_written(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    with pytest.raises(SecretsUnusable, match="cannot be"):
        in_file(path).put("7", SECRET)


def test_a_keyring_keeps_the_secret_out_of_the_file(path: Path) -> None:
    keyring = FakeKeyring()
    secrets = Secrets(path, keyring=lambda: keyring)
    secrets.put("7", SECRET)
    assert "hunter2" not in path.read_text()
    assert secrets.get("7") == SECRET
    secrets.remove("7")
    assert keyring.kept == {}
    assert secrets.get("7") is None


def test_a_feed_without_secrets_asks_no_keyring(path: Path) -> None:
    def asked() -> None:
        raise AssertionError

    assert Secrets(path, keyring=asked).get("7") is None
    in_file(path).put("8", SECRET)
    assert Secrets(path, keyring=asked).get("7") is None
    assert Secrets(path, keyring=asked).get("8") == SECRET


def test_a_locked_keyring(path: Path) -> None:
    keyring = FakeKeyring()
    secrets = Secrets(path, keyring=lambda: keyring)
    secrets.put("7", SECRET)
    keyring.locked = True
    with pytest.raises(SecretsUnusable, match="unlock"):
        secrets.get("7")
    with pytest.raises(SecretsUnusable, match="unlock"):
        in_file(path).get("7")
    secrets.put("8", SECRET)  # goes into the file instead
    assert in_file(path).get("8") == SECRET
    secrets.remove("7")
    assert in_file(path).get("7") is None


def test_without_a_desktop_there_is_no_keyring_or_a_working_one() -> None:
    keyring = system_keyring()
    assert keyring is None or hasattr(keyring, "get_password")


def test_nothing_is_shown(path: Path) -> None:
    secrets = in_file(path)
    request = SECRET.applied(Request(url="https://me:hunter2@example.org/"))
    for shown in (SECRET, secrets, request):
        assert "hunter2" not in f"{shown!r} {shown}"


def test_a_secret_is_put_into_a_request() -> None:
    request = SECRET.applied(Request(url="https://example.org/", headers=(("A", "b"),)))
    assert request.credentials == ("me", "hunter2")
    assert request.headers == (("A", "b"), ("X-Key", "hunter2"))
    assert request.cookies == "s=hunter2"
    bare = Secret().applied(Request(url="https://example.org/"))
    assert bare == Request(url="https://example.org/")
