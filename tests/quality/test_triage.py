from hypothesis import given
from hypothesis import strategies as st

from review_app.quality.sampling import is_drawn
from review_app.quality.triage import expected_gain, presumed_risk, risk_level
from review_app.sites.policy import ContentClass


def test_a_draw_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    drawn = {seed: [text for text in range(2000) if is_drawn(seed, text, 0.05)] for seed in (1, 2)}
    assert drawn[1] == [text for text in range(2000) if is_drawn(1, text, 0.05)]
    assert drawn[1] != drawn[2]
    assert all(60 <= len(found) <= 140 for found in drawn.values()), "5 % of 2,000 is 100, four deviations are 39"


@given(st.integers(), st.integers(1), st.floats(0, 1), st.floats(0, 1))
def test_a_smaller_share_draws_no_text_that_a_larger_one_leaves(seed: int, text: int, one: float, two: float) -> None:
    small, large = sorted((one, two))
    assert is_drawn(seed, text, large) or not is_drawn(seed, text, small)
    assert is_drawn(seed, text, 1)
    assert not is_drawn(seed, text, 0)


def test_what_many_read_and_what_is_at_stake_weighs_more() -> None:
    plain = expected_gain(0.5, 0, ContentClass.NORMAL)
    assert plain == expected_gain(0.5, 1, ContentClass.NORMAL)
    assert expected_gain(0.5, 40, ContentClass.NORMAL) == 40 * plain
    assert expected_gain(0.4, 0, ContentClass.RIGHTS) > expected_gain(0.9, 0, ContentClass.NEWS)


def test_risk_is_said_in_words() -> None:
    assert [risk_level(risk) for risk in (0, 0.19, 0.2, 0.49, 0.5, 1)] == [
        "low",
        "low",
        *["moderate"] * 2,
        *["high"] * 2,
    ]


def test_the_gravest_flag_stands_in_for_a_risk_nobody_knows() -> None:
    assert (
        presumed_risk(["minor", "critical"]) > presumed_risk(["major"]) > presumed_risk(["minor"]) > presumed_risk([])
    )
