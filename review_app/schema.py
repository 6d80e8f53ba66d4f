"""Every stage's tables together, for migrations and tests."""

from review_app.accounts import tables as accounts
from review_app.annotations import tables as annotations
from review_app.checks import tables as checks
from review_app.commissions import tables as commissions
from review_app.db import Base
from review_app.glossary import tables as glossary
from review_app.jobs import tables as jobs
from review_app.memory import tables as memory
from review_app.notifications import tables as notifications
from review_app.pages import tables as pages
from review_app.publishing import tables as publishing
from review_app.quality import tables as quality
from review_app.reports import tables as reports
from review_app.review import tables as review
from review_app.scoring import tables as scoring
from review_app.segments import tables as segments
from review_app.sites import tables as sites
from review_app.timing import tables as timing
from review_app.translations import tables as translations

STAGES = (
    sites, accounts, jobs, pages, timing, segments, memory, glossary, translations, checks, quality, review,
    commissions, publishing, scoring, annotations, reports, notifications,
)  # fmt: skip

metadata = Base.metadata
