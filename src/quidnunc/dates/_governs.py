"""Which time expression dates which event: the closest one in the grammar of the sentence, else a documented default."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from quidnunc.dates._find import TimeExpression
from quidnunc.dates._pointing import SAYING, verb_of
from quidnunc.dates._relative import move, unit_of
from quidnunc.dates._values import Days
from quidnunc.dates._words import UNITS, number
from quidnunc.language import Doc, Token, sentence_of
from quidnunc.records import EventDate

Published = tuple[date, date] | None


class Attached(NamedTuple):
    """A time expression in its sentence: what it hangs on, and the days it gives to an event there."""

    expression: TimeExpression
    days: Days
    governor: int
    """Index of the word that it modifies, through its preposition."""
    verb: int
    """Index of the verb of its clause."""
    adverbial: bool
    """Hangs on a verb, or on a noun through a preposition: not "last year's vote"."""
    sentence: tuple[int, int]
    relation: str


@dataclass(frozen=True, slots=True)
class Default:
    """What an event without a date of its own gets, by its status."""

    status: str

    def date(self, published: Published, because: str) -> EventDate | None:
        """The article's window: the day of publication and the day before; none for what has not happened."""
        if published is None or self.status in ("planned", "hypothetical", "not_yet"):
            return None
        first, last = published
        if self.status != "ongoing":
            first -= timedelta(days=1)
        return EventDate(start=first.isoformat(), end=last.isoformat(), precision="day", because=because)


def attach(
    doc: Doc, found: Sequence[TimeExpression], heads: Sequence[int], published: Published
) -> tuple[Attached, ...]:
    """Hang each expression that tells a day on its governor."""
    attached: list[Attached] = []
    for expression, head in zip(found, heads, strict=True):
        token = doc[head]
        days = _days(expression, token, published)
        if days is None:
            continue
        relation, top = _preposition(token)
        days = _related(days, relation, published)
        above = top.head
        verb = verb_of(above)
        adverbial = above.pos_ in ("VERB", "AUX") or top is not token or top.dep_ in ("npadvmod", "advmod", "ROOT")
        sentence = (sentence_of(token).start, sentence_of(token).end)
        attached.append(Attached(expression, days, above.i, verb.i, adverbial, sentence, relation))
    return tuple(_ranges(doc, attached))


def _preposition(token: Token) -> tuple[str, Token]:
    """The preposition above a token and the topmost word of the phrase: "since" of "since early 2016"."""
    top = token
    for _ in range(6):
        head = top.head
        if head == top:
            return "", top
        if head.pos_ in ("ADP", "SCONJ") and top.dep_ in ("pobj", "pcomp", "prep", "nummod", "npadvmod"):
            if (
                head.lower_ == "of"
                and head.head.pos_ == "NOUN"
                and head.head.lower_
                in (
                    "end",
                    "start",
                    "beginning",
                    "middle",
                    "night",
                    "morning",
                    "evening",
                    "week",
                    "month",
                    "rest",
                    "early",
                )
            ):
                top = head.head
                continue
            return head.lower_, head
        if top.dep_ in ("compound", "nummod", "amod", "nmod", "npadvmod", "appos") and head.ent_type_ in (
            "DATE",
            "TIME",
        ):
            top = head
            continue
        return "", top
    return "", top


def _days(expression: TimeExpression, token: Token, published: Published) -> Days | None:
    """Days of an expression; "for a decade" under a perfect tense ends at publication."""
    if expression.type == "SET":
        return None
    if expression.span_of_days:
        return expression.span_of_days
    if expression.type != "DURATION" or published is None:
        return None
    relation, top = _preposition(token)
    verb = verb_of(top)
    perfect = any(child.lower_ in ("has", "have", "'ve", "’ve") for child in verb.children if child.dep_ == "aux")
    if relation not in ("for", "over", "in") or not perfect:
        return None
    words = expression.text.lower().replace("-", " ").split()
    unit = next((unit_of(word) for word in reversed(words) if word.rstrip("s") in UNITS), None)
    count = number(" ".join(words[:-1])) if len(words) > 1 else None
    if unit is None:
        return None
    start = move(published[1], -(count or 2), unit)
    return (start, published[1]) if start else None


def _related(days: Days, relation: str, published: Published) -> Days:
    """Since, until and by open an interval to publication or from it."""
    if published is None:
        return days
    if relation in ("since", "after") and relation == "since" and days[0] <= published[1]:
        return days[0], published[1]
    if relation in ("by", "until", "till", "before") and days[1] > published[1]:
        return published[1], days[1]
    return days


def _ranges(doc: Doc, attached: list[Attached]) -> list[Attached]:
    """Join "from 23 January to 9 March" and "between 2010 and 2012"."""
    joined: list[Attached] = []
    for each in attached:
        before = joined[-1] if joined else None
        if before and before.relation in ("from", "between") and before.sentence == each.sentence:
            gap = doc.text[before.expression.end : each.expression.start].strip().lower()
            if gap in ("to", "until", "till", "through", "and", "-", "–") and before.days[0] <= each.days[1]:
                joined[-1] = before._replace(days=(before.days[0], each.days[1]))
                joined.append(
                    each._replace(days=(before.days[0], each.days[1]), governor=before.governor, verb=before.verb)
                )
                continue
        joined.append(each)
    return joined


def _found(each: Attached, because: str) -> EventDate:
    first, last = each.days
    precision = each.expression.precision
    return EventDate(
        start=first.isoformat(), end=last.isoformat(), precision=precision, text=each.expression.text, because=because
    )


def governing(
    trigger: Token, attached: Sequence[Attached], published: Published, default: Default
) -> tuple[EventDate | None, TimeExpression | None]:
    """The date of the event that a token names, and the expression that gives it, where one does."""
    here = [each for each in attached if each.sentence[0] <= trigger.i < each.sentence[1]]
    best: tuple[int, int] | None = None
    chosen: Attached | None = None
    because = ""
    for told in here:
        each = _ahead(told, default.status, published)
        ranked = _rank(trigger, each) if _possible(each.days, default.status, published) else None
        if ranked is None:
            continue
        distance = abs(each.expression.start - trigger.idx)
        if best is None or (ranked[0], distance) < best:
            best, chosen, because = (ranked[0], distance), each, ranked[1]
    if chosen:
        return _found(chosen, f"'{chosen.expression.text}' {because}"), chosen.expression
    if reported := _reported(trigger, here, published):
        return reported
    if default.status == "occurred" and _background(trigger):
        return None, None
    return default.date(published, f"no date of its own: the article's window for what is {default.status}"), None


_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?$", re.I)


def _ahead(each: Attached, status: str, published: Published) -> Attached:
    """A bare weekday that was read as the last one is the next for what is planned: "prepared to meet Tuesday"."""
    if status != "planned" or published is None or not _WEEKDAY.match(each.expression.text):
        return each
    days = each.days
    if not timedelta(0) < published[0] - days[1] < timedelta(days=7):
        return each
    return each._replace(days=(days[0] + timedelta(days=7), days[1] + timedelta(days=7)))


def _possible(days: Days, status: str, published: Published) -> bool:
    """What has occurred or was said lies not after publication, what is planned not before it."""
    if published is None:
        return True
    if status in ("occurred", "denied", "alleged", "ongoing", "refused", "demanded", "threatened"):
        return days[0] <= published[1]
    return days[1] >= published[0] or status != "planned"


def _rank(trigger: Token, each: Attached) -> tuple[int, str] | None:
    """How closely an expression governs a trigger, with the reason; None: not at all."""
    doc = trigger.doc
    governor, verb = doc[each.governor], doc[each.verb]
    clause = verb_of(trigger)
    if governor.i == trigger.i:
        return 0, f"modifies '{trigger.text}'"
    inside = trigger.pos_ == "NOUN" and trigger.is_ancestor(governor)
    if not each.adverbial:
        near = inside or (governor.pos_ == "NOUN" and governor.is_ancestor(trigger))
        return (2, f"in the phrase of '{trigger.text}'") if near else None
    if clause.i == verb.i:
        if trigger.i == clause.i or trigger.pos_ == "NOUN":
            return 1, f"in the clause of '{clause.text}'"
        return 2, f"in the clause of '{clause.text}'"
    if clause.dep_ == "conj" and _first_conjunct(clause).i == verb.i and each.expression.end <= clause.idx:
        return 3, f"opens the row of verbs with '{verb.text}'"
    if (
        verb.dep_ == "conj"
        and _first_conjunct(verb).i == _first_conjunct(clause).i
        and each.expression.start > clause.idx
    ):
        return 4, f"closes the row of verbs with '{verb.text}'"
    if (
        _under(clause, verb, ("advcl", "xcomp", "acl", "pcomp"))
        and verb.lemma_ not in SAYING
        and not _elsewhere(clause)
    ):
        return 5, f"dates '{verb.text}', which '{clause.text}' belongs to"
    if _under(verb, clause, ("xcomp", "advcl")) and (verb.dep_ == "xcomp" or verb.tag_ == "VB"):
        return 6, f"dates '{verb.text}', which completes '{clause.text}'"
    if (
        clause.dep_ == "relcl"
        and any(child.lower_ in ("when", "where") for child in clause.children)
        and verb.is_ancestor(clause)
    ):
        return 7, f"dates '{verb.text}', at which '{clause.text}' happened"
    return None


def _elsewhere(clause: Token) -> bool:
    """A clause that lies before or after the one above it: "after violating", "before leaving"."""
    marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")} | {clause.head.lower_}
    return bool(marks & {"after", "before", "since", "until", "because", "although", "though", "unless", "if"})


_EARLIER = frozenset(("previously", "formerly", "once", "ever", "never", "originally", "historically", "traditionally"))


def _background(trigger: Token) -> bool:
    """Told as lying before the news, at a time that the text keeps to itself: "had previously hired"."""
    clause = verb_of(trigger)
    auxiliaries = {child.lower_ for child in clause.children if child.dep_ == "aux"}
    if any(child.lower_ in _EARLIER for child in clause.children if child.dep_ == "advmod"):
        return True
    if trigger.pos_ == "NOUN" and clause.i != trigger.i and _modifier(trigger):
        return True
    if (
        clause.i == trigger.i
        and clause.tag_ in ("VBZ", "VBP")
        and not auxiliaries
        and clause.dep_ in ("relcl", "advcl")
    ):
        return clause.lemma_ not in SAYING
    reported = clause.dep_ == "ccomp" and clause.head.lemma_ in SAYING
    return "had" in auxiliaries and not reported


def _modifier(noun: Token) -> bool:
    """Is the noun only named in passing, in the phrase of another: "stark contrast to his criticism of Airbus"?"""
    above = noun.head
    return noun.dep_ in ("compound", "poss") or (
        noun.dep_ == "pobj" and above.head.pos_ == "NOUN" and above.lower_ in ("of", "to", "for")
    )


def _first_conjunct(verb: Token) -> Token:
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb


def _under(low: Token, high: Token, relations: tuple[str, ...]) -> bool:
    """Does one verb hang on another through the given relations only?"""
    for _ in range(4):
        if low.dep_ == "conj":
            low = _first_conjunct(low)
        if low.dep_ not in relations:
            return False
        low = verb_of(low.head) if low.head.i != low.i else low
        if low.i == high.i:
            return True
    return False


def _reported(
    trigger: Token, here: Sequence[Attached], published: Published
) -> tuple[EventDate, TimeExpression | None] | None:
    """An event told of by a dated saying: told at a distance ("last week") it takes that date, else it ends by it."""
    clause = verb_of(trigger)
    for each in here:
        verb = trigger.doc[each.verb]
        if verb.lemma_ not in SAYING or not each.adverbial or not verb.is_ancestor(clause) or published is None:
            continue
        first, last = each.days
        if last > published[1]:
            continue
        because = f"reported by '{verb.text}' of '{each.expression.text}'"
        if (published[1] - first).days > 6 or first != last:
            return _found(each, because), each.expression
        before = (last - timedelta(days=1)).isoformat()
        return EventDate(start=before, end=last.isoformat(), precision="day", because=because), None
    return None
