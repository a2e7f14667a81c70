"""Everything that quidnunc raises on purpose.

    QuidnuncError
      InputError            an input that cannot become an article
        EmptyInput            nothing in it, or nothing but white space
        NotText               a binary file, or bytes that no encoding explains
        TooLarge              over the size limit of its carrier
        TooDeep               markup nested deeper than the limit
        TooSlow               reading it took longer than the limit
        NoArticle             a page without an article (a section index, a menu)
        CodingError           a page that was read, but that a later room failed on: a bug
        FetchError            a URL that did not answer, or answered with an error
      KnowledgeError        a data file of the package or of the user that does not hold together
        CodebookError         a user's codebook that does not hold together
      FeedsError            a user's list of feeds or its rules do not hold together
      FleetError            inputs or a folder that a fleet cannot work on
      ModelError            the language model is missing or does not fit
      StoreError            the database cannot be opened, read or written

Every message says what went wrong, in which input, and what can be done about it.
"""

from __future__ import annotations


class QuidnuncError(Exception):
    """Base of all errors that quidnunc raises on purpose."""


class InputError(QuidnuncError):
    """An input cannot become an article; the other inputs go on."""

    reason = "input"


class EmptyInput(InputError):
    """The input holds nothing, or nothing but white space."""

    reason = "empty"


class NotText(InputError):
    """The input is binary, or its bytes fit no text encoding."""

    reason = "not_text"


class TooLarge(InputError):
    """The input is over the size limit."""

    reason = "too_large"


class TooDeep(InputError):
    """The markup is nested deeper than the limit."""

    reason = "too_deep"


class TooSlow(InputError):
    """Reading the input took longer than the limit."""

    reason = "too_slow"


class NoArticle(InputError):
    """The page is readable, but holds no article."""

    reason = "no_article"


class CodingError(InputError):
    """A page was read, but a later room failed on it: a bug in quidnunc; the other inputs go on."""

    reason = "coding"


class FetchError(InputError):
    """A URL did not answer, was refused, or answered with an error."""

    reason = "fetch"


class KnowledgeError(QuidnuncError):
    """A data file of the package or of the user does not hold together."""


class CodebookError(KnowledgeError):
    """A user's codebook does not hold together."""


class FeedsError(QuidnuncError):
    """A user's list of feeds or its rules do not hold together."""


class FleetError(QuidnuncError):
    """Inputs that cannot be found or cut into shards, a folder of another run, or workers that are gone."""


class ModelError(QuidnuncError):
    """The language model is missing or does not fit."""


class StoreError(QuidnuncError):
    """The database cannot be opened, read or written."""
