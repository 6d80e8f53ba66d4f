"""Reads what a form says of a section or a page."""

from flask import request

from review_app.errors import BadInput
from review_app.locale import N_
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.sections import Rule
from review_app.sites.service import SiteView


def read_rule(path: str, site: SiteView) -> Rule:
    """Return the rule of a form; a choice that is left open says nothing. Raises ``BadInput``."""
    try:
        chosen = request.form.get("content_class", "")
        policies = {tag: request.form.get(f"policy-{tag}", "") for tag in site.languages}
        return Rule(
            path,
            ContentClass(chosen) if chosen else None,
            {tag: LanguagePolicy(policy) for tag, policy in policies.items() if policy},
            never_send=request.form.get("never_send") == "yes",
        )
    except ValueError as error:
        raise BadInput(N_("This is none of the choices. Choose one from the list.")) from error
