"""The demonstration: a municipality's pages with machine translations, corrections and approvals, ready to try."""

from pathlib import Path

import click

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, get_person_id, grant, person_actor
from review_app.cli.demo_marks import mark
from review_app.cli.installation import Opened, open_installation, read_settings
from review_app.cli.serve import serve_settings
from review_app.cli.work import print_pages, translate_page
from review_app.exchange.corpus import import_corpus
from review_app.jobs.runner import unseen
from review_app.pages.service import pages_of
from review_app.publishing.statements import publish_statement
from review_app.quality.filling import fill
from review_app.quality.service import begin_drawing
from review_app.quality.training import train
from review_app.reports.statement import measure
from review_app.resources import DEMO_CORPUS
from review_app.review.service import page_heads
from review_app.scoring.filling import fill_language
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteView, add_site, find_site, get_site, set_language

SITE = "overkalix"
SEED = 1  # the same spot checks in every demonstration
PASSWORD = "granska-texten"  # noqa: S105 - known to everyone, and only in the demonstration's own database
PEOPLE = (
    ("anna@example.se", "Anna Lindqvist", Role.TRANSLATOR),
    ("bo@example.se", "Bo Henriksson", Role.APPROVER),
    ("carin@example.se", "Carin Holm", Role.ADMINISTRATOR),
)
ADMINISTRATOR = "carin@example.se"
MARKED_PAGE = DEMO_CORPUS / "vision-strategi" / "segments.en.jsonl"
MARKS = DEMO_CORPUS / "marks.en.jsonl"


@click.command()
@click.option("--no-serve", is_flag=True, help="Prepare everything, print a line per page and language, and stop.")
@click.option("--port", default=8000, show_default=True, help="Port of the staff interface.")
@click.option("--public-port", type=int, help="Port of the public pages; else the one after --port.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/demo"),
    show_default=True,
    help="Folder of the demonstration's own database.",
)
def demo(no_serve: bool, port: int, public_port: int | None, data: Path) -> None:
    """Try the program with Överkalix's pages, without network. What you change is kept; delete --data to start over."""
    public_port = public_port or port + 1
    settings = read_settings(
        data_dir=data,
        database_url="",
        port=port,
        public_port=public_port,
        base_url=f"http://127.0.0.1:{port}",
        public_url=f"http://127.0.0.1:{public_port}",
        recorded_folder=DEMO_CORPUS,
        log_level="WARNING",
    )
    opened = open_installation(settings, upgrading=True)  # of an earlier version's demonstration
    prepare(opened)
    if no_serve:
        print_pages(opened, SITE, untranslated=False)
        return
    opened.database.dispose()
    serve_settings(settings, lambda: click.echo(_welcome(settings.base_url, settings.public_url)))


def prepare(opened: Opened) -> None:
    """Fill the demonstration's database, unless that has been done."""
    with opened.database.reading() as session:
        if find_site(session, SITE) is not None:
            return
    with opened.database.writing() as session:
        site_id = add_site(
            session,
            slug=SITE,
            name="Överkalix kommun",
            base_url="https://www.overkalix.se/",
            responsible="Överkalix kommun",
            contact="kommun@overkalix.example",
            engine="recorded",
        )
        set_language(session, site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
        set_language(session, site_id, "ar", LanguagePolicy.MACHINE_AFTER_REVIEW)
        begin_drawing(session, site_id, SEED)
        for email, name, role in PEOPLE:
            person_id = add_person(session, COMMAND_LINE, email=email, name=name, password=PASSWORD)
            grant(session, COMMAND_LINE, person_id=person_id, site_id=site_id, role=role)
        import_corpus(session, COMMAND_LINE, site_id, DEMO_CORPUS)
    _translate(opened)


def _translate(opened: Opened) -> None:
    """Ask the engines for what the corpus lacks: recordings, and a gloss to read by where there is none."""
    with opened.database.reading() as session:
        site = get_site(session, SITE)
        pages = {page.id: page.path for page in pages_of(session, site.id)}
    for page_id, path in pages.items():
        translate_page(opened, site, page_id, path, "en")
    with opened.database.reading() as session:
        heads = page_heads(session, COMMAND_LINE, site.id)
    for head in heads:
        if head.language == "en" and head.translated < head.segments:
            translate_page(opened, site, head.page_id, head.path, "en", "gloss")
    for language in site.languages:
        fill_language(opened.database, site.id, language)
    with opened.database.writing() as session:
        publish_statement(session, COMMAND_LINE, site.id, "en", measure(session, site, "en"))
    _mark(opened, site)
    _learn(opened, site)


def _mark(opened: Opened, site: SiteView) -> None:
    """Let Anna and Bo mark what the engines made of one page."""
    with opened.database.writing() as session:
        people = {email: get_person_id(session, email) for email, _, _ in PEOPLE}
        administrator = person_actor(session, people.pop(ADMINISTRATOR))
        mark(session, administrator, site.id, people, MARKED_PAGE, MARKS)


def _learn(opened: Opened, site: SiteView) -> None:
    """Estimate the risk of all texts, as a worker does, and try to learn from the corrections of the corpus."""
    for language in site.languages:
        fill(opened.database, site, language, unseen)
    train(opened.database, COMMAND_LINE, site, "en")
    fill(opened.database, site, "en", unseen)


def _welcome(base_url: str, public_url: str) -> str:
    people = "\n".join(f"  {name:<16} {email:<18} {role}" for email, name, role in PEOPLE)
    return (
        f"\nStaff interface  {base_url}\nPublic pages     {public_url}/{SITE}/en\n\n"
        f"Sign in with the password {PASSWORD} as\n{people}\n\nStop with Ctrl+C."
    )
