"""A watch in a process of its own, to be killed: python watcher.py DATABASE FEEDS.JSON"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))
from reading_coder import reading_coder

from quidnunc.collect import Feeds, Watch
from quidnunc.store import Store


class Silent:
    """Tells nothing, but when it begins."""

    told = False

    def alert(self, message: str) -> None:
        """Nothing."""

    def stored(self, *_: object) -> None:
        """Nothing."""

    def tick(self, _: object) -> None:
        """The first one."""
        if not self.told:
            print("watching", flush=True)
            self.told = True


if __name__ == "__main__":
    with Store(sys.argv[1]) as store:
        feeds = msgspec.json.decode(Path(sys.argv[2]).read_bytes(), type=Feeds)
        Watch(store, feeds, reading_coder, Silent()).run(once=True)
    print("done", flush=True)
