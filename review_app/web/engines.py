"""The page of the engines: which can be used now and why not, where texts go, what that costs."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.db import utc_now
from review_app.engines import ENGINES, Engine, engine_config, get_engine
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.translations.budget import Budget, budgets_of, cost, set_budget
from review_app.translations.gate import closed_engines
from review_app.web.context import actor, db, installation, open_site
from review_app.web.htmx import go

blueprint = Blueprint("engines", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """An engine, why it cannot be used now, if it cannot, and what the site has sent it this month.

    ``per_minute``: requests that all workers together may send; 0 for any number. ``closed_until``: how long it is left
    alone by everybody.
    """

    engine: Engine
    missing: str | None
    budget: Budget
    per_minute: int
    closed_until: datetime | None = None

    @property
    def cost(self) -> float | None:
        """What the month has cost so far, in the currency of the engine's terms; ``None`` when nobody knows."""
        return cost(self.engine.terms, self.budget.used)

    @property
    def dearest(self) -> float | None:
        """What the month may cost by its budget; ``None`` when nobody knows, or without a limit."""
        return None if self.budget.characters is None else cost(self.engine.terms, self.budget.characters)


@blueprint.get("/sites/<site>/engines")
def show(site: str) -> Response:
    """Show every engine, those that can be used now first."""
    return _page(site)


@blueprint.post("/sites/<site>/engines/<name>/budget")
def limit(site: str, name: str) -> Response:
    """Limit the characters a month that go to an engine; an empty field takes the limit away."""
    typed = "".join(request.form.get("characters", "").split()).replace("\u00a0", "")
    try:
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 10):
            raise BadInput(N_("Write the budget as a whole number of characters, or leave it empty for no limit."))
        get_engine(name, engine_config(installation().settings))
        set_budget(db(), actor(), open_site(site), name, int(typed) if typed else None)
    except BadInput as error:
        return _page(site, error.render(gettext), 422)
    return go(url_for("engines.show", site=site))


def _page(site: str, problem: str | None = None, status: int = 200) -> Response:
    found = open_site(site)
    actor().require(Action.ADMINISTER, found.id)
    config = engine_config(installation().settings)
    budgets, closed = budgets_of(db(), found, utc_now()), closed_engines(db(), utc_now())
    rows = [
        Row(
            engine,
            engine.usable(),
            budgets.get(engine.name, Budget(0, None)),
            config.per_minute.get(engine.name, engine.terms.per_minute),
            closed.get(engine.name),
        )
        for engine in (get_engine(name, config) for name in sorted(ENGINES))
    ]
    rows.sort(key=lambda row: row.missing is not None)
    return make_response(render_template("sites/engines.html", site=found, rows=rows, problem=problem), status)
