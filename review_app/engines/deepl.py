"""DeepL, by its official interface."""

from typing import Any, ClassVar

from review_app.engines.codes import code_for
from review_app.engines.contract import ANY_LANGUAGE, Terms
from review_app.engines.remote import Remote
from review_app.locale import N_

FREE, PAID = "https://api-free.deepl.com", "https://api.deepl.com"
LANGUAGES = frozenset(
    "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv th tr uk vi zh".split()
)
VARIANTS = {
    "en": "EN-GB",  # a public body in Sweden writes European English and Portuguese
    "en-US": "EN-US",
    "es-419": "ES-419",
    "no": "NB",
    "pt": "PT-PT",
    "pt-BR": "PT-BR",
    "zh": "ZH-HANS",
    "zh-Hant": "ZH-HANT",
}
"""DeepL's names of target languages, where it is not the language alone; as a source there is no more than that."""

NO_KEY = N_("No key is set. Set REVIEW_APP_DEEPL_KEY.")


class DeepL(Remote):
    """The engine ``deepl``."""

    name: ClassVar[str] = "deepl"
    label: ClassVar[str] = N_("DeepL")
    detects: ClassVar[bool] = True
    terms: Terms = Terms(
        provider="DeepL SE",
        country=N_("Germany"),
        retention=N_("none with a paid key; with a free one the provider may keep and learn from texts"),
        price=20.0,  # and a monthly fee
        currency="EUR",
        local=False,
        longest_text=30_000,
        most_texts=50,
        most_characters=30_000,
    )

    def usable(self) -> str | None:
        """Return what is missing: a key."""
        return None if self._key else NO_KEY

    def supports(self, source: str, target: str) -> bool:
        """Say whether DeepL lists both languages."""
        known = source == ANY_LANGUAGE or _primary(source) in LANGUAGES
        return known and _target(target) is not None and _primary(source) != _primary(target)

    def _ask(self, texts: list[str], source: str, target: str) -> Any:
        served = self._address or (FREE if self._key.endswith(":fx") else PAID)
        body: dict[str, Any] = {"text": texts, "target_lang": _target(target) or target, "preserve_formatting": True}
        if source != ANY_LANGUAGE:
            body["source_lang"] = _primary(source).upper()
        headers = {"Authorization": f"DeepL-Auth-Key {self._key}"}
        return self._client.ask(f"{served}/v2/translate", body, headers, _texts)


def _texts(answer: Any) -> Any:
    return [one["text"] for one in answer["translations"]]


def _primary(tag: str) -> str:
    primary = tag.split("-", maxsplit=1)[0].lower()
    return "nb" if primary == "no" else primary


def _target(tag: str) -> str | None:
    code = code_for(tag, VARIANTS, LANGUAGES)
    return None if code is None else code.upper()
