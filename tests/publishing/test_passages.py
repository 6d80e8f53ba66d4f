"""What the public is shown, passage by passage: never a machine text the policy forbids, never a stale approval."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.publishing.passages import Candidate, PassageKind, choose
from review_app.sites.policy import ContentClass, LanguagePolicy

SOURCE = "Lånetiden är fyra veckor."
TEXT = "The loan period is four weeks."

MACHINE = Candidate(TEXT, read=False, approved=False, publishable=True)
LET_THROUGH = Candidate(TEXT, read=False, approved=True, publishable=True)
READ = Candidate(TEXT, read=True, approved=True, publishable=True)
READ_NOT_APPROVED = Candidate(TEXT, read=True, approved=False, publishable=True)
GLOSS = Candidate(TEXT, read=False, approved=True, publishable=False)

candidates = st.builds(Candidate, st.just(TEXT), st.booleans(), st.booleans(), st.booleans())
everywhere = list(product(LanguagePolicy, ContentClass))


@pytest.mark.parametrize(
    ("candidate", "policy", "content_class", "kind"),
    [
        (None, LanguagePolicy.MACHINE_AT_ONCE, ContentClass.NORMAL, PassageKind.SOURCE),
        (MACHINE, LanguagePolicy.MACHINE_AT_ONCE, ContentClass.NORMAL, PassageKind.MACHINE),
        (MACHINE, LanguagePolicy.MACHINE_AT_ONCE, ContentClass.RIGHTS, PassageKind.SOURCE),
        (MACHINE, LanguagePolicy.MACHINE_AFTER_REVIEW, ContentClass.NORMAL, PassageKind.SOURCE),
        (MACHINE, LanguagePolicy.MACHINE_AFTER_REVIEW, ContentClass.NEWS, PassageKind.MACHINE),
        (MACHINE, LanguagePolicy.HUMAN_ONLY, ContentClass.NEWS, PassageKind.SOURCE),
        (LET_THROUGH, LanguagePolicy.MACHINE_AFTER_REVIEW, ContentClass.NORMAL, PassageKind.MACHINE),
        (LET_THROUGH, LanguagePolicy.MACHINE_AFTER_REVIEW, ContentClass.RIGHTS, PassageKind.SOURCE),
        (LET_THROUGH, LanguagePolicy.HUMAN_ONLY, ContentClass.NORMAL, PassageKind.SOURCE),
        (READ_NOT_APPROVED, LanguagePolicy.MACHINE_AT_ONCE, ContentClass.NORMAL, PassageKind.SOURCE),
    ],
)
def test_the_table_of_passages(
    candidate: Candidate | None, policy: LanguagePolicy, content_class: ContentClass, kind: PassageKind
) -> None:
    shown = TEXT if kind is not PassageKind.SOURCE else SOURCE
    assert choose(candidate, SOURCE, policy, content_class) == (kind, shown)


@pytest.mark.parametrize(("policy", "content_class"), everywhere)
def test_an_approved_text_a_person_has_read_is_shown_everywhere(
    policy: LanguagePolicy, content_class: ContentClass
) -> None:
    assert choose(READ, SOURCE, policy, content_class) == (PassageKind.READ, TEXT)


@pytest.mark.parametrize(("policy", "content_class"), everywhere)
def test_a_gloss_is_shown_nowhere(policy: LanguagePolicy, content_class: ContentClass) -> None:
    assert choose(GLOSS, SOURCE, policy, content_class) == (PassageKind.SOURCE, SOURCE)


@given(candidates, st.sampled_from(LanguagePolicy), st.sampled_from(ContentClass))
def test_nothing_counts_as_read_that_is_not_both_read_and_approved(
    candidate: Candidate, policy: LanguagePolicy, content_class: ContentClass
) -> None:
    kind, text = choose(candidate, SOURCE, policy, content_class)
    assert (kind is PassageKind.READ) == (candidate.read and candidate.approved)
    assert (kind is PassageKind.SOURCE) == (text == SOURCE)
