"""Where a page of the bench is: which page in which language a request is about."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from review_app.web.bench_list import Asked


@dataclass(frozen=True, slots=True)
class Address:
    """Which page in which language a request is about."""

    site: str
    page_id: int
    language: str

    def to(self, endpoint: str, **values: Any) -> str:
        """Return the address of something on this page."""
        return url_for(endpoint, site=self.site, page_id=self.page_id, language=self.language, **values)

    def bench(self, asked: Asked, segment: str | None, **values: Any) -> str:
        """Return the bench's address, with a segment open and in view; an empty one opens none."""
        anchor = f"s-{segment}" if segment else None
        return self.to("review.bench", **asked.query, segment=segment, **values, _anchor=anchor)
