"""The page before a translation: what each engine would be sent, where that goes, and what it costs."""

from flask import Blueprint, Response, make_response, render_template
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.db import utc_now
from review_app.engines import ENGINES, engine_config, get_engine, look_ahead
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import get_page
from review_app.translations.gate import closed_engines
from review_app.translations.offers import offer
from review_app.web.context import actor, db, installation, open_site, work

blueprint = Blueprint("preview", __name__)


@blueprint.get("/sites/<site>/pages/<int:page_id>/<language>/translate")
def show(site: str, page_id: int, language: str) -> Response:
    """Show what translating a page with each engine would send, where to, and at what cost."""
    found, me = open_site(site), actor()
    page = get_page(db(), page_id)
    if page.site_id != found.id or language not in found.languages:
        raise NotFound(N_("There is no such page."))
    me.require(Action.TRANSLATE, found.id)
    work().roll_back()  # an engine may have to ask its server, which no transaction is to wait for
    config = engine_config(installation().settings)
    engines = [get_engine(name, config) for name in sorted(ENGINES)]
    for engine in engines:
        look_ahead(engine, found.source_language, language)
    own = found.engine_for(language)
    offers = [offer(db(), me, found, [page_id], language, engine) for engine in engines]
    offers.sort(key=lambda one: (one.refusal is not None, one.engine.name != own))
    refusals = {one.engine.name: one.refusal.render(gettext) for one in offers if one.refusal}
    return make_response(
        render_template(
            "pages/preview.html",
            site=found,
            page=page,
            language=language,
            own=own,
            offers=offers,
            refusals=refusals,
            closed=closed_engines(db(), utc_now()),
        )
    )
