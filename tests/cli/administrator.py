"""An administrator at the command line: an installation in a folder of its own, and commands in it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from review_app.cli import main
from review_app.db import Database
from review_app.schema import metadata
from tests.exchange.library import contents

PASSWORD = "ett långt lösenord"
NEW_DATABASE = {table.name: 0 for table in metadata.sorted_tables}


@dataclass(frozen=True)
class Administrator:
    """Runs commands with the settings of one data folder; they are read from the environment, as in earnest.

    Without the address of a database its own stands in the folder.
    """

    data: Path
    url: str = ""

    def run(self, *arguments: str | Path, given: str | None = None, **settings: str | None) -> Result:
        """Run a command; settings are given without their prefix."""
        environment: dict[str, str | None] = {
            "REVIEW_APP_DATA_DIR": str(self.data),
            "REVIEW_APP_DATABASE_URL": self.url,
            "REVIEW_APP_PASSWORD": PASSWORD,
        }
        environment |= {f"REVIEW_APP_{name}": value for name, value in settings.items()}
        words = [str(argument) for argument in arguments]
        return CliRunner(env=environment).invoke(main, words, input=given)

    def does(self, *arguments: str | Path, **settings: str | None) -> str:
        """Run a command that succeeds and says nothing on standard error; returns what it printed."""
        result = self.run(*arguments, **settings)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def lines(self, *arguments: str | Path) -> list[list[str]]:
        """Run a command that prints tab-separated lines, and return their fields."""
        return [line.split("\t") for line in self.does(*arguments).splitlines()]

    def json(self, *arguments: str | Path) -> Any:
        """Run a command that prints JSON."""
        return json.loads(self.does(*arguments))

    def fails(self, *arguments: str | Path, **settings: str | None) -> str:
        """Run a command that stores nothing and ends with status 2 and one line on standard error; returns that."""
        before = self.contents()
        result = self.run(*arguments, **settings)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert result.stderr.startswith("review-app: ")
        assert result.stderr.endswith("\n")
        assert result.stderr.count("\n") == 1
        assert self.contents() == before
        return result.stderr.removeprefix("review-app: ").rstrip("\n")

    @property
    def database(self) -> Database:
        """The installation's database; dispose of it."""
        return Database(self.url or f"sqlite:///{self.data / 'review.db'}")

    def contents(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        if not self.url and not (self.data / "review.db").exists():
            return NEW_DATABASE
        database = self.database
        try:
            with database.reading() as session:
                return contents(session)
        finally:
            database.dispose()
