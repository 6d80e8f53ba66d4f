"""Who may do what: the table, at one's own site only."""

import pytest

from review_app.accounts.permissions import COMMAND_LINE, ROLE_NAMES, Action, Actor, Role
from review_app.errors import NotAllowed

HERE, ELSEWHERE = 1, 2
MAY = {
    Role.TRANSLATOR: {"read", "correct", "submit", "translate", "annotate"},
    Role.APPROVER: {"read", "approve", "publish", "assign", "annotate"},
    Role.OUTSIDE: {"do_job", "annotate"},
    Role.ADMINISTRATOR: {
        "read",
        "correct",
        "submit",
        "translate",
        "publish",
        "import",
        "assign",
        "administer",
        "annotate",
    },
}


def actor(*roles: Role) -> Actor:
    return Actor("Anna", 7, ((HERE, frozenset(roles)),))


@pytest.mark.parametrize("role", Role)
def test_a_role_allows_this_at_its_site_and_nothing_elsewhere(role: Role) -> None:
    assert {str(action) for action in Action if actor(role).may(action, HERE)} == MAY[role]
    assert not any(actor(role).may(action, ELSEWHERE) for action in Action)


def test_a_role_for_some_languages_allows_reading_in_all() -> None:
    anna = Actor("Anna", 7, ((HERE, frozenset({Role.TRANSLATOR})),), ((HERE, Role.TRANSLATOR, frozenset({"ar"})),))
    assert anna.may(Action.CORRECT, HERE)
    assert anna.may(Action.CORRECT, HERE, "ar")
    assert anna.may(Action.READ, HERE, "en")
    assert not anna.may(Action.CORRECT, HERE, "en")
    assert not anna.may(Action.APPROVE, HERE, "ar")
    with pytest.raises(NotAllowed, match="for other languages"):
        anna.require(Action.CORRECT, HERE, "en")


def test_roles_add_up() -> None:
    both = actor(Role.TRANSLATOR, Role.APPROVER)
    assert {str(action) for action in Action if both.may(action, HERE)} == MAY[Role.TRANSLATOR] | MAY[Role.APPROVER]


def test_whoever_may_not_is_told_whom_to_ask() -> None:
    actor(Role.APPROVER).require(Action.APPROVE, HERE)
    for someone, site in ((actor(Role.ADMINISTRATOR), HERE), (actor(Role.APPROVER), ELSEWHERE), (actor(), HERE)):
        with pytest.raises(NotAllowed, match="Ask an administrator"):
            someone.require(Action.APPROVE, site)


def test_the_command_line_may_everything_and_is_nobody() -> None:
    assert all(COMMAND_LINE.may(action, HERE) for action in Action)
    assert COMMAND_LINE.person_id is None


def test_a_person_knows_their_sites_and_every_role_has_a_name() -> None:
    assert actor(Role.APPROVER).site_ids == {HERE}
    assert ROLE_NAMES.keys() == set(Role)
