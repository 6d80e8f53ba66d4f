"""How a command fails: one sentence on standard error, and the exit status of the error."""

from typing import Any

import click

from review_app.errors import ReviewAppError


class FailingGroup(click.Group):
    """A group whose commands end with a sentence instead of a traceback when the user can do something about it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ReviewAppError as error:
            click.echo(f"review-app: {error}", err=True)
            ctx.exit(error.exit_status)
