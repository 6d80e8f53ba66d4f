"""A site's glossary is what its translations are checked by, stored and while they are typed."""

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks.flags import flags_of
from review_app.checks.guiding import guide_of
from review_app.checks.service import check_revisions, signature_without
from review_app.errors import BadInput
from review_app.glossary.service import remove_term, set_term, targets_of, terms_of
from review_app.review.service import check_typed
from review_app.sites.service import site_by_id
from review_app.translations.service import newest_revisions
from tests.houses import House

LOAN = "Lånetiden"


def test_a_forbidden_word_is_flagged_until_the_glossary_allows_it(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        before = guide_of(session, site.id, "en").signature
        set_term(session, COMMAND_LINE, site, "lånetid", "en", "borrowing time; time to borrow", "loan period")
        guide = guide_of(session, site.id, "en")
        assert guide.signature != before
        assert signature_without((), guide) != signature_without(())
        typed = check_typed(
            session, house.town.anna, house.page.page_id, "en", house.page.key(LOAN), text="The loan period is a month."
        )
        assert [flag.message_id for flag in typed if flag.name == "term"] == ["term_forbidden"]
        assert targets_of(terms_of(session, site.id), "en")["lånetid"] == "borrowing time"
        remove_term(session, COMMAND_LINE, site, terms_of(session, site.id)[0].id)
        assert guide_of(session, site.id, "en").signature == before


def test_a_change_of_the_glossary_has_the_texts_checked_anew(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        segments = [placed.segment_id for placed in house.page.segments]
        revisions = list(newest_revisions(session, segments, "en").values())
        check_revisions(session, revisions, "sv", "en")
        set_term(session, COMMAND_LINE, site, "lånetid", "en", "borrowing time")
        check_revisions(session, revisions, "sv", "en", guide=guide_of(session, site.id, "en"))
        found = [flag.name for flags in flags_of(session, [one.id for one in revisions]).values() for flag in flags]
        assert "term" in found


@pytest.mark.parametrize("form", [{"target": " ; "}, {"language": "", "target": "", "forbidden": "pool"}])
def test_a_term_that_asks_nothing_is_refused(house: House, form: dict[str, str]) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        with pytest.raises(BadInput):
            set_term(session, COMMAND_LINE, site, "bad", **{"language": "en", **form})
