"""Tables of the scoring stage."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base
from review_app.translations.tables import MachineTranslation, Revision


class SegmentStatistics(Base):
    """Sufficient statistics of one metric for one machine translation against one reference revision."""

    __tablename__ = "segment_statistics"

    machine_translation_id: Mapped[int] = mapped_column(ForeignKey(MachineTranslation.id), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), primary_key=True)
    metric: Mapped[str] = mapped_column(String(40), primary_key=True)
    signature: Mapped[str] = mapped_column(String(200))
    statistics: Mapped[bytes] = mapped_column(LargeBinary)
