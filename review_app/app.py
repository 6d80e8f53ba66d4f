"""Makes the two web applications: the staff interface and, on an origin of its own, the public pages."""

import time
import uuid
from datetime import timedelta

import structlog
from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from review_app import logs
from review_app.api import pages as api_pages
from review_app.db import Database
from review_app.jobs.queue import JobQueue
from review_app.resources import TEMPLATES
from review_app.settings import Settings, signing_key
from review_app.web import (
    accounts,
    annotations,
    archive,
    assets,
    assignments,
    bulk,
    checks,
    comments,
    commissions,
    crawls,
    engines,
    errors,
    gate,
    glossary,
    going_back,
    health,
    helping,
    htmx,
    jobs,
    language,
    links,
    looking_up,
    memory,
    metrics,
    navigation,
    notices,
    open_data,
    openid,
    outside,
    own_places,
    page,
    pages,
    people,
    preview,
    publishing,
    push,
    quality,
    queue,
    recurring,
    recutting,
    references,
    repeats,
    reports,
    review,
    rounds,
    security,
    sites,
    start,
    statement,
    states,
    timing,
    versions,
    window,
    wording,
    words,
)
from review_app.web.cache import PublicCache
from review_app.web.context import (
    Installation,
    commit_and_send,
    current_job,
    current_site,
    find_person,
    my_sites,
    note_presence,
    work,
)
from review_app.web.static_files import STATIC_FILES

STAFF = (
    accounts,
    timing,
    links,
    openid,
    start,
    notices,
    pages,
    page,
    states,
    versions,
    window,
    assignments,
    preview,
    crawls,
    push,
    archive,
    jobs,
    sites,
    people,
    commissions,
    outside,
    engines,
    annotations,
    rounds,
    glossary,
    recurring,
    checks,
    wording,
    review,
    helping,
    looking_up,
    repeats,
    own_places,
    comments,
    going_back,
    recutting,
    memory,
    queue,
    bulk,
    reports,
    references,
    statement,
    open_data,
    quality,
)
"""Modules of ``web/`` whose ``blueprint`` the staff interface serves."""

_log = structlog.get_logger("review_app.web")


class HouseApp(Flask):
    """A Flask app whose view and commit are one step, so that a failing commit is shown like any other error."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit what it changed, unless it answered with an error."""
        response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            commit_and_send()
            note_presence()
        else:
            work().roll_back()
        return response


def open_installation(settings: Settings) -> Installation:
    """Open the database and the job queue that the apps of a process share."""
    return Installation(
        settings, Database(settings.sqlalchemy_url), JobQueue(settings.job_queue_url, signing_key(settings))
    )


def create_app(settings: Settings, installation: Installation | None = None) -> Flask:
    """Return the staff interface."""
    app = _bare_app(installation or open_installation(settings))
    secure = settings.secure_cookies
    app.config.update(
        SECRET_KEY=signing_key(settings),
        SESSION_COOKIE_NAME="__Host-review" if secure else "review",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        WTF_CSRF_TIME_LIMIT=None,
    )
    language.init_app(app)
    gate.init_app(app)  # before forms are looked at: who is not signed in is told that, not that the form is old
    security.init_app(app, staff=True, https=secure)
    for module in STAFF:
        app.register_blueprint(module.blueprint)
    outside.add_twins(app)
    app.context_processor(
        lambda: {
            "navigation": navigation.navigation,
            "find_person": find_person,
            "current_site": current_site,
            "current_job": current_job,
            "editing_pause": timing.editing_pause,
            "my_sites": my_sites,
            "unread_notices": notices.unread,
        }
    )
    return app


def create_public_app(settings: Settings, installation: Installation | None = None) -> Flask:
    """Return the public pages: no sign-in, no cookies."""
    app = _bare_app(installation or open_installation(settings))
    language.init_app(app, for_readers=True)
    security.init_app(app, staff=False, https=settings.public_url.startswith("https:"))
    app.register_blueprint(api_pages.blueprint)
    app.register_blueprint(publishing.public)
    app.register_blueprint(statement.public)
    app.wsgi_app = PublicCache(  # type: ignore[method-assign]
        app.wsgi_app, app.extensions["review_app"].database, settings.proxies
    )
    return app


def _bare_app(installation: Installation) -> HouseApp:
    """Return an app with what both have: templates, static files, errors, transactions, log lines."""
    settings = installation.settings
    logs.configure(settings)
    app = HouseApp("review_app", static_folder=str(STATIC_FILES), template_folder=None)
    app.extensions["review_app"] = installation
    app.config.update(MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024)
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(words=words, address_of=navigation.address_of, way_to_pages=navigation.way_to_pages)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops
        )
    app.before_request(_start)
    app.after_request(_tell)
    app.teardown_request(_clean_up)
    app.register_blueprint(health.blueprint)
    metrics.init_app(app)
    assets.init_app(app)
    htmx.init_app(app)
    errors.init_app(app)
    return app


def _start() -> None:
    g.request_id = uuid.uuid4().hex[:12]
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _tell(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint != "static":
        person = g.get("person")
        _log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000),
            person=person.actor.person_id if person else None,
        )
    return response


def _clean_up(_error: BaseException | None) -> None:
    work().roll_back()
    structlog.contextvars.clear_contextvars()
