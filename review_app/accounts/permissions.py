"""Who may do what at a site: one table, read by every service."""

from dataclasses import dataclass
from enum import StrEnum

from review_app.errors import NotAllowed
from review_app.locale import N_


class Role(StrEnum):
    """What a person is at a site. One person may be several.

    An outside translator sees the pages of their own jobs, and nothing else.
    """

    TRANSLATOR = "translator"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    OUTSIDE = "outside"


ROLE_NAMES = {
    Role.TRANSLATOR: N_("translator"),
    Role.APPROVER: N_("approver"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.OUTSIDE: N_("outside translator"),
}


class Action(StrEnum):
    """Something a role allows."""

    READ = "read"
    CORRECT = "correct"
    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    IMPORT = "import"
    TRANSLATE = "translate"
    ASSIGN = "assign"
    ADMINISTER = "administer"
    DO_JOB = "do_job"
    ANNOTATE = "annotate"


_ALL = frozenset(Role) - {Role.OUTSIDE}
"""Colleagues. What an outside translator may do is only said by the jobs they are given (``commissions``)."""

IN_ANY_LANGUAGE = frozenset({Action.READ})
"""What a role allows in every language, also when it is given for some: colleagues see each other's work."""

BY_LANGUAGE = frozenset({Role.TRANSLATOR, Role.APPROVER})
"""Roles that can be given for some languages only."""

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ: _ALL,
    Action.CORRECT: frozenset({Role.TRANSLATOR, Role.ADMINISTRATOR}),
    Action.SUBMIT: frozenset({Role.TRANSLATOR, Role.ADMINISTRATOR}),
    Action.APPROVE: frozenset({Role.APPROVER}),
    Action.PUBLISH: frozenset({Role.APPROVER, Role.ADMINISTRATOR}),
    Action.IMPORT: frozenset({Role.ADMINISTRATOR}),
    Action.TRANSLATE: frozenset({Role.TRANSLATOR, Role.ADMINISTRATOR}),
    Action.ASSIGN: frozenset({Role.APPROVER, Role.ADMINISTRATOR}),
    Action.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Action.DO_JOB: frozenset({Role.OUTSIDE}),
    Action.ANNOTATE: frozenset(Role),  # texts of the rounds that one was given, and nothing else
}


LENT = frozenset({Action.READ, Action.CORRECT, Action.SUBMIT})
"""What may be done with a page that one is lent."""


@dataclass(frozen=True, slots=True)
class Loan:
    """Pages of a site in one language, lent to a person who has no right to them by a role; for one request.

    ``memory``: whether what the site has translated elsewhere comes with them.
    """

    site_id: int
    language: str
    page_ids: frozenset[int]
    memory: bool = True

    def covers(self, action: Action, site_id: int, page_id: int, language: str) -> bool:
        """Say whether this is lent."""
        return action in LENT and page_id in self.page_ids and (self.site_id, self.language) == (site_id, language)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person with roles per site, or the installation's own command line.

    ``roles`` maps a site's id to the roles there; ``limits`` names the languages of those that are not for every
    language. The command line has no person and may do everything but decide
    as a person: corrections, approvals and acceptances need somebody's name. ``address``: the machine they act from.
    ``loan``: what they are lent. It counts only where a single page is asked about (``may_on``): a service that asks
    for the site is closed to whoever has nothing but a loan.
    """

    name: str
    person_id: int | None = None
    roles: tuple[tuple[int, frozenset[Role]], ...] = ()
    limits: tuple[tuple[int, Role, frozenset[str]], ...] = ()
    is_system: bool = False
    address: str | None = None
    loan: Loan | None = None

    def may(self, action: Action, site_id: int, language: str | None = None) -> bool:
        """Say whether this actor may do the action at the site, in the language; without one: in any at all."""
        return self.is_system or any(
            site == site_id and any(self._covers(site, role, action, language) for role in roles & ALLOWED[action])
            for site, roles in self.roles
        )

    def may_on(self, action: Action, site_id: int, page_id: int, language: str) -> bool:
        """Say whether this actor may do the action with a page in a language, by a role or because it is lent."""
        return self.may(action, site_id, language) or (
            self.loan is not None and self.loan.covers(action, site_id, page_id, language)
        )

    def require_on(self, action: Action, site_id: int, page_id: int, language: str) -> None:
        """Raise ``NotAllowed`` unless this actor may do the action with the page in the language."""
        if not self.may_on(action, site_id, page_id, language):
            self.require(action, site_id, language)

    def require(self, action: Action, site_id: int, language: str | None = None) -> None:
        """Raise ``NotAllowed`` unless this actor may do the action at the site, in the language."""
        if self.may(action, site_id, language):
            return
        if language and self.may(action, site_id):
            raise NotAllowed(N_("Your role at this site is for other languages. Ask an administrator of the site."))
        raise NotAllowed(N_("Your role at this site does not allow this. Ask an administrator of the site."))

    def languages_of(self, site_id: int, role: Role) -> frozenset[str] | None:
        """Return the languages that a role is limited to; ``None`` when it is for every one."""
        return next((held for site, limited, held in self.limits if (site, limited) == (site_id, role)), None)

    def _covers(self, site_id: int, role: Role, action: Action, language: str | None) -> bool:
        held = self.languages_of(site_id, role) if language and action not in IN_ANY_LANGUAGE else None
        return held is None or language in held

    @property
    def site_ids(self) -> frozenset[int]:
        """The sites this person belongs to."""
        return frozenset(site for site, _ in self.roles)


COMMAND_LINE = Actor("command line", is_system=True)
