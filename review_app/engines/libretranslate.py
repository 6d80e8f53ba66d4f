"""LibreTranslate, on a machine of the installation's own."""

from typing import Any, ClassVar

from review_app.engines.contract import Terms
from review_app.engines.remote import Remote
from review_app.locale import N_

NO_ADDRESS = N_("No address is set. Set REVIEW_APP_LIBRETRANSLATE_URL to the server's.")


class LibreTranslate(Remote):
    """The engine ``libretranslate``."""

    name: ClassVar[str] = "libretranslate"
    label: ClassVar[str] = N_("LibreTranslate on a server of your own")
    detects: ClassVar[bool] = True
    terms: ClassVar[Terms] = Terms(
        provider=N_("a server of your own"),
        country="–",
        retention=N_("as that server is set up"),
        price=0.0,
        local=True,
        longest_text=5_000,
        most_texts=25,
        most_characters=10_000,
    )

    def usable(self) -> str | None:
        """Return what is missing: an address."""
        return None if self._address else NO_ADDRESS

    def supports(self, source: str, target: str) -> bool:
        """Leave it to the server, which says so when it does not know a language."""
        return source != target

    def _ask(self, texts: list[str], source: str, target: str) -> Any:
        body = {"q": texts, "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        return self._client.ask(f"{self._address}/translate", body)["translatedText"]
