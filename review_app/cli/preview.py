"""Prints what translating would send where, and at what cost, before anything is sent."""

from collections.abc import Iterator, Sequence

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import Opened
from review_app.engines import ENGINES, engine_config, get_engine, look_ahead
from review_app.sites.service import SiteView
from review_app.translations.offers import Offer, offer

LEAST = 0.01
"""Of any currency: less is not worth a figure."""


def print_offers(
    opened: Opened, site: SiteView, page_ids: Sequence[int], language: str, engine: str | None = None
) -> None:
    """Print what each engine would do for these pages, the site's own first; or one engine, raising why it cannot."""
    config, own = engine_config(opened.settings), site.engine_for(language)
    names = [engine] if engine else sorted(ENGINES)
    engines = [get_engine(name, config) for name in names]
    for each in engines:
        look_ahead(each, site.source_language, language)
    with opened.database.reading() as session:
        offers = [offer(session, COMMAND_LINE, site, page_ids, language, each) for each in engines]
    if engine and offers[0].refusal:
        raise offers[0].refusal
    for one in sorted(offers, key=lambda one: (one.refusal is not None, one.engine.name != own)):
        for line in _lines(one, own):
            click.echo(line)


def _lines(offer: Offer, own: str) -> Iterator[str]:
    name = f"{offer.engine.name} (the site's own)" if offer.engine.name == own else offer.engine.name
    if offer.refusal:
        yield f"{name}: {offer.refusal}"
        return
    terms = offer.engine.terms
    yield f"{name}: {_count(offer.missing, 'sentence')} without a text"
    known = {
        "the same in every language": offer.copied,
        "translated on another page": offer.remembered,
        "answered before": offer.cached,
    }
    if any(known.values()):
        yield "    not sent: " + ", ".join(f"{number} {how}" for how, number in known.items() if number)
    goes = terms.provider if terms.local else f"{terms.provider}, {terms.country}"
    yield f"    would be sent: {_count(offer.asked, 'sentence')}, {offer.characters:,} characters, to {goes}"
    yield f"    costs: {_price(offer)}"
    if offer.budget.characters is not None:
        short = ", which is not enough" if offer.over_budget else ""
        left, whole = offer.budget.left, offer.budget.characters
        yield f"    budget: {left:,} of this month's {whole:,} characters are left{short}"
    if offer.left_out:
        yield f"    left out: {_count(offer.left_out, 'page')} that people translate, or that this engine may not see"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _price(offer: Offer) -> str:
    if offer.cost is None:
        return "as the provider's price list says"
    if not offer.cost:
        return "nothing"
    return f"{'less than ' if offer.cost < LEAST else ''}{max(offer.cost, LEAST):.2f} {offer.engine.terms.currency}"
