"""Machine-translation engines, one file each behind one contract: reads and writes nothing."""

from collections.abc import Callable, Mapping

from review_app.engines.contract import Engine, EngineConfig
from review_app.engines.gloss import Gloss
from review_app.engines.google import Google
from review_app.engines.recorded import Recorded
from review_app.errors import NotFound
from review_app.locale import N_

ENGINES: Mapping[str, Callable[[EngineConfig], Engine]] = {
    "gloss": Gloss,
    "google": Google,
    "recorded": Recorded,
}
"""Every engine by name."""


def get_engine(name: str, config: EngineConfig) -> Engine:
    """Return an engine; raises ``NotFound`` naming those there are."""
    if name not in ENGINES:
        raise NotFound(
            N_("There is no engine called {name}. There are: {names}."), name=name, names=", ".join(sorted(ENGINES))
        )
    return ENGINES[name](config)


__all__ = ["ENGINES", "Engine", "EngineConfig", "get_engine"]
