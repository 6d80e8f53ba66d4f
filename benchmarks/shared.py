"""The shared measurement data, cut as its README says: what is learned from, and what is reported on."""

import json
from collections.abc import Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Pairs = list[tuple[str, str]]


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def parallel(name: str) -> Pairs:
    """The pairs of a file, without its heading."""
    rows = [line.split("\t") for line in (DATA / "parallel" / f"{name}.sv-en.tsv").read_text("utf-8").splitlines()]
    return [(row[0], row[1]) for row in rows[1:] if len(row) > 1 and row[0].strip() and row[1].strip()]


def first_half(pairs: Pairs) -> Pairs:
    return pairs[: len(pairs) // 2]


def second_half(pairs: Pairs) -> Pairs:
    return pairs[len(pairs) // 2 :]


def demetr(*, learned_from: bool) -> list[dict]:
    """The rows of odd items by rank, or of the others. A row's item is its sentence: none is on both sides."""
    rows = lines("demetr-sv.dev.jsonl")
    rank = {item: at for at, item in enumerate(sorted({row["item"] for row in rows}))}
    return [row for row in rows if (rank[row["item"]] % 2 == 0) == learned_from]


def flores(*, learned_from: bool) -> list[dict]:
    return [row for row in lines("flores-dev.sv-en.jsonl") if (row["line"] % 2 == 1) == learned_from]


def other_engine(row: dict, engine: str) -> tuple[str, ...]:
    """What stands for another engine's translation: google's, and opusmt's for google."""
    return (row["mt"]["opusmt" if engine == "google" else "google"],)


def area(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Area under the curve: how often a positive has a higher score than a negative; ties count half."""
    ranks = _ranks(scores)
    inside = sum(positive)
    above = sum(rank for rank, is_positive in zip(ranks, positive, strict=True) if is_positive)
    return (above - inside * (inside + 1) / 2) / (inside * (len(scores) - inside))


def _ranks(scores: Sequence[float]) -> list[float]:
    order = sorted(range(len(scores)), key=lambda at: scores[at])
    ranks = [0.0] * len(scores)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and scores[order[last + 1]] == scores[order[first]]:
            last += 1
        for at in range(first, last + 1):
            ranks[order[at]] = (first + last) / 2 + 1
        first = last + 1
    return ranks
