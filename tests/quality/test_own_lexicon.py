"""A lexicon that a site has learned: the risk goes by it, too, and estimates of before count as old."""

import io
from dataclasses import replace

import numpy as np
from sqlalchemy import select

from review_app.checks.lexical.lexicon import joined, lexicon_of
from review_app.checks.lexical.model import save
from review_app.checks.lexical.own import Limits, OwnLexicon, read_own
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.lexicons import add_lexicon
from review_app.quality.estimating import assess, is_assessed
from review_app.quality.example import Example
from review_app.quality.features import matrix_of
from review_app.quality.filling import fill
from review_app.quality.shipped import shipped_model
from review_app.quality.tables import Estimate
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.service import newest_revisions
from tests.houses import House

LIMITS = Limits(missing=0.4, added=0.5)
SOURCE = "Krumelunken tar emot barnen i Snubbelhallen varje vardag."
TARGET = "The quirkling receives the children in the stumblery every weekday."
WORDS = {"krumelunken": "quirkling", "snubbelhallen": "stumblery"}
"""What the people of one municipality call things, and no dictionary has."""


def packed() -> bytes:
    """Return the shipped lexicon with those words, as it is stored."""
    shipped = shipped_aligner("sv", "en")
    assert shipped is not None
    both = dict.fromkeys(WORDS.items(), 0.9)
    words = lexicon_of(("sv", "en"), both, {(target, source): chance for (source, target), chance in both.items()})
    file = io.BytesIO()
    save(replace(shipped.model, lexicon=joined([shipped.model.lexicon, words])), file)
    return file.getvalue()


def own() -> OwnLexicon:
    return read_own("0123456789", packed(), LIMITS)


def test_what_the_site_calls_things_is_no_risk() -> None:
    model, example = shipped_model("sv", "en"), [Example(SOURCE, TARGET, "sv", "en")]
    assert model is not None
    with_it, without = (model.predict(matrix_of(example, lexicon))[0] for lexicon in (own(), None))
    assert with_it < without


def test_a_lexicon_of_other_languages_changes_nothing() -> None:
    finnish = [Example(SOURCE, "Lapset otetaan vastaan joka arkipäivä.", "sv", "fi")]
    np.testing.assert_array_equal(matrix_of(finnish, own()), matrix_of(finnish))


def site(house: House) -> SiteView:
    with house.database.reading() as session:
        return site_by_id(session, house.town.site_id)


def test_estimates_say_by_which_lexicon_they_are_and_older_ones_are_made_anew(house: House) -> None:
    with house.database.writing() as session:
        heads = newest_revisions(session, [segment.segment_id for segment in house.page.segments], "en")
        assess(session, site_by_id(session, house.town.site_id), heads.values(), "en")
    fill(house.database, site(house), "en", lambda _done, _total: None)
    with house.database.writing() as session:
        before = {*session.scalars(select(Estimate.model))}
        assert is_assessed(session, site(house), "en")
        add_lexicon(session, house.town.site_id, "en", packed(), LIMITS, kept=True, figures={})
        assert not is_assessed(session, site(house), "en")
    fill(house.database, site(house), "en", lambda _done, _total: None)
    with house.database.reading() as session:
        after = {*session.scalars(select(Estimate.model))}
        assert is_assessed(session, site(house), "en")
    (old,), (new,) = before, after
    assert new.startswith(f"{old}+words-")
