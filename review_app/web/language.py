"""The interface's language, and dates and numbers in it.

Chosen by the person, else by the browser's cookie, else by what the browser asks for, else by the installation.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from babel.support import NullTranslations
from flask import Flask, current_app, g, request
from flask_babel import Babel, Domain, get_locale, gettext, ngettext, refresh
from jinja2 import pass_context
from markupsafe import Markup

from review_app.languages import direction, own_name
from review_app.locale import INTERFACE_LANGUAGES, catalogue
from review_app.publishing.notice import SPELLINGS
from review_app.publishing.wording import Wording, house_wording
from review_app.review.assigning import due_state
from review_app.text.bidi import without_isolates
from review_app.text.placeholders import plain
from review_app.web.box import in_box
from review_app.web.context import current_site, find_person, installation

COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 3600
LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}
"""Interface languages in their own name."""


class CatalogueDomain(Domain):
    """The house's ``.po`` files as a Flask-Babel domain."""

    def get_translations(self) -> NullTranslations:
        """Return the messages of the request's language; a language without a catalogue reads English."""
        try:
            return catalogue(interface_language(), self.domain[0])
        except FileNotFoundError:
            return NullTranslations()


class HouseBabel(Babel):
    """Flask-Babel over the house's catalogues."""

    domain_instance = CatalogueDomain()


class ReaderDomain(Domain):
    """What readers of the page in view are told."""

    def get_translations(self) -> NullTranslations:
        """Return the words that the view chose."""
        found = g.get("reading")
        return found if found is not None else house_wording(interface_language()).translations()


class ReaderBabel(Babel):
    """Flask-Babel over what readers see."""

    domain_instance = ReaderDomain(domain="reader")


def init_app(app: Flask, *, for_readers: bool = False) -> None:
    """Give the app its language, time zone, and template filters.

    For readers, messages come from the catalogue ``reader`` and the language is the page's: the view calls ``speak``.
    """
    if for_readers:
        ReaderBabel(app, default_locale="en", locale_selector=choose_for_reader, timezone_selector=time_zone)
    else:
        HouseBabel(app, default_locale="en", locale_selector=choose, timezone_selector=time_zone)
    spoken: dict[str, Callable[..., Any]] = {
        "language_name": language_name,
        "own_name": own_name,
        "direction": direction,
        "in_box": in_box,
        "without_isolates": without_isolates,
        "moment": moment,
        "day": day,
        "short_day": short_day,
        "time_left": time_left,
        "clock": clock,
        "coming": coming,
        "number": number,
        "percent": percent,
        "decimal": decimal,
        "with_name": with_name,
        "plain": plain,
        "due_state": lambda due_on: due_state(due_on, local_today()),
    }
    app.jinja_env.filters.update({name: at_each_request(tell) for name, tell in spoken.items()})
    app.context_processor(lambda: {"locale": interface_language(), "interface_languages": LANGUAGE_NAMES})


def at_each_request(tell: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter as one that Jinja calls at each request, also with a constant.

    ``{{ 0.001 | decimal(3) }}`` would otherwise be worked out once, when the template is compiled: in the language
    of whoever came first.
    """

    @pass_context
    def told(_context: object, *given: object, **named: object) -> Any:
        return tell(*given, **named)

    return told


def choose_for_reader() -> str:
    """Return the language of the public page in view, else the installation's."""
    return str(g.get("spoken") or installation().settings.default_language)


def choose() -> str:
    """Return the language of this request's interface."""
    person = find_person()
    chosen = (person.language if person else None) or request.cookies.get(COOKIE)
    if chosen in INTERFACE_LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(INTERFACE_LANGUAGES) or installation().settings.default_language


def interface_language() -> str:
    """Return the language this response is written in."""
    return str(get_locale() or "en")


def speak(language: str, words: Wording | None = None) -> None:
    """Write the rest of a public request in a reader's language, in the site's own words if it has any.

    Dates and numbers of a language that Babel does not know are written as its neighbour does.
    """
    g.reading = (words or house_wording(language)).translations()
    try:
        g.spoken = str(Locale.parse(SPELLINGS.get(language, language), sep="-"))
    except (UnknownLocaleError, ValueError):
        g.spoken = "sv"
    refresh()


def time_zone() -> ZoneInfo:
    """Return the time zone of the site in view."""
    site = g.get("site") if current_app.blueprints.get("accounts") is None else current_site()
    return ZoneInfo(site.timezone if site else "Europe/Stockholm")


def language_name(tag: str) -> str:
    """Return a language's name in the interface's language: ``engelska``."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(interface_language()) or tag
    except (UnknownLocaleError, ValueError):
        return str(Locale.parse(interface_language()).languages.get(tag, tag))


def moment(at: datetime) -> Markup:
    """Return a moment as a ``time`` element, in the site's time zone."""
    text = format_datetime(at, "d MMM y HH:mm", tzinfo=time_zone(), locale=interface_language())
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), text)


def day(at: date | datetime) -> Markup:
    """Return a day as a ``time`` element: ``3 maj 2026``."""
    local = _local_day(at)
    text = format_date(local, "d MMMM y", locale=interface_language())
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), text)


def short_day(at: date | datetime) -> Markup:
    """Return a day as a ``time`` element, short: ``3 maj``, with the year when it is another than this."""
    local = _local_day(at)
    pattern = "d MMM" if local.year == local_today().year else "d MMM y"
    text = format_date(local, pattern, locale=interface_language())
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), text)


def _local_day(at: date | datetime) -> date:
    return at.astimezone(time_zone()).date() if isinstance(at, datetime) else at


def local_today() -> date:
    """Return the day it is at the site in view."""
    return datetime.now(time_zone()).date()


def time_left(left: timedelta) -> str:
    """Return how long something still takes, in words: ``about 3 minutes left``."""
    seconds = round(left.total_seconds())
    if seconds < 60:
        return gettext("less than a minute left")
    return ngettext("about %(num)s minute left", "about %(num)s minutes left", round(seconds / 60))


def clock(at: datetime) -> Markup:
    """Return the time of day as a ``time`` element: ``14:02``."""
    text = format_time(at.astimezone(time_zone()), "HH:mm", locale=interface_language())
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), text)


def coming(at: datetime) -> Markup:
    """Return a moment that is ahead as a ``time`` element: ``14:02``, with its day if not today: ``4 maj 14:02``."""
    pattern = "HH:mm" if _local_day(at) == local_today() else "d MMM HH:mm"
    text = format_datetime(at, pattern, tzinfo=time_zone(), locale=interface_language())
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), text)


def number(value: float) -> str:
    """Return a number as the interface's language writes it: ``1 240`` or ``1,240``."""
    return str(format_decimal(value, locale=interface_language()))


def decimal(value: float, decimals: int = 1) -> str:
    """Return a number with so many decimals: ``52,7`` or ``52.7``."""
    pattern = "#,##0." + "0" * decimals
    return str(format_decimal(value, pattern, locale=interface_language()))


def with_name(tag: str) -> tuple[str, str]:
    """Return a language's tag with its name, as a select's options are given."""
    return tag, language_name(tag)


def percent(share: float, decimals: int = 0) -> str:
    """Return a share of one in per cent: ``92 %``."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    space = "" if interface_language() == "en" else "\N{NO-BREAK SPACE}"
    return f"{format_decimal(share * 100, pattern, locale=interface_language())}{space}%"
