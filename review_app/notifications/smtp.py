"""The mail server: an address, a connection with certain encryption, one message at a time. Knows no database."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import idna

from review_app.db import utc_now
from review_app.errors import BadInput, MailFailed, MailResting
from review_app.locale import N_
from review_app.settings import Settings

SECONDS = 20
"""How long the mail server may take for each of its answers."""

NO_SERVER = N_("No mail server is set. Set REVIEW_APP_SMTP_URL and REVIEW_APP_MAIL_FROM; see docs/settings.md.")
BAD_SERVER = N_(
    "REVIEW_APP_SMTP_URL is no address of a mail server. Write smtp://name:password@host:587, or smtps:// for port 465."
)
BAD_SENDER = N_("REVIEW_APP_MAIL_FROM is no e-mail address. Write one like Translations <translations@example.se>.")
PLAIN = N_("The mail server {host} offers no encryption, so nothing is sent to it. Use one that does.")
SILENT = N_("The mail server {host} does not answer: {reason}.")
CERTIFICATE = N_("The certificate of the mail server {host} is not valid: {reason}.")
LOGIN = N_("The mail server {host} refuses the name or password in REVIEW_APP_SMTP_URL (code {code}).")
SENDER = N_("The mail server {host} refuses the sender in REVIEW_APP_MAIL_FROM (code {code}).")
REFUSED = N_("The mail server {host} refuses the message (code {code}).")
BAD_ADDRESS = N_("The address cannot be written to by mail.")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in; the password is never shown."""

    host: str
    port: int
    tls: bool
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine, so that nothing that is sent to it can be listened to."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def mail_server(settings: Settings) -> Server | None:
    """Return the mail server of the settings, if there is one; raises ``BadInput`` for one that cannot be used."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadInput(BAD_SERVER) from error
    if parts.scheme not in {"smtp", "smtps"} or not host or parts.path.strip("/") or parts.query:
        raise BadInput(BAD_SERVER)
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(host, port or (465 if tls else 587), tls, _sender(settings.mail_from), user, password)


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    try:
        return mailbox(address, name)
    except MailFailed as error:
        raise BadInput(BAD_SENDER) from error


def mailbox(address: str, name: str = "") -> Address:
    """Return an address as it stands in a message; raises ``MailFailed`` for what is not exactly one address."""
    local, _, domain = address.strip().rpartition("@")
    try:
        if not local or not domain or any(character in "\r\n\0,;<>" for character in address):
            raise ValueError(address)
        return Address(name, local, idna.encode(domain, uts46=True).decode())
    except (ValueError, IndexError, MessageError) as error:  # idna's errors are ValueErrors
        raise MailFailed(BAD_ADDRESS) from error


def message(server: Server, to: str, subject: str, text: str, language: str, number: str) -> EmailMessage:
    """Return a message of plain text; ``number`` tells it from others, so that one that is sent twice is shown once."""
    made = EmailMessage(policy=WIRE)
    made["From"], made["To"], made["Subject"] = server.sender, mailbox(to), subject
    made["Date"], made["Message-ID"] = format_datetime(utc_now()), f"<{number}@{server.sender.domain}>"
    made["Auto-Submitted"] = "auto-generated"  # no out-of-office answers (RFC 3834)
    made.set_content(text)
    made["Content-Language"] = language
    return made


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and sign in; raises ``MailResting`` when that may go well later, else ``MailFailed``."""
    try:
        connection = _open(server)
    except smtplib.SMTPAuthenticationError as error:
        raise MailResting(LOGIN, host=server.host, code=error.smtp_code) from None  # the text may repeat the name
    except ssl.SSLCertVerificationError as error:
        raise MailResting(CERTIFICATE, host=server.host, reason=error.verify_message) from None
    except smtplib.SMTPNotSupportedError:
        raise MailFailed(PLAIN, host=server.host) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _silent(server, error) from None
    try:
        yield connection
    finally:
        _close(connection)


def _open(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        connection.ehlo()
        if not server.tls and not (server.is_here and not connection.has_extn("starttls")):
            connection.starttls(context=context)  # raises SMTPNotSupportedError where it is not offered
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def hand_in(connection: smtplib.SMTP, server: Server, made: EmailMessage) -> MailFailed | None:
    """Hand one message in and return why the server does not take this one: now (``MailResting``), or ever.

    Raises ``MailResting`` when it would take no other one either.
    """
    try:
        connection.send_message(made)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(server, next(iter(error.recipients.values()))[0])  # its text holds the address
    except smtplib.SMTPSenderRefused as error:
        raise MailResting(SENDER, host=server.host, code=error.smtp_code) from None
    except smtplib.SMTPResponseException as error:
        return _refused(server, error.smtp_code)
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        return MailFailed(BAD_ADDRESS)
    except (OSError, smtplib.SMTPException) as error:
        raise _silent(server, error) from None
    return None


def _refused(server: Server, code: int) -> MailFailed:
    kind = MailFailed if 500 <= code < 600 else MailResting
    return kind(REFUSED, host=server.host, code=code)


def _silent(server: Server, error: Exception) -> MailResting:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return MailResting(SILENT, host=server.host, reason=reason)


def _close(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()
