"""Stands in for unbabel-comet: a model is a file that says whether it needs a reference."""

import os
from pathlib import Path
from types import SimpleNamespace


class Model:
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def requires_references(self) -> bool:
        return self.kind == "needs a reference"

    def predict(self, samples: list[dict[str, str]], batch_size: int, gpus: int, progress_bar: bool) -> SimpleNamespace:
        assert not any(name.startswith("REVIEW_APP_") for name in os.environ)
        assert os.environ["HF_HUB_OFFLINE"] == "1"
        assert (batch_size, gpus, progress_bar) == (len(samples), 0, False)
        return SimpleNamespace(scores=[len(one["mt"]) / (len(one["src"]) + len(one["mt"])) for one in samples])


def load_from_checkpoint(path: str, local_files_only: bool) -> Model:
    assert local_files_only
    return Model(Path(path).read_text("utf-8"))
