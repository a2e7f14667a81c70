"""HTML pages that no set has: very short ones."""

import pytest

from quidnunc import pages

SHORT = (
    "<article><h1>Troops leave the town</h1><p>Troops left.</p><p>All came home.</p></article>",
    "<body><h1>Envoy expelled</h1><p>France sent two diplomats home on Friday, its ministry said.</p><p>Oslo protested.</p></body>",
    "<body><nav><a href=/>Home</a></nav><h1>Envoy expelled by France</h1><p>By Ana Lopez</p><p>France expelled two.</p>"
    "<p>Russia called it a mistake.</p><div class=related><a href=/x>Spain elects a new parliament</a></div></body>",
)


@pytest.mark.parametrize("markup", SHORT)
def test_short_articles_keep_all_paragraphs(markup: str) -> None:
    article = pages.read(markup)
    assert len(article.text.split("\n\n")) == 2
    assert article.headline
