"""What somebody who is lent a page is not shown of it: colleagues' names, and the words of other pages. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from review_app.accounts.permissions import Actor
from review_app.checks.messages import ELSEWHERE
from review_app.review.views import Bench, CommentView, FlagView, SegmentRow


def veiled_bench(bench: Bench, actor: Actor, site_name: str) -> Bench:
    """Return a bench as this person may see it; a colleague's is as it was."""
    if actor.loan is None:
        return bench
    decision = bench.last_decision
    return replace(
        bench,
        rows=tuple(veiled_row(row, actor, site_name) for row in bench.rows),
        last_decision=replace(decision, by=veiled_name(decision.by, actor, site_name)) if decision else None,
    )


def veiled_row(row: SegmentRow, actor: Actor, site_name: str) -> SegmentRow:
    """Return a segment as this person may see it."""
    if actor.loan is None:
        return row
    return replace(
        row,
        author=row.author and veiled_name(row.author, actor, site_name),
        flags=veiled_flags(row.flags, actor, site_name),
        comments=tuple(_comment(comment, actor, site_name) for comment in row.comments),
    )


def veiled_flags(flags: Iterable[FlagView], actor: Actor, site_name: str) -> tuple[FlagView, ...]:
    """Return flags as this person may see them: one that quotes another page only says that there is one."""
    return tuple(flags if actor.loan is None else (_flag(flag, actor, site_name) for flag in flags))


def veiled_name(name: str, actor: Actor, site_name: str) -> str:
    """Return one's own name, and the organisation's for everybody else's."""
    return name if actor.loan is None or name == actor.name else site_name


def _flag(flag: FlagView, actor: Actor, site_name: str) -> FlagView:
    by = flag.decided_by and veiled_name(flag.decided_by, actor, site_name)
    if flag.message_id not in ELSEWHERE:
        return replace(flag, decided_by=by)
    return replace(flag, decided_by=by, message_id=ELSEWHERE[flag.message_id], values={})


def _comment(comment: CommentView, actor: Actor, site_name: str) -> CommentView:
    return replace(
        comment,
        author=veiled_name(comment.author, actor, site_name),
        closed_by=comment.closed_by and veiled_name(comment.closed_by, actor, site_name),
    )
