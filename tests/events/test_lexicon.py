"""The act lexicon holds together: known types and modes, CAMEO codes of the right root, sane conditions."""

from __future__ import annotations

from typing import get_args

import pytest

from quidnunc.events import _codes
from quidnunc.events._contexts import names
from quidnunc.events._lexicon import lexicon
from quidnunc.records import EventType

MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}
ALL = [act for acts in lexicon().acts.values() for act in acts]


def test_types_and_modes_are_plover():
    for act in ALL:
        assert act.type in get_args(EventType), act
        assert act.mode is None or act.mode in MODES.get(act.type, "").split(), act


def test_every_type_has_words():
    assert {act.type for act in ALL} == set(get_args(EventType))


def test_every_code_has_a_goldstein_value():
    for act in ALL:
        assert act.cameo.isdigit(), act
        assert 2 <= len(act.cameo) <= 4, act
        assert _codes.goldstein(act.cameo) is not None, act


@pytest.mark.parametrize("kind", get_args(EventType))
def test_scores_have_the_sign_of_their_quad(kind):
    for mode in (None, *MODES.get(kind, "").split()):
        score = _codes.plover_score(kind, mode)
        assert score >= 0 if _codes.QUAD[kind] < 3 else score <= 0.5


def test_the_37_contexts():
    assert len(names()) == 37


def test_cameo_is_total_over_types_and_modes():
    scores, _ = _codes._tables()
    for kind, mode in scores:
        assert _codes.goldstein(_codes.cameo(kind, mode)) is not None, (kind, mode)
    with pytest.raises(KeyError):
        _codes.cameo("AID", "violence")
