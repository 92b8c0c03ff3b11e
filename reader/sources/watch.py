"""Follows folders as their files change: by the system's notices, or by looking again."""

import asyncio
import os
import re
from collections.abc import AsyncGenerator, Iterable, Sequence, Set
from pathlib import Path

from msgspec import Struct

from reader.sources.walk import FileStat, may_matter, walk

STEP_MS = 400
"""Changes are told once nothing more happened for this long; also how often an idle watch wakes."""
LONGEST_MS = 1200
"""Changes that go on are told after this long."""
POLL_MS = 1000
"""How often files are looked at where the system gives no notice."""
LOOK_MS = 1000
"""How often the roots themselves are looked at."""
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "vboxsf", "fuse.sshfs"}
)


class FolderChanged(Struct, frozen=True):
    """Something happened in ``root``.

    ``paths`` are relative to it, files and folders that were made, changed or removed; a
    folder stands for all that is in it, seen or gone. None named means that anything may
    have happened: the root itself came, went or was replaced by another.
    """

    root: Path
    paths: frozenset[str]


Changes = asyncio.Queue[FolderChanged | asyncio.Task[None]]
"""What followers tell; a follower that ended, by an error, tells itself."""


async def watch(
    roots: Sequence[Path], *, polling: bool | None = None
) -> AsyncGenerator[FolderChanged, None]:
    """Tell of changes in ``roots`` (folders or single files) within two seconds, until closed.

    Begins with every root that is there, once it is watched: what happened between the last
    look at it and now went unseen. A root that is missing is waited for. ``polling`` True
    looks at every file each second instead of asking the system; None does so for network
    file systems, which have no notices, and wherever the system refuses more watches.
    """
    changes: Changes = asyncio.Queue()
    mounts = _network_mounts()
    polled = [root for root in roots if (_is_below(root, mounts) if polling is None else polling)]
    noticed = [root for root in roots if root not in polled]
    files = [root for root in noticed if root.is_file()]
    folders = [root for root in noticed if root not in files]
    followers = [
        *(_poll(root, changes) for root in polled),
        *(_follow(group, changes, files=group is files) for group in (files, folders) if group),
    ]
    tasks = [asyncio.create_task(follower) for follower in followers]
    for task in tasks:
        task.add_done_callback(changes.put_nowait)
    try:
        while tasks:
            change = await changes.get()
            if isinstance(change, FolderChanged):
                yield change
            else:
                change.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _poll(root: Path, changes: Changes) -> None:
    """Look at every file of a root again and again, at most a fifth of the time."""
    known: set[FileStat] | None = None
    loop = asyncio.get_running_loop()
    while True:
        start = loop.time()
        seen = await asyncio.to_thread(lambda: set(walk(root)))
        if known is None:
            if root.exists():
                await changes.put(FolderChanged(root, frozenset()))
        elif differing := known ^ seen:
            gone = not seen and not root.exists()
            paths = frozenset() if gone else frozenset(stat.path for stat in differing)
            await changes.put(FolderChanged(root, paths))
        known = seen
        await asyncio.sleep(max(POLL_MS / 1000, 4 * (loop.time() - start)))


async def _follow(roots: Sequence[Path], changes: Changes, *, files: bool) -> None:
    """Watch roots of one kind for ever, starting anew whenever one comes, goes or is replaced."""
    known = {root: _identity(root) for root in roots}
    unseen = set(roots)
    while True:
        try:
            await _until_replaced(known, unseen, changes, files=files)
        except* RuntimeError:
            # watchfiles stops at a name that is not UTF-8: what happened is not known.
            unseen = set(roots)
        except* OSError:
            # A root that went in this moment is met again below; else no watch is left.
            if all(_identity(root) == known[root] for root in roots):
                await asyncio.gather(*(_poll(root, changes) for root in roots))
        else:
            unseen = set()
        for root in roots:
            if (identity := _identity(root)) != known[root]:
                known[root] = identity
                await changes.put(FolderChanged(root, frozenset()))
                unseen.add(root)


async def _until_replaced(
    known: dict[Path, object], unseen: Set[Path], changes: Changes, *, files: bool
) -> None:
    """Watch the roots that are there until one of all is not what it was.

    ``unseen`` are those to be told of as soon as they are watched. Raises OSError where
    watching is refused and watchfiles' RuntimeError where it cannot tell what happened.
    """
    there = [root for root, identity in known.items() if identity]
    if not there:
        await asyncio.sleep(LOOK_MS / 1000)
        return
    # Imported late: 40 ms that only a program that stays needs.
    from watchfiles import awatch

    targets = {_given(root.parent if files else root): root for root in there}
    async for batch in awatch(
        *targets,
        watch_filter=None,
        debounce=LONGEST_MS,
        step=STEP_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        recursive=not files,
        ignore_permission_denied=True,
    ):
        paths = [path for _kind, path in batch]
        for root in there:
            if root in unseen:
                await changes.put(FolderChanged(root, frozenset()))
            elif named := frozenset(_relative(paths, root, files=files)):
                await changes.put(FolderChanged(root, named))
        unseen = frozenset()
        if any(_identity(root) != identity for root, identity in known.items()):
            return


def _relative(paths: Iterable[str], root: Path, *, files: bool) -> Iterable[str]:
    """The paths that lie below ``root`` and matter, relative to it."""
    if files:
        own = _given(root)
        return [root.name] if own in paths or os.path.realpath(root) in paths else []
    tops = {_given(root).rstrip("/") + "/", os.path.realpath(root).rstrip("/") + "/"}
    return (
        path[len(top) :]
        for path in paths
        for top in tops
        if path.startswith(top) and may_matter(path[len(top) :])
    )


def _identity(root: Path) -> object:
    """What tells a root from another under its name; None where there is none."""
    try:
        info = root.stat()
    except OSError:
        return None
    return (info.st_dev, 0) if root.is_file() else (info.st_dev, info.st_ino)


def _given(path: Path) -> str:
    return os.fspath(path.absolute())


def _network_mounts() -> list[str]:
    """Where network file systems are mounted (proc(5), mountinfo); none known elsewhere."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []
    mounts = []
    for line in lines:
        fields = line.split(" ")
        kind = fields[fields.index("-") + 1] if "-" in fields else ""
        if kind in _NETWORK_FILE_SYSTEMS:
            mounts.append(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
    return mounts


def _is_below(path: Path, mounts: Iterable[str]) -> bool:
    real = os.path.realpath(path) + "/"
    return any(real.startswith(mount.rstrip("/") + "/") for mount in mounts)
