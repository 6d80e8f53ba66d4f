"""Rules by which a sign-in service's claims give roles."""

import pytest

from review_app.accounts.permissions import Role
from review_app.accounts.role_claims import read_rules, roles_given
from review_app.errors import BadInput

RULES = (
    "groups=web alvby administrator; groups=arabic alvby translator ar;groups=all alvby translator;"
    " dept=Kansli x approver;"
)


def test_rules_say_who_has_what_where() -> None:
    rules = read_rules(RULES)
    assert [(rule.claim, rule.value, rule.site, rule.role, rule.languages) for rule in rules][1] == (
        "groups", "arabic", "alvby", Role.TRANSLATOR, ("ar",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "administrator", "translator", "approver"),
    [
        ({}, None, None, None),
        ({"groups": ["web"]}, frozenset(), None, None),
        ({"groups": "arabic"}, None, {"ar"}, None),
        ({"groups": ["arabic", "all"]}, None, frozenset(), None),
        ({"groups": ["all", "arabic"], "dept": "Kansli"}, None, frozenset(), frozenset()),
        ({"groups": None, "dept": 7}, None, None, None),
    ],
)
def test_claims_give_and_take_what_rules_speak_of(
    claims: dict[str, object], administrator: object, translator: object, approver: object
) -> None:
    assert roles_given(read_rules(RULES), claims) == {
        ("alvby", Role.ADMINISTRATOR): administrator,
        ("alvby", Role.TRANSLATOR): translator,
        ("x", Role.APPROVER): approver,
    }


@pytest.mark.parametrize(
    "rule", ["groups alvby translator", "groups= alvby translator", "=a alvby translator", "groups=a alvby",
             "groups=a alvby king", "groups=a alvby administrator ar"],
)  # fmt: skip
def test_what_is_no_rule_is_told(rule: str) -> None:
    with pytest.raises(BadInput, match="is no rule"):
        read_rules(rule)
