"""Commands for the daily work: what there is, translate, publish."""

import click

from review_app.accounts.permissions import COMMAND_LINE
from review_app.cli.installation import Opened, open_installation
from review_app.cli.preview import print_offers
from review_app.cli.running import run_here
from review_app.engines import ENGINES
from review_app.errors import NotFound
from review_app.languages import get_language
from review_app.locale import N_
from review_app.pages.service import find_page, normalise_path, pages_of
from review_app.publishing import service as publishing
from review_app.review.service import page_heads
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.service import SiteView, get_site


@click.command()
@click.option("--site", "slug", required=True, help="Short name of the site.")
def pages(slug: str) -> None:
    """Print a line per page and language: path, language, segments, open flags, share approved (0-1)."""
    print_pages(open_installation(), slug)


def print_pages(opened: Opened, slug: str, *, untranslated: bool = True) -> None:
    """Print the tab-separated lines of ``pages``, with or without what has no translation at all."""
    with opened.database.reading() as session:
        heads = page_heads(session, COMMAND_LINE, get_site(session, slug).id)
    for head in heads:
        if untranslated or head.translated:
            click.echo(
                f"{head.path}\t{head.language}\t{head.segments}\t{head.flag_total}\t{round(head.approved_share, 4):g}"
            )


@click.command()
@click.argument("path", required=False)
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--to", "language", required=True, help="Target language.")
@click.option(
    "--engine", type=click.Choice(sorted(ENGINES)), help="Another engine than the site's own, to compare with."
)
@click.option("--preview", is_flag=True, help="Only print what each engine would be sent, where that goes, its cost.")
def translate(path: str | None, slug: str, language: str, engine: str | None, preview: bool) -> None:
    """Machine-translate and check what is missing, of one page (PATH) or of all."""
    opened = open_installation()
    language, path = get_language(language).tag, normalise_path(path) if path else None
    with opened.database.reading() as session:
        site = get_site(session, slug)
        chosen = [page for page in pages_of(session, site.id) if path in {None, page.path}]
    if not chosen and path is None:
        raise NotFound(N_("The site {site} has no pages yet. Take some in: review-app import"), site=slug)
    if not chosen:
        raise NotFound(
            N_("The site {site} has no page {path}. See: review-app pages --site {site}"), site=slug, path=path
        )
    if language not in site.languages:
        raise NotFound(
            N_("The site {site} is not translated into “{language}”. Add it: review-app site language"),
            site=slug,
            language=language,
        )
    by_machine = [page for page in chosen if page.policy(site, language) is not LanguagePolicy.HUMAN_ONLY]
    if preview:
        print_offers(opened, site, [page.id for page in by_machine or chosen], language, engine)
        return
    for page in sorted(by_machine or chosen, key=lambda page: page.content_class is not ContentClass.CRISIS):
        translate_page(opened, site, page.id, page.path, language, engine)
    with opened.database.reading() as session:
        heads = page_heads(session, COMMAND_LINE, site.id)
    for head in heads:
        if head.language == language and path in {None, head.path}:
            click.echo(f"{head.path}\t{language}\ttranslated: {head.translated} of {head.segments}")


def translate_page(
    opened: Opened, site: SiteView, page_id: int, path: str, language: str, engine: str | None = None
) -> None:
    """Run the translation job of a page here and now; raises what stopped it."""
    other = None if engine == site.engine_for(language) else engine  # the site's own is no other job
    payload = {"page_id": page_id, "language": language, "engine": other}
    run_here(opened, site.id, "translate_page", payload, f"{path} → {language}")


@click.command()
@click.argument("path")
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--language", required=True, help="Language to publish.")
@click.option("--withdraw", is_flag=True, help="Take the page off the public side instead.")
def publish(path: str, slug: str, language: str, withdraw: bool) -> None:
    """Put a page's approved texts before the public, or take it off again."""
    opened = open_installation()
    language, path = get_language(language).tag, normalise_path(path)
    with opened.database.writing() as session:
        site = get_site(session, slug)
        page = find_page(session, site.id, path)
        if page is None:
            raise NotFound(
                N_("The site {site} has no page {path}. See: review-app pages --site {site}"), site=slug, path=path
            )
        if language not in site.languages:
            raise NotFound(
                N_("The site {site} is not translated into “{language}”. Add it: review-app site language"),
                site=slug,
                language=language,
            )
        if withdraw:
            publishing.withdraw(session, COMMAND_LINE, page.id, language)
        else:
            publishing.publish(session, COMMAND_LINE, page.id, language)
    click.echo(f"{path}\t{language}\t{'withdrawn' if withdraw else 'published'}")
