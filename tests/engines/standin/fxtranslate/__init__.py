"""Stands in for fxtranslate where a test needs a model: this one's is a list of words, as JSON."""

import json
import os
import time


class Translator:
    """Replaces each word by the model's; dies, hangs and chatters when a text says so."""

    def __init__(self, model: bytes, src_vocab: bytes, trg_vocab: bytes) -> None:
        self.words = json.loads(model)
        assert (src_vocab, trg_vocab) in {(b"shared", b"shared"), (b"source", b"target")}

    def translate_long(self, text: str) -> str:
        print("chatter")
        if "DIE" in text:
            os._exit(3)
        if "HANG" in text:
            time.sleep(60)
        return " ".join(self.words.get(word, word) for word in text.split(" "))


class discovery:  # noqa: N801 - a module in the real one
    """Nothing is packed here."""
