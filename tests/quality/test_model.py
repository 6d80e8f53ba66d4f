"""The risk: what it learns, how it is kept, and how it explains itself."""

import numpy as np
import pytest

from review_app.checks import check_pair
from review_app.locale import catalogue
from review_app.quality.example import Example
from review_app.quality.features import FEATURES, features_of, matrix_of
from review_app.quality.fitting import fit
from review_app.quality.messages import MESSAGES, describe
from review_app.quality.model import RiskModel
from review_app.quality.reasons import reason_for
from review_app.quality.shipped import risks_of, shipped_model

GOOD = Example("Badhuset är stängt på måndagar.", "The swimming hall is closed on Mondays.", "sv", "en")
OTHER = "The public bath is closed on Mondays."


def judged(text: str, **facts: object) -> Example:
    findings = check_pair(GOOD.source, text, "sv", "en")
    return Example(GOOD.source, text, "sv", "en", findings, **facts)  # type: ignore[arg-type]


def shipped() -> RiskModel:
    model = shipped_model("sv", "en")
    assert model is not None
    return model


def changed(rows: np.ndarray) -> np.ndarray:
    """A house rule that only this site has: what is copied is changed."""
    return rows[:, FEATURES.index("copied")] > 0.5


def rows_of_a_site(count: int = 400) -> np.ndarray:
    return np.random.default_rng(1).uniform(size=(count, len(FEATURES)))


@pytest.mark.parametrize("language", ["fi", "ar", "../en", ""])
def test_a_language_nobody_validated_has_no_model(language: str) -> None:
    assert shipped_model("sv", language) is None


def test_a_dialect_has_its_language_s_model() -> None:
    assert shipped_model("sv-SE", "en-GB") is shipped_model("sv", "en")


def test_a_risk_is_a_probability_whatever_the_texts() -> None:
    texts = ["", " ", "x", "🦀" * 500, "a b " * 3000, OTHER]
    risks = risks_of(shipped(), [judged(text, others=others) for text in texts for others in [(), ("",), (OTHER,)]])
    assert ((risks > 0) & (risks < 1)).all()


def test_one_example_has_the_features_it_has_among_many() -> None:
    examples = [GOOD, judged(OTHER, others=(GOOD.target,), memory=0.4, content_class="rights")]
    np.testing.assert_array_equal(matrix_of(examples)[1], features_of(examples[1]))


def test_what_other_engines_say_alike_is_less_risky() -> None:
    alike, unlike = judged(GOOD.target, others=(OTHER,)), judged("We love cats.", others=(OTHER,))
    assert np.diff(risks_of(shipped(), [alike, unlike]))[0] > 0


def test_a_model_is_the_same_after_it_was_stored() -> None:
    rows = rows_of_a_site()
    model = fit(rows, changed(rows), version="site-1", languages=("sv", "en"), features=FEATURES)
    again = RiskModel.from_json(model.to_json())
    np.testing.assert_array_equal(again.predict(rows), model.predict(rows))
    assert (again.version, again.features, again.source_language) == ("site-1", FEATURES, "sv")


def test_a_site_s_corrections_teach_what_the_start_did_not_know() -> None:
    rows = rows_of_a_site()
    learned = fit(rows[:200], changed(rows[:200]), shipped(), version="s", languages=("sv", "en"), features=FEATURES)
    unseen, labels = rows[200:], changed(rows[200:])
    right = ((learned.predict(unseen) > 0.5) == labels).mean()
    assert right > ((shipped().predict(unseen) > 0.5) == labels).mean()
    assert right > 0.9


def test_without_evidence_the_start_stands() -> None:
    none = np.empty((0, len(FEATURES)))
    same = fit(none, np.array([], dtype=bool), shipped(), version="s", languages=("sv", "en"), features=FEATURES)
    rows = rows_of_a_site(20)
    np.testing.assert_allclose(same.predict(rows), shipped().predict(rows))


def test_a_risk_says_why_in_swedish_and_english() -> None:
    row = features_of(judged("We love cats.", others=(OTHER,)))
    reasons = shipped().reasons(row)
    assert 1 <= len(reasons) <= 3
    for reason in reasons:
        assert describe(*reason, "sv") != describe(*reason, "en")


def test_every_reason_can_be_told_in_swedish() -> None:
    for name in FEATURES:
        reason = reason_for(name, 0.5)
        assert reason is not None
        assert catalogue("sv").gettext(MESSAGES[reason.message_id]) != MESSAGES[reason.message_id]
        assert "{" not in describe(*reason, "sv")


def test_nothing_known_is_no_reason() -> None:
    assert reason_for("others", np.nan) is None
