"""The page before a translation: what each engine would be sent, where that goes, and what it costs."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.engines import ENGINES, Engine, engine_config, get_engine
from review_app.errors import BadInput, EngineFailed, NotFound
from review_app.locale import N_
from review_app.pages.service import get_page
from review_app.translations.drafting import Plan, plan
from review_app.web.context import actor, db, installation, open_site

blueprint = Blueprint("preview", __name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """An engine with what it would do, or why it cannot."""

    engine: Engine
    plan: Plan | None
    refusal: str | None


@blueprint.get("/sites/<site>/pages/<int:page_id>/<language>/translate")
def show(site: str, page_id: int, language: str) -> Response:
    """Show what translating a page with each engine would send, where to, and at what cost."""
    found, me = open_site(site), actor()
    page = get_page(db(), page_id)
    if page.site_id != found.id or language not in found.languages:
        raise NotFound(N_("There is no such page."))
    me.require(Action.TRANSLATE, found.id)
    config = engine_config(installation().settings)
    own = found.engine_for(language)
    offers = [_offer(get_engine(name, config), page_id, language) for name in sorted(ENGINES)]
    offers.sort(key=lambda offer: (offer.plan is None, offer.engine.name != own))
    return make_response(
        render_template("pages/preview.html", site=found, page=page, language=language, own=own, offers=offers)
    )


def _offer(engine: Engine, page_id: int, language: str) -> Offer:
    missing = engine.usable()
    if missing is not None:
        return Offer(engine, None, gettext(missing))
    try:
        return Offer(engine, plan(db(), actor(), page_id, language, engine), None)
    except (BadInput, EngineFailed) as refusal:
        return Offer(engine, None, refusal.render(gettext))
