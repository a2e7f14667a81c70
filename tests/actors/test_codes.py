"""Codes of actors in other data sets, and actors of one's own in YAML."""

import pytest

from quidnunc import actors
from quidnunc.errors import KnowledgeError
from quidnunc.records import Actor


def actor(country, *sectors):
    return Actor(id="a1", name="x", kind="generic", country=country, sectors=sectors)


@pytest.mark.parametrize(
    ("given", "string"),
    [
        (actor("CHN", "GOV"), "CHNGOV"),
        (actor("HUN", "LEG"), "HUNLEG"),
        (actor("ROU", "JRN"), "ROMMED"),
        (actor("UNO"), "IGOUNO"),
        (actor(None, "UAF"), "UAF"),
        (actor("FRA", "PTY", "OPP"), "FRAPTYOPP"),
        (actor("USA", "SOC"), "USA"),
        (actor(None), ""),
    ],
)
def test_cameo_strings(given, string):
    assert actors.cameo(given) == string


def test_cow_numbers():
    assert (actors.cow("CHN"), actors.cow("HUN"), actors.cow("COD"), actors.cow("SUN")) == (710, 310, 490, 365)
    assert actors.cow("UNO") is None
    assert actors.cow(None) is None


def test_own_actors_in_yaml(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "- name: [Front for the Northern Orchards, FNO]\n  kind: armed_group\n  country: KGZ\n  sectors: [REB]\n",
        encoding="utf-8",
    )
    assert actors.extend(file) == 2
    found = actors.resolve("the FNO")
    assert (found.country, found.sectors) == ("KGZ", ("REB",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: x", "list of mappings"),
        ("- country: FRA", "'name' is wanted"),
        ("- [1", "no YAML"),
        ("- !!python/object/apply:os.system [echo]", "no YAML"),
        ("- name: Some Front\n  kind: planet", "unknown kind"),
    ],
)
def test_yaml_that_does_not_fit(tmp_path, text, says):
    file = tmp_path / "bad.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        actors.extend(file)
