"""Writes the table of transitions into the documents.

    python -m tests.review.transitions

brings ``docs/approval.md`` in line with ``review_app/review/states.py``; a test compares them.
"""

from pathlib import Path

from review_app.accounts.permissions import ALLOWED, ROLE_NAMES, Role
from review_app.resources import TEMPLATES
from review_app.review.states import MOVE_NAMES, TRANSITIONS, PageState
from review_app.web.words import STATE_NAMES

DOCUMENT: Path = TEMPLATES.parent / "docs" / "approval.md"
BEGIN, END = "<!-- transitions -->\n", "<!-- end of transitions -->\n"


def drawn() -> str:
    """Return the transitions as a table and as a diagram."""
    lines = ["| from | what is done | to | who may |", "|---|---|---|---|"]
    for one in TRANSITIONS:
        who = ", ".join(ROLE_NAMES[role] for role in Role if role in ALLOWED[one.action])
        lines.append(f"| {_names(one.before)} | {MOVE_NAMES[one.move]} | {_names(one.after)} | {who} |")
    ways = [
        f"    {before} --> {after}: {MOVE_NAMES[one.move]}"
        for one in TRANSITIONS
        for before in one.before
        for after in one.after
        if len(one.after) == 1 and before is not after
    ]
    return "\n".join([*lines, "", "```mermaid", "stateDiagram-v2", *ways, "```", ""])


def _names(states: tuple[PageState, ...]) -> str:
    return ", ".join(STATE_NAMES[state].lower() for state in states)


def rewrite(text: str) -> str:
    """Return the document with the present table in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{drawn()}{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(rewrite(DOCUMENT.read_text("utf-8")), "utf-8")
