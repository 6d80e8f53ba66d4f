"""Commands about the machine-translation engines."""

import click
from rich.console import Console
from rich.table import Table

from review_app.cli.installation import read_settings
from review_app.engines import ENGINES, EngineConfig, get_engine
from review_app.errors import EngineFailed
from review_app.locale import N_

SENTENCE = "Förskolan öppnar klockan 6.30 den 3 augusti."


@click.group()
def engines() -> None:
    """See which engines there are, and try one."""


@engines.command("list")
def list_command() -> None:
    """List the engines: what they are, and whether they can be used now."""
    config = EngineConfig(recorded_folder=read_settings().recorded_folder)
    table = Table("name", "what it is", "version", "usable now")
    for name in sorted(ENGINES):
        engine = get_engine(name, config)
        table.add_row(name, engine.label, engine.version, engine.usable() or "yes")
    Console().print(table)


@engines.command("test")
@click.argument("name")
@click.option("--to", "language", default="en", show_default=True, help="Target language.")
@click.option("--text", default=SENTENCE, help="What to translate instead of the sample sentence.")
def test_command(name: str, language: str, text: str) -> None:
    """Translate one sentence with the engine NAME. It leaves this machine if the engine does."""
    engine = get_engine(name, EngineConfig(recorded_folder=read_settings().recorded_folder))
    result = engine.translate([text], "sv", language)[0]
    if result.text is None:
        raise EngineFailed(N_("{engine} gave no translation: {reason}"), engine=name, reason=result.reason)
    click.echo(result.text)
