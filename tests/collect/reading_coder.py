"""A stand-in for the coder that reads pages as the real one does and finds no events: seconds instead of minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quidnunc import pages
from quidnunc.errors import InputError
from quidnunc.records import CodedArticle, Page


def reading_coder(inputs: Iterable[Page]) -> Iterator[CodedArticle | InputError]:
    """Each page read, and marked where its language is not English."""
    for page in inputs:
        try:
            article = pages.read_page(page)
        except InputError as error:
            yield type(error)(f"{page.name}: {error}")
        else:
            skipped = None if article.language == "en" else f"language {article.language}"
            yield CodedArticle(quidnunc="0.1.0", article=article, skipped=skipped)
