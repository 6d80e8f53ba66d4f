"""The page of the engines: which can be used now and why not, where texts go, what that costs."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template

from review_app.accounts.permissions import Action
from review_app.engines import ENGINES, Engine, engine_config, get_engine
from review_app.web.context import actor, installation, open_site

blueprint = Blueprint("engines", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """An engine, and why it cannot be used now, if it cannot."""

    engine: Engine
    missing: str | None


@blueprint.get("/sites/<site>/engines")
def show(site: str) -> Response:
    """Show every engine, those that can be used now first."""
    found = open_site(site)
    actor().require(Action.ADMINISTER, found.id)
    config = engine_config(installation().settings)
    rows = [Row(engine, engine.usable()) for engine in (get_engine(name, config) for name in sorted(ENGINES))]
    return make_response(
        render_template("sites/engines.html", site=found, rows=sorted(rows, key=lambda row: row.missing is not None))
    )
