"""An engine for tests of the jobs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

import pytest
from sqlalchemy.orm import Session

from review_app import worker
from review_app.db import Database
from review_app.engines.contract import NO_CONTEXT, Context, EngineConfig, Result, Terms
from review_app.errors import EngineFailed
from review_app.translations.drafting import Step


class Fake:
    """An engine in upper case, which may die on a text once, refuses one, and may replay another's texts."""

    name: str = "fake"
    label: ClassVar[str] = "for tests"
    version: str = "1"
    publishable: ClassVar[bool] = True
    official: ClassVar[bool] = True
    replays: ClassVar[bool] = False
    detects: ClassVar[bool] = True
    terms: Terms = Terms("nobody", "–", "nothing", price=20.0, local=False, longest_text=1000, most_texts=20)

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.contexts: list[Context] = []
        self.dies_on: str | None = None
        self.dies_of: BaseException = EngineFailed("The engine is gone.")
        self.says: dict[str, str] = {}
        self.replayed_from: str | None = None
        self.refuses: str | None = None

    def usable(self) -> str | None:
        return None

    def supports(self, source: str, target: str) -> bool:
        return target != "fi"

    def translate(self, texts: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT) -> list[Result]:
        if self.dies_on in texts:
            self.dies_on = None
            raise self.dies_of
        self.asked += texts
        self.contexts.append(context)
        return [self._answer(text) for text in texts]

    def _answer(self, text: str) -> Result:
        result = Result(None, "refused") if text == self.refuses else Result(self.says.get(text, text.upper()))
        if self.replayed_from is None:
            return result
        return replace(result, engine=self.replayed_from, version="2026-10", made_on=date(2026, 10, 3))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake()

    def get(name: str, _config: EngineConfig) -> Fake:
        fake.name = name
        return fake

    monkeypatch.setattr(worker, "get_engine", get)
    return fake


def keeping(database: Database) -> Step:
    """Return the step of a job that nobody follows."""

    def step(_done: int, _total: int, write: Callable[[Session], object]) -> None:
        with database.writing() as session:
            write(session)

    return step
