"""Coded articles made by hand, for tests of the rooms that come after the coder."""

from __future__ import annotations

from typing import Any

from quidnunc.records import (
    Actor,
    Article,
    Block,
    CodedArticle,
    Event,
    EventDate,
    EventSpans,
    Party,
    Place,
    Span,
    Statement,
    StatementSpans,
)

LEAD = "Norway offered to send patrol boats to Kenya on Monday, the foreign ministry in Nairobi said."
SECOND = "Kenya has not yet accepted the boats."
TEXT = f"{LEAD}\n\n{SECOND}"


def span(words: str, text: str = TEXT) -> Span:
    """Where the words stand in the text."""
    start = text.index(words)
    return start, start + len(words)


def article(article_id: str = "3fa9c2d1aa77bb00", text: str = TEXT, **fields: Any) -> Article:
    """The page of the example: a headline, a promo and two paragraphs."""
    blocks = (
        Block(kind="headline", text="Norway offers Kenya boats", page_span=(0, 25), because="first line"),
        Block(kind="promo", text="Subscribe now", page_span=(27, 40), because="asks for a subscription"),
        Block(kind="paragraph", text=LEAD, page_span=(42, 42 + len(LEAD)), text_span=span(LEAD), because="body"),
    )
    facts: dict[str, Any] = {
        "outlet": "The Daily Example", "agency": "Example Wire", "section": "World", "headline": "Norway offers Kenya boats",
        "authors": ("Ann Writer",), "published": "2024-03-05T08:30", "published_precision": "minute",
        "published_window": ("2024-03-05", "2024-03-05"), "language": "en", "blocks": blocks if text == TEXT else (),
    }  # fmt: skip
    return Article(id=article_id, text=text, **{**facts, **fields})


def offer() -> Event:
    """Norway offers boats to Kenya, says the ministry."""
    return Event(
        id="e1", type="AGREE", contexts=("military", "diplomatic"), cameo="0331", quad=1, goldstein=5.2, plover_score=2.5,
        sources=(Party(actor="a1", text="Norway", country="NOR", sectors=("GOV",)),),
        targets=(Party(actor="a2", text="Kenya", country="KEN"),),
        date=EventDate(start="2024-03-04", end="2024-03-04", precision="day", text="on Monday", because="last Monday before 5 March"),
        place=Place(name="Nairobi", country="KEN", admin1="Nairobi Area", lat=-1.283, lon=36.817, geonames=184745, text="Nairobi", because="most populous"),
        status="offered", attribution="s1", confidence=0.91, decided_by="rule offer",
        reasons={"type": "'offered to send' is an offer of aid", "status": "offer, not yet done"},
        spans=EventSpans(sentence=span(LEAD), trigger=span("offered to send"), sources=(span("Norway"),), targets=(span("Kenya"),),
                         date=span("on Monday"), place=span("Nairobi")),
    )  # fmt: skip


def refusal() -> Event:
    """Kenya has not accepted: no place, no attribution, no date words."""
    return Event(
        id="e2", type="REJECT", mode="assist", cameo="1222", quad=3, plover_score=-1.5,
        sources=(Party(actor="a2", text="Kenya", country="KEN"),), status="not_yet", polarity="negative", confidence=0.4,
        date=EventDate(start="2024-03-05", end="2024-03-05", precision="day"), decided_by="rule not yet",
        spans=EventSpans(sentence=span(SECOND), trigger=span("has not yet accepted"), sources=((len(LEAD) + 2, len(LEAD) + 7),)),
    )  # fmt: skip


def coded(
    article_id: str = "3fa9c2d1aa77bb00",
    *,
    version: str = "0.1.0",
    related: tuple[CodedArticle, ...] = (),
    **fields: Any,
) -> CodedArticle:
    """The example, coded."""
    actors = (
        Actor(id="a1", name="Norway", kind="state", country="NOR", mentions=(span("Norway"),), resolved_by="a state's name"),
        Actor(id="a2", name="Republic of Kenya", kind="state", country="KEN", aliases=("Kenya",), mentions=(span("Kenya"),), resolved_by="a state's name"),
        Actor(id="a3", name="foreign ministry", kind="organisation", country="KEN", sectors=("GOV",), mentions=(span("the foreign ministry"),), resolved_by="'ministry' in Nairobi"),
    )  # fmt: skip
    said = Statement(
        id="s1", speaker="a3", speaker_text="the foreign ministry", cue="said", stance="says", content=((0, 53),),
        chain=("The Daily Example", "Example Wire", "the foreign ministry"),
        spans=StatementSpans(speaker=span("the foreign ministry"), cue=span("said")),
    )  # fmt: skip
    return CodedArticle(
        quidnunc=version, article=article(article_id, **fields), actors=actors, statements=(said,), events=(offer(), refusal()), related=related
    )  # fmt: skip


def card(parent: str = "3fa9c2d1aa77bb00", article_id: str = "77e0aa1200000000") -> CodedArticle:
    """A related card of the example's page, with one event."""
    text = "Norway sells boats to Ghana"
    event = Event(
        id="e1", type="COOPERATE", cameo="061", quad=2, plover_score=9.5, goldstein=6.4, status="occurred", confidence=0.7, decided_by="rule sell",
        sources=(Party(actor="a1", text="Norway", country="NOR"),), targets=(Party(actor="a2", text="Ghana", country="GHA"),),
        spans=EventSpans(sentence=(0, len(text)), trigger=span("sells", text), sources=(span("Norway", text),), targets=(span("Ghana", text),)),
    )  # fmt: skip
    actors = (
        Actor(id="a1", name="Norway", kind="state", country="NOR", mentions=(span("Norway", text),)),
        Actor(id="a2", name="Ghana", kind="state", country="GHA", mentions=(span("Ghana", text),)),
    )
    return CodedArticle(
        quidnunc="0.1.0",
        parent=parent,
        article=article(article_id, text, headline=text),
        actors=actors,
        events=(event,),
    )


def foreign() -> CodedArticle:
    """An article that was read and not coded."""
    return CodedArticle(
        quidnunc="0.1.0",
        article=article("00ff00ff00ff00ff", "挪威向肯尼亚提供巡逻艇。", language="zh", headline="挪威"),
        skipped="language zh",
    )
