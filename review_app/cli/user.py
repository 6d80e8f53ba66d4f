"""Commands about people."""

import click

from review_app.accounts.credentials import reset_password
from review_app.accounts.membership import require_usable
from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, find_person, grant
from review_app.cli.installation import open_installation
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.sites.service import get_site

ROLES = click.Choice([str(role) for role in Role])


@click.group()
def user() -> None:
    """Add people and give them roles."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Name, as colleagues know it.")
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True, help="Role at the site; repeat.")
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="REVIEW_APP_PASSWORD",
    help="Asked for when not given; a command line is seen by others, the variable REVIEW_APP_PASSWORD is not.",
)
def add(email: str, name: str, slug: str, roles: tuple[str, ...], password: str) -> None:
    """Add a person who signs in with EMAIL."""
    with open_installation().database.writing() as session:
        site_id = get_site(session, slug).id
        person_id = add_person(session, COMMAND_LINE, email=email, name=name, password=password)
        for role in roles:
            grant(session, COMMAND_LINE, person_id=person_id, site_id=site_id, role=Role(role))
    click.echo(f"Added {name} <{email}> to {slug} as {', '.join(roles)}.")


@user.command("password")
@click.argument("email")
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="REVIEW_APP_PASSWORD",
    help="Asked for when not given; a command line is seen by others, the variable REVIEW_APP_PASSWORD is not.",
)
def password_command(email: str, password: str) -> None:
    """Give a person who lost their password a new one; they are signed out everywhere."""
    with open_installation().database.writing() as session:
        reset_password(session, COMMAND_LINE, email, password)
    click.echo(f"{email} has a new password.")


@user.command("grant")
@click.argument("email")
@click.option("--site", "slug", required=True, help="Short name of the site.")
@click.option("--role", type=ROLES, required=True, help="Role at the site.")
@click.option(
    "--language", "languages", multiple=True, help="Only for this language; repeat. Without it for every one."
)
def grant_command(email: str, slug: str, role: str, languages: tuple[str, ...]) -> None:
    """Give a person another role, or a role in another language."""
    with open_installation().database.writing() as session:
        person_id = find_person(session, email)
        if person_id is None:
            raise NotFound(N_("There is no person with the address {email}."), email=email)
        site_id = get_site(session, slug).id
        require_usable(session, site_id, {Role(role): languages})
        grant(session, COMMAND_LINE, person_id=person_id, site_id=site_id, role=Role(role), languages=languages)
    click.echo(f"{email} is now {role} at {slug}{' for ' + ', '.join(languages) if languages else ''}.")
