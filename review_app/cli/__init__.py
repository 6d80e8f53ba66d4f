"""The command line: one file per command group, loaded only when called, so that plain-file commands start fast."""

from importlib import import_module

import click

from review_app import __version__
from review_app.cli.failing import FailingGroup

COMMANDS = {
    "audit": "review_app.cli.audit:audit",
    "check": "review_app.cli.check:check",
    "corpus": "review_app.cli.corpus:corpus",
    "db": "review_app.cli.database:database",
    "demo": "review_app.cli.demo:demo",
    "engines": "review_app.cli.engines:engines",
    "export-site": "review_app.cli.static_site:export_site",
    "glossary": "review_app.cli.glossary:glossary",
    "import": "review_app.cli.intake:import_pages",
    "jobs": "review_app.cli.jobs:jobs",
    "mail": "review_app.cli.mail:mail",
    "memory": "review_app.cli.memory:memory",
    "open-data": "review_app.cli.open_data:export_open_data",
    "page": "review_app.cli.page:page",
    "pages": "review_app.cli.work:pages",
    "publish": "review_app.cli.work:publish",
    "quality": "review_app.cli.quality:quality",
    "references": "review_app.cli.references:references",
    "report": "review_app.cli.report:report",
    "score": "review_app.cli.score:score",
    "serve": "review_app.cli.serve:serve",
    "site": "review_app.cli.site:site",
    "sync": "review_app.cli.intake:sync",
    "translate": "review_app.cli.work:translate",
    "visits": "review_app.cli.visits:visits",
    "user": "review_app.cli.user:user",
    "worker": "review_app.cli.worker:worker",
}
"""Every command, and where it is written."""


class LazyGroup(FailingGroup):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="review-app")
def main() -> None:
    """Publish machine-translated pages a public body can stand behind."""
