"""When a text that no person has read may be shown: the whole table."""

import pytest

from review_app.sites.policy import (
    CONTENT_CLASS_NAMES,
    POLICY_NAMES,
    ContentClass,
    LanguagePolicy,
    unread_machine_text_may_show,
)

NEVER, APPROVED, ALWAYS = (False, False), (False, True), (True, True)
"""Whether it may be shown when no approver has let it through, and when one has."""

TABLE = {
    LanguagePolicy.MACHINE_AT_ONCE: {"normal": ALWAYS, "rights": NEVER, "news": ALWAYS, "crisis": ALWAYS},
    LanguagePolicy.MACHINE_AFTER_REVIEW: {"normal": APPROVED, "rights": NEVER, "news": ALWAYS, "crisis": APPROVED},
    LanguagePolicy.HUMAN_ONLY: {"normal": NEVER, "rights": NEVER, "news": NEVER, "crisis": NEVER},
}


@pytest.mark.parametrize("policy", LanguagePolicy)
@pytest.mark.parametrize("content_class", ContentClass)
def test_what_readers_see_of_an_unread_text(policy: LanguagePolicy, content_class: ContentClass) -> None:
    shown = tuple(unread_machine_text_may_show(policy, content_class, approved=approved) for approved in (False, True))
    assert shown == TABLE[policy][content_class]


def test_every_policy_and_class_has_a_name_for_people() -> None:
    assert POLICY_NAMES.keys() == set(LanguagePolicy)
    assert CONTENT_CLASS_NAMES.keys() == set(ContentClass)
