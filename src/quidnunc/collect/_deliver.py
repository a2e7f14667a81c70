"""Alerts to where the rule says: standard output, a webhook, mail. Each at least once."""

from __future__ import annotations

import hashlib
import os
import queue
import smtplib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from typing import Any, Self

import msgspec

from quidnunc.collect._feeds import Mail
from quidnunc.collect._landing import Rules
from quidnunc.collect._web import Web
from quidnunc.errors import FetchError
from quidnunc.store import Ledger, iso

ATTEMPTS = 8
"""After which an alert is given up; it stays in the ledger."""

EVERY = 5.0
"""Seconds between two looks for alerts that are due."""

Row = dict[str, Any]


class Delivery:
    """Sends alerts; ``send`` raises FetchError or OSError where that fails."""

    def __init__(self, web: Web, mail: Mail | None, echo: Callable[[str], None]) -> None:
        self._web = web
        self._mail = mail
        self._echo = echo

    def send(self, alert: Row) -> None:
        """One alert. What receives it tells one that comes twice by ``id``."""
        to = alert["to"]
        if to == "stdout":
            self._echo(alert["message"])
        elif to.startswith("mailto:"):
            self._post(alert, to.removeprefix("mailto:"))
        else:
            answer = self._web.post(to, body(alert), headers={"Content-Type": "application/json"})
            if not 200 <= answer.status < 300:
                raise FetchError(f"the webhook answered {answer.status} {answer.reason}".rstrip())

    def _post(self, alert: Row, to: str) -> None:
        server = self._mail
        if server is None:
            raise FetchError("there is no [mail] section any more")
        message = EmailMessage()
        message["From"], message["To"] = server.sender, to
        message["Subject"] = f"quidnunc: {alert['rule']}"
        message["Message-ID"] = f"<{identity(alert)}@quidnunc>"
        message.set_content(alert["message"])
        try:
            with smtplib.SMTP(server.host, server.port, timeout=20) as smtp:
                if server.starttls:
                    smtp.starttls()
                if server.user is not None:
                    smtp.login(server.user, os.environ.get(server.password_env or "", ""))
                smtp.send_message(message)
        except smtplib.SMTPException as error:
            raise FetchError(f"the mail server refused it: {error}") from error


class Postman:
    """Sends what the ledger says is to be sent, in a thread of its own, and writes down what was sent; a context manager."""

    def __init__(
        self, ledger: Ledger, delivery: Delivery, rules: Rules, clock: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self._ledger, self._delivery, self._rules = ledger, delivery, rules
        self._pool = ThreadPoolExecutor(1, "quidnunc-alerts")
        self._sent: queue.SimpleQueue[tuple[Row, str | None]] = queue.SimpleQueue()
        self._away = 0
        self._next = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
        self._note(self._clock())

    def step(self, *, hurry: bool = False) -> None:
        """Write down what was sent; every few seconds, or in a ``hurry``, send what is due."""
        now = self._clock()
        self._note(now)
        if self._away or (now < self._next and not hurry):
            return
        self._next = now + EVERY
        for alert in self._ledger.undelivered(now):
            self._away += 1
            self._pool.submit(self._send, alert)

    def _send(self, alert: Row) -> None:
        why = None
        try:
            self._delivery.send(alert)
        except Exception as error:  # whatever it is, the watch goes on and the ledger tells of it
            why = str(error) or type(error).__name__
        self._sent.put((alert, why))

    def _note(self, now: float) -> None:
        while not self._sent.empty():
            alert, why = self._sent.get()
            self._away -= 1
            if why is None:
                self._ledger.delivered(alert["number"], {"due": None, "sent": iso(now)})
                continue
            attempts = alert["attempts"] + 1
            due = now + self._rules.wait(alert["to"], attempts) if attempts < ATTEMPTS else None
            said = f"{alert['message']} (not delivered: {why})" if due is None else alert["message"]
            self._ledger.delivered(alert["number"], {"attempts": attempts, "due": due, "message": said})


def identity(alert: Row) -> str:
    """What an alert is called, the same whenever it is sent."""
    basis = f"{alert['rule']}\n{alert['key']}\n{alert['to']}"
    return hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:20]


def body(alert: Row) -> bytes:
    """What a webhook gets: id, rule, message, events and made, as JSON."""
    told = {name: alert[name] for name in ("rule", "message", "events", "made")}
    return msgspec.json.encode({"id": identity(alert), **told})
