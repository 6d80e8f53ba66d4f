"""What messages say: each kind of mail by name, in the interface's languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from review_app.locale import INTERFACE_LANGUAGES, N_, catalogue


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of mail: subject and text are messages with named values."""

    subject: str
    text: str


LETTERS = {
    "test": Letter(
        N_("Test message from the translation desk"),
        N_("This message shows that mail from {base_url} arrives. There is nothing you need to do."),
    ),
    "invitation": Letter(
        N_("Invitation to {site}"),
        N_(
            "{inviter} invites you to work with translations at {site}.\n\n"
            "Open this link to choose a password and begin:\n{link}\n\n"
            "The link can be used once, until {until}. If you do not know what this is about, you need not do anything."
        ),
    ),
    "password_reset": Letter(
        N_("Choose a new password"),
        N_(
            "Somebody, probably you, asked for a new password at {base_url}.\n\n"
            "Open this link to choose one:\n{link}\n\n"
            "The link can be used once, until {until}. If it was not you, you need not do anything: your password "
            "stays as it is."
        ),
    ),
    "event": Letter(N_("{first}"), N_("{lines}\n\nHow you are told, you choose at {settings}")),
    "events": Letter(
        N_("{count} things happened at {site}"), N_("{lines}\n\nHow you are told, you choose at {settings}")
    ),
    "daily": Letter(N_("Today at {site}"), N_("{lines}\n\nHow you are told, you choose at {settings}")),
}
"""Every kind of mail by name."""

MORE_ONE, MORE = N_("and %(num)d more"), N_("and %(num)d more")
"""What ends a long list."""


def written(letter: str, values: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Return subject and text of a mail in a person's language; the subject is one line whatever the values hold."""
    tag = language if language in INTERFACE_LANGUAGES else INTERFACE_LANGUAGES[0]
    say = catalogue(tag).gettext
    found = LETTERS[letter]
    return " ".join(say(found.subject).format(**values).split()), say(found.text).format(**values)
