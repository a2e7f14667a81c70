"""The grammar of time expressions: which words form one, and of what kind.

A rule is a kind and a pattern over lower-cased text. In a pattern a blank stands for any short gap that is no paragraph
break, ``~`` for a gap or a hyphen, and ``<name>`` for a named group of the table ``PIECES``. All rules together make one
regular expression without unbounded gaps, so reading is linear in the length of the text; where several rules match at
one place the longest match wins, then the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quidnunc.dates._holidays import holidays
from quidnunc.dates._words import (
    DECADES,
    MONTHS,
    ORDINALS,
    SEASON_NAMES,
    SMALL_NUMBERS,
    TENS_NUMBERS,
    WEEKDAYS,
    alternatives,
)

_GAP = r"(?:[ \t\xa0]{1,4}\n?[ \t\xa0]{0,8}|\n[ \t\xa0]{0,8})"
_SPELLED = f"(?:(?:{TENS_NUMBERS})(?:[ -](?:{SMALL_NUMBERS}))?|{SMALL_NUMBERS})"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}|\d)?(?:\.\d)?(?: (?:1/2|and a half))?|{_SPELLED}(?: hundred(?: and {_SPELLED})?| and a half)?"
    r"|a couple(?: of)?|couple(?: of)?|a few|few|several|many|some|a number of|a dozen|dozen|another|both|an additional"
    r"|a further|a hundred|half an|half a|an|a)"
)
_LAST = r"the last|the past|this past|last|past|the previous|previous|the preceding|preceding|the prior|prior"
_NEXT = r"the next|this coming|the coming|next|coming|the following|following|the upcoming|upcoming"
_THIS = r"the current|the same|the latest|current|this same|that same|this|that"

PIECES = {
    "wd": alternatives(WEEKDAYS) + r"|(?:mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)\.",
    "month": alternatives(MONTHS),
    "day": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?|" + alternatives(ORDINALS),
    "day2": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?",
    "year": r"1[1-9]\d\d|20\d\d|21\d\d",
    "year2": r"1[1-9]\d\d|20\d\d|21\d\d",
    "spelled": rf"nineteen[ -](?:hundred|(?:{TENS_NUMBERS})(?:[ -](?:{SMALL_NUMBERS}))?|{SMALL_NUMBERS})"
    rf"|two thousand(?: (?:and )?(?:{_SPELLED}))?",
    "rely": r"of last year|of this year|of next year|last year|this year|next year|of that year|that year"
    r"|of the same year|the same year|the following year|the previous year|the year before",
    "num": _NUMBER,
    "unit": "seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?"
    "|century|centuries",
    "punit": "day|night|morning|afternoon|evening|weekend|week|fortnight|month|quarter|fiscal year|financial year"
    "|school year|year|decade|century|" + "|".join(SEASON_NAMES),
    "part": "early morning|late night|morning|afternoon|evening|night|overnight|at noon|at midnight|at dawn",
    "ref": f"{_LAST}|{_NEXT}|{_THIS}",
    "season": "|".join(SEASON_NAMES),
    "ord": r"\d{1,2}(?:st|nd|rd|th)|" + alternatives(ORDINALS),
    "quarter": "first|second|third|fourth|final|last|1st|2nd|3rd|4th",
    "approx": r"about|around|nearly|almost|more than|less than|over|some|roughly|approximately|at least|up to|just"
    r"|only|under|as many as|as long as|an estimated",
    "mod": r"earlier|later|early|late|mid|the end of|the start of|the beginning of|the middle of|the early part of"
    r"|the latter part of|the close of|the first half of|the second half of|at the end of|by the end of|end of"
    r"|the early|the late|the mid|more recently|as early as|as late as|as recently as|as soon as|the rest of|the remainder of"
    r"|the whole of|a good part of|much of|most of|the last months of|the first days of",
    "way": r"ago|earlier|later|from now|hence|previously|prior|beforehand|afterwards?|before(?= ?[,.;:)]|\n|$)"
    r"|after(?= ?[,.;:)]|\n|$)",
    "h": r"\d{1,2}",
    "min": r"[0-5]\d",
    "ap": r"a\.m\.|p\.m\.|a\.m|p\.m|am|pm",
    "zone": r"\(?(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|et|ct|pt|bst|cet|cest|eet|eest|ist|jst|msk|sast|eat|wat|hkt"
    r"|aest|aedt|local time|eastern time|central time|pacific time|eastern|moscow time|london time|beijing time)"
    r"(?: ?[+-]\d{1,2}(?::?\d\d)?)?\)?",
    "dayword": "today|yesterday|tomorrow|tonight|this morning|this afternoon|this evening|last night",
    "holiday": alternatives(holidays()),
    "decade": r"(?:1[1-9]|20)\d0'?s|['‘’]?\d0s|" + alternatives(DECADES),
}

RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>\d{4})-(?P<mm>0[1-9]|1[0-2])-(?P<dd>[0-3]\d)(?:[t ](?P<clock>[0-2]\d:[0-5]\d)(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:?\d\d)?)?"),
    ("full", r"(?:<wd>,? )?(?:the )?<month> <day>(?: ?, ?| )<year>"),
    ("full", r"(?:<wd>,? )?(?:the )?<day>(?: day)?(?: of)?[ -]<month>(?: ?, ?| |-)<year>"),
    ("numeric", r"(?P<aa>\d{1,2})(?P<sep>[/.-])(?P<bb>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d.])"),
    ("numeric", r"(?P<year>(?:19|20)\d\d)/(?P<aa>0[1-9]|1[0-2])/(?P<bb>[0-3]\d)"),
    ("days", r"<month> <day> ?(?:-|–|—|to|through|until) ?<day2>(?:,? <year>)?"),
    ("days", r"(?:the )?<day> ?(?:-|–|—|to|through|until) ?<day2>(?: of)? <month>(?:,? <year>)?"),
    ("month_day", r"(?:(?:<ref> )?<wd>,? )?(?:(?:late|early) )?(?:the |<ref> )?<month> <day>(?!\d|:\d|,\d| ?%)(?:,? <rely>)?"),
    ("month_day", r"(?:<wd>,? )?(?:the )?<day>(?: day)?(?: of)?[ -]<month>(?:,? <rely>)?"),
    ("month_year", r"(?:<mod>~)?<month>(?: ?,| of)? <year>"),
    ("month_rely", r"(?:<mod>~)?<month>,? <rely>"),
    ("ref_month", r"(?:<mod>~)?<ref> <month>"),
    ("month", r"(?:<mod>~)?<month>"),
    ("quarter", r"(?:(?:the |its |their )?(?:fiscal )?(?:<year> |(?P<ryear>last|this|next) year['’]s )(?:fiscal )?)<quarter>~quarter"),
    ("quarter", r"(?:the |its |their |a )?(?:fiscal |flat )?(?:year['’]s )?<quarter>~quarter(?:(?: of| in|,)?(?: fiscal| the year)? <year>| <rely>)?"),
    ("quarter", r"q(?P<qn>[1-4])(?:(?:,| of)? <year>)?"),
    ("ref_quarter", r"(?P<ref>the latest|the most recent|this|the current|last|the last|next|the previous|that|the)~quarter"),
    ("ref_quarter", r"(?P<ref>the latest|the most recent) period"),
    ("half", r"(?:the )?(?P<half>first|second|last|1st|2nd)~half of (?:fiscal )?(?:<year>|(?P<rely>last year|this year|next year|the year))"),
    ("season_year", r"(?:<mod>~)?(?:the )?<season>(?: of)? (?:<year>|<spelled>|(?P<rely>last year|this year|next year))"),
    ("ref_season", r"(?:<mod>~)?<ref> <season>"),
    ("season", r"the (?:early |late )?(?P<season>spring|summer|autumn|winter|fall(?= of| ?[,.]))"),
    ("decade", r"(?:<mod>~)?(?:the )?(?:(?P<mod2>early|late|mid)~)?<decade>"),
    ("century", r"(?:<mod>~)?(?:the )?(?:(?P<mod2>early|late|mid)~)?<ord>~century"),
    ("year", r"(?:<mod>~)?(?:(?:the )?(?:fiscal|financial|calendar) (?:year )?|the year )?<year>"),
    ("years", r"<year>(?:-|–|—|/)(?P<yy>\d\d(?:\d\d)?)(?![\d-])"),
    ("spelled_year", r"(?:<mod>~)?(?:the year )?<spelled>"),
    ("holiday", r"(?:<mod>~)?(?:<ref> )?<holiday>(?: day)?(?:,? <year>)?"),
    ("set_day", r"(?P<every>every|each)(?: other| second)? (?:<wd>|<month>)"),
    ("set_day", r"(?:<wd>)s(?: <part>s?)?"),
    ("weekday", r"(?:(?:<mod>|<ref>)~)?<wd>(?! <month> \d)(?: (?P<wref>last week|this week|next week|week))?(?:(?: in)?(?: the)? <part>)?"),
    ("day_before", r"(?:the )?day (?P<way>before|after) (?:yesterday|tomorrow|(?:<ref> )?<wd>)"),
    ("dayword", r"(?:(?P<mod>earlier|later|late|early)(?: on)? )?<dayword>(?: <part>)?"),
    ("period", r"(?:<mod>~)?<ref>~<punit>(?: or so)?"),
    ("the_period", r"(?:<mod> )(?P<the>the) (?P<punit>day|weekend|week|month|year|decade|century)"),
    ("the_period", r"(?P<the>the) (?:full|fiscal|calendar|business) (?P<punit>year)"),
    ("the_period", r"(?P<the>(?<=for[ \n])the|(?<=months[ \n]of[ \n])the) (?P<punit>year)"),
    ("the_weekend", r"the (?P<punit>weekend)"),
    ("week_of", r"the (?P<punit>week|weekend) (?:of|beginning|ending) <month> <day>"),
    ("year_end", r"(?:(?P<ref>this|last|next) )?(?:the )?year(?:-| |['’]s )end(?! of)"),
    ("year_ago", r"(?:the |a )?(?:same |comparable |corresponding )?year[ -](?:ago|earlier)(?: quarter| period)?"),
    ("same_period", r"the (?:same|corresponding|comparable|like) (?:period|quarter|month)(?: of| in)? (?:last year|a year (?:ago|earlier)|the previous year|the year before|<year>)"),
    ("same_period", r"(?:the )?<year> (?:quarter|period)"),
    ("offset", r"(?:<approx> )?<num>~<unit>(?: or (?:so|more|two))? <way>"),
    ("offset", r"<num> or <num2> <unit> <way>"),
    ("the_offset", r"the (?P<punit>day|week|month|year|night) (?P<way>before|after|earlier|later)(?= ?[,.;:)]|\n|$)"),
    ("past_units", r"(?:<approx> )?(?:each of )?(?P<ref>the past|the last|past|last|the previous|previous|the next|next|the coming|coming|the first|the final|the following|the preceding)(?: <approx2>)? <num> (?:trading )?<unit>"),
    ("recent_units", r"(?P<ref>recent|the coming|coming|the past|past|the next)(?: few)? (?P<unit>days|weeks|months|quarters|years|decades)(?: and (?:weeks|months|years))?"),
    ("duration", r"(?:<approx> )?(?:the )?<num>(?:(?: to |-| or ) ?<num2>)?~(?:more |full |straight |consecutive |trading |long |additional )?<unit>(?:~(?:old|long|term))?"),
    ("bare_units", r"(?:the )?(?:early |first )?(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)(?:~(?:old|long))?"),
    ("set", r"(?P<freq>daily|weekly|monthly|annually|yearly|hourly|nightly|quarterly|biweekly|fortnightly)"),
    ("set_unit", r"(?P<every>every|each)(?: (?P<num>other|second|single|few|<num>))? <unit>"),
    ("set_times", r"(?:once|twice|<num> times) (?:a|an|each|every|per) <unit>"),
    ("now", r"(?P<now>right now|now|currently|presently|at present|at the moment|nowadays|these days|this time|current|this moment)"),
    ("past", r"(?P<past>recently|lately|in recent times|previously|formerly|the recent past|the past|recent|some time ago|long ago|not long ago)(?! (?:$|<num>))"),
    ("future", r"(?P<future>soon|in the near future|the near future|the future|future|shortly|some day|someday|in due course|one day)"),
    ("time", r"(?:(?P<preday><wd>|<dayword>),? (?:at )?)?(?:<h>(?:[:.]<min>)?(?::\d\d)? ?<ap>|(?P<word>noon|midday|midnight))(?!\w)(?: <zone>)?(?:,? (?:on )?(?P<postday><wd>|<dayword>)(?!\w))?"),
    ("clock", r"(?P<h>[01]?\d|2[0-3]):<min>(?::[0-5]\d)?(?!\d)(?: ?<zone>)?(?:,? (?:on )?(?P<postday><wd>|<dayword>)(?!\w))?"),
    ("clock", r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d) ?(?P<zone>gmt|utc|hours|hrs)(?: (?:on )?(?P<postday><wd>|<dayword>)(?!\w))?"),
    ("clock", r"<h> (?:o['’]clock)(?: in the (?P<daypart>morning|afternoon|evening)| at (?P<daypart2>night))?"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """Words that form a time expression of a kind, with the parts that its rule names."""

    kind: str
    start: int
    end: int
    parts: dict[str, str]


def _expand(pattern: str) -> str:
    """Fill in the pieces; a piece used a second time, or inside another group, keeps its first name only."""
    used = set(re.findall(r"\(\?P<(\w+)>", pattern))

    def piece(found: re.Match[str]) -> str:
        name = found[1]
        body = PIECES[name if name in PIECES else name.rstrip("2")]
        if name in used:
            return f"(?:{body})"
        used.add(name)
        return f"(?P<{name}>{body})"

    text = re.sub(r"(?<!\?P)<([a-z]+2?)>", piece, pattern)
    text = text.replace("~", "(?:-| )")
    return re.sub(r"(?<!\[)(?<!\\) (?![-\]])", lambda _: _GAP, text)


def _anonymous(pattern: str) -> str:
    """The pattern with its groups unnamed, to stand beside others in one expression."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=sep)", "[/.-]")


@cache
def _compiled() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    edge = r"(?![\w])"
    expanded = [(kind, _expand(pattern)) for kind, pattern in RULES]
    anywhere = r"(?<![\w$€£])(?=[\w'‘’])(?:" + "|".join(_anonymous(pattern) + edge for _, pattern in expanded) + ")"
    return re.compile(anywhere), tuple((kind, re.compile(f"(?:{pattern}){edge}")) for kind, pattern in expanded)


def lowered(text: str) -> str:
    """Lower case without changing the length, so that offsets stay."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def matches(low: str) -> Iterator[Match]:
    """The time expressions of a lower-cased text, left to right, none overlapping."""
    anywhere, rules = _compiled()
    at = 0
    while found := anywhere.search(low, at):
        start, best = found.start(), found.end()
        kind, parts = "", {}
        best = start
        for name, rule in rules:
            longer = rule.match(low, start)
            if longer and longer.end() > best:
                best, kind = longer.end(), name
                parts = {key: value for key, value in longer.groupdict().items() if value}
        if kind:
            yield Match(kind, start, best, parts)
        at = max(best, found.end() if not kind else best, start + 1)
