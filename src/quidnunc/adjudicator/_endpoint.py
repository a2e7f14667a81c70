"""An OpenAI-compatible endpoint that the user names: asked with limits on time and size, never followed elsewhere."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import Any

import httpx

from quidnunc.errors import FetchError

KEY = "QUIDNUNC_ADJUDICATOR_KEY"
"""Environment variable with the endpoint's key; it goes into the request's header and nowhere else."""

LARGEST = 200_000
"""Bytes of an answer."""


@dataclass(frozen=True)
class Endpoint:
    """Where to ask, and for how long to wait.

    ``url``: the base that ends in ``/v1``, or the whole address of ``chat/completions``; it may be one of this machine or network, for the user chose it, and no
    redirect is followed from it. Raises FetchError for an address that is none.
    """

    url: str
    model: str = "default"
    seconds: float = 20.0
    """For one answer, from the first byte sent to the last one read."""

    def __post_init__(self) -> None:
        try:
            parts = httpx.URL(self.url)
        except httpx.InvalidURL as error:
            raise FetchError(f"adjudicator {self.url!r}: not a URL: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.host:
            raise FetchError(f"adjudicator {self.url!r}: write an http or https address, such as http://localhost:8080/v1")  # fmt: skip
        if parts.userinfo:
            raise FetchError(f"adjudicator at {parts.host}: take user name and password out of the address, and put the key into {KEY}")  # fmt: skip
        if not 0 < self.seconds <= 600:
            raise FetchError(f"adjudicator: {self.seconds} seconds for an answer: choose up to 600")

    @property
    def address(self) -> str:
        """The full address that is asked."""
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"

    def ask(self, body: dict[str, Any]) -> str:
        """The words of the answer; raises FetchError where there is none in time, none that fits, or one that sends us elsewhere."""
        client = httpx.Client(timeout=httpx.Timeout(self.seconds, connect=min(5.0, self.seconds)), follow_redirects=False, trust_env=False)  # fmt: skip
        pool = ThreadPoolExecutor(1)
        try:
            answer: Future[str] = pool.submit(self._post, client, body, time.monotonic() + self.seconds)
            return answer.result(self.seconds + 0.5)
        except Late as error:
            raise FetchError(f"{self.address}: no answer within {self.seconds:g} seconds") from error
        finally:
            client.close()
            pool.shutdown(wait=False, cancel_futures=True)

    def _post(self, client: httpx.Client, body: dict[str, Any], deadline: float) -> str:
        key = os.environ.get(KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            with client.stream("POST", self.address, json=body, headers=headers) as response:
                if response.status_code != httpx.codes.OK:
                    raise FetchError(f"{self.address}: the endpoint answered {response.status_code}")
                content = bytearray()
                for chunk in response.iter_raw():
                    content += chunk
                    if len(content) > LARGEST:
                        raise FetchError(f"{self.address}: the answer has over {LARGEST:,} bytes")
                    if time.monotonic() > deadline:
                        raise FetchError(f"{self.address}: no answer within {self.seconds:g} seconds")
        except httpx.TimeoutException as error:
            raise FetchError(f"{self.address}: no answer within {self.seconds:g} seconds") from error
        except (httpx.HTTPError, httpx.StreamError, RuntimeError) as error:
            raise FetchError(f"{self.address}: no answer: {str(error) or type(error).__name__}") from error
        return self._words(bytes(content))

    def _words(self, content: bytes) -> str:
        try:
            words = json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise FetchError(f"{self.address}: the answer is no chat completion") from error
        if not isinstance(words, str):
            raise FetchError(f"{self.address}: the answer holds no text")
        return words
