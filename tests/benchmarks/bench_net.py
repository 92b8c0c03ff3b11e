"""What fetching a thousand feeds costs, beside a floor of bare asyncio streams in the same run.

Run with ``python -m tests.benchmarks.bench_net [--feeds N] [--runs N]``; it needs nginx
(Debian: nginx-light, and libnginx-mod-http-echo for the rows with a delay). Each figure
is the median of programs of their own, started in turn: Python's start and all imports count.
"""

import argparse
import asyncio
import gzip
import http.client
import json
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.tables import table
from tests.net.server import Exchange, Server

HOSTS = 100 if sys.platform == "linux" else 1
ECHO = Path("/usr/lib/nginx/modules/ngx_http_echo_module.so")
DELAY_MS = 200


# --- the programs that are measured


def floor(plan: dict[str, Any]) -> Counter[str]:
    """Raw requests, a connection for each lane: answers are unpacked, nothing is checked."""
    seen: Counter[str] = Counter()

    async def drive(lane: list[tuple[str, str]]) -> None:
        place = lane[0][0].split("/", 3)[2]
        host, _, port = place.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 22)
        for url, etag in lane:
            path = url.split("/", 3)[3]
            match = f"If-None-Match: {etag}\r\n" if etag else ""
            head = f"GET /{path} HTTP/1.1\r\nHost: {place}\r\nAccept-Encoding: gzip\r\n{match}\r\n"
            writer.write(head.encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            where = answer.lower().find(b"content-length:")
            if where >= 0 and answer[9:12] != b"304":
                end = answer.find(b"\r", where)
                body = await reader.readexactly(int(answer[where + 15 : end]))
                zlib.decompress(body, 31)
            seen[answer[9:12].decode()] += 1
        writer.close()

    async def all_of_them() -> None:
        await asyncio.gather(*map(drive, lanes(plan["requests"], plan["lanes_of_a_host"])))

    asyncio.run(all_of_them())
    return seen


def lanes(requests: list[tuple[str, str]], of_a_host: int) -> list[list[tuple[str, str]]]:
    """The requests of each host, dealt out to so many connections."""
    hosts: dict[str, list[tuple[str, str]]] = {}
    for request in requests:
        hosts.setdefault(request[0].split("/", 3)[2], []).append(request)
    dealt = (host[start::of_a_host] for host in hosts.values() for start in range(of_a_host))
    return [lane for lane in dealt if lane]


def client(plan: dict[str, Any]) -> Counter[str]:
    """The reader's own client with its default settings."""
    from reader.net.client import Client
    from reader.net.message import Request, Response

    seen: Counter[str] = Counter()

    async def all_of_them() -> None:
        requests = [
            (number, Request(url=url, etag=etag, allow_private=True))
            for number, (url, etag) in enumerate(plan["requests"])
        ]
        last_good = time.perf_counter()
        async with Client(environ={}) as opened:
            async for _, outcome in opened.fetch_all(requests):
                if isinstance(outcome, Response):
                    seen[str(outcome.status)] += 1
                    last_good = time.perf_counter()
                else:
                    seen[outcome.code] += 1
                if seen.total() - seen["idle"] == plan["awaited"]:
                    break
        plan["last_good"] = last_good

    asyncio.run(all_of_them())
    return seen


def measured(name: str, plan: dict[str, Any]) -> dict[str, Any]:
    """Run one of the programs above in a process of its own."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file)
        file.flush()
        started = time.perf_counter()
        command = [sys.executable, "-m", "tests.benchmarks.bench_net", "--child", name, file.name]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        wall_s = time.perf_counter() - started
    result: dict[str, Any] = json.loads(done.stdout)
    return {**result, "wall_s": wall_s}


def child(name: str, path: str) -> None:
    """What such a process does."""
    plan = json.loads(Path(path).read_text())
    seen = {"floor": floor, "client": client}[name](plan)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    cpu_s = usage.ru_utime + usage.ru_stime
    print(json.dumps({"seen": seen, "cpu_s": cpu_s, "rss_mb": kilobytes / 1024}))


# --- the server


def write_feeds(folder: Path, count: int) -> None:
    """Feeds of about 70 kB, 25 kB packed, as those of real sites."""
    words = [f"w{zlib.crc32(bytes([n % 256, n // 256])):x}" for n in range(3000)]
    for number in range(count):
        items = "".join(
            f"<item><title>{number}.{item}</title><description>"
            + " ".join(
                words[(number * 31 + item * 17 + place * place) % 3000] for place in range(350)
            )
            + "</description></item>"
            for item in range(20)
        )
        body = (
            f"<rss version='2.0'><channel><title>{number}</title>{items}</channel></rss>".encode()
        )
        (folder / f"{number}.xml").write_bytes(body)
        (folder / f"{number}.xml.gz").write_bytes(gzip.compress(body, 6))


@contextmanager
def nginx(folder: Path) -> Iterator[int]:
    """The port of an nginx that serves ``folder`` on many loopback addresses."""
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if not binary:
        sys.exit("skipped: nginx is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    listen = "".join(f"listen 127.0.0.{n + 1}:{port} backlog=4096;" for n in range(HOSTS))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    delayed = f"location ~ ^/late/(.*)$ {{ echo_sleep {DELAY_MS / 1000}; echo_exec /$1; }}"
    echo = ECHO.exists()
    (folder / "conf").write_text(
        f"{f'load_module {ECHO};' if echo else ''} user root; daemon off; pid {folder}/pid;"
        f"error_log {folder}/log; worker_processes 1; events {{ worker_connections 8192; }}"
        f"http {{ {temporary} access_log off; gzip_static on; keepalive_requests 100000;"
        f"server {{ {listen} root {folder}; {delayed if echo else ''} }} }}"
    )
    command = [binary, "-c", f"{folder}/conf", "-e", f"{folder}/log", "-p", str(folder)]
    with subprocess.Popen(command) as process:
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


def validators(port: int, count: int) -> list[str]:
    """The ETag of each feed."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    etags = []
    for number in range(count):
        connection.request("HEAD", f"/{number}.xml", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        etags.append(answer.headers["ETag"])
    return etags


# --- the table


def in_turn(runs: int, *programs: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The medians of programs that are started in turn, and what each got in its last run."""
    results: list[list[dict[str, Any]]] = [[] for _ in programs]
    for _ in range(runs):
        for place, (name, plan) in enumerate(programs):
            results[place].append(measured(name, plan))
    keys = ("wall_s", "cpu_s", "rss_mb")
    return [
        {key: statistics.median(one[key] for one in each) for key in keys}
        | {"seen": each[-1]["seen"]}
        for each in results
    ]


def plan_of(requests: Sequence[tuple[str, str]], *, lanes_of_a_host: int) -> dict[str, Any]:
    """What a measured program needs to know."""
    return {
        "requests": list(requests),
        "awaited": len(requests),
        "lanes_of_a_host": lanes_of_a_host,
    }


def cases(port: int, etags: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is measured, by name."""
    numbered = list(enumerate(etags))

    def spread(path: str, *, hosts: int, conditional: bool) -> list[tuple[str, str]]:
        return [
            (f"http://127.0.0.{n % hosts + 1}:{port}{path}/{n}.xml", etag if conditional else "")
            for n, etag in numbered
        ]

    found = {
        "unchanged (304)": plan_of(spread("", hosts=HOSTS, conditional=True), lanes_of_a_host=1),
        "unchanged, one host": plan_of(spread("", hosts=1, conditional=True), lanes_of_a_host=20),
        "whole (200)": plan_of(spread("", hosts=HOSTS, conditional=False), lanes_of_a_host=1),
    }
    if ECHO.exists():
        late = spread("/late", hosts=HOSTS, conditional=True)
        found[f"unchanged, {DELAY_MS} ms each"] = plan_of(late, lanes_of_a_host=2)
    return found


def with_two_bad_ones(server: Server, requests: list[tuple[str, str]]) -> dict[str, Any]:
    """The same requests with one that hangs and one that never ends among them."""

    @server.route("/hang")
    async def hang(exchange: Exchange) -> None:
        await exchange.forever()

    @server.route("/endless")
    async def endless(exchange: Exchange) -> None:
        await exchange.send(200, b"", length=-1)
        while True:
            await exchange.raw(b"x" * 65536)

    bad = [(server.url("/hang"), ""), (server.url("/endless"), "")]
    plan = plan_of([*bad, *requests], lanes_of_a_host=1)
    return {**plan, "awaited": len(requests) + 1}  # the one that hangs is not waited for


def bomb_row(server: Server) -> list[str]:
    """What a gibibyte in a mebibyte costs."""
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1 << 20)
    bomb = b"".join(packer.compress(zeros) for _ in range(1024)) + packer.flush()
    good = server.answer("/small", 200, b"<rss/>")
    url = server.answer("/bomb", 200, bomb, Content_Encoding="gzip")
    plain = measured("client", plan_of([(good, "")], lanes_of_a_host=1))
    result = measured("client", plan_of([(url, "")], lanes_of_a_host=1))
    outcome = ", ".join(result["seen"])
    return [
        f"1 GiB in {len(bomb) / 2**20:.1f} MiB of gzip: {outcome}",
        f"{result['wall_s'] * 1000:.0f}",
        f"{result['cpu_s'] * 1000:.0f}",
        f"{result['rss_mb']:.0f}",
        "one small answer",
        f"{plain['wall_s'] * 1000:.0f}",
        f"{result['rss_mb'] - plain['rss_mb']:+.0f} MB",
    ]


def row(name: str, ours: dict[str, Any], base: dict[str, Any], base_name: str) -> list[str]:
    """One line of the table; the ratio is of wall time and of CPU time."""
    answers = ", ".join(f"{count} x {status}" for status, count in ours["seen"].items())
    ratio = f"{ours['wall_s'] / base['wall_s']:.2f} ({ours['cpu_s'] / base['cpu_s']:.2f} CPU)"
    return [
        f"{name}: {answers}",
        f"{ours['wall_s'] * 1000:.0f}",
        f"{ours['cpu_s'] * 1000:.0f}",
        f"{ours['rss_mb']:.0f}",
        base_name,
        f"{base['wall_s'] * 1000:.0f}",
        ratio,
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(*arguments.child)
        return
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write_feeds(folder, arguments.feeds)
        with nginx(folder) as port, Server() as server:
            planned = cases(port, validators(port, arguments.feeds))
            for case, plan in planned.items():
                base, ours = in_turn(arguments.runs, ("floor", plan), ("client", plan))
                rows.append(row(case, ours, base, "bare streams"))
            worse = with_two_bad_ones(server, planned["whole (200)"]["requests"])
            good, bad = in_turn(
                arguments.runs, ("client", planned["whole (200)"]), ("client", worse)
            )
            rows.append(row("whole, one hanging and one endless", bad, good, "without them"))
            rows.append(bomb_row(server))
    head = ("fetching", "wall ms", "CPU ms", "RSS MB", "beside", "wall ms", "ratio")
    print(table(head, rows))


if __name__ == "__main__":
    main()
