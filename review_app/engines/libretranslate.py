"""LibreTranslate, a free program: on a machine of the installation's own, or of those who offer it to others."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, ClassVar

from review_app.engines.contract import EngineConfig, Terms
from review_app.engines.machines import marked, terms_at, why_not
from review_app.engines.remote import Remote
from review_app.locale import N_

NO_ADDRESS = N_("No address is set. Set REVIEW_APP_LIBRETRANSLATE_URL to the server's.")


class LibreTranslate(Remote):
    """The engine ``libretranslate``."""

    name: ClassVar[str] = "libretranslate"
    label: ClassVar[str] = N_("LibreTranslate on a server that you name")
    detects: ClassVar[bool] = True
    terms: Terms = Terms(
        provider=N_("a server of your own"),
        country="–",
        retention=N_("as that server is set up"),
        price=0.0,
        local=True,
        longest_text=5_000,
        most_texts=25,
        most_characters=10_000,
    )

    def __init__(self, config: EngineConfig, sleep: Callable[[float], None] | None = None) -> None:
        super().__init__(config, sleep)
        if self._address:
            self.terms = config.priced(self.name, terms_at(self._address, config.own_hosts, self.terms))
            self.version = marked(self.version, self._address)

    def usable(self) -> str | None:
        """Return what is missing: an address that text may go to."""
        return why_not(self._address, self._own_hosts) if self._address else NO_ADDRESS

    def supports(self, source: str, target: str) -> bool:
        """Leave it to the server, which says so when it does not know a language."""
        return source != target

    def _ask(self, texts: list[str], source: str, target: str) -> Any:
        body = {"q": texts, "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        return self._client.ask(f"{self._address}/translate", body, read=itemgetter("translatedText"))
