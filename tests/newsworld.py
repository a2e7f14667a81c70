"""A small world of news sites on loopback that behaves as badly as the real one: slow, broken, looping, huge, changing.

Every page has a number, and its number decides what is wrong with it; ``expected`` says what must become of it. Each host is an
address of its own (127.0.0.2, 127.0.0.3 ...). All requests are logged.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

HOSTS = 6

# what is wrong with a page, and what becomes of it: one of each in every 40 pages, the others are good
FAULTS = {
    3: ("slow", "coded"),
    5: ("drip", "coded"),
    7: ("error once", "coded"),
    9: ("error", "failed fetch"),
    11: ("cut", "failed fetch"),
    12: ("cut once", "coded"),
    13: ("redirect", "moved"),
    15: ("loop", "moved"),
    16: ("self", "failed redirect"),
    17: ("private", "moved"),
    18: ("huge", "failed too_large"),
    19: ("bomb", "failed too_large"),
    20: ("paywall", "coded"),
    21: ("forbidden", "failed refused"),
    22: ("changing", "coded"),
    23: ("withdrawn", "coded"),
    24: ("gone", "failed gone"),
    25: ("robots", "failed robots"),
    26: ("picture", "failed not_text"),
    27: ("empty", "failed empty"),
    28: ("index", "failed no_article"),
    29: ("print", "duplicate"),
    30: ("copy", "duplicate"),
    31: ("foreign", "skipped"),
    32: ("busy once", "coded"),
    33: ("notice", "coded"),
    34: ("latin", "coded"),
    35: ("gzip", "coded"),
    36: ("script redirect", "failed fetch"),
    37: ("pdf", "failed not_text"),
}

ORIGINALS = {"print": 30, "copy": 24}
"""How many pages back the good page of the same host stands that a page repeats."""


def original(number: int) -> int:
    """The page that a page repeats: itself for most."""
    back = ORIGINALS.get(kind_of(number), 0)
    return number - back if number >= back else number


def mistakes(count: int, states: dict[int, str]) -> list[str]:
    """Pages of which became something else than must; of a page and its copy the one that is coded first is the original."""
    wrong = []
    pairs = {number: original(number) for number in range(count) if original(number) != number}
    for number in range(count):
        wanted, got = expected(number), states.get(number, "lost")
        if number in pairs:
            pair = sorted((got, states.get(pairs[number], "lost")))
            if pair != ["coded", "duplicate"]:
                wrong.append(f"{number} and {pairs[number]} ({kind_of(number)}): {pair}")
        elif number in pairs.values():
            continue
        elif kind_of(number) in ORIGINALS:
            wanted = "coded"
        if number not in pairs and got != wanted:
            wrong.append(f"{number} ({kind_of(number)}): {got}, not {wanted}")
    return wrong


COUNTRIES = (
    "Norway Kenya Hungary China Chile Ghana Japan Peru Serbia Jordan Turkey Georgia Oman Fiji Nepal Latvia".split()
)
CITIES = "Oslo Nairobi Budapest Beijing Santiago Accra Tokyo Lima Belgrade Amman Ankara Tbilisi Muscat Suva Kathmandu Riga".split()
ACTS = (
    "offered to send patrol boats to", "accused the government of", "signed a trade agreement with", "imposed sanctions on", "threatened to close its border with",
    "held talks with officials from", "rejected a proposal by", "sent food aid to",
)  # fmt: skip


def kind_of(number: int) -> str:
    """What is wrong with a page."""
    return FAULTS.get(number % 40, ("good", ""))[0]


def expected(number: int) -> str:
    """State and, of a failure, reason."""
    return FAULTS.get(number % 40, ("", "coded"))[1]


def article(number: int, version: int = 0) -> str:
    """A page with furniture and a few sentences of news that no other page has."""
    one, other = number % 16, (number * 7 + 3) % 16
    other = (other + 1) % 16 if other == one else other
    act = ACTS[number % len(ACTS)]
    lead = f"{COUNTRIES[one]} {act} {COUNTRIES[other]} on Monday, the foreign ministry in {CITIES[one]} said, in case number {number}."
    more = f"Officials in {CITIES[other]} said they would study file {number * 31} and answer within {number % 9 + 2} weeks. The two countries have disagreed over fishing quota {number * 17} for years."
    third = f"A spokesman told reporters that {COUNTRIES[other]} had not yet replied to letter {number * 13}. Talks are planned for next month in {CITIES[(one + 5) % 16]}."
    if version:
        third += f" Correction {version}: an earlier version of this article named the wrong ministry."
    headline = f"{COUNTRIES[one]} and {COUNTRIES[other]}: case {number}"
    if kind_of(number) == "notice" and version:
        headline = f"Retracted: {headline}"
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title><meta property='article:published_time' content='2026-03-{number % 27 + 1:02}T08:30:00Z'>"
        f"</head><body><nav><a href=/>Home</a> <a href=/world>World</a></nav><article><h1>{headline}</h1><p class=byline>By Ann Writer</p>"
        f"<p>{lead}</p><p>{more}</p><p>{third}</p></article><footer><p>Subscribe to our newsletter</p></footer></body></html>"
    )


class Site:
    """The sites; a context manager. ``log`` holds (host, path) of every request in order."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.log: list[tuple[str, str]] = []
        self.asked: Counter[str] = Counter()
        self.versions = 0
        """Raised to make the changing pages change and the withdrawn ones vanish."""
        self.lock = threading.Lock()
        self._servers: list[ThreadingHTTPServer] = []
        self.port = 0

    def __enter__(self) -> Self:
        site = self

        class Handler(_Handler):
            world = site

        for host in (*range(2, HOSTS + 2), 99):
            server = _Server((f"127.0.0.{host}", self.port), Handler)
            self.port = server.server_address[1]
            self._servers.append(server)
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def base(self, number: int) -> str:
        """The host of a page."""
        return f"http://127.0.0.{number % HOSTS + 2}:{self.port}"

    def url(self, number: int) -> str:
        """The canonical URL of a page."""
        kind = kind_of(number)
        if kind == "robots":
            return f"{self.base(number)}/private/story-{number}"
        return f"{self.base(number)}/story-of-case-{number}"

    def sources(self) -> list[tuple[str, str]]:
        """URL and kind: a feed, a sitemap (an index of three) and a section page share the pages of each host."""
        found = []
        for host in range(HOSTS):
            base = f"http://127.0.0.{host + 2}:{self.port}"
            found += [(f"{base}/feed.xml", "auto"), (f"{base}/sitemap.xml", "auto"), (f"{base}/world", "section")]
        return found

    def numbers(self, host: int) -> range:
        """The pages of a host."""
        return range((host - 2) % HOSTS, self.count, HOSTS)

    def feeds(self, **manners: object) -> dict[str, object]:
        """A list of feeds, as feeds.toml would have it."""
        wanted = {
            "delay": "0s",
            "backoff": "0.05s",
            "attempts": 3,
            "allow_private": ["127.0.0.0/28"],
            "recheck": [],
            "most": 5000,
        }
        return {
            "watch": {**wanted, **manners},
            "feed": [{"url": url, "kind": kind} for url, kind in self.sources()],
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Clients that are killed hang up: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world: Site

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").split(":")[0]
        with self.world.lock:
            self.world.log.append((host, self.path))
            self.world.asked[f"{host}{self.path}"] += 1
            times = self.world.asked[f"{host}{self.path}"]
        path = self.path.split("?")[0]
        if path == "/robots.txt":
            self._send(b"User-agent: *\nDisallow: /private/\n", kind="text/plain")
        elif path == "/feed.xml":
            self._send(self._feed(int(host.rsplit(".", 1)[1])), kind="application/rss+xml")
        elif path.startswith("/sitemap"):
            self._send(self._sitemap(int(host.rsplit(".", 1)[1]), path), kind="application/xml")
        elif path == "/world":
            self._send(self._section(int(host.rsplit(".", 1)[1])))
        elif path.startswith(("/story-of-case-", "/target-of-case-")) and path.rsplit("-", 1)[1].isdigit():
            self._page(int(path.rsplit("-", 1)[1]), path, times)
        else:
            self._send(b"not here", status=404)

    def _send(self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _feed(self, host: int) -> bytes:
        """The first half of the host's pages, with tracking parameters and a broken entry."""
        numbers = [n for n in self.world.numbers(host) if n * 2 < self.world.count]
        items = [
            f"<item><title>Case {n}</title><link>{self.world.url(n)}?utm_source=rss</link></item>" for n in numbers
        ]
        return f"<rss version='2.0'><channel><title>Feed</title>{''.join(items)}<item><title>no link</title></item></channel></rss>".encode()

    def _sitemap(self, host: int, path: str) -> bytes:
        numbers = [n for n in self.world.numbers(host) if n * 4 >= self.world.count]
        if path == "/sitemap.xml":
            maps = "".join(f"<sitemap><loc>/sitemap-{part}.xml</loc></sitemap>" for part in range(3))
            return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{maps}</sitemapindex>".encode()
        part = int(path[9])
        urls = "".join(f"<url><loc>{self.world.url(n)}</loc></url>" for n in numbers[part::3])
        old = "<url><loc>/story-of-case-999999999</loc><lastmod>2001-01-01</lastmod></url>"
        body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}{old}</urlset>".encode()
        return gzip.compress(body, mtime=0) if part == 2 else body

    def _section(self, host: int) -> bytes:
        numbers = [n for n in self.world.numbers(host) if n % 5 == 0]
        links = "".join(f"<a href='{self.world.url(n)}#comments'>Case {n}</a>" for n in numbers)
        return f"<html><body><a href='/world'>World</a><a href='mailto:x@y.z'>Mail</a>{links}</body></html>".encode()

    def _page(self, number: int, path: str, times: int) -> None:
        kind = kind_of(number)
        versions = self.world.versions
        body = article(number).encode()
        if path.startswith("/target"):
            self._send(body)
        elif kind == "slow":
            time.sleep(0.2)
            self._send(body)
        elif kind == "drip":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for start in range(0, len(body), 200):
                self.wfile.write(body[start : start + 200])
                self.wfile.flush()
                time.sleep(0.01)
        elif kind == "error" or (kind == "error once" and times == 1):
            self._send(b"out of order", status=500)
        elif kind == "busy once" and times == 1:
            self._send(b"later", status=503, Retry_After="0")
        elif kind == "cut" or (kind == "cut once" and times == 1):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 1000))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True
        elif kind == "redirect":
            self._send(b"", status=301, Location=f"/target-of-case-{number}?utm_campaign=x")
        elif kind == "loop":
            turn = int(self.path.rpartition("=")[2] or 0) if "turn=" in self.path else 0
            self._send(
                b"", status=302, Location=f"/story-of-case-{number}" + ("" if turn == 2 else f"?turn={turn + 1}")
            )
        elif kind == "self":
            self._send(b"", status=302, Location=f"/story-of-case-{number}#again")
        elif kind == "script redirect":
            self._send(b"", status=302, Location="javascript:alert(1)")
        elif kind == "private":
            self._send(b"", status=302, Location=f"http://127.0.0.99:{self.world.port}/secret-of-case-{number}")
        elif kind == "huge":
            self._huge()
        elif kind == "bomb":
            self._send(gzip.compress(b"<p>" + b"x" * 30_000_000, mtime=0), Content_Encoding="gzip")
        elif kind == "paywall":
            self._send(
                body.replace(b"<footer>", b"<div class=paywall><p>Subscribe to read the whole story</p></div><footer>")
            )
        elif kind == "forbidden":
            self._send(b"no", status=403)
        elif kind == "changing" or kind == "notice":
            self._send(article(number, versions).encode())
        elif kind == "withdrawn" and versions:
            self._send(b"gone", status=410)
        elif kind == "gone":
            self._send(b"gone", status=404)
        elif kind == "picture":
            self._send(b"\x89PNG\r\n\x1a\n" + bytes([number % 256]) * 500, kind="image/png")
        elif kind == "pdf":
            self._send(
                b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 9 + str(number).encode(), kind="application/pdf"
            )
        elif kind == "empty":
            self._send(b" " * (number % 90))
        elif kind == "index":
            links = "".join(f"<li><a href=/story-{n}>More {n}</a></li>" for n in range(number, number + 30))
            self._send(f"<html><body><ul>{links}</ul></body></html>".encode())
        elif kind == "print":
            canonical = f"<link rel=canonical href='{self.world.url(original(number))}'>".encode()
            self._send(
                article(original(number))
                .encode()
                .replace(b"<head>", b"<head>" + canonical)
                .replace(b"By Ann Writer", b"Print")
            )
        elif kind == "copy":
            self._send(article(original(number)).encode())
        elif kind == "foreign":
            text = f"Norwegen hat Kenia am Montag Boote angeboten, teilte das Außenministerium mit. Es ist der Fall mit der Nummer {number}. Die Regierung in Nairobi hat darauf noch nicht geantwortet."
            self._send(
                f"<html lang=de><head><title>Boote {number}</title></head><body><article><h1>Boote für Kenia</h1><p>{text}</p><p>{text}</p></article></body></html>".encode()
            )
        elif kind == "latin":
            self._send(
                body.replace(b"Ann Writer", "Zoë Müller".encode("latin-1")), kind="text/html; charset=iso-8859-1"
            )
        elif kind == "gzip":
            self._send(gzip.compress(body, mtime=0), Content_Encoding="gzip")
        else:
            self._send(body)

    def _huge(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(400):
                self.wfile.write(b"<p>" + b"more and more " * 4000)
        except OSError:
            pass
        self.close_connection = True
