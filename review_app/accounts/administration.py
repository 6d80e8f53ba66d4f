"""Use cases of administrators: what a site is called, which languages it has, who may push. Each is recorded."""

from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import Rule, find_rule, set_rule
from review_app.sites.service import (
    SiteFacts,
    change_site,
    new_push_token,
    set_editing_time,
    set_language,
    site_by_id,
)


def change_language(
    session: Session, actor: Actor, site_id: int, language: str, policy: LanguagePolicy, engine: str | None
) -> None:
    """Add a language to a site, or change what its readers may see and which engine drafts it."""
    actor.require(Action.ADMINISTER, site_id)
    site = site_by_id(session, site_id)
    had = site.languages.get(language)
    before = {"language": language, "policy": had, "engine": site.engines.get(language)} if had else None
    after = {"language": language, "policy": policy, "engine": engine}
    if before == after:
        return
    set_language(session, site_id, language, policy, engine)
    record(session, actor, "site.language", f"site:{site_id}", site_id=site_id, before=before, after=after)


def change_rule(session: Session, actor: Actor, site_id: int, rule: Rule) -> None:
    """Say how much is at stake in a section or a page, and what readers may see of it."""
    actor.require(Action.ADMINISTER, site_id)
    before = find_rule(session, site_id, rule.path)
    if before == rule:
        return
    unknown = set(rule.policies) - set(site_by_id(session, site_id).languages)
    if unknown:
        raise BadInput(N_("The site is not translated into {language}. Add the language first."), language=min(unknown))
    set_rule(session, site_id, rule)
    record(
        session,
        actor,
        "site.section",
        f"site:{site_id}",
        site_id=site_id,
        before=_as_json(before),
        after=_as_json(rule),
    )


def _as_json(rule: Rule) -> dict[str, Any] | None:
    if rule.says_nothing():
        return None
    return {
        "path": rule.path,
        "content_class": rule.content_class,
        **({"never_send": True} if rule.never_send else {}),
        **rule.policies,
    }


def renew_push_token(session: Session, actor: Actor, site_id: int) -> str:
    """Return a new secret for pushing; it is shown once and stored as a hash."""
    actor.require(Action.ADMINISTER, site_id)
    token = new_push_token(session, site_id)
    record(session, actor, "site.push_token", f"site:{site_id}", site_id=site_id)
    return token


def change_editing_time(session: Session, actor: Actor, site_id: int, days: int | None) -> None:
    """Measure people's editing time and keep it for some days, or measure it no longer."""
    actor.require(Action.ADMINISTER, site_id)
    had = site_by_id(session, site_id).editing_time_days
    set_editing_time(session, site_id, days)
    if had != days:
        before, after = {"days": had}, {"days": days}
        record(session, actor, "site.editing_time", f"site:{site_id}", site_id=site_id, before=before, after=after)


def change_facts(session: Session, actor: Actor, site_id: int, facts: SiteFacts) -> None:
    """Change what a site is called, who answers for it, and whether one person may do both halves."""
    actor.require(Action.ADMINISTER, site_id)
    before, after = change_site(session, site_id, facts)
    if before != after:
        record(session, actor, "site.change", f"site:{site_id}", site_id=site_id, before=before, after=after)
