"""Where a page of the bench is: which page in which language a request is about, and in whose job."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from review_app.web.bench_list import Asked
from review_app.web.context import current_job
from review_app.web.twins import TWINS


@dataclass(frozen=True, slots=True)
class Address:
    """Which page in which language a request is about."""

    site: str
    page_id: int
    language: str

    def to(self, endpoint: str, **values: Any) -> str:
        """Return the address of something on this page: in a job, that of its twin there."""
        job = current_job()
        if job is not None and endpoint in TWINS:
            return url_for(TWINS[endpoint], commission_id=job.id, page_id=self.page_id, **values)
        return url_for(endpoint, site=self.site, page_id=self.page_id, language=self.language, **values)

    def done(self, bulk_id: int, left: int = 0) -> str:
        """Return the address of what was done here and on other pages at once; ``left`` passages were left alone."""
        job = current_job()
        if job is not None:
            return self.to("bulk.done", bulk_id=bulk_id, left=left or None)
        return url_for("bulk.done", site=self.site, bulk_id=bulk_id, left=left or None)

    def bench(self, asked: Asked, segment: str | None, **values: Any) -> str:
        """Return the bench's address, with a segment open and in view; an empty one opens none."""
        anchor = f"s-{segment}" if segment else None
        return self.to("review.bench", **asked.query, segment=segment, **values, _anchor=anchor)
