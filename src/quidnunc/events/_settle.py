"""PLOVER's coding rules: what a frame and its status make together."""

from __future__ import annotations

from dataclasses import dataclass

from quidnunc.events import _grammar as grammar
from quidnunc.events._codes import CONTENT_MODE, COOPERATIVE, MATERIAL_CONFLICT, SPOKEN_CONTENT
from quidnunc.events._frames import Frame
from quidnunc.events._lexicon import lexicon
from quidnunc.events._status import Standing
from quidnunc.records import Status

FUTURE_COOPERATION = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
NOT_FACT = frozenset({"hypothetical", "not_yet"})
OFFERING = frozenset(
    ["offer", "propose", "pledge", "promise", "volunteer", "vow", "guarantee", "commit", "ready", "willing", "prepared"]
)
DENYING = frozenset(["deny", "refute", "dispute", "rebut"])


@dataclass(frozen=True)
class Coding:
    """Type, mode, CAMEO code and status after the rules, and which rule spoke."""

    type: str
    mode: str | None
    cameo: str
    status: Status
    rule: str = ""


def settle(frame: Frame, standing: Standing) -> Coding | None:
    """The coding of a frame, or None where the rules say that there is no event (a denied attack, a demand of nobody)."""
    kind = frame.act.type
    if _only_words(frame):
        return None
    if frame.how.get("status") == "demanded":
        return Coding("REQUEST", frame.act.mode, frame.act.cameo, "demanded", "speaker says what another must do")
    if kind == "AGREE":
        return _agree(frame, standing)
    if kind == "REQUEST":
        return _request(frame, standing)
    if kind == "REJECT":
        return _reject(frame, standing)
    if kind == "THREATEN":
        return _threaten(frame, standing)
    if frame.act.word in ("warn", "warning"):
        return _warn(frame, standing)
    return _done(frame, standing)


SILENT = frozenset(
    {
        "comment",
        "respond",
        "say",
        "elaborate",
        "answer",
        "speak",
        "confirm",
        "discuss",
        "give",
        "provide",
        "name",
        "identify",
    }
)


def _only_words(frame: Frame) -> bool:
    """``declined to comment``, ``claimed responsibility``, ``claimed that they had attacked``, ``agrees with X that``: no act between parties."""
    verb, word = frame.trigger, frame.act.word
    if word in ("decline", "refuse"):
        clause = grammar.child(verb, "xcomp")
        thing = grammar.patient(verb)
        return (clause is not None and grammar.lemma(clause) in SILENT) or (
            thing is not None and thing.lemma_ == "comment"
        )
    if word in ("claim", "assert", "contend"):
        thing, clause = grammar.patient(verb), grammar.child(verb, "ccomp")
        subject = grammar.child(clause, "nsubj") if clause is not None else None
        return (thing is not None and thing.lemma_ in ("responsibility", "victory", "credit")) or (
            subject is not None and subject.pos_ == "PRON"
        )
    if word == "agree" and grammar.child(verb, "xcomp") is None:
        return (
            verb.tag_ in ("VBP", "VBZ", "VB", "VBD", "VBN")
            and any(c.dep_ == "prep" and c.lower_ == "with" for c in verb.children)
            and frame.content is None
        )
    return False


def _spoken(kind: str, content: str | None, frame: Frame) -> tuple[str | None, str]:
    """Mode and CAMEO code of a spoken act by what it speaks of."""
    mode = CONTENT_MODE.get(kind, {}).get(content or "", frame.act.mode if frame.act.type == kind else None)
    default = frame.act.cameo if frame.act.type == kind else {"AGREE": "030", "REJECT": "120", "THREATEN": "130"}[kind]
    cameo = SPOKEN_CONTENT.get(kind, {}).get(content or "", default)
    if kind == "AGREE" and content == "AID" and frame.content is not None:
        cameo = {"071": "0331", "072": "0332", "073": "0333", "074": "0334"}.get(frame.content.cameo, cameo)
    return mode, cameo


def _agree(frame: Frame, standing: Standing) -> Coding | None:
    content = frame.content.type if frame.content else None
    word = frame.act.word.split("_")[0]
    failed = standing.status == "not_yet" and standing.governor is not None and standing.governor.lemma_ == "fail"
    if standing.negated or failed or standing.status in ("refused", "denied"):
        if word in ("intend", "plan") and content not in (
            "AGREE",
            "CONSULT",
            "CONCEDE",
            "RETREAT",
            "AID",
            "SUPPORT",
            "COOPERATE",
        ):
            return None  # who does not mean to do it refuses nobody
        mode, cameo = _spoken("REJECT", content, frame)
        return Coding(
            "REJECT", mode or "change", cameo, "refused", "agreement that is refused or negated is a rejection"
        )
    if content in MATERIAL_CONFLICT or content == "THREATEN":
        if frame.act.pos == "A" or word in ("plan", "intend", "propose", "agree"):
            return None if frame.act.pos == "A" else _as_content(frame, "planned")
        mode, cameo = _spoken("THREATEN", content, frame)
        return Coding("THREATEN", mode or "violence", cameo, "threatened", "promise of a hostile act is a threat")
    if content in ("ACCUSE", "REJECT", "REQUEST") and word in ("plan", "intend", "agree"):
        return _as_content(frame, "planned")
    mode, cameo = _spoken("AGREE", content, frame)
    status: Status = "offered" if word in OFFERING else "planned"
    if frame.act.mutual or word in ("agreement", "deal", "accord", "pact", "settlement", "truce"):
        status = "occurred"
    if standing.status in ("planned", "hypothetical", "not_yet", "alleged"):
        status = standing.status
    if content in ("RETREAT", "CONCEDE"):
        return Coding("CONCEDE", None, cameo, status, "a future retreat or concession is a concession")
    return Coding("AGREE", mode, cameo, status)


def _as_content(frame: Frame, status: Status) -> Coding | None:
    act = frame.content
    return Coding(act.type, act.mode, act.cameo, status, "what is planned is the act") if act else None


def _request(frame: Frame, standing: Standing) -> Coding | None:
    content = frame.content.type if frame.content else None
    if standing.negated:
        return None
    if frame.act.word == "order" and content in ORDERED:
        return _as_content(frame, "occurred")
    mode, cameo = _spoken("REQUEST", content, frame)
    status: Status = standing.status if standing.status in ("planned", "hypothetical", "alleged") else "demanded"
    return Coding("REQUEST", mode, cameo, status)


ORDERED = frozenset({"COERCE", "RETREAT", "SANCTION"})


def _warn(frame: Frame, standing: Standing) -> Coding | None:
    """A warning of what will follow is a threat; a warning of what another does is an accusation."""
    if standing.negated:
        return None
    ahead = any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "could", "'ll")
        for clause in grammar.content_clauses(frame.trigger)
        for c in clause.children
    )
    status: Status = standing.status if standing.status in ("planned", "hypothetical", "alleged") else "occurred"
    if ahead and frame.act.pos == "V":
        return Coding("THREATEN", "violence", "130", "threatened", "a warning of what will follow is a threat")
    return Coding("ACCUSE", "allege", "112", status)


def _reject(frame: Frame, standing: Standing) -> Coding | None:
    content = frame.content.type if frame.content else None
    if standing.negated:
        return None
    mode, cameo = _spoken("REJECT", content, frame)
    status: Status = "denied" if frame.act.word in DENYING else "refused"
    if standing.status in ("planned", "hypothetical", "alleged"):
        status = standing.status
    return Coding("REJECT", mode, cameo, status)


def _threaten(frame: Frame, standing: Standing) -> Coding | None:
    content = frame.content.type if frame.content else None
    if standing.negated:
        return None
    mode, cameo = _spoken("THREATEN", content, frame)
    return Coding("THREATEN", mode, cameo, "alleged" if standing.status == "alleged" else "threatened")


def _done(frame: Frame, standing: Standing) -> Coding | None:
    """Acts that are not spoken of but done: the status may turn them into a promise, a refusal or a threat."""
    act = frame.act
    status = standing.status
    governor = grammar.lemma(standing.governor) if standing.governor is not None else ""
    if standing.negated or status in ("denied", "refused"):
        return _undone(frame, standing)
    if status in ("planned", "offered"):
        return _ahead(frame, standing, governor)
    if status == "threatened":
        mode, cameo = _spoken("THREATEN", act.type, frame)
        return Coding("THREATEN", mode or "violence", cameo, "threatened", "an act that is threatened is a threat")
    if status == "demanded":
        return None
    if status == "hypothetical" and act.type in MATERIAL_CONFLICT and act.weight < 3:
        return None
    return Coding(act.type, act.mode, act.cameo, status)


def _ahead(frame: Frame, standing: Standing, governor: str) -> Coding | None:
    act, status = frame.act, standing.status
    if act.type in FUTURE_COOPERATION:
        _, cameo = _spoken("AGREE", act.type, frame)
        return Coding("AGREE", None, cameo, status, "future cooperation is an agreement to cooperate")
    if act.type == "RETREAT":
        return Coding("CONCEDE", None, "0356", status, "a future retreat is a concession")
    if act.type in MATERIAL_CONFLICT and governor in lexicon().markers["promise"]:
        mode, cameo = _spoken("THREATEN", act.type, frame)
        return Coding("THREATEN", mode or "violence", cameo, "threatened", "promise of a hostile act is a threat")
    return Coding(act.type, act.mode, act.cameo, status)


def _undone(frame: Frame, standing: Standing) -> Coding | None:
    act = frame.act
    if act.type not in COOPERATIVE:
        return None
    if standing.status == "not_yet":
        return Coding(act.type, act.mode, act.cameo, "not_yet", "has not happened yet")
    past = frame.trigger.tag_ in ("VB", "VBD") and "did" in {
        c.lower_ for c in frame.trigger.children if c.dep_ == "aux"
    }
    ahead = standing.status in ("refused", "planned") and act.type == "CONSULT"
    if standing.status in ("refused", "planned", "denied") and not past and (act.pos == "V" or ahead):
        mode, cameo = _spoken("REJECT", act.type, frame)
        return Coding("REJECT", mode or "change", cameo, "refused", "cooperation that is negated is a rejection")
    return None
