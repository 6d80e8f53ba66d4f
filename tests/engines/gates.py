"""A gate that notes who passes and how it went."""

from datetime import timedelta


class CountingGate:
    """One that lets everybody pass."""

    def __init__(self) -> None:
        self.passed: list[tuple[str, int]] = []
        self.answers: list[bool] = []

    def enter(self, engine: str, per_minute: int) -> bool:
        self.passed.append((engine, per_minute))
        return False

    def answered(self, engine: str, *, well: bool, wait: timedelta | None = None) -> None:
        self.answers.append(well)
