"""Commands about sites."""

import click

from review_app.accounts.administration import change_language
from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.service import record
from review_app.cli.installation import open_installation
from review_app.engines import ENGINES
from review_app.languages import get_language
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, all_sites, default_policy, get_site, set_language

POLICIES = click.Choice([str(policy) for policy in LanguagePolicy])


@click.group()
def site() -> None:
    """Add sites and choose their languages."""


@site.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="Name of the organisation, as readers know it.")
@click.option("--url", required=True, help="Address of the website, for example https://www.example.se/.")
@click.option("--language", "languages", multiple=True, required=True, help="Target language, for example en; repeat.")
@click.option("--responsible", default="", help="Who answers for the translations; the notice to readers names it.")
@click.option("--contact", default="", help="E-mail address or URL where readers reach them.")
@click.option("--engine", type=click.Choice(sorted(ENGINES)), default="google", help="Engine that drafts.")
def add(
    slug: str, name: str, url: str, languages: tuple[str, ...], responsible: str, contact: str, engine: str
) -> None:
    """Add a site; SLUG is its short name in addresses."""
    tags = list(dict.fromkeys(get_language(language).tag for language in languages))
    with open_installation().database.writing() as session:
        site_id = add_site(
            session, slug=slug, name=name, base_url=url, responsible=responsible, contact=contact, engine=engine
        )
        for tag in tags:
            set_language(session, site_id, tag, default_policy(tag))
        record(session, COMMAND_LINE, "site.add", f"site:{site_id}", site_id=site_id, after={"slug": slug})
    click.echo(f"Added {name} ({slug}) with {', '.join(tags)}.")


@site.command("language")
@click.argument("slug")
@click.argument("language")
@click.option("--policy", type=POLICIES, required=True, help="What readers see of passages nobody has approved.")
@click.option("--engine", type=click.Choice(sorted(ENGINES)), help="Engine that drafts this language; else as it was.")
def language_command(slug: str, language: str, policy: str, engine: str | None) -> None:
    """Add a language to a site, or change its policy."""
    tag = get_language(language).tag
    with open_installation().database.writing() as session:
        found = get_site(session, slug)
        kept = engine or found.engines.get(tag)
        change_language(session, COMMAND_LINE, found.id, tag, LanguagePolicy(policy), kept)
    click.echo(f"{tag}: {policy}")


@site.command("list")
def list_command() -> None:
    """List the sites."""
    with open_installation().database.reading() as session:
        for found in all_sites(session):
            click.echo(f"{found.slug}\t{found.name}\t{', '.join(found.languages)}")
