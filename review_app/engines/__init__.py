"""Machine-translation engines, one file each behind one contract: reads and writes nothing."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from review_app.engines.apertium import Apertium
from review_app.engines.azure import Azure
from review_app.engines.contract import Engine, EngineConfig, Gate, OpenGate
from review_app.engines.deepl import DeepL
from review_app.engines.firefox import Firefox
from review_app.engines.gloss import Gloss
from review_app.engines.google import Google
from review_app.engines.google_cloud import GoogleCloud
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.llm import Llm
from review_app.engines.microsoft import Microsoft
from review_app.engines.mymemory import MyMemory
from review_app.engines.recorded import Recorded
from review_app.errors import EngineFailed, NotFound
from review_app.locale import N_
from review_app.settings import Settings

ENGINES: Mapping[str, Callable[[EngineConfig], Engine]] = {
    "apertium": Apertium,
    "azure": Azure,
    "deepl": DeepL,
    "firefox": Firefox,
    "gloss": Gloss,
    "google": Google,
    "google-cloud": GoogleCloud,
    "libretranslate": LibreTranslate,
    "llm": Llm,
    "microsoft": Microsoft,
    "mymemory": MyMemory,
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


def look_ahead(engine: Engine, source: str, target: str) -> None:
    """Let an engine find out whether it translates a pair of languages, which it may have to ask a server for.

    What it found it says at once from then on: to be done before the database is read, where nobody may wait for that.
    """
    with suppress(EngineFailed):  # it says so again when it is asked
        engine.supports(source, target)


def targets_of(engine: Engine, source: str, targets: Iterable[str]) -> list[str]:
    """Return those of the target languages that an engine translates into now; none if it cannot be asked."""
    with suppress(EngineFailed):
        return [target for target in targets if engine.supports(source, target)]
    return []


def engine_config(settings: Settings, gate: Gate | None = None) -> EngineConfig:
    """Return what an installation tells its engines; every request passes the gate."""
    keys = {
        "azure": settings.azure_key,
        "deepl": settings.deepl_key,
        "google-cloud": settings.google_cloud_key,
        "libretranslate": settings.libretranslate_key,
        "llm": settings.llm_key,
    }
    addresses = {
        "apertium": settings.apertium_url,
        "libretranslate": settings.libretranslate_url,
        "llm": settings.llm_url,
    }
    options = {"azure.region": settings.azure_region, "llm.model": settings.llm_model}
    return EngineConfig(
        recorded_folder=settings.recorded_folder,
        addresses={name: address for name, address in addresses.items() if address},
        keys={name: key.get_secret_value() for name, key in keys.items() if key.get_secret_value()},
        gate=gate or OpenGate(),
        options={name: value for name, value in options.items() if value},
        own_hosts=settings.own_hosts,
        per_minute=settings.engine_per_minute,
        prices=settings.engine_prices,
        proxy=settings.engine_proxy.get_secret_value(),
        models_folder=settings.data_dir / "models",
    )


__all__ = ["ENGINES", "Engine", "EngineConfig", "engine_config", "get_engine", "look_ahead"]
