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


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person with roles per site, or the installation's own command line.

    ``roles`` maps a site's id to the roles there; ``limits`` names the languages of those that are not for every
    language. The command line has no person and may do everything but decide
    as a person: corrections, approvals and acceptances need somebody's name. ``address``: the machine they act from.
    """

    name: str
    person_id: int | None = None
    roles: tuple[tuple[int, frozenset[Role]], ...] = ()
    limits: tuple[tuple[int, Role, frozenset[str]], ...] = ()
    is_system: bool = False
    address: str | None = None

    def may(self, action: Action, site_id: int, language: str | None = None) -> bool:
        """Say whether this actor may do the action at the site, in the language; without one: in any at all."""
        return self.is_system or any(
            site == site_id and any(self._covers(site, role, action, language) for role in roles & ALLOWED[action])
            for site, roles in self.roles
        )

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
