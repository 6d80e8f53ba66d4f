"""The words pages use for states, severities and kinds: English message ids, translated where they are shown."""

from review_app.jobs.states import JobState
from review_app.locale import N_
from review_app.review.states import PageState

STATE_NAMES: dict[str, str] = {
    PageState.UNTRANSLATED: N_("Untranslated"),
    PageState.MACHINE: N_("Machine"),
    PageState.WORK: N_("In work"),
    PageState.SUBMITTED: N_("Submitted"),
    PageState.RETURNED: N_("Returned"),
    PageState.APPROVED: N_("Approved"),
    PageState.PUBLISHED: N_("Published"),
    "stale": N_("Source changed"),
}
"""States of a page in a language, as a pill says them."""

SEVERITIES = ("critical", "major", "minor")
"""The gravest first."""

SEVERITY_NAMES: dict[str, str] = {
    "critical": N_("critical"),
    "major": N_("major"),
    "minor": N_("minor"),
}

JOB_NAMES: dict[str, str] = {
    "import_url": N_("Fetch a page"),
    "translate_page": N_("Translate a page"),
}

JOB_STATE_NAMES: dict[str, str] = {
    JobState.WAITING: N_("Waiting to start"),
    JobState.RUNNING: N_("Running"),
    JobState.DONE: N_("Done"),
    JobState.FAILED: N_("Stopped"),
}

TOLD: dict[str, str] = {
    "saved": N_("Saved."),
    "imported": N_("The pages are in. Translate them next."),
    "unchanged": N_("The pages were here already, byte for byte. Nothing changed."),
    "signed_out": N_("You are signed out."),
}
"""What a page says after a redirect, by the address's ``told``: codes only, so that nobody can put words in our mouth."""
