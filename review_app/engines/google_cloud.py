"""Google Cloud Translation (Basic, v2), by its official interface."""

from typing import Any, ClassVar

from review_app.engines.contract import ANY_LANGUAGE, Terms
from review_app.engines.google import google_code, known_to_google
from review_app.engines.remote import Remote
from review_app.locale import N_

SERVED = "https://translation.googleapis.com"
NO_KEY = N_("No key is set. Set REVIEW_APP_GOOGLE_CLOUD_KEY.")


class GoogleCloud(Remote):
    """The engine ``google-cloud``."""

    name: ClassVar[str] = "google-cloud"
    label: ClassVar[str] = N_("Google Cloud Translation")
    detects: ClassVar[bool] = True
    terms: Terms = Terms(
        provider="Google Cloud",
        country=N_("United States"),
        retention=N_("none, says the provider: texts are not kept and not learned from"),
        price=20.0,
        currency="USD",
        local=False,
        longest_text=5_000,
        most_texts=100,
        most_characters=5_000,
    )

    def usable(self) -> str | None:
        """Return what is missing: a key."""
        return None if self._key else NO_KEY

    def supports(self, source: str, target: str) -> bool:
        """Say whether Google lists both languages."""
        return known_to_google(target) and (source == ANY_LANGUAGE or known_to_google(source))

    def _ask(self, texts: list[str], source: str, target: str) -> Any:
        body: dict[str, Any] = {"q": texts, "target": google_code(target), "format": "text"}
        if source != ANY_LANGUAGE:
            body["source"] = google_code(source)
        # The key goes in a header: addresses end up in logs.
        address = f"{self._address or SERVED}/language/translate/v2"
        return self._client.ask(address, body, {"X-Goog-Api-Key": self._key}, _texts)


def _texts(answer: Any) -> Any:
    return [one["translatedText"] for one in answer["data"]["translations"]]
