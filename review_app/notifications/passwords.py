"""Mails links for a new password to those who asked and can sign in."""

from review_app.accounts.credentials import is_asked, write_letters
from review_app.db import Database
from review_app.notifications.links import kept_link
from review_app.notifications.mail import send
from review_app.settings import Settings, link_key


def send_password_links(settings: Settings, database: Database) -> None:
    """Have everybody who asked be sent a link; the worker's sweep does it within seconds."""
    with database.reading() as session:
        asked = is_asked(session)
    if asked:
        with database.writing() as session:
            for letter in write_letters(session, link_key(settings)):
                values = {
                    "base_url": settings.base_url,
                    **kept_link("/new-password", letter.link),
                    "until": f"{letter.expires_at:%Y-%m-%d %H:%M} UTC",
                }
                send(
                    session,
                    to=letter.email,
                    letter="password_reset",
                    values=values,
                    language=letter.language,
                    expires_at=letter.expires_at,
                )
