"""The thread that drives libcurl: starts transfers as hosts allow, watches sockets and clocks."""

import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from reader.model.errors import NetworkFailed
from reader.model.records import replace
from reader.net import failures, lanes
from reader.net.budget import Budget
from reader.net.lanes import Lanes
from reader.net.settings import NetSettings
from reader.net.transfer import Transfer

if TYPE_CHECKING:
    import pycurl

_SYSTEM_CA_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_SUPPRESS_CONNECT_HEADERS = 265
"""CURLOPT_SUPPRESS_CONNECT_HEADERS, for which pycurl has no name."""
_KEPT_FILES = 64
"""Open files that are left to the rest of the program."""


class Loop:
    """Runs transfers in a thread of its own, so that TLS and the clock of the screen never meet.

    Everything but ``submit``, ``cancel``, ``taken`` and ``stop`` happens in that thread,
    the transfers' ``done`` too, and ``flush`` after each lot of them.
    """

    def __init__(
        self, settings: NetSettings, *, agent: str, ca_file: str, flush: Callable[[], None]
    ) -> None:
        self._settings = replace(settings, connections=_connections(settings.connections))
        self._agent = agent
        self._ca_file = ca_file
        self._flush = flush
        self._lanes: Lanes[Transfer] = Lanes(
            total=self._settings.connections, per_host=settings.per_host
        )
        self._budget: Budget[Transfer] = Budget(settings.buffered_bytes)
        self._running: dict[pycurl.Curl, Transfer] = {}
        self._watched: set[int] = set()
        self._spare: list[pycurl.Curl] = []
        self._commands: deque[Callable[[], None]] = deque()
        self._stopping = False
        self._selector = selectors.DefaultSelector()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.settimeout(0)
        self._wake_out.settimeout(0)
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        self._timer_at: float | None = None
        self._swept_at = 0.0
        self._thread = threading.Thread(target=self._run, name="newsreader-net", daemon=True)
        self._thread.start()

    # --- from any thread

    def submit(self, transfers: Iterable[Transfer]) -> None:
        """Let transfers wait for their turn."""
        batch = list(transfers)
        if not self._thread.is_alive():
            raise RuntimeError("the fetching thread has ended")
        self._call(lambda: self._accept(batch))

    def cancel(self, transfers: Iterable[Transfer]) -> None:
        """Drop transfers wherever they are; their ``done`` is not called any more."""
        batch = list(transfers)
        self._call(lambda: self._drop(batch))

    def taken(self, size: int) -> None:
        """Say that ``size`` bytes of bodies that were handed over are no longer held."""
        self._call(lambda: self._budget.taken(size))

    def stop(self) -> None:
        """Drop everything and end the thread."""
        self._call(self._stop)
        self._thread.join()
        # Not closed by the thread: it may be gone before the call above has sent its byte.
        self._wake_in.close()
        self._wake_out.close()

    def _call(self, command: Callable[[], None]) -> None:
        self._commands.append(command)
        try:
            self._wake_in.send(b"\0")
        except BlockingIOError:
            return  # it has been woken often enough

    def _stop(self) -> None:
        self._stopping = True

    # --- the thread

    def _run(self) -> None:
        import pycurl

        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, self._settings.connections)
        self._timeout, self._poll_remove = pycurl.SOCKET_TIMEOUT, pycurl.POLL_REMOVE
        try:
            while not self._stopping:
                self._turn()
        finally:
            # Whoever still waits learns that nothing comes, also where a bug ended the thread.
            waiting = [*self._running.values(), *self._lanes.drain_all()]
            self._close()
            for transfer in waiting:
                transfer.fail(failures.failure("stopped", transfer.host))
                transfer.done(transfer)
            self._flush()

    def _turn(self) -> None:
        for key, events in self._selector.select(self._wait_s()):
            if key.fileobj is self._wake_out:
                self._wake_out.recv(4096)
            else:
                # CSELECT_IN and CSELECT_OUT have the values of EVENT_READ and EVENT_WRITE.
                self._multi.socket_action(key.fd, events)
        while self._commands:
            self._commands.popleft()()
        now = monotonic()
        if self._timer_at is not None and self._timer_at <= now:
            self._timer_at = None
            self._multi.socket_action(self._timeout, 0)
        self._collect()
        self._sweep(now)
        self._resume()
        self._start_ready()
        self._flush()

    def _wait_s(self) -> float | None:
        """How long nothing can happen but on sockets; None for ever."""
        times = [self._swept_at + self._sweep_s()] if self._running else []
        if self._timer_at is not None:
            times.append(self._timer_at)
        if not self._budget.full and (start := self._lanes.next_start()) is not None:
            times.append(start)
        return max(0.0, min(times) - monotonic()) if times else None

    def _on_socket(self, what: int, fd: int, _multi: object, _data: object) -> None:
        if what == self._poll_remove:
            if fd in self._watched:
                self._watched.remove(fd)
                self._selector.unregister(fd)
        elif fd in self._watched:
            self._selector.modify(fd, what)
        else:
            self._watched.add(fd)
            self._selector.register(fd, what)

    def _on_timer(self, wait_ms: int) -> None:
        self._timer_at = None if wait_ms < 0 else monotonic() + wait_ms / 1000

    # --- transfers

    def _accept(self, batch: list[Transfer]) -> None:
        for transfer in batch:
            self._queue(transfer, urgent=transfer.request.urgent)

    def _queue(self, transfer: Transfer, *, urgent: bool) -> None:
        wait_s = self._lanes.held_for(transfer.place, monotonic())
        if wait_s > lanes.PATIENCE_S:
            transfer.fail(failures.failure("host-waits", transfer.host, retry_after_s=wait_s))
            self._hand_over(transfer)
        else:
            self._lanes.put(transfer.place, transfer, urgent=urgent)

    def _start_ready(self) -> None:
        now = monotonic()
        while not self._budget.full and (transfer := self._lanes.take(now)) is not None:
            if transfer.handle is None:
                transfer.handle = self._spare.pop() if self._spare else self._make_handle()
            try:
                transfer.configure(transfer.handle)
            except NetworkFailed as error:
                transfer.fail(error)
                self._lanes.finished(transfer.place, answered_in_s=None)
                self._hand_over(transfer)
                continue
            transfer.may_receive = self._budget.admits
            self._running[transfer.handle] = transfer
            self._multi.add_handle(transfer.handle)

    def _make_handle(self) -> "pycurl.Curl":
        """A handle with what is the same for every transfer."""
        import pycurl

        curl = pycurl.Curl()
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.USERAGENT, self._agent)
        curl.setopt(pycurl.CAINFO, self._ca_file)
        curl.setopt(pycurl.HTTP_CONTENT_DECODING, 0)
        curl.setopt(_SUPPRESS_CONNECT_HEADERS, 1)
        curl.setopt(pycurl.PIPEWAIT, 1)
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(self._settings.connect_timeout_s * 1000))
        curl.setopt(pycurl.COOKIEFILE, "")  # cookies are on, and forgotten after each transfer
        return curl

    def _collect(self) -> None:
        """Take note of hops that ended."""
        more = 1
        while more:
            more, done, failed = self._multi.info_read()
            for curl in done:
                self._ended(self._running[curl], 0, "")
            for curl, code, text in failed:
                self._ended(self._running[curl], code, text)

    def _ended(self, transfer: Transfer, code: int, text: str) -> None:
        place = transfer.place
        transfer.conclude(code, text)
        self._detach(transfer)
        error = transfer.outcome if isinstance(transfer.outcome, NetworkFailed) else None
        answered = code == 0 or transfer.answered
        took_s = monotonic() - transfer.hop_started if answered else None
        self._lanes.finished(place, answered_in_s=took_s, refused=failures.was_refused(error))
        if transfer.outcome is None:
            self._queue(transfer, urgent=True)
            return
        if error is not None:
            self._spread(place, error)
        self._hand_over(transfer)

    def _spread(self, place: str, error: NetworkFailed) -> None:
        """Let an error count for all that wait for the same host, where it must."""
        now = monotonic()
        if failures.never_started(error):
            if self._lanes.unreachable(place) > 1:
                self._fail_waiting(place, lambda: failures.again(error))
        elif failures.was_refused(error) and self._lanes.keeps_refusing(place):
            self._lanes.hold(place, now + error.retry_after_s)
            if error.retry_after_s > lanes.PATIENCE_S:
                host = place.rpartition(":")[0]
                wait_s = error.retry_after_s
                self._fail_waiting(
                    place, lambda: failures.failure("host-waits", host, retry_after_s=wait_s)
                )

    def _fail_waiting(self, place: str, make: Callable[[], NetworkFailed]) -> None:
        for transfer in self._lanes.drain(place):
            transfer.fail(make())
            self._hand_over(transfer)

    def _detach(self, transfer: Transfer) -> None:
        """Take a hop's handle out of libcurl; the transfer keeps it."""
        if transfer.handle is not None and transfer.handle in self._running:
            del self._running[transfer.handle]
            self._multi.remove_handle(transfer.handle)

    def _hand_over(self, transfer: Transfer) -> None:
        """Give an outcome to whom it belongs, and its handle to the next transfer."""
        self._release(transfer)
        self._budget.ended(transfer, kept=not isinstance(transfer.outcome, NetworkFailed))
        transfer.done(transfer)

    def _release(self, transfer: Transfer) -> None:
        import pycurl

        curl, transfer.handle = transfer.handle, None
        if curl is None:
            return
        if transfer.signed:
            curl.close()
            return
        curl.setopt(pycurl.COOKIELIST, "ALL")
        # What the handle calls belongs to the transfer, and would keep its body in memory.
        curl.unsetopt(pycurl.HEADERFUNCTION)
        curl.unsetopt(pycurl.WRITEFUNCTION)
        curl.unsetopt(pycurl.OPENSOCKETFUNCTION)
        curl.unsetopt(pycurl.PREREQFUNCTION)
        self._spare.append(curl)

    def _drop(self, batch: list[Transfer]) -> None:
        for transfer in batch:
            if transfer.handle in self._running:
                self._detach(transfer)
                self._lanes.finished(transfer.place, answered_in_s=None)
                self._budget.ended(transfer, kept=False)
                self._release(transfer)
            elif self._lanes.remove(transfer.place, transfer):
                self._release(transfer)

    # --- clocks and memory

    def _sweep_s(self) -> float:
        return min(1.0, self._settings.idle_timeout_s / 8)

    def _sweep(self, now: float) -> None:
        """End the transfers that stand still; libcurl's own limit knows whole seconds only."""
        if now - self._swept_at < self._sweep_s():
            return
        self._swept_at = now
        for transfer in list(self._running.values()):
            if transfer.moved or transfer.paused:
                transfer.moved, transfer.last_moved = False, now
            elif now - transfer.last_moved > self._settings.idle_timeout_s:
                transfer.fail(failures.failure("idle", transfer.host))
                self._detach(transfer)
                self._lanes.finished(transfer.place, answered_in_s=None)
                self._hand_over(transfer)

    def _resume(self) -> None:
        """Let transfers go on that waited for memory."""
        import pycurl

        while (transfer := self._budget.next_paused()) is not None:
            transfer.paused = False
            if transfer.handle is not None:
                transfer.handle.pause(pycurl.PAUSE_CONT)

    def _close(self) -> None:
        for transfer in list(self._running.values()):
            self._detach(transfer)
        self._multi.close()
        self._selector.close()


def _connections(wanted: int) -> int:
    """As many connections as are wanted, or as the limit of open files leaves room for."""
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return wanted
    # Names being looked up and connections kept for reuse need files of their own.
    return max(4, min(wanted, (files - _KEPT_FILES) // 2))


def find_ca_file(chosen: str, environ: Mapping[str, str]) -> str:
    """The bundle of certificates to trust: chosen, SSL_CERT_FILE, the system's, certifi's."""
    for path in (chosen, environ.get("SSL_CERT_FILE", "")):
        if path:
            return path
    for path in _SYSTEM_CA_FILES:
        if Path(path).is_file():
            return path
    import certifi

    return certifi.where()
