"""How a page comes to be published: every state, what leads from one to another, and who may do it."""

from flask import Blueprint, Response, make_response, render_template

from review_app.accounts.permissions import ALLOWED, ROLE_NAMES, Role
from review_app.review.states import MOVE_NAMES, TRANSITIONS, Transition

blueprint = Blueprint("states", __name__)


@blueprint.get("/help/states")
def show() -> Response:
    """Show the table of transitions."""
    return make_response(
        render_template(
            "start/states.html", transitions=TRANSITIONS, move_names=MOVE_NAMES, who=who_may, roles=ROLE_NAMES
        )
    )


def who_may(transition: Transition) -> list[Role]:
    """Return the roles that may do a move."""
    return [role for role in Role if role in ALLOWED[transition.action]]
