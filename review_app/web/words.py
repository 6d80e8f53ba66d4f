"""The words pages use for states, severities and kinds: English message ids, translated where they are shown."""

import re
from collections.abc import Mapping
from typing import Any

from review_app.accounts.linking import BY_CLAIMS
from review_app.accounts.permissions import COMMAND_LINE, ROLE_NAMES
from review_app.jobs.states import JobState
from review_app.locale import N_
from review_app.review.states import PageState
from review_app.sites.policy import CONTENT_CLASS_NAMES, POLICY_NAMES

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
    "count_commission": N_("Count the words of a job"),
    "crawl": N_("Take in many pages"),
    "send_mail": N_("Send mail"),
    "sync_site": N_("Look at the website again"),
    "recut": N_("Cut sentences anew on other pages"),
    "import_memory": N_("Take pairs into the translation memory"),
    "import_url": N_("Fetch a page"),
    "translate_page": N_("Translate a page"),
    "translate_report": N_("Translate a reader's report"),
    "score_language": N_("Compute the scores of a language"),
    "assess_language": N_("Check texts anew and estimate their risk"),
    "make_report": N_("Make a file of a report"),
    "train_quality": N_("Learn the risk from corrections"),
}

JOB_STATE_NAMES: dict[str, str] = {
    JobState.WAITING: N_("Waiting to start"),
    JobState.RUNNING: N_("Running"),
    JobState.DONE: N_("Done"),
    JobState.FAILED: N_("Stopped"),
    JobState.CANCELLED: N_("Cancelled"),
}

TOLD: dict[str, str] = {
    "saved": N_("Saved."),
    "accepted": N_("You belong to the site now. Sign in as usual."),
    "welcome": N_("Welcome. You are signed in."),
    "sign_in_ended": N_("That browser is signed out."),
    "others_ended": N_("Every other browser is signed out."),
    "invited": N_("The invitation is on its way."),
    "revoked": N_("The invitation is withdrawn. Its link holds no longer."),
    "given": N_("The job is given. Its words are being counted."),
    "closed": N_("The job is closed. Whoever had it sees its pages no more."),
    "marked": N_("Every sentence is marked. You can change what you said until the round is closed."),
    "round-opened": N_("The round is open. Whoever marks finds it under “Mark errors”."),
    "round-closed": N_("The round is closed. Its marks count in the reports."),
    "submitted": N_("The page is submitted for approval."),
    "removed": N_("They no longer belong to the site."),
    "imported": N_("The pages are in. Translate them next."),
    "terms": N_("The words are in. Every translation is checked by them from now on."),
    "unchanged": N_("The pages were here already, byte for byte. Nothing changed."),
    "confirmed": N_("Confirmed. Public pages no longer say that the words are not."),
    "signed_out": N_("You are signed out."),
    "password": N_("Your password is changed. Other browsers are signed out."),
    "withdrawn": N_("The page is withdrawn from the public."),
    "language_withdrawn": N_("The language is withdrawn. Its pages can be published again, one by one."),
    "rolled_back": N_("Readers see this version now."),
    "statement-published": N_("The statement is public."),
    "statement-withdrawn": N_("The statement is withdrawn from the public pages."),
    "forgotten": N_("Your editing time is deleted."),
    "cut": N_("The sentence is cut in two. The text it had is offered for both."),
    "cut_ended": N_("The sentence is cut in two. Its approval has ended; readers still see what was approved."),
    "joined": N_("The two sentences are one. The texts they had are offered together."),
    "joined_ended": N_("The two sentences are one. Their approval has ended; readers still see what was approved."),
    "own_place": N_("This place has its own translation now. It begins as the text it had."),
    "own_back": N_("Taken back. The place has the translation again that its text has elsewhere on the page."),
    "recut_back": N_("Taken back. The sentence has the texts again that it had."),
    "pulled": N_("The passage is withdrawn from the public; readers see the Swedish instead."),
}
"""What a page says after a redirect, by the address's ``told``: codes only, so that no link can put words there."""

ACTION_NAMES: dict[str, str] = {
    "annotation.close": N_("closed a round of marking errors"),
    "annotation.finish": N_("marked a sentence's errors"),
    "annotation.import": N_("took in marked errors"),
    "annotation.give": N_("gave a round of marking errors to more people"),
    "annotation.open": N_("opened a round of marking errors"),
    "annotation.settings": N_("changed how errors are marked or weighed"),
    "audit.redact": N_("redacted people in the log"),
    "check.switch_off": N_("switched a check off"),
    "check.switch_on": N_("switched a check on"),
    "quality.settings": N_("changed spot checks or training"),
    "quality.train": N_("learned a model of risk"),
    "comment.add": N_("commented on a passage"),
    "comment.close": N_("closed a comment"),
    "comment.open": N_("opened a comment again"),
    "comment.source": N_("told the web editor of a fault in the source text"),
    "commission.close": N_("closed a job of an outside translator"),
    "commission.give": N_("gave a job to an outside translator"),
    "crawl.start": N_("began to take pages in"),
    "crawl.stop": N_("stopped taking pages in"),
    "crawl.resume": N_("went on taking pages in"),
    "flag.dismiss": N_("called a flag a false alarm"),
    "flag.open": N_("opened a flag again"),
    "identity.link": N_("linked an account with a sign-in service"),
    "invitation.accept": N_("accepted an invitation"),
    "invitation.revoke": N_("withdrew an invitation"),
    "invitation.send": N_("invited somebody"),
    "job.add": N_("started a job"),
    "job.cancel": N_("cancelled a job"),
    "job.try": N_("tried a job that rested at once"),
    "page.allow": N_("allowed approval in spite of what blocks it"),
    "page.approve": N_("approved"),
    "page.approve_part": N_("approved a part, sent the rest back"),
    "page.assign": N_("gave work to somebody, or took it back"),
    "page.import": N_("took a page in"),
    "page.publish": N_("published"),
    "page.return": N_("sent back"),
    "page.restore": N_("took an approval in from elsewhere"),
    "page.roll_back": N_("published an earlier approved version"),
    "page.submit": N_("submitted for approval"),
    "page.vanish": N_("found that the website has the page no more"),
    "page.withdraw": N_("withdrew from the public"),
    "passage.pull": N_("withdrew a passage"),
    "segment.cut": N_("cut a sentence in two"),
    "segment.join": N_("made one sentence of two"),
    "segment.own_place": N_("gave a place of a text its own translation"),
    "segment.own_back": N_("took a place's own translation back"),
    "segment.recut_back": N_("took back where a sentence was cut or joined"),
    "segment.recut_on": N_("cut or joined a changed sentence as before"),
    "segment.same_meaning": N_("said that the meaning is unchanged"),
    "site.push_token": N_("made a push secret"),
    "site.visits": N_("took visits in"),
    "site.section": N_("changed what holds for a section or a page"),
    "password.change": N_("changed their password"),
    "password.set": N_("chose a new password by a link"),
    "password.reset": N_("gave a new password"),
    "person.add": N_("added a person"),
    "reader.report": N_("reported a passage"),
    "replacement.dismiss": N_("said that a recurring correction is no rule"),
    "replacement.take_up": N_("took a recurring correction up again"),
    "role.grant": N_("gave a role"),
    "role.languages": N_("changed the languages of a role"),
    "role.withdraw": N_("took a role away"),
    "engine.budget": N_("changed the budget of an engine"),
    "engine.budget_near": N_("noted that an engine's budget is nearly used up"),
    "lexicon.train": N_("learned which words translate each other"),
    "term.remove": N_("took a word out of the glossary"),
    "term.set": N_("said what a word is called"),
    "segment.accept": N_("accepted a machine translation"),
    "segment.bring_back": N_("brought an earlier text back"),
    "segment.take_back": N_("took back their last change"),
    "segment.edit": N_("corrected"),
    "segment.fix": N_("put a certain fix in"),
    "segment.repeat": N_("put a text in where the same sentence stands"),
    "segment.replace": N_("put a recurring correction in"),
    "segment.restore": N_("took a recurring correction back"),
    "sign_in.end": N_("signed a browser out"),
    "sign_in.end_others": N_("signed their other browsers out"),
    "sign_in": N_("signed in"),
    "site.add": N_("added the site"),
    "site.change": N_("changed the site"),
    "site.language": N_("changed a language"),
    "site.editing_time": N_("changed whether editing time is measured"),
    "memory.import": N_("took pairs into the translation memory"),
    "memory.share": N_("changed who may read the translation memory"),
    "references.import": N_("took in independent translations"),
    "open_data.export": N_("gave out open data"),
    "statement.publish": N_("published the statement of accuracy"),
    "statement.withdraw": N_("withdrew the statement of accuracy"),
    "site.wording": N_("changed what readers are told"),
    "site.wording_confirm": N_("confirmed what readers are told"),
}
"""What the log calls changes; one that is missing here is shown by its code."""

FIELD_NAMES: dict[str, str] = {
    "annotators": N_("people who mark errors"),
    "critical": N_("weight of a critical error"),
    "major": N_("weight of a major error"),
    "minor": N_("weight of a minor error"),
    "minor_punctuation": N_("weight of minor punctuation"),
    "non_translation": N_("weight of no translation"),
    "protocol": N_("way of marking"),
    "n": N_("marked sentences"),
    "audit_share": N_("share of spot checks"),
    "asked": N_("what is asked of the page"),
    "ending": N_("kind of file"),
    "filter": N_("filter"),
    "section": N_("section"),
    "from": N_("read from"),
    "to": N_("until"),
    "class": N_("at stake"),
    "sample": N_("why it was read"),
    "interface": N_("language of the interface"),
    "licence": N_("licence"),
    "part": N_("page of the reports"),
    "base_url": N_("address of the website"),
    "basis": N_("basis"),
    "batch": N_("change at once"),
    "check": N_("check"),
    "comment": N_("comment"),
    "comments": N_("comments on sentences"),
    "critical_flags": N_("sentences with critical flags"),
    "unread_rights": N_("unread sentences about rights"),
    "least_read": N_("share that should be read, in percent"),
    "little_read": N_("less read than the site asks for"),
    "publication": N_("publication"),
    "read": N_("read by a person"),
    "reason": N_("reason"),
    "returned": N_("sent back"),
    "revision": N_("version of the text"),
    "sha256": N_("content hash"),
    "state": N_("state"),
    "flag": N_("flag"),
    "texts": N_("texts"),
    "contact": N_("contact"),
    "corrections": N_("corrections"),
    "content_class": N_("at stake"),
    "email": N_("e-mail address"),
    "engine": N_("engine"),
    "flags": N_("flags"),
    "forbidden": N_("never"),
    "note": N_("note"),
    "part_of_speech": N_("kind of word"),
    "segments": N_("sentences"),
    "source": N_("word"),
    "target": N_("is called"),
    "issuer": N_("sign-in service"),
    "kept": N_("in use"),
    "language": N_("language"),
    "languages": N_("languages"),
    "name": N_("name"),
    "new": N_("right phrase"),
    "number": N_("version"),
    "old": N_("recurring phrase"),
    "one_person_mode": N_("one person may do both"),
    "origin": N_("from"),
    "page": N_("page"),
    "page_id": N_("page"),
    "path": N_("path"),
    "policy": N_("unapproved passages"),
    "retrain_every": N_("judged sentences between trainings"),
    "responsible": N_("responsible"),
    "role": N_("role"),
    "roles": N_("roles"),
    "signature": N_("by these checks and this model"),
    "site": N_("website"),
    "slug": N_("short name"),
    "sync_hours": N_("hours between looks at the website"),
    "text": N_("text"),
    "url": N_("address"),
    "version": N_("version"),
}
"""What the log calls the parts of a change."""

VALUE_NAMES: dict[str, str] = {
    **{str(code): name for code, name in POLICY_NAMES.items()},
    **{str(code): name for code, name in CONTENT_CLASS_NAMES.items()},
    **{str(code): name for code, name in ROLE_NAMES.items()},
    **JOB_NAMES,
    "esa": "ESA",
    "mqm": "MQM",
    "reads": N_("reads the language"),
    "vouches": N_("vouches for the process"),
    "True": N_("yes"),
    "False": N_("no"),
    COMMAND_LINE.name: N_("command line"),
    BY_CLAIMS.name: N_("sign-in service"),
}
"""Codes that the log says in words."""

_HASH = re.compile(r"[0-9a-f]{64}")

LONGEST_VALUE = 240
"""Characters of a value that the log shows."""


_NUMBERS = frozenset({"commission_id", "crawl_id", "file_id", "flag_id"})


def changed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """Return the names of what a change changed, as its row tells, but for numbers that tell nobody anything."""
    old, new = before or {}, after or {}
    told = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name) and name not in _NUMBERS]
    return [name for name in told if old.get(name) or new.get(name) not in ({}, [])]


def shorten(value: object) -> str:
    """Return a logged value, short enough for a row."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if _HASH.fullmatch(text):
        return text[:12] + "…"
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
