"""IPTC ninjs 1.x (``headline``, ``body_text``), 2.x (``headlines``, ``bodies``) and 3.x (the same in camelCase)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quidnunc.errors import InputError
from quidnunc.pages.carriers._fields import Form, fragment, make_page, text, url
from quidnunc.pages.carriers._reader import Source
from quidnunc.pages.carriers._shape import Json, Shape
from quidnunc.records import Page

_OWN = frozenset(("versioncreated", "bodytext", "bodyxhtml", "bodyhtml", "bodies", "headlines", "pubstatus", "renditions", "copyrightholder", "representationtype"))  # fmt: skip
WITHDRAWN = frozenset(("canceled", "cancelled", "withheld"))


def _claims(value: Json) -> bool:
    return "uri" in value and len(_OWN & {_fold(key) for key in value}) >= 2


def _fold(key: str) -> str:
    return key.lower().replace("_", "")


def _pages(value: Json, name: str, source: Source) -> Iterator[Page | InputError]:
    item = {_fold(key): one for key, one in value.items()}
    if item.get("type") not in (None, "text", "composite"):
        source.skipped[f"ninjs {str(item['type'])[:20]}"] += 1
        return
    if str(item.get("pubstatus")).rpartition(":")[2] in WITHDRAWN:
        source.skipped["withdrawn by its provider"] += 1
        return
    content, form = _content(item)
    yield make_page(
        name,
        content,
        form,
        url=url(item.get("url")) or item["uri"],
        headline=_role(item.get("headlines"), "main") or item.get("headline") or item.get("title"),
        standfirst=_role(item.get("descriptions"), "summary") or item.get("descriptiontext"),
        authors=item.get("byline") or item.get("by") or _people(item),
        outlet=item.get("copyrightholder") or item.get("infosource") or item.get("infosources") or item.get("provider"),
        published=item.get("firstcreated") or item.get("contentcreated") or item.get("versioncreated"),
        modified=item.get("versioncreated"),
        language=item.get("language"),
    )


def _content(item: dict[str, Any]) -> tuple[str | None, Form]:
    """The body: plain text as it is, XHTML to be read as a page."""
    plain, markup = text(item.get("bodytext")), text(item.get("bodyxhtml")) or text(item.get("bodyhtml"))
    for body in _objects(item.get("bodies")):
        if "html" in str(body.get("contenttype") or body.get("contentType")):
            markup = markup or text(body.get("value"))
        else:
            plain = plain or text(body.get("value"))
    if markup:
        return fragment(markup)
    return plain or text(item.get("descriptiontext")), "body"


def _role(values: object, role: str) -> str | None:
    """The text of that role, or the first."""
    known = {str(one.get("role")): text(one.get("value")) for one in reversed(_objects(values))}
    return known.get(role) or next(reversed(known.values()), None)


def _people(item: dict[str, Any]) -> list[str] | None:
    """The people that the item names as its authors."""
    given = _objects(item.get("people")) + _objects(item.get("person"))
    return [str(one["name"]) for one in given if one.get("name") and "author" in str(one.get("rel"))] or None


def _objects(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


SHAPE = Shape("ninjs", "IPTC ninjs", _claims, _pages)
