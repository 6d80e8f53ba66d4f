"""Microsoft Translator through deep-translator: the service of the engine ``azure``, by an unofficial client.

Hardened: the languages come from our list where deep-translator would ask for them each time, and the one request goes
through ``EngineClient``. It carries one text; the engine ``azure`` sends a hundred at a time.
"""

from collections.abc import Callable
from typing import ClassVar

import deep_translator.microsoft
from deep_translator import MicrosoftTranslator
from deep_translator.exceptions import MicrosoftAPIerror

from review_app.engines.azure import LANGUAGES, NO_KEY, OWN_CODES, SERVED, azure_code
from review_app.engines.client import NONSENSE
from review_app.engines.contract import EngineConfig, Terms
from review_app.engines.remote import Remote
from review_app.engines.unofficial import NO_PAIR, VERSION, harden, through
from review_app.errors import EngineFailed
from review_app.locale import N_

_CODES = LANGUAGES | frozenset(OWN_CODES.values())


class _Translator(MicrosoftTranslator):
    """One that knows its languages without asking the network for them."""

    def _get_supported_languages(self) -> dict[str, str]:
        return {code: code for code in _CODES}


class Microsoft(Remote):
    """The engine ``microsoft``; its key and region are those of ``azure``."""

    name: ClassVar[str] = "microsoft"
    label: ClassVar[str] = N_("Microsoft Translator through deep-translator (unofficial client)")
    official: ClassVar[bool] = False
    terms: Terms = Terms(
        provider="Microsoft",
        country=N_("European Union"),
        retention=N_("none, says the provider: texts are not kept and not learned from"),
        price=None,
        local=False,
        longest_text=10_000,
    )

    def __init__(self, config: EngineConfig, sleep: Callable[[float], None] | None = None) -> None:
        super().__init__(config, sleep)
        self.version = VERSION
        self._key = config.keys.get("azure", "")
        harden(deep_translator.microsoft)

    def usable(self) -> str | None:
        """Return what is missing: a key."""
        return None if self._key else NO_KEY

    def supports(self, source: str, target: str) -> bool:
        """Say whether Azure lists both languages."""
        return azure_code(source) is not None and azure_code(target) is not None

    def _ask(self, texts: list[str], source: str, target: str) -> list[str | None]:
        if not self.supports(source, target):
            raise EngineFailed(NO_PAIR, engine=self.name, source=source, target=target)
        return [self._text(text, source, target) for text in texts]

    def _text(self, text: str, source: str, target: str) -> str | None:
        translator = _Translator(
            azure_code(source) or source,
            azure_code(target) or target,
            self._key,
            self._options.get("azure.region"),
            proxies=through(self._client),
        )
        translator._base_url = f"{self._address or SERVED}/translate?api-version=3.0"
        try:
            return translator.translate(text)
        except MicrosoftAPIerror:  # it quotes the answer
            raise EngineFailed(NONSENSE, engine=self.name) from None
