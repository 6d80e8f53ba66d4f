"""Tables of the reports: files that jobs have made, for a day."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, utc_now
from review_app.jobs.tables import Job
from review_app.sites.tables import Site


class ReportFile(Base):
    """A file that was asked for, as the job has made it; it can be made again at any time."""

    __tablename__ = "report_file"

    job_id: Mapped[str] = mapped_column(ForeignKey(Job.id), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
