"""Passwords, headers and cookies of feeds: in the system's keyring, else in an owner's file."""

import fcntl
import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from reader.model.errors import ReaderError
from reader.model.records import replace
from reader.net.message import Request

R = TypeVar("R")

SERVICE = "newsreader"
"""Under this name the keyring keeps what is ours."""
_IN_KEYRING = "keyring"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SecretsUnusable(ReaderError):
    """The secrets cannot be read or kept; the message says why and names no secret."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Secret:
    """What a feed's server wants to see. Nothing of it is shown by ``repr``.

    ``headers`` are (name, value) pairs, ``cookies`` the value of a Cookie header.
    """

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies: str = field(default="", repr=False)

    def applied(self, request: Request) -> Request:
        """The request with this in it."""
        return replace(
            request,
            credentials=(self.user, self.password) if self.user else request.credentials,
            headers=(*request.headers, *self.headers),
            cookies=self.cookies or request.cookies,
        )


class Keyring(Protocol):
    """The part of the ``keyring`` package that is used."""

    def get_password(self, service: str, name: str) -> str | None:
        """What is kept under a name."""

    def set_password(self, service: str, name: str, password: str) -> None:
        """Keep something."""

    def delete_password(self, service: str, name: str) -> None:
        """Forget it."""


class KeyringFailed(Exception):
    """The keyring is locked or gone."""


def system_keyring() -> Keyring | None:
    """The system's keyring, None where there is none to use (no package, no desktop)."""
    try:
        import keyring
        from keyring import errors
    except ImportError:
        return None
    try:
        backend = keyring.get_keyring()
        usable = float(backend.priority) > 0
    except (errors.KeyringError, RuntimeError):
        return None
    return _Guarded(backend, errors.KeyringError) if usable else None


class _Guarded:
    """A keyring whose many errors are one."""

    def __init__(self, backend: Keyring, error: type[Exception]) -> None:
        self._backend = backend
        self._error = error

    def get_password(self, service: str, name: str) -> str | None:
        return self._run(lambda: self._backend.get_password(service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self._run(lambda: self._backend.set_password(service, name, password))

    def delete_password(self, service: str, name: str) -> None:
        self._run(lambda: self._backend.delete_password(service, name))

    def _run(self, action: Callable[[], R]) -> R:
        try:
            return action()
        except self._error as error:
            raise KeyringFailed(type(error).__name__) from None


class Secrets:
    """The secrets of feeds, by a key that names the feed.

    The file at ``path`` tells which feeds have any, so that a feed without costs nothing. It
    holds the secret too where ``keyring`` finds none. It is made readable by its owner
    alone, and refused where others can read it.
    """

    def __init__(
        self, path: Path, *, keyring: Callable[[], Keyring | None] = system_keyring
    ) -> None:
        self._path = path
        self._find_keyring = keyring

    def get(self, key: str) -> Secret | None:
        """The secret of a feed, None where it has none. Raises ``SecretsUnusable``."""
        entry = self._read().get(key)
        if entry is None:
            return None
        if entry == _IN_KEYRING:
            entry = self._from_keyring(key)
        return _secret(entry, self._path)

    def put(self, key: str, secret: Secret) -> None:
        """Keep the secret of a feed in place of any before. Raises ``SecretsUnusable``."""
        with self._locked():
            entries = self._read()
            entries[key] = self._keep(key, asdict(secret))
            self._write(entries)

    def remove(self, key: str) -> None:
        """Forget the secret of a feed. Raises ``SecretsUnusable``."""
        with self._locked():
            entries = self._read()
            if key not in entries:
                return
            if entries.pop(key) == _IN_KEYRING and (keyring := self._find_keyring()):
                # If that fails it is no longer asked for; the keyring's own tool can delete it.
                with suppress(KeyringFailed):
                    keyring.delete_password(SERVICE, key)
            self._write(entries)

    def keys(self) -> tuple[str, ...]:
        """The feeds that have secrets. Raises ``SecretsUnusable``."""
        return tuple(self._read())

    def _keep(self, key: str, values: dict[str, Any]) -> object:
        """Put it into the keyring if that works; what the file is to hold."""
        keyring = self._find_keyring()
        if keyring is None:
            return values
        try:
            keyring.set_password(SERVICE, key, json.dumps(values))
        except KeyringFailed:
            return values
        return _IN_KEYRING

    def _from_keyring(self, key: str) -> object:
        keyring = self._find_keyring()
        try:
            kept = keyring.get_password(SERVICE, key) if keyring else None
        except KeyringFailed:
            kept = None
        if kept is None:
            raise SecretsUnusable(
                "The password of this feed is in the system's keyring, which cannot be read now: "
                "unlock the keyring, or set the password again."
            )
        try:
            entry: object = json.loads(kept)
        except ValueError:
            raise self._damaged() from None
        return entry

    def _read(self) -> dict[str, Any]:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SecretsUnusable(f"{self._path} cannot be read: {error.strerror}.") from None
        with os.fdopen(descriptor, encoding="utf-8") as file:
            status = os.fstat(descriptor)
            if status.st_mode & _OTHERS or status.st_uid != os.geteuid():
                raise SecretsUnusable(
                    f"{self._path} holds passwords and can be read by others: "
                    f"make it yours alone (chmod 600 {self._path})."
                )
            try:
                document = json.load(file)
                entries: dict[str, Any] = document["feeds"]
                if not isinstance(entries, dict):
                    raise self._damaged()
            except (ValueError, KeyError, TypeError):
                raise self._damaged() from None
        return entries

    def _write(self, entries: dict[str, Any]) -> None:
        """Replace the file at one stroke; what is there is whole at any time."""
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            temporary.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            with os.fdopen(os.open(temporary, flags, 0o600), "w", encoding="utf-8") as file:
                json.dump({"feeds": entries}, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as error:
            raise SecretsUnusable(f"{self._path} cannot be written: {error.strerror}.") from None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep two sessions from writing over each other's change."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(
                self._path.with_name(f".{self._path.name}.lock"),
                os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC,
                0o600,
            )
        except OSError as error:
            raise SecretsUnusable(f"{self._path} cannot be written: {error.strerror}.") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _damaged(self) -> SecretsUnusable:
        return SecretsUnusable(f"{self._path} is damaged: remove it and set the passwords again.")


def _secret(entry: object, path: Path) -> Secret:
    """A secret out of JSON."""
    try:
        values = dict(entry)  # type: ignore[call-overload]
        return Secret(
            user=str(values.get("user", "")),
            password=str(values.get("password", "")),
            headers=tuple((str(name), str(value)) for name, value in values.get("headers", ())),
            cookies=str(values.get("cookies", "")),
        )
    except (TypeError, ValueError):
        raise SecretsUnusable(
            f"{path} is damaged: remove it and set the passwords again."
        ) from None
