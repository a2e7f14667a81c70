"""``quidnunc code``: inputs through the coder into the store and to the reader, none of them lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import msgspec

from quidnunc._inputs import Item, Skipped
from quidnunc._terminal import clean
from quidnunc.errors import InputError
from quidnunc.records import CodedArticle, Page
from quidnunc.store import Counts, Failure, Outcome, Store, short_id

if TYPE_CHECKING:
    from quidnunc.adjudicator import Adjudicator
    from quidnunc.coder import Coder, Options

BATCH = 16
"""Articles written and shown at a time: as many as the coder takes."""

Result = tuple[str, CodedArticle | InputError | Skipped]
"""An input's name, and what became of it."""


class Report(Protocol):
    """Where a run tells what it does, in the order of the inputs."""

    def article(self, name: str, coded: CodedArticle, outcome: Outcome) -> None:
        """An input that became an article."""

    def failure(self, error: InputError) -> None:
        """An input that did not."""

    def skipped(self, skipped: Skipped) -> None:
        """Records of an input that are no articles."""


class Run:
    """One run: counts what became of every input."""

    def __init__(self, store: Store | None, report: Report) -> None:
        self.store = store
        self.report = report
        self.failures: list[Failure] = []
        self.events = 0
        self._tally = dict.fromkeys(("inputs", "articles", "duplicates", "skipped", "failed"), 0)
        self._seen: set[bytes] = set()

    @property
    def counts(self) -> Counts:
        """What became of the inputs so far."""
        return Counts(**self._tally)

    def go(self, names: Iterable[str], load: Callable[[str], Iterator[Item]], coder: Coder, version: str) -> Counts:
        """Code all inputs; returns the counts, which add up."""
        number = self.store.begin_run(version) if self.store else None
        waiting = self._counted(results(names, load, coder))
        while batch := list(islice(waiting, BATCH)):
            articles = [(name, coded) for name, coded in batch if isinstance(coded, CodedArticle)]
            outcomes = iter(self._keep([coded for _, coded in articles], number))
            for name, coded in batch:
                if isinstance(coded, InputError):
                    self._fail(name, coded)
                elif isinstance(coded, Skipped):
                    self._skip(coded)
                else:
                    self._tell(name, coded, next(outcomes))
        if self.store is not None and number is not None:
            self.store.end_run(number, self.counts, self.failures)
        return self.counts

    def _counted(self, found: Iterator[Result]) -> Iterator[Result]:
        for name, one in found:
            self._tally["inputs"] += one.count if isinstance(one, Skipped) else 1
            yield name, one

    def _keep(self, articles: list[CodedArticle], number: int | None) -> tuple[Outcome, ...]:
        if self.store is not None:
            return self.store.add(articles, run=number).outcomes
        return tuple(self._unstored(coded) for coded in articles)

    def _unstored(self, coded: CodedArticle) -> Outcome:
        """What the store would have said of it, as far as this run can know."""
        key = sha256(msgspec.json.encode(coded)).digest()
        again = key in self._seen
        self._seen.add(key)
        cards = tuple(Outcome(short=_short(card), change="added") for card in coded.related)
        return Outcome(short=_short(coded), change="unchanged" if again else "added", cards=cards)

    def _tell(self, name: str, coded: CodedArticle, outcome: Outcome) -> None:
        kind = outcome.counted(coded)
        self._tally[kind] += 1
        self.events += len(coded.events) + sum(len(card.events) for card in coded.related)
        self.report.article(name, coded, outcome)

    def _skip(self, skipped: Skipped) -> None:
        self._tally["skipped"] += skipped.count
        self.report.skipped(skipped)

    def _fail(self, name: str, error: InputError) -> None:
        self._tally["failed"] += 1
        self.failures.append(Failure(input=clean(name), reason=error.reason, message=clean(str(error))))
        self.report.failure(error)


def results(names: Iterable[str], load: Callable[[str], Iterator[Item]], coder: Coder) -> Iterator[Result]:
    """What became of each record, in order: those that cannot be loaded keep their place among those that were coded."""
    queue: deque[tuple[str, InputError | Skipped | None]] = deque()

    def pages() -> Iterator[Page]:
        for item in (item for name in names for item in load(name)):
            if isinstance(item, Page):
                queue.append((item.name, None))
                yield item
            else:
                queue.append((str(item).partition(": ")[0], item))

    def uncoded() -> Iterator[Result]:
        while queue and queue[0][1] is not None:
            name, item = queue.popleft()
            if item is not None:
                yield name, item

    for coded in coder(pages()):
        yield from uncoded()
        yield queue.popleft()[0], coded
    yield from uncoded()


def conservation(counts: Counts, events: int) -> str:
    """The line that ends a run."""
    parts = (
        _number(counts.articles, "article"), _number(counts.duplicates, "duplicate"), f"{counts.skipped} skipped", f"{counts.failed} failed",
    )  # fmt: skip
    return f"{_number(counts.inputs, 'input')} = {' + '.join(parts)}; {_number(events, 'event')}"


def coder_for(options: Options, adjudicator: Adjudicator | None = None) -> Coder:
    """The coder, loaded now; what it doubts goes to the adjudicator, if there is one."""
    from quidnunc.coder import code_all

    if adjudicator is None:
        return lambda pages: code_all(pages, options=options)
    judge = adjudicator.judge
    return lambda pages: (
        judge(one) if isinstance(one, CodedArticle) else one for one in code_all(pages, options=options)
    )


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _short(coded: CodedArticle) -> str:
    return short_id(coded.article.id, coded.parent)
