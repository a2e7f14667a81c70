"""The parts of a watch, each alone: the list of feeds, links, what answers mean, rules and deliveries."""

from __future__ import annotations

import gzip
import socketserver
import threading
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner
from pytest_httpserver import HTTPServer
from synthetic import card, coded

from quidnunc.cli import main
from quidnunc.collect._alerts import Alarm
from quidnunc.collect._code import canonical_of
from quidnunc.collect._deliver import Delivery, Postman, identity
from quidnunc.collect._feeds import Feed, Feeds, Mail, Rule, read_feeds, seconds
from quidnunc.collect._landing import Rules, landing
from quidnunc.collect._links import named
from quidnunc.collect._queue import Host, Job, Queue, jitter
from quidnunc.collect._web import EVERYWHERE, Answer, NeverFetched, Web
from quidnunc.errors import FeedsError, FetchError, InputError, TooLarge
from quidnunc.store import Alert, Coded, Link, Outcome, Store

RULES = Rules(attempts=3, backoff=60.0, rechecks=(3600.0, 86400.0))
GOOD = '[[feed]]\nurl = "https://news.example/rss"\n'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_of_feeds(tmp_path: Path) -> None:
    feeds = read_feeds(write(tmp_path, GOOD + 'every = "10m"\n[watch]\ncontact = "me@example.org"\nallow_private = ["10.1.0.0/16"]\n[[alert]]\nname = "strait"\nworse_than = "COERCE"\nsource = ["CHN"]\ntarget = ["TWN"]\n'))  # fmt: skip
    assert feeds.feed[0].every == "10m"
    assert feeds.alert[0].wanted_types == ("COERCE", "ASSAULT")
    assert feeds.agent.endswith("me@example.org")
    assert str(feeds.networks[0]) == "10.1.0.0/16"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"no \[\[feed\]\]"),
        ("feed = [", "no TOML"),
        ('[[feed]]\nurl = "file:///etc/passwd"\n', "only http and https"),
        ('[[feed]]\nurl = "https://u:secret@news.example/"\n', "user name or password"),
        (GOOD + 'evry = "1m"\n', "evry"),
        (GOOD + 'every = "soon"\n', "no duration"),
        (GOOD + 'links = "("\n', "no regular expression"),
        (GOOD + GOOD, "twice"),
        (GOOD + "[watch]\nat_once = 0\n", "at_once"),
        (GOOD + '[watch]\nallow_private = ["home"]\n', "home"),
        (GOOD + '[[alert]]\nname = "a"\nworse_than = "AGREE"\n', "not hostile"),
        (GOOD + '[[alert]]\nname = "a"\ntypes = ["WAR"]\n', "WAR"),
        (GOOD + '[[alert]]\nname = "a"\nto = ["mailto:a@b.c"]\n', r"\[mail\]"),
        (GOOD + '[mail]\nhost = "m"\n[[alert]]\nname = "a"\nto = ["mailto:a@b.c, d@e.f"]\n', "no mail address"),
        (GOOD + '[[alert]]\nname = "a"\nto = ["ftp://x"]\n', "only http and https"),
        (GOOD + '[[alert]]\nname = "a"\ntimes_usual = 10\nnew_dyad = true\n', "times_usual"),
    ],
)
def test_a_list_that_does_not_hold_together_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FeedsError, match=says) as caught:
        read_feeds(write(tmp_path, text))
    assert "feeds.toml" in str(caught.value)


def test_durations() -> None:
    assert [seconds(text) for text in ("30s", "1.5m", "2 h", "1d", "1w")] == [30, 90, 7200, 86400, 604800]


def names(content: bytes, kind: str = "auto", **fields: Any) -> list[str]:
    feed = Feed(url="https://news.example/world/", kind=kind, **fields)  # type: ignore[arg-type]
    return [link.url for link in named(content, feed.url, feed, oldest="2026-01-01T00:00:00+00:00", most=3).links]


def test_links_of_a_feed() -> None:
    rss = b"<rss version='2.0'><channel><item><link>/a?utm_source=x#top</link></item><item><link>https://other.example/b</link></item><item><link>javascript:alert(1)</link></item><item><link>/a</link></item></channel></rss>"
    assert names(rss) == ["https://news.example/a", "https://other.example/b"]
    with pytest.raises(InputError):
        names(b"<rss><<<<")


def test_links_of_a_sitemap() -> None:
    urls = "".join(f"<url><loc>https://{where}</loc><lastmod>{day}</lastmod></url>" for where, day in (("news.example/old", "2025-12-31"), ("news.example/new", "2026-02-02T10:00:00+02:00"), ("news.example/newer", "2026-02-03"), ("far.example/x", "2026-02-03")))  # fmt: skip
    sitemap = f"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}<url><loc>&x;</loc></url></urlset>".encode()
    wanted = ["https://news.example/newer", "https://news.example/new", "https://news.example/world/"]
    assert [url for url in names(sitemap) if "passwd" not in url][:2] == wanted[:2]
    assert names(gzip.compress(sitemap))[:2] == wanted[:2]
    assert names(sitemap, hosts=("far.example",))[0] in ("https://far.example/x", wanted[0])
    with pytest.raises(TooLarge):
        names(gzip.compress(b"<urlset>" + b" " * 11_000_000))


def test_links_of_a_section_page() -> None:
    page = b"<base href='https://news.example/'><a href='/2026/05/a'>1</a><a href='story-of-the-day'>2</a><a href=/world>no</a><a href='//far.example/story-of-the-day'>no</a><a href='/a-b-c-d.jpg'>no</a><a href='mailto:a-b-c-d@x.y'>no</a>"
    assert names(page) == ["https://news.example/2026/05/a", "https://news.example/story-of-the-day"]
    assert names(page, links="^/2026") == ["https://news.example/2026/05/a"]
    assert names(b"", kind="feed") == []


def row(**fields: Any) -> dict[str, Any]:
    page = {"number": 1, "url": "https://news.example/a", "host": "news.example", "state": "queued", "attempts": 0, "hops": 0, "checks": 0, "article": None, "digest": None, "retracted": None}  # fmt: skip
    return page | fields


def answer(status: int, content: bytes = b"", **headers: str) -> Answer:
    named_ = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url="https://news.example/a", status=status, content=content, headers=named_)


CODED = {"state": "coded", "article": "3fa9", "digest": "old"}


@pytest.mark.parametrize(
    ("page", "said", "values"),
    [
        (row(), answer(200, b"x"), {"state": "fetched", "due": None, "attempts": 0}),
        (row(), answer(404), {"state": "failed", "reason": "gone", "due": None}),
        (row(), answer(403), {"state": "failed", "reason": "refused"}),
        (row(), answer(304), {"state": "failed", "reason": "refused"}),
        (row(), answer(500), {"attempts": 1}),
        (row(attempts=2), answer(500), {"state": "failed", "reason": "fetch"}),
        (row(), FetchError("silence"), {"attempts": 1}),
        (row(), NeverFetched("private"), {"state": "failed", "reason": "fetch", "due": None}),
        (row(), TooLarge("big"), {"state": "failed", "reason": "too_large"}),
        (row(), answer(302, location="https://other.example/b"), {"state": "moved"}),
        (row(), answer(302, location="https://news.example/a?utm_source=x"), {"state": "failed", "reason": "redirect"}),
        (row(), answer(302, location="file:///etc/passwd"), {"state": "failed", "reason": "redirect"}),
        (row(hops=5), answer(302, location="/b"), {"state": "failed", "reason": "redirect"}),
        (row(**CODED), answer(304), {"state": "coded", "checks": 1, "due": 86400.0 + 1000}),
        (row(**CODED, checks=1), answer(304), {"checks": 2, "due": None}),
        (row(**CODED), answer(200, b"new"), {"state": "fetched"}),
        (row(**CODED), answer(404), {"attempts": 1}),
        (row(**CODED, attempts=1), answer(404), {"retraction": "gone", "due": None}),
        (row(**CODED), answer(410), {"retraction": "gone", "retracted": "1970-01-01T00:16:40+00:00"}),
        (row(**CODED, attempts=2), FetchError("silence"), {"state": "coded", "checks": 1}),
        (row(**CODED), TooLarge("big"), {"state": "coded", "checks": 1}),
    ],
)
def test_what_an_answer_means(page: dict[str, Any], said: Answer | InputError, values: dict[str, Any]) -> None:
    landed = landing(page, said, 1000.0, RULES)
    assert {name: landed.values.get(name) for name in values} == values


def test_a_busy_host_is_left_alone_as_long_as_it_asks_but_no_longer_than_a_day() -> None:
    assert landing(row(), answer(429, retry_after="900"), 1000.0, RULES).host_until == 1900.0
    assert landing(row(), answer(503, retry_after="Thu, 01 Jan 1970 01:00:00 GMT"), 1000.0, RULES).host_until == 3600.0
    assert landing(row(), answer(503, retry_after="9" * 30), 1000.0, RULES).host_until == 1000.0 + 86400
    assert 1045 <= landing(row(), answer(429), 1000.0, RULES).host_until <= 1075


def test_waiting_doubles_and_is_not_the_same_for_all() -> None:
    first, second = RULES.wait("a", 1), RULES.wait("a", 2)
    assert 45 <= first <= 75
    assert 90 <= second <= 150
    assert len({jitter(str(number), 1) for number in range(50)}) > 40


def test_a_queue_gives_each_host_one_job_at_a_time() -> None:
    queue = Queue()
    for number in range(3):
        queue.put(Job("page", f"https://a.example/{number}", "a.example"), 0.0)
    queue.put(Job("page", "https://b.example/", "b.example"), 50.0)
    assert [job.url for job in queue.take(10.0)] == ["https://a.example/0"]
    assert list(queue.take(10.0)) == []
    queue.free("a.example", 20.0)
    assert list(queue.take(10.0)) == []
    assert [job.host for job in queue.take(60.0)] == ["a.example", "b.example"]


def test_robots_txt_with_a_delay_of_its_own() -> None:
    host = Host("news.example")
    host.read_robots("User-agent: quidnunc\nDisallow: /no\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n", 0.0)
    assert (host.allows("https://news.example/yes"), host.allows("https://news.example/no/1")) == (True, False)
    assert (host.delay(2.0), host.delay(9.0)) == (7.0, 9.0)


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        (b"<link rel='canonical' href='https://news.example/b?utm_source=x'>", "https://news.example/b"),
        (b'<link href="https://news.example/b" rel=canonical>', "https://news.example/b"),
        (b"<link rel=canonical href='https://other.example/b'>", None),
        (b"<link rel=canonical href='javascript:alert(1)'>", None),
        (b"<link rel=stylesheet href='https://news.example/b'>", None),
    ],
)
def test_a_page_calls_itself_only_by_an_address_of_its_host(tag: bytes, url: str | None) -> None:
    assert canonical_of(b"<html><head>" + tag, "https://news.example/a") == url


def alarm(store: Store, *rules: Rule) -> Alarm:
    return Alarm(Feeds(feed=(Feed(url="https://news.example/rss"),), alert=rules), store.ledger())


def test_rules_over_single_events(tmp_path: Path) -> None:
    article = coded(related=(card(),))
    outcome = Outcome(short="3fa9c2d1", change="added", cards=(Outcome(short="77e0aa12", change="added"),))
    with Store(tmp_path / "events.db") as store:
        offer = Rule(
            name="offer", types=("AGREE",), status=("offered",), source=("NOR",), to=("stdout", "https://hook.example/")
        )
        dyad = Rule(name="dyad", new_dyad=True, status=())
        worse = Rule(name="worse", worse_than="COERCE", status=())
        rules = alarm(store, offer, dyad, worse)
        known = rules.known_pairs([article])
        told = rules.of([(article, outcome)], known)
        assert [(one.rule, one.to) for one in told] == [("offer", "stdout"), ("offer", "https://hook.example/"), ("dyad", "stdout"), ("dyad", "stdout")]  # fmt: skip
        assert [one.key for one in told if one.rule == "dyad"] == ["NOR>KEN", "NOR>GHA"]
        assert "Norway offered to send patrol boats" in told[0].message
        store.add(article)
        assert rules.known_pairs([article]) == {("NOR", "KEN")}  # the card's event has no date
        assert rules.of([(coded(), Outcome(short="3fa9c2d1", change="unchanged"))], known) == []


def test_nothing_is_raised_twice_and_a_surge_is_a_day_with_many_times_the_usual(tmp_path: Path) -> None:
    with Store(tmp_path / "events.db") as store:
        store.add([coded(f"{number:016x}") for number in range(6)])
        rules = alarm(store, Rule(name="surge", times_usual=10.0, status=("offered",)))
        day = 1709553600.0  # 2024-03-04, the day of the offers
        surges = rules.surges(day)
        assert [one.key for one in surges] == ["day 2024-03-04"]
        assert rules.surges(day + 3 * 86400) == []
        ledger = store.ledger()
        for _ in range(2):
            ledger.raise_alerts(surges, day)
        assert len(ledger.alerts()) == 1


def test_alerts_are_sent_until_the_receiver_takes_them(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_ordered_request("/hook", method="POST").respond_with_data("", 500)
    httpserver.expect_ordered_request("/hook", method="POST").respond_with_data("", 204)
    heard: list[str] = []
    with Store(tmp_path / "events.db") as store, Web(EVERYWHERE) as web:  # fmt: skip
        ledger = store.ledger()
        hook = httpserver.url_for("/hook")
        ledger.raise_alerts([Alert(rule="r", key="k", to=to, message="boats") for to in ("stdout", hook)], 0.0)
        for now in (0.0, 1000.0):
            with Postman(ledger, Delivery(web, None, heard.append), RULES, iter((now,) * 9).__next__) as postman:
                postman.step(hurry=True)
        assert heard == ["boats"]
        assert all(alert["sent"] for alert in ledger.alerts())
        bodies = [request.get_json() for request, _ in httpserver.log]
        assert bodies[0] == bodies[1]
        assert bodies[0]["id"] == identity({"rule": "r", "key": "k", "to": hook})


def test_a_webhook_on_a_private_address_is_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("")
    with Web() as web, pytest.raises(FetchError, match="private network"):
        Delivery(web, None, print).send({"rule": "r", "key": "k", "to": httpserver.url_for("/hook"), "message": "m", "events": [], "made": ""})  # fmt: skip
    assert httpserver.log == []


class _Mailbox(socketserver.StreamRequestHandler):
    received: ClassVar[list[str]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 hello\r\n")
        data = False
        while line := self.rfile.readline():
            self.received.append(line.decode())
            if data:
                data = line != b".\r\n"
                if not data:
                    self.wfile.write(b"250 taken\r\n")
                continue
            data = line.upper().startswith(b"DATA")
            self.wfile.write(
                b"354 go on\r\n" if data else b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n"
            )


def test_mail() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _Mailbox) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        mail = Mail(host="127.0.0.1", port=server.server_address[1], starttls=False)
        with Web() as web:
            alert = {"rule": "strait", "key": "k", "to": "mailto:desk@example.org", "message": "CHN → COERCE → TWN"}
            Delivery(web, mail, print).send(alert)
            with pytest.raises(ValueError, match="Header values"):
                Delivery(web, mail, print).send({**alert, "rule": "x\r\nBcc: everybody@example.org"})
        server.shutdown()
    text = "".join(_Mailbox.received)
    assert "Subject: quidnunc: strait" in text
    assert "desk@example.org" in text
    assert "Bcc" not in text


def test_a_page_that_ends_the_process_again_and_again_is_given_up(tmp_path: Path) -> None:
    from quidnunc.collect import Watch

    class Quiet:
        def alert(self, message: str) -> None: ...
        def stored(self, *_: object) -> None: ...
        def tick(self, _: object) -> None: ...

    def coder(_: object) -> Any:
        raise AssertionError("not to be coded")

    with Store(tmp_path / "events.db") as store:
        ledger = store.ledger()
        ledger.watch({"https://news.example/rss": "feed"}, 0.0)
        ledger.polled(
            "https://news.example/rss",
            {"due": None},
            [Link(url="https://news.example/a", host="news.example")],
            now=0.0,
        )
        ledger.land(
            1,
            {
                "state": "fetched",
                "due": None,
                "body": b"x\x9c\x03\x00\x00\x00\x00\x01",
                "attempts": 8,
                "digest": "d",
                "fetched": "2026-01-01",
            },
        )
        run = Watch(store, Feeds(feed=()), coder, Quiet())
        run.run(once=True)
        assert ledger.reasons() == {"coding": 1}


def test_everything_of_a_batch_is_written_or_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "events.db") as store:
        ledger = store.ledger()
        run = store.begin_run("0.1.0")
        link = Link(url="https://news.example/a", host="news.example")
        ledger.watch({"https://news.example/rss": "feed"}, 0.0)
        ledger.polled("https://news.example/rss", {}, [link], now=0.0)

        def fails(_: object) -> Any:
            raise RuntimeError("in the middle")

        with pytest.raises(RuntimeError):
            ledger.coded([Coded(number=1, values={"state": "coded"}, coded=coded())], run, {"inputs": 1}, fails, 0.0)
        assert ledger.counts()["queued"] == 1
        assert store.articles().num_rows == 0


def test_status_on_the_command_line(tmp_path: Path) -> None:
    with Store(tmp_path / "events.db") as store:
        ledger = store.ledger()
        ledger.watch({"https://news.example/rss": "feed"}, 0.0)
        ledger.polled("https://news.example/rss", {"message": "feed: 2 pages\x1b[31m"}, [Link(url=f"https://news.example/{n}", host="news.example") for n in range(2)], now=0.0)  # fmt: skip
        ledger.land(
            1, {"state": "failed", "reason": "robots", "retracted": "2026-01-01T00:00:00", "retraction": "gone"}
        )
        ledger.raise_alerts([Alert(rule="r", key="k", to="stdout", message="boats")], 0.0)
    result = CliRunner().invoke(main, ["status", "--db", str(tmp_path / "events.db")], catch_exceptions=False)
    assert result.exit_code == 0
    assert (
        "2 pages seen = 1 queued + 0 fetched + 0 coded + 0 skipped + 0 duplicate + 0 moved + 1 failed" in result.output
    )
    assert "failed: robots 1" in result.output
    assert "withdrawn" in result.output
    assert "boats" in result.output
    assert "\x1b[31m" not in result.output
