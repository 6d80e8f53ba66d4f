"""What holds for a part of a website, or for one page of it: how much is at stake, and what readers may see.

What is said of a page goes before what is said of its section, a deeper section before a higher, all before the site.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.tables import Section, SectionPolicy

EVERYTHING = "/"
"""The path of what is said of a whole site."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of a section or a page; whatever is left out is as around it.

    ``path`` ends with a slash when it is about everything that begins so; ``EVERYTHING`` is about all. ``never_send``:
    its text goes to no engine of others; nothing further in can take that back.
    """

    path: str
    content_class: ContentClass | None = None
    policies: Mapping[str, LanguagePolicy] = field(default_factory=dict)
    never_send: bool = False

    def is_about(self, path: str) -> bool:
        """Say whether a page at this path is meant."""
        if self.path.endswith("/"):
            return self.path == EVERYTHING or f"{path}/".startswith(self.path)
        return path == self.path

    def says_nothing(self) -> bool:
        """Say whether the rule could as well not be there."""
        return self.content_class is None and not self.policies and not self.never_send


def rule_for(rules: Iterable[Rule], path: str) -> Rule:
    """Return everything that is said of the page at a path, the nearest word on each matter."""
    meant = [rule for rule in rules if rule.is_about(path)]
    meant.sort(key=lambda rule: (not rule.path.endswith("/"), len(rule.path)))
    content_class = None
    policies: dict[str, LanguagePolicy] = {}
    for rule in meant:
        content_class = rule.content_class or content_class
        policies.update(rule.policies)
    return Rule(path, content_class, policies, any(rule.never_send for rule in meant))


def rules_of(session: Session, site_id: int) -> list[Rule]:
    """Return what is said of a site's sections and pages, by path."""
    rows = session.execute(_RULES, {"site_id": site_id})
    sections: dict[Section, dict[str, LanguagePolicy]] = {}
    for section, policy in rows:
        sections.setdefault(section, {}).update({policy.language: policy.policy} if policy else {})
    return [
        Rule(section.path, section.content_class, policies, section.never_send)
        for section, policies in sections.items()
    ]


_RULES = (
    select(Section, SectionPolicy)
    .outerjoin(SectionPolicy, SectionPolicy.section_id == Section.id)
    .where(Section.site_id == bindparam("site_id"))
    .order_by(Section.path, SectionPolicy.language)
)


def find_rule(session: Session, site_id: int, path: str) -> Rule:
    """Return what is said of exactly this section or page."""
    return next((rule for rule in rules_of(session, site_id) if rule.path == path), Rule(path))


def set_rule(session: Session, site_id: int, rule: Rule) -> None:
    """Say this of a section or a page, instead of whatever was said; a rule that says nothing is not kept."""
    section = session.scalar(select(Section).where(Section.site_id == site_id, Section.path == rule.path))
    if section is not None:
        session.execute(delete(SectionPolicy).where(SectionPolicy.section_id == section.id))
        if rule.says_nothing():
            session.delete(section)
    if not rule.says_nothing():
        if section is None:
            section = Section(site_id=site_id, path=rule.path)
            session.add(section)
        section.content_class, section.never_send = rule.content_class, rule.never_send
        session.flush()
        session.add_all(
            SectionPolicy(section_id=section.id, language=language, policy=policy)
            for language, policy in rule.policies.items()
        )
    session.flush()
