"""Azure AI Translator (v3), by its official interface.

Its price is that of the tier S1, paid as it is used: 10 US dollars for a million characters, as Microsoft's list
(azure.microsoft.com/pricing/details/cognitive-services/translator) was quoted in 2025; in other regions and currencies,
and by agreement, it differs.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from review_app.engines.codes import code_for
from review_app.engines.contract import ANY_LANGUAGE, Terms
from review_app.engines.remote import Remote
from review_app.locale import N_

SERVED = "https://api-eur.cognitive.microsofttranslator.com"
"""Microsoft's address for requests that stay in Europe."""

LANGUAGES = frozenset(
    """
    af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fo fr ga gl gu he hi hr hu hy id is it ja ka kk km
    kmr ko ku ky lo lt lv mk ml mn mr ms mt nb ne nl pa pl prs ps pt ro ru sk sl so sq sr sv sw ta te th ti tk tr uk ur
    uz vi yue zh zu
    """.split()
)
OWN_CODES = {
    "ckb": "ku",
    "fr-CA": "fr-ca",
    "ku": "kmr",  # Kurmanji here, as on the web; Azure's own ku is Sorani
    "mn": "mn-Cyrl",
    "mn-Mong": "mn-Mong",
    "no": "nb",
    "pt": "pt-pt",  # Azure's pt is of Brazil
    "pt-BR": "pt",
    "sr": "sr-Cyrl",
    "sr-Latn": "sr-Latn",
    "zh": "zh-Hans",
    "zh-Hant": "zh-Hant",
}
NO_KEY = N_("No key is set. Set REVIEW_APP_AZURE_KEY, and REVIEW_APP_AZURE_REGION for a regional one.")


class Azure(Remote):
    """The engine ``azure``."""

    name: ClassVar[str] = "azure"
    label: ClassVar[str] = N_("Azure AI Translator")
    detects: ClassVar[bool] = True
    terms: Terms = Terms(
        provider="Microsoft",
        country=N_("European Union"),
        retention=N_("none, says the provider: texts are not kept and not learned from"),
        price=10.0,
        currency="USD",
        local=False,
        longest_text=10_000,
        most_texts=100,
        most_characters=40_000,
    )

    def usable(self) -> str | None:
        """Return what is missing: a key."""
        return None if self._key else NO_KEY

    def supports(self, source: str, target: str) -> bool:
        """Say whether Azure lists both languages."""
        return azure_code(target) is not None and (source == ANY_LANGUAGE or azure_code(source) is not None)

    def _ask(self, texts: list[str], source: str, target: str) -> Any:
        query = {"api-version": "3.0", "to": azure_code(target) or target, "textType": "plain"}
        if source != ANY_LANGUAGE:
            query["from"] = azure_code(source) or source
        headers = {"Ocp-Apim-Subscription-Key": self._key}
        if region := self._options.get("azure.region"):
            headers["Ocp-Apim-Subscription-Region"] = region
        address = f"{self._address or SERVED}/translate?{urlencode(query)}"
        return self._client.ask(address, [{"Text": text} for text in texts], headers, _texts)


def _texts(answer: Any) -> Any:
    return [one["translations"][0]["text"] for one in answer]


def azure_code(tag: str) -> str | None:
    """Return Azure's code for a language tag; nothing when it has none."""
    return code_for(tag, OWN_CODES, LANGUAGES)
