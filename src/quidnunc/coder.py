"""The one place where the rooms are put in order: Page -> CodedArticle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from quidnunc import actors, dates, events, language, pages, places, statements
from quidnunc._version import __version__
from quidnunc.errors import CodingError, InputError, NoArticle, TooLarge
from quidnunc.records import Article, Card, CodedArticle, Page, Span, When

__all__ = ["Options", "Page", "code", "code_all"]

Coder = Callable[[Iterable[Page]], Iterator[CodedArticle | InputError]]
"""What codes pages, one result for each, in order: ``code_all`` with its options."""

LANGUAGES = frozenset({"en"})
"""Languages that are coded; articles in others are read, marked and kept."""

SILENT = "gate: no sentence that may tell of an event"

LONGEST = 300_000
"""Characters of body text above which an input is no news article (a book, a log): the parser would take minutes."""


@dataclass(frozen=True)
class Options:
    """What a user may set for a run; part of what makes two runs comparable."""

    actors: Path | None = None
    """CSV of actors that are known beside those that ship."""
    threshold: float = 0.4
    """Events less probable than this are left out."""
    codebook: Path | None = None
    """YAML of a user's own types; events get one of them beside PLOVER's."""
    gate: bool = False
    """Leave out articles in which no sentence looks as if it told of an event: they are kept, not parsed."""


def code(
    page: str | bytes,
    *,
    url: str | None = None,
    published: When = None,
    fetched: When = None,
    options: Options | None = None,
) -> CodedArticle:
    """Read one news page (HTML or flattened text) and code its article and its related cards.

    ``url``, ``published`` and ``fetched`` (ISO 8601 strings, dates or datetimes) supply what a bare page lacks.
    Raises an ``InputError`` that says why where the page cannot become an article.
    """
    coded = next(code_all([Page(url or "page", page, url, published, fetched)], options=options))
    if isinstance(coded, InputError):
        raise coded
    return coded


def code_all(inputs: Iterable[Page], *, options: Options | None = None) -> Iterator[CodedArticle | InputError]:
    """``code`` for many pages, in order and in batches. A page that fails yields its error, and the others go on."""
    chosen = options or Options()
    if chosen.actors is not None:
        actors.extend(chosen.actors)
    _codebook(chosen.codebook)
    waiting = iter(inputs)
    while batch := list(islice(waiting, language.BATCH)):
        yield from _code_batch(batch, chosen)


def _code_batch(batch: list[Page], options: Options) -> Iterator[CodedArticle | InputError]:
    """Read every page, parse all their texts together, then code each article with its cards."""
    read = [_read(page) for page in batch]
    parsable = [a for r in read if not isinstance(r, InputError) for a in r if _codable(a)]
    silent = {id(a) for a in parsable if options.gate and not events.may_hold_events(a.text)}
    texts = [a.text for a in parsable if id(a) not in silent]
    parsed = language.parse_all(texts)
    for page, articles in zip(batch, read, strict=True):
        if isinstance(articles, InputError):
            yield articles
            continue
        docs = [next(parsed) if _codable(a) and id(a) not in silent else None for a in articles]
        yield _code_page(page, articles, docs, options)


def _code_page(
    page: Page, articles: list[Article], docs: list[language.Doc | None], options: Options
) -> CodedArticle | CodingError:
    """The article with its cards. Whatever fails here is a bug, and must not take the other pages with it."""
    try:
        article, *cards = [_code_article(a, doc, options) for a, doc in zip(articles, docs, strict=True)]
    except Exception as error:
        failed = CodingError(
            f"{page.name}: it was read, but coding it failed ({type(error).__name__}: {error}): please report this with the page"
        )
        failed.__cause__ = error
        return failed
    return replace(article, related=tuple(replace(card, parent=article.article.id) for card in cards))


def _read(page: Page) -> list[Article] | InputError:
    """The page's article and the small articles of its cards, or why there is none."""
    try:
        article = pages.read_page(page)
        if len(article.text) > LONGEST:
            raise TooLarge(f"the text has {len(article.text):,} characters, over {LONGEST:,}: split it into articles")
    except (InputError, ValueError) as error:
        kind = type(error) if isinstance(error, InputError) else InputError
        named = kind(f"{page.name}: {error}")
        named.__cause__ = error
        return named
    return [article, *(small for card in article.related if (small := _card(card, article)) is not None)]


def _card(card: Card, article: Article) -> Article | None:
    """The card as a small article, or None where it carries no sentence of news of its own."""
    try:
        return pages.card_article(card, article)
    except NoArticle:
        return None


def _codable(article: Article) -> bool:
    return article.language in LANGUAGES and bool(article.text.strip())


def _code_article(article: Article, doc: language.Doc | None, options: Options) -> CodedArticle:
    """Who, who says so, when, where, what: each room on top of those above it."""
    if doc is None:
        why = SILENT if _codable(article) else f"language {article.language or 'unknown'}"
        return CodedArticle(quidnunc=__version__, article=article, skipped=why)
    cast = actors.cast(doc, published=article.published_day, headline=article.headline, dateline=article.dateline)
    said = statements.in_doc(doc, cast, outlet=article.outlet, agency=article.agency)
    cast = statements.with_speakers(doc, cast, said)
    calendar = dates.in_doc(doc, published=article.published, window=article.published_window)
    where = places.in_doc(doc, country_hint=_country(cast), exclude=_names_of_others(cast), dateline=article.dateline)
    done = events.find(
        events.Rooms(article.text, doc, cast, said, calendar, where),
        threshold=options.threshold,
        codebook=_codebook(options.codebook),
    )
    return CodedArticle(quidnunc=__version__, article=article, actors=cast.actors, statements=said, events=done)


@cache
def _codebook(path: Path | None) -> events.Codebook | None:
    return None if path is None else events.read_codebook(path)


def _country(cast: actors.Cast) -> str | None:
    """The country that most mentions belong to: a hint for ambiguous place names."""
    counts = Counter(country for m in cast.mentions if (country := cast.actor(m.actor).country) and len(country) == 3)
    return max(sorted(counts), key=lambda c: counts[c]) if counts else None


def _names_of_others(cast: actors.Cast) -> tuple[Span, ...]:
    """Spans of names that are no place: people, parties, companies ("Paris Hilton", "Bank of England")."""
    return tuple((m.start, m.end) for m in cast.mentions if m.form == "name" and cast.actor(m.actor).kind != "state")
