"""Plain article texts: nothing of the body is lost, and the little furniture they have is told apart."""

from __future__ import annotations

import pytest

from quidnunc import pages

FIRST = "The president of Ghana rejected an offer of mediation on Monday, her spokesman said."
SECOND = "Togo had proposed talks in Lomé after the arrest of six fishermen."
THIRD = "The two navies exchanged fire last week, but both say they want peace."


def text_of(*lines: str, blank: bool = False) -> str:
    return pages.read(("\n\n" if blank else "\n").join(lines)).text


@pytest.mark.parametrize("blank", [True, False])
def test_paragraphs_are_kept(blank: bool) -> None:
    assert text_of(FIRST, SECOND, THIRD, blank=blank) == "\n\n".join((FIRST, SECOND, THIRD))


def test_one_sentence_is_an_article() -> None:
    article = pages.read("China accused Japan of spying.")
    assert article.text == "China accused Japan of spying."
    assert article.headline is None


def test_headline_and_date_first() -> None:
    article = pages.read(f"Ghana rejects offer of mediation\nTuesday, March 8, 2011\n{FIRST}\n{SECOND}")
    assert article.headline == "Ghana rejects offer of mediation"
    assert article.published == "2011-03-08"
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_names_above_the_text_are_a_byline() -> None:
    article = pages.read(f"Ama Mensah and Kofi Boateng\nTHE DAILY\n{FIRST}\n{SECOND}\n{THIRD}")
    assert article.authors == ("Ama Mensah", "Kofi Boateng")
    assert article.text.startswith(FIRST)


@pytest.mark.parametrize(
    ("line", "dateline", "agency"),
    [
        ("NAIROBI, June 3 (Reuters) - ", "NAIROBI, June 3", "Reuters"),
        ("NAIROBI (AP) -- ", "NAIROBI", "AP"),
        ("PARIS — ", "PARIS", None),
        ("BEIJING, Feb. 18 (Xinhua) -- ", "BEIJING, Feb. 18", "Xinhua"),
        ("Berlin (dpa) - ", "Berlin", "dpa"),
        ("(AFP) ", None, "AFP"),
    ],
)
def test_datelines(line: str, dateline: str | None, agency: str | None) -> None:
    article = pages.read(f"{line}{FIRST}\n{SECOND}\n{THIRD}")
    assert (article.dateline, article.agency) == (dateline, agency)
    assert article.text.startswith(f"{line}{FIRST}".strip())


def test_a_dateline_on_its_own_line_is_no_paragraph() -> None:
    article = pages.read(f"HAVANA (AP) --\n{FIRST}\n{SECOND}")
    assert (article.dateline, article.agency) == ("HAVANA", "AP")
    assert article.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("line", ["Reuters", "(Reuters)", "— Reuters", "With agencies: Reuters", "Source: Reuters"])
def test_the_agency_signs_off(line: str) -> None:
    article = pages.read(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{line}")
    assert article.agency == "Reuters"
    assert article.text.endswith(THIRD)


def test_captions_with_credits_are_no_body() -> None:
    article = pages.read(f"{FIRST}\nA patrol boat off Tema. Image: Kojo Asante.\n{SECOND}\n{THIRD}")
    assert "patrol boat" not in article.text
    assert article.media[0].caption == "A patrol boat off Tema. Image: Kojo Asante."


def test_subheadings_are_body() -> None:
    article = pages.read(f"{FIRST}\nA long quarrel\n{SECOND}\n{THIRD}")
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "paragraph", "paragraph"]
    assert "A long quarrel" in article.text


def test_text_broken_at_a_fixed_width_is_joined() -> None:
    wrapped = (
        "The president of Ghana rejected an offer of mediation on Monday,\nafter Togo had proposed talks in Lomé. The two"
        " navies exchanged\nfire last week, but both governments say that they want peace.\n\nTogo's foreign minister said"
        " that six fishermen had been arrested\nin waters that both countries claim, and that they were treated\nwell."
    )
    article = pages.read(wrapped)
    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph"]
    assert "Monday, after Togo" in article.text


def test_line_ends_entities_and_odd_spaces() -> None:
    article = pages.read(
        f"\ufeff{FIRST}\r\n\r\nTogo\u00a0&amp; Benin said\u2009\u201cno\u201d to the plan on Friday.\f{THIRD}\r\n"
    )
    assert article.text == f"{FIRST}\n\nTogo & Benin said “no” to the plan on Friday.\n\n{THIRD}"


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("外交部发言人表示，两国将继续合作，并签署了新的协议。总统说会谈很成功。", "zh"),
        ("Der Außenminister hat das Angebot am Montag abgelehnt, wie ein Sprecher der Regierung mitteilte.", "de"),
        ("Le ministre a rejeté l'offre lundi, a déclaré un porte-parole du gouvernement à la presse.", "fr"),
        ("قال الوزير يوم الاثنين إن المحادثات مع المتمردين قد فشلت في العاصمة.", "ar"),
    ],
)
def test_other_languages_are_read_and_named(sentence: str, language: str) -> None:
    article = pages.read(sentence)
    assert article.language == language
    assert article.text == sentence


def test_what_the_caller_gives_wins() -> None:
    article = pages.read(
        f"Ghana rejects offer\n8 March 2011\n{FIRST}",
        url="https://WWW.bbc.com/a?utm_source=x&id=3#top",
        published="2012-01-02",
    )
    assert (article.published, article.sources["published"]) == ("2012-01-02", "caller")
    assert article.url == "https://www.bbc.com/a?id=3"
    assert (article.outlet, article.sources["outlet"]) == ("BBC", "url")


def test_ids_are_stable_and_follow_the_url() -> None:
    assert pages.read(FIRST).id == pages.read(FIRST).id != pages.read(SECOND).id
    one = pages.read(FIRST, url="https://example.org/a?utm_source=x")
    assert one.id == pages.read(SECOND, url="https://example.org/a").id


def test_ages_count_from_the_time_of_fetching_where_it_is_given() -> None:
    page = f"{FIRST}\n\n{SECOND}\n\nTogo recalls its envoy to Accra\nTogo has recalled its envoy after a night of ...\n2 days ago"
    assert pages.read(page, published="2024-03-01").related[0].published_window == ("2024-02-27", "2024-02-28")
    fetched = pages.read(page, published="2024-03-01", fetched="2024-03-11T12:00")
    assert fetched.related[0].published_window == ("2024-03-08", "2024-03-09")
    assert pages.read(page).related[0].published_window is None


def test_other_languages_of_furniture() -> None:
    page = (
        "Ghana lehnt Vermittlung ab\nVon Anna Keller\n19. Februar 2024, 14:05 Uhr\n"
        "Der Präsident von Ghana hat ein Angebot zur Vermittlung am Montag abgelehnt, wie sein Sprecher mitteilte.\n"
        "Lesen Sie auch: Togo ruft Botschafter zurück nach Lomé\nAnzeige\n"
        "Togo hatte nach der Festnahme von sechs Fischern Gespräche in Lomé vorgeschlagen.\n"
        "Alle Rechte vorbehalten"
    )
    article = pages.read(page)
    assert article.authors == ("Anna Keller",)
    assert article.published == "2024-02-19T14:05"
    assert [block.kind for block in article.blocks] == [
        "headline", "byline", "published", "paragraph", "read_more", "promo", "paragraph", "legal",
    ]  # fmt: skip


def test_an_agency_beside_the_date_and_a_place_before_a_colon() -> None:
    article = pages.read(f"Ghana rejects mediation\nAFP | Published March 8, 2011\nACCRA: {FIRST}\n{SECOND}\n{THIRD}")
    assert (article.agency, article.dateline, article.published) == ("AFP", "ACCRA", "2011-03-08")


def test_a_label_before_a_colon_is_no_place() -> None:
    assert pages.read(f"UPDATE: {FIRST}\n{SECOND}").dateline is None


@pytest.mark.parametrize(
    "caption",
    [
        "A view of the harbour after the shelling on Sunday. — AFP/File",
        "A patrol boat turns before the port of Tema in this photo taken Nov. 11, 2024. Navy/Handout",
        "Ministers Ama Mensah, left, and Kofi Boateng shake hands in Accra.",
        "FILE PHOTO: The port of Tema at night",
    ],
)
def test_captions_by_their_form(caption: str) -> None:
    article = pages.read(f"{FIRST}\n{caption}\n{SECOND}\n{THIRD}")
    assert caption not in article.text
    assert [block.kind for block in article.blocks].count("caption") == 1


def test_a_short_last_sentence_is_kept() -> None:
    assert pages.read(f"{FIRST}\n{SECOND}\nThe talks failed.\nMore on this story\nA title without news").text.endswith(
        "failed."
    )


def test_a_line_about_the_writer_is_no_body() -> None:
    article = pages.read(
        f"Ghana rejects mediation\nBy Ama Mensah\n{FIRST}\n{SECOND}\nAma Mensah covers West Africa for the paper."
    )
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_an_age_by_the_headline_counts_from_the_time_of_fetching() -> None:
    page = f"Ghana rejects mediation\n2 days ago\nBy Ama Mensah\n{FIRST}\n{SECOND}"
    article = pages.read(page, fetched="2024-03-11T12:00")
    assert (article.published, article.sources["published"]) == ("2024-03-09", "age")
    assert pages.read(page).published is None
