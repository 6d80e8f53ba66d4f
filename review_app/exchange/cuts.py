"""Where people decided that sentences end, in a file of a corpus folder: without it, its texts fit no sentence."""

import json
from pathlib import Path

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.exchange.reading import wrong
from review_app.segments.decided import active_rules, add_rule, pages_with
from review_app.segments.recutting import recut_page
from review_app.segments.rules import Rule, RuleKind

CUTS = "cuts.jsonl"
"""What the file is called in a corpus folder."""

LONGEST = 100_000
"""Characters of a sentence."""


def take_cuts(session: Session, actor: Actor, site_id: int, file: Path) -> None:
    """Take in the decisions of a corpus folder that a site does not have; raises ``BadFile`` naming the line."""
    if not file.is_file():
        return
    actor.require(Action.IMPORT, site_id)
    known = {rule._replace(id=0) for rule in active_rules(session, site_id)}
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        rule = _rule(file, number, line) if line.strip() else None
        if rule is not None and rule not in known:
            known.add(rule)
            after = {"sentence": rule.whole, "first": rule.first, "second": rule.second, "kind": str(rule.kind)}
            rule = rule._replace(id=add_rule(session, site_id, rule, actor.person_id))
            for page_id in pages_with(session, site_id, rule):
                recut_page(session, site_id, page_id)
            record(session, actor, "segment.recut_on", f"site:{site_id}", site_id=site_id, after=after)


def write_cuts(session: Session, site_id: int, file: Path) -> None:
    """Write a site's decisions, if anybody made one."""
    file.unlink(missing_ok=True)
    rules = active_rules(session, site_id)
    if rules:
        lines = [{name: value for name, value in rule._asdict().items() if name != "id"} for rule in rules]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")


def _rule(file: Path, number: int, line: bytes) -> Rule:
    try:
        cells = json.loads(line)
        texts = [cells[name] for name in ("whole", "first", "second")]
        if not all(isinstance(text, str) and 0 < len(text) <= LONGEST for text in texts):
            raise ValueError
        return Rule(0, RuleKind(cells["kind"]), texts[0], int(cells["at"]), texts[1], texts[2])
    except (ValueError, KeyError, TypeError):
        raise wrong(file, number, "a line needs kind (cut or join), whole, at, first and second") from None
