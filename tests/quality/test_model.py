"""The risk: what it learns, how it is kept, and how it explains itself."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from sacrebleu.metrics import CHRF

from review_app.checks import check_pair
from review_app.checks.finding import Severity
from review_app.locale import catalogue
from review_app.quality.example import Example
from review_app.quality.features import FEATURES, features_of, matrix_of
from review_app.quality.fitting import fit
from review_app.quality.messages import MESSAGES, describe
from review_app.quality.model import RiskModel
from review_app.quality.reasons import group_of, reason_for
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
    rows = np.tile(features_of(GOOD), (count, 1))
    for name in ("copied", "words"):
        rows[:, FEATURES.index(name)] = np.random.default_rng(len(name)).uniform(size=count)
    return rows


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
    np.testing.assert_allclose(matrix_of(examples)[1], features_of(examples[1]))


def test_likeness_to_another_engine_s_text_is_chrf() -> None:
    mine, other = "The cat sat on the mat, quite happily.", "A cat was sitting on the mat happily."
    features = features_of(Example("Katten satt på mattan.", mine, "sv", "en", (), (other,)))
    chrf = CHRF(word_order=0).sentence_score(mine, [other]).score
    assert features[FEATURES.index("others_letters")] == pytest.approx(1 - chrf / 100)
    same = features_of(Example("Katten satt på mattan.", mine, "sv", "en", (), (mine,)))
    assert same[FEATURES.index("others_letters")] == same[FEATURES.index("others_order")] == 0


def test_a_word_between_words_that_belong_together_is_seen() -> None:
    short, long = "Biblioteket är öppet på måndagar.", "Det stora biblioteket är öppet på måndagar."
    english = "The library is open on Mondays.", "The pointless library is open on Mondays."
    texts = [(short, english[0]), (short, english[1]), (long, english[0])]
    matrix = matrix_of([Example(source, target, "sv", "en") for source, target in texts])
    kinds = [
        [at for at, name in enumerate(FEATURES) if re.fullmatch(rf"{kind}_\d", name)]
        for kind in ("slipped_in", "left_out")
    ]
    assert [[row[kind].sum() for kind in kinds] for row in matrix] == [[0, 0], [1, 0], [0, 1]]


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


def test_judgements_without_a_pattern_leave_the_start_nearly_as_it_was() -> None:
    rows = rows_of_a_site(300)
    by_chance = np.random.default_rng(2).uniform(size=300) < shipped().predict(rows)
    learned = fit(rows, by_chance, shipped(), version="s", languages=("sv", "en"), features=FEATURES)
    np.testing.assert_allclose(learned.predict(rows), shipped().predict(rows), atol=0.1)


def test_a_critical_flag_is_a_high_risk_even_where_flags_were_often_wrong() -> None:
    wrong = Example("Avgiften är 890 kr.", "The fee is SEK 980.", "sv", "en")
    wrong = replace(wrong, findings=check_pair(wrong.source, wrong.target, "sv", "en"))
    assert wrong.findings[0].severity is Severity.CRITICAL
    rows = np.vstack([matrix_of([wrong] * 200), rows_of_a_site(200)])
    taught = fit(rows, np.arange(400) >= 200, shipped(), version="x", languages=("sv", "en"), features=FEATURES)
    at = FEATURES.index("critical")
    assert shipped().predict(matrix_of([wrong]))[0] > 0.9
    assert (taught.weights[:, at] >= shipped().weights[:, at]).all()


@pytest.mark.parametrize(
    ("swedish", "english"), [("Avgifter", "Fees"), ("Lördag", "Saturday"), ("Huvudmeny", "Main menu")]
)
def test_being_short_is_no_risk(swedish: str, english: str) -> None:
    assert risks_of(shipped(), [Example(swedish, english, "sv", "en", check_pair(swedish, english, "sv", "en"))]) < 0.5


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


def test_every_feature_belongs_to_a_reason_that_can_be_told_in_swedish() -> None:
    values = dict.fromkeys(FEATURES, 0.5)
    for name in FEATURES:
        reason = reason_for(group_of(name), values)
        assert reason is not None
        assert catalogue("sv").gettext(MESSAGES[reason.message_id]) != MESSAGES[reason.message_id]
        assert "{" not in describe(*reason, "sv")


def test_nothing_known_is_no_reason() -> None:
    assert reason_for("others", dict.fromkeys(FEATURES, math.nan)) is None


def test_examples_of_many_languages_keep_their_order() -> None:
    other = Example(GOOD.source, "Kirjasto on avoinna.", "sv", "fi")
    rows = matrix_of([GOOD, other, GOOD])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert np.isnan(rows[1]).any()
    assert not np.isnan(rows[0, FEATURES.index("order_0")])


@pytest.mark.parametrize(
    "worse",
    [
        "The swimming hall is closed on.",
        "The swimming hall is not closed on Mondays.",
        "Hall the closed swimming is Mondays on.",
        "The swimming hall is closed elsewhere on Mondays as whenever the keyboard.",
        "The swimming hall is closed closed on Mondays.",
        "The swimming hall будет closed on Mondays.",
    ],
)
def test_a_spoiled_text_is_riskier(worse: str) -> None:
    assert np.diff(risks_of(shipped(), [judged(GOOD.target), judged(worse)]))[0] > 0
