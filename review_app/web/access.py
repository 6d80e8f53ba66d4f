"""Who may use which address of the staff interface: one table, walked by a test for every role.

Permission itself is checked in the services; what strangers may reach is read from here by the gate.
"""

from enum import StrEnum

from review_app.accounts.permissions import ALLOWED, Action, Role


class Door(StrEnum):
    """What an address asks for that belongs to no site."""

    ANYONE = "anyone"
    MACHINE = "a machine with a secret of its own"
    SIGNED_IN = "any person who is signed in"


ANYONE, MACHINE, SIGNED_IN = Door.ANYONE, Door.MACHINE, Door.SIGNED_IN

ACCESS: dict[str, Action | Door] = {
    "accounts.account": SIGNED_IN,
    "accounts.change_password": SIGNED_IN,
    "accounts.choose_language": ANYONE,
    "accounts.end_others": SIGNED_IN,
    "accounts.end_sign_in": SIGNED_IN,
    "accounts.sign_in": ANYONE,
    "accounts.sign_out": SIGNED_IN,
    "archive.download": Action.ADMINISTER,
    "archive.edition": Action.ADMINISTER,
    "archive.show": Action.ADMINISTER,
    "assignments.give": Action.ASSIGN,
    "assignments.give_back": Action.CORRECT,
    "assignments.give_page": Action.ASSIGN,
    "assignments.show": Action.READ,
    "assignments.take": Action.CORRECT,
    "bulk.apply": Action.CORRECT,
    "bulk.done": Action.READ,
    "bulk.preview": Action.CORRECT,
    "bulk.take_back": Action.CORRECT,
    "checks.show": Action.READ,
    "comments.add": Action.READ,
    "comments.decide": Action.READ,  # of one about the source text, administrators and whoever wrote it
    "commissions.close": Action.ADMINISTER,
    "commissions.give": Action.ADMINISTER,
    "commissions.show": Action.ADMINISTER,
    "commissions.table": Action.ADMINISTER,
    "crawls.change": Action.IMPORT,
    "crawls.push_token": Action.ADMINISTER,
    "crawls.show": Action.READ,
    "crawls.start": Action.IMPORT,
    "crawls.sync": Action.IMPORT,
    "engines.limit": Action.ADMINISTER,
    "engines.show": Action.ADMINISTER,
    "glossary.add": Action.CORRECT,
    "glossary.change": Action.CORRECT,
    "glossary.edit": Action.CORRECT,
    "glossary.export": Action.READ,
    "glossary.remove": Action.CORRECT,
    "glossary.show": Action.CORRECT,
    "glossary.upload": Action.CORRECT,
    "going_back.bring_back": Action.CORRECT,
    "going_back.fix": Action.CORRECT,
    "going_back.merge": Action.CORRECT,
    "going_back.take_back": Action.CORRECT,
    "health.alive": ANYONE,
    "health.ready": ANYONE,
    "helping.show": Action.READ,
    "jobs.again": Action.ADMINISTER,  # whoever asked for the job may, too
    "jobs.call_off": Action.ADMINISTER,  # as above
    "jobs.show": Action.READ,
    "links.accept": ANYONE,  # as the next ones: whoever has the link
    "links.ask": ANYONE,
    "links.forgot": ANYONE,
    "links.invitation": ANYONE,
    "links.new_password": ANYONE,
    "links.set_password": ANYONE,
    "memory.export": Action.READ,
    "memory.share": Action.ADMINISTER,
    "memory.show": Action.READ,
    "memory.upload": Action.IMPORT,
    "metrics.show": MACHINE,
    "open_data.export": Action.ADMINISTER,
    "open_data.show": Action.ADMINISTER,
    "notices.choose": SIGNED_IN,
    "notices.mark": SIGNED_IN,
    "notices.show": SIGNED_IN,
    "openid.back": ANYONE,
    "openid.leave": ANYONE,
    "openid.out": ANYONE,
    "outside.accept": Action.DO_JOB,  # as the next ones: of one's own jobs
    "outside.mine": Action.DO_JOB,
    "outside.one": Action.DO_JOB,
    "outside.page": Action.DO_JOB,
    "outside.save": Action.DO_JOB,
    "outside.submit": Action.DO_JOB,
    "outside.table": Action.DO_JOB,
    "page.about": Action.READ,
    "page.change": Action.ADMINISTER,
    "page.decide_note": Action.ADMINISTER,
    "page.pull": Action.PUBLISH,
    "page.take_off": Action.PUBLISH,
    "pages.fetch_address": Action.IMPORT,
    "pages.matrix": Action.READ,
    "pages.take_in": Action.IMPORT,
    "pages.translate": Action.TRANSLATE,
    "pages.upload": Action.IMPORT,
    "people.again": Action.ADMINISTER,
    "people.change": Action.ADMINISTER,
    "people.invite": Action.ADMINISTER,
    "people.one": Action.ADMINISTER,
    "people.remove": Action.ADMINISTER,
    "people.revoke": Action.ADMINISTER,
    "people.show": Action.ADMINISTER,
    "preview.show": Action.TRANSLATE,
    "push.push": MACHINE,
    "quality.overview": Action.READ,
    "quality.settings": Action.ADMINISTER,
    "quality.switch": Action.ADMINISTER,
    "quality.train": Action.ADMINISTER,
    "queue.show": Action.READ,
    "recurring.apply": Action.CORRECT,
    "recurring.decide": Action.CORRECT,
    "recurring.one": Action.READ,
    "recurring.show": Action.CORRECT,
    "recurring.take_back": Action.CORRECT,
    "references.show": Action.READ,
    "references.upload": Action.IMPORT,
    "reports.as_file": Action.READ,
    "reports.by_language": Action.READ,
    "reports.engines": Action.READ,
    "reports.error_types": Action.READ,
    "reports.from_readers": Action.READ,
    "reports.method": Action.READ,
    "reports.over_time": Action.READ,
    "reports.overview": Action.READ,
    "reports.page_list": Action.READ,
    "reports.part_as_file": Action.READ,
    "reports.reading": Action.READ,
    "reports.schema": ANYONE,
    "reports.sentences": Action.READ,
    "review.accept": Action.CORRECT,
    "review.allow": Action.ADMINISTER,
    "review.approve": Action.APPROVE,
    "review.approve_part": Action.APPROVE,
    "review.bench": Action.READ,
    "review.check": Action.CORRECT,
    "review.decide_flag": Action.CORRECT,
    "review.desk": Action.READ,
    "review.make_public": Action.PUBLISH,
    "review.save": Action.CORRECT,
    "review.segment": Action.READ,
    "review.send_back": Action.APPROVE,
    "review.submit": Action.SUBMIT,
    "sites.change": Action.ADMINISTER,
    "sites.follow": Action.ADMINISTER,
    "sites.log": Action.ADMINISTER,
    "sites.log_table": Action.ADMINISTER,
    "sites.overview": Action.ADMINISTER,
    "sites.set_gate": Action.ADMINISTER,
    "sites.set_language": Action.ADMINISTER,
    "sites.set_section": Action.ADMINISTER,
    "sites.set_visits": Action.ADMINISTER,
    "sites.take_language_off": Action.ADMINISTER,
    "start.approvals": SIGNED_IN,
    "start.home": SIGNED_IN,
    "start.quality": Action.READ,
    "statement.preview": Action.ADMINISTER,
    "statement.publish": Action.ADMINISTER,
    "statement.withdraw": Action.ADMINISTER,
    "static": ANYONE,
    "states.show": SIGNED_IN,
    "versions.publish_again": Action.PUBLISH,
    "versions.show": Action.READ,
    "wording.agree": Action.ADMINISTER,
    "wording.change": Action.ADMINISTER,
    "wording.show": Action.ADMINISTER,
}
"""What each endpoint asks for. One that is missing here is closed to strangers, and fails a test."""

OPEN = frozenset(endpoint for endpoint, asked in ACCESS.items() if asked in {ANYONE, MACHINE})
"""Endpoints that nobody has to sign in for."""


def may_use(endpoint: str, role: Role | None) -> bool:
    """Say whether somebody with a role at the site, or (``None``) a person of another one, may use an address."""
    asked = ACCESS[endpoint]
    return role in ALLOWED[asked] if isinstance(asked, Action) else asked is not MACHINE
