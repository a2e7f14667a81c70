"""Who wrote it and who sent it: bylines, agency names in credits, datelines, sign-offs and photo credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quidnunc.pages._knowledge import agencies, word_list

_BY = re.compile(
    r"(?:(?:story|text|words|written|reported|reporting|analysis|article|posted|published|compiled|edited) by|by|von|par|por|door|av|af)"
    r"[:\s]\s*(?=[^\W\d_a-z])",
    re.I,
)
_DI = re.compile(r"(?:di|da|de)\s+(?=[^\W\d_a-z])", re.I)
_NAME_WORD = re.compile(r"(?:(?:[^\W\d_]{1,3}['’.-]{1,2})?[^\W\d_](?:[^\W\d_]|['’.-])*\.?)")
_SPLIT = re.compile(r"\s*(?:,|;|\s&\s|\s(?:and|und|et|y|e|en|och|og|with|mit|avec)\s|\||/|•|·)\s*", re.I)
_TAIL = re.compile(
    r"\s+(?:in|for|at|à|aus)\s+(?=[A-Z]).*$|\s+[-–—].*$|\s*[|(•·].*$|\s*[:@].*$|"
    r"\s*,?\s+(?:staff|political|foreign|senior|chief|special|diplomatic|associated press|contributing|reuters|correspondent).*$",
    re.I,
)


def looks_like_name(text: str) -> bool:
    """Two to five words that begin with capitals, as a person's name does."""
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 60:
        return False
    capital = 0
    for word in words:
        if word.lower() in word_list("particles"):
            continue
        if not _NAME_WORD.fullmatch(word) or not word[0].isupper() or word.lower().strip(".") in word_list("not_names"):
            return False
        capital += 1
    return capital >= 2 and text.lower() not in agencies()


def split_names(text: str) -> tuple[str, ...]:
    """The people in a byline's words ("Liz Doe and Ryan Roe in Nairobi, Reuters"), in order."""
    names: list[str] = []
    for part in _SPLIT.split(text[:300]):
        name = _TAIL.sub("", part.strip()).strip(" .,")
        if name.isupper():
            name = name.title()
        if looks_like_name(name) and name not in names:
            names.append(name)
    return tuple(names)


@dataclass(frozen=True)
class Byline:
    """What a byline says: people and, where it names one, the agency."""

    authors: tuple[str, ...]
    agency: str | None = None


def read_byline(text: str) -> Byline | None:
    """The byline that a line is or, after a date, contains ("19 February 2024 - 08:30 By A. Doe and B. Roe")."""
    if len(text) > 250:
        return None
    match = _BY.match(text) or _DI.match(text)
    if not match and len(text.split()) <= 30:
        match = re.search(r"(?:^|\s)(?:By|BY|Von|Par|Por|Door)[:\s]\s?(?=[^\W\d_a-z])", text)
    if not match:
        return None
    who = text[match.end() :]
    names, agency = split_names(who), find_agency(who)
    if names or (agency and len(who.split()) <= 6):
        return Byline(names, agency)
    return None


@cache
def _agency_words() -> re.Pattern[str]:
    names = sorted(agencies(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])", re.I)


def find_agency(text: str) -> str | None:
    """The agency that a credit names; short names such as "AP" must be written as agencies write them."""
    return next((name for name, _, _ in agency_mentions(text)), None)


def agency_mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """The agencies named in a line's first 300 characters, each with where its words stand."""
    for match in _agency_words().finditer(text[:300]):
        words = match[0]
        name = agencies()[words.lower()]
        if words == name or (len(words) > 4 and words[0].isupper()) or words == words.upper():
            yield name, match.start(), match.end()


_SIGNOFF_EDGE = " -–—()[]/.,;:©|*"


def read_signoff(text: str) -> str | None:
    """The agency that a closing line names, if the line says nothing else ("Reuters", "— AP", "With agencies: AFP/dpa")."""
    if len(text) > 80:
        return None
    agency = find_agency(text)
    if agency is None:
        return None
    rest = _agency_words().sub(" ", text)
    words = [word.strip(_SIGNOFF_EDGE).lower() for word in re.split(r"[\s/,]+", rest)]
    return agency if all(not word or word in word_list("signoff") for word in words) else None


_AGENCY_LINE = re.compile(r"(?P<a>[^|/•·,–—]{2,40}?)\s?(?:[|/•·,–—]|\s-\s)\s?(?P<b>[^|/•·,–—]{2,40})")


def read_agency_line(text: str) -> tuple[str, str | None] | None:
    """Agency and place of a line above the text that names only these ("Reuters", "REUTERS | NAIROBI", "Lima - AFP")."""
    if len(text) > 60:
        return None
    if agency := read_signoff(text):
        return agency, None
    match = _AGENCY_LINE.fullmatch(text.strip())
    for name, place in ((match["a"], match["b"]), (match["b"], match["a"])) if match else ():
        agency = read_signoff(name)
        if agency and len(place.split()) <= 3 and place[:1].isupper() and place.replace(" ", "").isalpha():
            return agency, place.strip()
    return None


_REPORTING = re.compile(
    r"\(?(?:additional |further )?(?:reporting|writing|editing|compiled|translated|produced) (?:and \w+ )?by\b|"
    r"(?:our|the) (?:correspondent|reporter)s? (?:in|contributed)|.{3,80}\bcontributed to this (?:report|story|article)\b",
    re.I,
)


def is_reporting_line(text: str) -> bool:
    """A closing line that says who reported, wrote and edited."""
    return len(text) < 500 and _REPORTING.match(text) is not None


_TRAILING = re.compile(r"(?:[.?!”\"'’]\s*(?:[-–—]{1,2}\s?|\(|©\s?)|\s[–—]\s)([^()\n–—]{2,40})\)?\.?$")


def trailing_agency(text: str) -> str | None:
    """The agency that closes a paragraph's own line ("... he said. - Reuters", "... said. (AFP)")."""
    match = _TRAILING.search(text[-60:])
    return read_signoff(match[1]) if match else None


_PLACE = r"[^\W\d_a-z][^\W\d_]*(?:[ '’./-]{1,2}[^\W\d_]+){0,4}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}}\.?)"
    r"(?:,? (?P<date>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?))?"
    r"(?P<by>\s?\([^()\n]{2,60}\)|\s?/[A-Z][\w /]{1,30}/)?"
    r"(?:,? (?P<date2>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?))?"
    r"\s?(?P<dash>--+|—|–|-|_|:)(?=\s|$|[^\W\d_])"
)
_BY_ONLY = re.compile(r"\((?P<by>[^()\n]{2,40})\)\s?(?:--+|—|–|-|_)?\s?")


@dataclass(frozen=True)
class Dateline:
    """The words that open a wire story: place and date as written, and the agency."""

    text: str | None
    agency: str | None
    end: int


def read_dateline(text: str) -> Dateline | None:
    """The dateline that opens a paragraph ("NAIROBI, June 3 (Reuters) - ", "PARIS — ", "(AP) ")."""
    head = text[:140]
    match = _DATELINE.match(head)
    if match and _is_dateline(match):
        agency = find_agency(match["by"] or "")
        date = match["date"] or match["date2"]
        place = match["place"].strip()
        return Dateline(f"{place}, {date}" if date else place, agency, match.end())
    only = _BY_ONLY.match(head)
    if only and (agency := read_signoff(only["by"])):
        return Dateline(None, agency, only.end())
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    place = match["place"]
    first = place.split(",")[0]
    shouted = len(first) > 2 and first == first.upper()
    if match["dash"] == ":":
        words = first.split()
        return (
            shouted
            and len(first) >= 4
            and len(words) <= 3
            and not word_list("labels") & {word.lower() for word in words}
        )
    if match["by"] and (find_agency(match["by"]) or shouted):
        return True
    if match["dash"] == "-" and match.end() < len(match.string) and match.string[match.end() - 2] != " ":
        return False
    dated = bool(match["date"] or match["date2"])
    return dated or (shouted and match["dash"] != "-")


_CREDIT = re.compile(
    r"\(?(?:image|images|photo|photos|foto|fotos|picture|pictures|pic|photograph|credit|credits|photo credit|image credit|"
    r"photo by|photograph by|image by|picture by|photographer|illustration|illustration by|crédit|crédits|crédito|bild|"
    r"image source|photo courtesy|courtesy|courtesy of|©|file photo|graphic|video grab|screenshot|composite|source)"
    r"\s*(?:[:/|©]|by\b|courtesy)\s*\S",
    re.I,
)
_AGENCY_PHOTO = re.compile(
    r"(?:REUTERS|AP|AFP|EPA|EPA-EFE|EFE|DPA|dpa|Reuters|Getty(?: Images)?|GETTY(?: IMAGES)?|Bloomberg|Xinhua|XINHUA|AAP|ANP|Shutterstock|iStock|"
    r"Alamy|Anadolu|Unsplash|Pixabay|Wikimedia(?: Commons)?|Flickr|Supplied|SUPPLIED|Handout|HANDOUT|Sipa|NurPhoto|ZUMA|Imago|IMAGO|"
    r"picture alliance|Keystone|TASS|Kyodo|KYODO|Jiji|PTI|ANI|PA(?: Wire| Media)?|CNS|UPI|SOPA Images)"
    r"(?:\s?(?:/|via|\||,|-|–|\.)\s?[^\n]{0,80}|\s(?:Images|Photos?|Foto|File|file|pool|Pool)\b[^\n]{0,60})?"
)
_CAPTION_END = re.compile(
    r"(?:\((?:photo|image|picture|foto|credit|source|file photo|ap photo|reuters|getty|afp)[^()]{0,120}\)|"
    r"\b(?:image|photo|photograph|picture|foto|credit|photo credit|image credit|file photo)\s?(?::|/|by\b|©)\s?[^.?!]{2,80}|"
    r"\b(?:file (?:photo|picture|image|pic)|filepic|archive photo|archivbild|photo d['’]archives|foto de archivo)\.?|"
    r"\[[^\[\]]{0,60}(?:photo|file|reuters|afp|ap|getty|epa)[^\[\]]{0,60}\]|"
    r"[—–-]\s?[^\W\d_][\w .]{1,30}/\s?(?:file|photo|handout|pool|ap|afp|epa|reuters)|\w{2,30}/(?:handout|file photo|file|pool)|"
    r"\bin this (?:file |undated |handout )?(?:photo|image|picture|photograph)\b[^?!]{0,120}|"
    r"©\s?[^.?!]{2,60}|REUTERS/[^.?!]{2,60}|AP Photo/[^.?!]{2,60})\s?\.?\s?$",
    re.I,
)


def is_credit(text: str) -> bool:
    """A line that only credits a picture ("Image: Somebody", "Getty Images", "REUTERS/A. Doe")."""
    if len(text) > 120:
        return False
    bare = text.strip(" ()[].")
    return bool(_AGENCY_PHOTO.fullmatch(bare)) or (bool(_CREDIT.match(text)) and len(text.split()) <= 14)


_CAPTION_HINTS = (
    "photo", "image", "picture", "foto", "credit", "source", "reuters", "getty", "afp", "file", "archiv", "epa", "©", "[", "/",
)  # fmt: skip
"""One of these stands in whatever ``_CAPTION_END`` matches."""
_CAPTION_INSIDE = re.compile(
    r"\((?:L|R|C|left|right|centre|center|pictured|front|back|above|below|foreground)\)|"
    r", (?:left|right|centre|center|second left|second right|(?:second|third) from (?:left|right)|pictured|seen here|foreground),|"
    r"^(?:FILE|ARCHIVE)\s?(?:PHOTO|IMAGE|PIC)?\s?[-–—:]|^In this (?:file |undated |handout |[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4},? )?(?:file )?(?:photo|image|picture)\b"
)
_SPOKEN = re.compile(r"\b(?:said|says|told|added|asked|according to|wrote)\b|[“”\"]")


def ends_like_caption(text: str) -> bool:
    """A sentence that closes with a picture's credit or "File photo.", or points into a picture ("A. Doe, left, ..."), as captions do."""
    if len(text) >= 600:
        return False
    pointing = _CAPTION_INSIDE.search(text[:300]) is not None and _SPOKEN.search(text) is None
    tail = text[-150:]
    low = tail.lower()
    return pointing or (any(hint in low for hint in _CAPTION_HINTS) and _CAPTION_END.search(tail) is not None)


_CREDIT_WORD = re.compile(
    r"^\W*(?:image|photo|picture|foto|photograph|credit|source|photo credit|image credit)s?\s*(?::|/|by\b|©)\s*", re.I
)


def credit_name(text: str) -> str:
    """Whom a photo credit names ("Image: Somebody" gives "Somebody")."""
    return _CREDIT_WORD.sub("", text).strip(" ().")
