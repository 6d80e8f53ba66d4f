"""On which judged texts the figures of flags and risk rest."""

from datetime import UTC, datetime

from review_app.quality.corrections import Correction
from review_app.quality.report import basis_of
from review_app.quality.sampling import Sample


def judged(sample: Sample, count: int, risk: float | None = 0.5) -> list[Correction]:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    return [Correction(1, "a", "b", 1, "b", now, sample, risk, 1, number) for number in range(count)]


def test_kinds_are_not_mixed_and_enough_spot_checks_come_first() -> None:
    chosen = judged(Sample.TRIAGE, 200)
    assert basis_of([]) is None
    assert basis_of(judged(Sample.AUDIT, 30, risk=None)) is None
    assert basis_of(judged(Sample.AUDIT, 29) + chosen) is Sample.TRIAGE
    assert basis_of(judged(Sample.AUDIT, 30) + chosen) is Sample.AUDIT
