"""What the filter above a report offers to choose from."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext

from review_app.pages.service import paths_of
from review_app.quality.sampling import SAMPLE_NAMES, Sample
from review_app.reports.filters import Filter
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.sites.service import SiteView
from review_app.web.context import db

MOST_SUGGESTED = 200
"""Paths that the filter suggests while somebody types."""


def filter_choices(site: SiteView, asked: Filter, engines: Collection[str]) -> dict[str, Any]:
    """Return what ``reports/_filter.html`` takes; ``engines`` are those there are, whichever is chosen."""
    return {
        "languages": sorted(site.languages),
        "paths": [path for _, path in paths_of(db(), site.id)][:MOST_SUGGESTED],
        "engine_names": sorted({*engines, *([asked.engine] if asked.engine else [])}),
        "samples": [(str(sample), gettext(SAMPLE_NAMES[sample])) for sample in Sample],
        "classes": [(str(code), gettext(name)) for code, name in CONTENT_CLASS_NAMES.items()],
    }
