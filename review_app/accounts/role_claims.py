"""Which roles a sign-in service's claims give: rules as the setting writes them. Pure.

groups=web-editors overkalix administrator; groups=arabic overkalix translator ar
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from review_app.accounts.permissions import BY_LANGUAGE, Role
from review_app.errors import BadInput
from review_app.locale import N_

BAD_RULE = N_(
    "“{rule}” in REVIEW_APP_OIDC_ROLES is no rule. Write CLAIM=VALUE SITE ROLE, and languages if it is for some only."
)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Whoever has the value in the claim has the role at the site, in these languages or in every one."""

    claim: str
    value: str
    site: str
    role: Role
    languages: tuple[str, ...] = ()

    def meets(self, claims: Mapping[str, Any]) -> bool:
        """Say whether the claims have the value, alone or in a list."""
        found = claims.get(self.claim)
        return self.value in ([str(one) for one in found] if isinstance(found, list) else [str(found)])


def read_rules(text: str) -> list[RoleRule]:
    """Return the rules of a setting; raises ``BadInput`` for what is none."""
    return [_rule(part) for part in text.split(";") if part.strip()]


def roles_given(rules: Iterable[RoleRule], claims: Mapping[str, Any]) -> dict[tuple[str, Role], frozenset[str] | None]:
    """Return, for every role at a site that rules speak of, the languages it is given for.

    None at all is every language; ``None`` is that the claims do not give it.
    """
    given: dict[tuple[str, Role], frozenset[str] | None] = {}
    for rule in rules:
        had = given.setdefault((rule.site, rule.role), None)
        if rule.meets(claims) and had != frozenset():
            given[rule.site, rule.role] = (had or frozenset()) | set(rule.languages) if rule.languages else frozenset()
    return given


def _rule(text: str) -> RoleRule:
    condition, *words = text.split()
    claim, equals, value = condition.partition("=")
    if not (claim and equals and value and len(words) >= 2 and words[1] in set(Role)):
        raise BadInput(BAD_RULE, rule=text.strip())
    site, role, *languages = words
    if languages and Role(role) not in BY_LANGUAGE:
        raise BadInput(BAD_RULE, rule=text.strip())
    return RoleRule(claim, value, site, Role(role), tuple(languages))
