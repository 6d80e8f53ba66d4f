"""Figures for Prometheus: how the requests go, and how the work of the installation stands.

Open to whoever knows the token that is set; without one there is no such page. Gauges are read from the database and
the same from every process. Counters and times are those of the process that answers; where several share a folder
(``PROMETHEUS_MULTIPROC_DIR``), those of all of them, also of ones that have ended.
"""

import hmac
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, g, make_response, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from review_app.db import utc_now
from review_app.jobs.service import job_counts
from review_app.settings import metrics_folder
from review_app.sites.service import all_sites
from review_app.translations.budget import budgets_of
from review_app.translations.gate import closed_engines
from review_app.web.context import installation

blueprint = Blueprint("metrics", __name__)

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds."""


@blueprint.get("/metrics")
def show() -> Response:
    """Give the figures in Prometheus's text format to whoever brings the token."""
    token = installation().settings.metrics_token.get_secret_value()
    if not token:
        abort(404)
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return make_response("The token is missing or wrong.\n", 401, {"WWW-Authenticate": "Bearer"})
    found = generate_latest(current_app.extensions["metrics"])
    return make_response(found, 200, {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


def init_app(app: Flask) -> None:
    """Time every request of an app; names are those of routes, so that their number is bounded."""
    registry, folder = CollectorRegistry(), metrics_folder()
    if folder is None:
        requests = _times(registry)
    else:
        requests = _shared_times(folder)
        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Work(app))
    app.extensions["metrics"] = registry

    @app.after_request
    def _time(response: Response) -> Response:
        started = g.get("started")
        if started is not None:
            seconds = time.perf_counter() - started
            requests.labels(request.endpoint or "none", f"{response.status_code // 100}xx").observe(seconds)
        return response

    app.register_blueprint(blueprint)


def _times(registry: CollectorRegistry | None) -> Histogram:
    return Histogram(
        "review_app_request_seconds",
        "Time from the request's arrival to its answer.",
        ["endpoint", "status"],
        buckets=BUCKETS,
        registry=registry,
    )


@cache
def _shared_times(folder: Path) -> Histogram:
    """Return the times that are kept in a folder: one object a process, as two would write over each other."""
    folder.mkdir(parents=True, exist_ok=True)
    return _times(None)


class _Work(Collector):
    """Gauges read from the database when they are asked for."""

    def __init__(self, app: Flask) -> None:
        self._database = app.extensions["review_app"].database

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("review_app_jobs", "Jobs by state.", labels=["state"])
        closed = GaugeMetricFamily("review_app_engine_closed", "1 while an engine is left alone.", labels=["engine"])
        sent = GaugeMetricFamily(
            "review_app_engine_characters", "Characters sent to an engine this month.", labels=["site", "engine"]
        )
        with self._database.reading() as session:
            for state, count in job_counts(session).items():
                jobs.add_metric([state], count)
            for engine in closed_engines(session, utc_now()):
                closed.add_metric([engine], 1)
            for site in all_sites(session):
                for engine, budget in budgets_of(session, site, utc_now()).items():
                    sent.add_metric([site.slug, engine], budget.used)
        yield from (jobs, closed, sent)

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: the database may not be there yet."""
        return iter(())
