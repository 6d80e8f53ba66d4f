"""Commands about the machine-translation engines."""

from collections.abc import Iterator

import click

from review_app.cli.installation import open_installation, read_settings
from review_app.engines import ENGINES, engine_config, get_engine, targets_of
from review_app.engines.contract import Terms
from review_app.engines.firefox import Firefox
from review_app.engines.firefox_models import install
from review_app.engines.unofficial import NO_PAIR
from review_app.errors import BadInput, EngineFailed
from review_app.languages import get_language
from review_app.locale import N_
from review_app.text.personal import Masked, cannot_be_masked, mask
from review_app.translations.gate import SharedGate

UNKNOWN_PRICE = "not known here; see the provider's list, and set REVIEW_APP_ENGINE_PRICES"
MAY_BE_PERSONAL = N_("The text may hold a person's address or number, divided by markup. Take it out, and try again.")
ASKED_FOR = tuple("ar bs da de en es fa fi fr ku nb nn pl ps ro ru so sq sr th ti tr uk ur vi zh".split())
"""Languages that readers in Sweden ask for most, beside the national minorities', which no machine is trusted with."""

SENTENCE = "Förskolan öppnar klockan 6.30 den 3 augusti."


@click.group()
def engines() -> None:
    """See which engines there are, and try one."""


@engines.command("list")
def list_command() -> None:
    """List the engines: whether they can be used now and why not, where text goes, what it costs, their limits.

    Of their languages those are named that a municipality is asked for most.
    """
    config = engine_config(read_settings())
    for name in sorted(ENGINES):
        engine = get_engine(name, config)
        terms = engine.terms
        goes = terms.provider if terms.local else f"{terms.provider}, {terms.country}"
        click.echo(f"{name}: {engine.usable() or 'usable now'}")
        click.echo(f"    {engine.label}; version {engine.version}")
        click.echo(f"    text goes to: {goes}; kept there: {terms.retention}")
        click.echo(f"    {'your own: texts go as they are' if terms.local else 'others: personal data is masked'}")
        click.echo(f"    costs: {_price(terms)}")
        if engine.usable() is None:
            targets = targets_of(engine, "sv", ASKED_FOR)
            click.echo(f"    from Swedish to: {', '.join(targets) or 'none of the languages asked for most'}")
        click.echo(f"    at most: {', '.join(_limits(terms, config.per_minute.get(name, terms.per_minute)))}")


def _limits(terms: Terms, per_minute: int) -> Iterator[str]:
    yield f"{terms.longest_text:,} characters a text"
    yield f"{terms.most_texts:,} text{'' if terms.most_texts == 1 else 's'} a request"
    if per_minute:
        yield f"{per_minute:,} requests a minute"


def _price(terms: Terms) -> str:
    if terms.price is None:
        return UNKNOWN_PRICE
    return f"{terms.price:g} {terms.currency} per million characters" if terms.price else "nothing"


@engines.command("test")
@click.argument("name")
@click.option("--to", "language", default="en", show_default=True, help="Target language.")
@click.option("--text", default=SENTENCE, help="What to translate instead of the sample sentence.")
def test_command(name: str, language: str, text: str) -> None:
    """Translate one sentence with the engine NAME. It leaves this machine if the engine does.

    On its way to an engine of others, addresses and numbers of people are masked, as those of a page are. No site's
    budget counts it.
    """
    opened = open_installation()
    config = engine_config(opened.settings, SharedGate(opened.database))
    engine, language = get_engine(name, config), get_language(language).tag
    missing = engine.usable()
    if missing is not None:
        raise EngineFailed(missing)
    if not engine.supports("sv", language):
        raise BadInput(NO_PAIR, engine=name, source="sv", target=language)
    if not engine.terms.local and cannot_be_masked(text):
        raise BadInput(MAY_BE_PERSONAL)
    masked = Masked(text, {}) if engine.terms.local else mask(text)
    result = engine.translate([masked.text], "sv", language)[0]
    if result.text is None:
        raise EngineFailed(N_("{engine} gave no translation: {reason}"), engine=name, reason=result.reason)
    click.echo(masked.unmask(result.text))


@engines.command("install")
@click.argument("name", type=click.Choice([Firefox.name]))
@click.argument("pair")
def install_command(name: str, pair: str) -> None:
    """Fetch the model of the engine NAME for a PAIR of languages, such as sv-en."""
    source, hyphen, target = pair.partition("-")
    if not (source and hyphen and target):
        raise BadInput(N_("“{pair}” is not a pair of languages. Write one like sv-en."), pair=pair)
    source, target = get_language(source).tag, get_language(target).tag
    config = engine_config(read_settings())
    if config.models_folder is None or source == target:
        raise BadInput(N_("“{pair}” is not a pair of languages. Write one like sv-en."), pair=pair)
    click.echo(f"Fetching what translates from {source} to {target} …", err=True)
    for model in install(config.models_folder / name, source, target):
        click.echo(f"{model}: installed")
