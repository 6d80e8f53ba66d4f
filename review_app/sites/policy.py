"""What a site's readers may be shown of a text that no person has read."""

from enum import StrEnum

from review_app.locale import N_


class LanguagePolicy(StrEnum):
    """Per site and language: what happens to passages that are not approved."""

    MACHINE_AT_ONCE = "machine_at_once"
    MACHINE_AFTER_REVIEW = "machine_after_review"
    HUMAN_ONLY = "human_only"


class ContentClass(StrEnum):
    """Per page: how much is at stake in it."""

    NORMAL = "normal"
    RIGHTS = "rights"
    NEWS = "news"
    CRISIS = "crisis"


LEAST_READ = 50
"""Percent of a page's passages that a person should have read before it is approved, where a site says nothing else."""


POLICY_NAMES = {
    LanguagePolicy.MACHINE_AT_ONCE: N_("machine at once, marked"),
    LanguagePolicy.MACHINE_AFTER_REVIEW: N_("machine after review"),
    LanguagePolicy.HUMAN_ONLY: N_("human only"),
}

CONTENT_CLASS_NAMES = {
    ContentClass.NORMAL: N_("normal"),
    ContentClass.RIGHTS: N_("rights and duties"),
    ContentClass.NEWS: N_("news"),
    ContentClass.CRISIS: N_("crisis"),
}


def unread_machine_text_may_show(policy: LanguagePolicy, content_class: ContentClass, *, approved: bool) -> bool:
    """Say whether a machine text that no person has read may be shown, marked as such.

    ``approved`` says whether an approver let it through unread. Pages about rights never show one; human-only
    languages never show one; news always may, because being late is worse there.
    """
    if policy is LanguagePolicy.HUMAN_ONLY or content_class is ContentClass.RIGHTS:
        return False
    if policy is LanguagePolicy.MACHINE_AT_ONCE or content_class is ContentClass.NEWS:
        return True
    return approved
