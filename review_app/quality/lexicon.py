"""Learns which words translate each other at a site; the checks use it only where it tells more than before."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.learning import learned_words
from review_app.checks.lexical.lexicon import joined
from review_app.checks.lexical.model import LexicalModel, save
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.lexical.tokens import tokens_of
from review_app.checks.lexical.trial import flagged, limits_of, tried
from review_app.checks.lexicons import LexiconTry, add_lexicon, lexicon_of
from review_app.checks.reading import blanked
from review_app.db import Sessions
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.sites.service import SiteView
from review_app.text.normalise import normalise
from review_app.translations.memory import standing_texts

Pairs = Sequence[tuple[str, str]]

LEAST_PAIRS = 300
"""Pairs of texts or words; 200 sentences of an interface leave two words of five unknown."""

LEAST_TRIED = 100
"""Pairs it is tried on and does not learn from: one in a hundred may be flagged in error, so fewer show nothing."""

MOST_TRIED = 1_000

HELD_OUT, MOST_HELD_OUT = 10, 3
"""Every so many-th sentence is held out; of few sentences more, but never less than every third."""

MOST_PAIRS = 20_000
"""Sentences, and words, that it learns from: of both so many take 15 seconds and 850 MB."""

SENTENCE = 4
"""Tokens from which on a text is a sentence; what is shorter on both sides is a dictionary's."""

LEAST_TOLD = 0.7
"""Mean share of trials won from which a lexicon is worth using; 0.5 is chance, the shipped one reaches 0.86."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A try with its figures, and what it learned, used or not."""

    tried: LexiconTry
    model: LexicalModel


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from (sentences, words), what it is tried on, and texts that tell only how rare words are.

    ``by_machine``: how many of those it is tried on no person has written.
    """

    sentences: Pairs
    words: Pairs
    held_out: Pairs
    texts: Pairs
    by_machine: int

    @property
    def pairs(self) -> int:
        """How many pairs it learns from."""
        return len(self.sentences) + len(self.words)


def train_lexicon(database: Sessions, actor: Actor, site: SiteView, language: str, given: Pairs = ()) -> Trained:
    """Learn a lexicon from given pairs and what the site's people wrote, and keep the try.

    Raises ``BadInput`` when there is too little to learn from, or to try it on.
    """
    actor.require(Action.ADMINISTER, site.id)
    languages = _primary(site.source_language), _primary(language)
    with database.reading() as session:
        standing = standing_texts(session, site.id, language)
        own = lexicon_of(session, site.id, language)
    material = material_of(
        [*given, *((one.source, one.text) for one in standing if one.read_by_person)],
        [(one.source, one.text) for one in standing if not one.read_by_person],
    )
    shipped = shipped_aligner(*languages)
    model = _learned(languages, material, shipped)
    new, before = Aligner(model), own.aligner if own else shipped
    half = len(material.held_out) // 2
    limits = limits_of(new, material.held_out[:half])
    trial, old = tried(new, material.held_out), tried(before, material.held_out) if before else None
    kept = trial.mean > max(old.mean if old else 0.0, LEAST_TOLD)
    figures = {
        "sentences": len(material.sentences),
        "words": len(material.words),
        "by_machine": material.by_machine,
        **asdict(trial),
        "mean": trial.mean,
        "before": old.mean if old else None,
        "flagged": flagged(new, limits, material.held_out[half:]),
        "flagged_of": len(material.held_out) - half,
    }
    with database.writing() as session:
        done = add_lexicon(session, site.id, language, _packed(model), limits, kept=kept, figures=figures)
        after = {"language": language, "number": done.number, "kept": kept, "pairs": material.pairs}
        record(session, actor, "lexicon.train", f"site:{site.id}", site_id=site.id, after=after)
    return Trained(done, model)


def material_of(known: Pairs, of_machines: Pairs) -> Material:
    """Sort pairs into what is learned from and what it is tried on; raises ``BadInput`` when there are too few.

    Where too few are known for a trial, machine translations serve: mostly they are right. What all of them tell is how
    rare words are.
    """
    known, of_machines = _cleaned(known), _cleaned(of_machines)
    sentences = [pair for pair in known if _is_sentence(*pair)]
    words = [pair for pair in known if not _is_sentence(*pair)]
    if len(known) < LEAST_PAIRS:
        raise BadInput(
            N_("There are {count} pairs of words or texts, too few to learn from. {least} are the least."),
            count=len(known),
            least=LEAST_PAIRS,
        )
    step = max(MOST_HELD_OUT, min(HELD_OUT, len(sentences) // LEAST_TRIED))
    held_out = sentences[::step][:MOST_TRIED]
    learned = set(known) - set(held_out)
    extra = [pair for pair in of_machines if _is_sentence(*pair) and pair not in learned]
    by_machine = extra[:MOST_TRIED] if len(held_out) < LEAST_TRIED else []
    if len(held_out) + len(by_machine) < LEAST_TRIED:
        raise BadInput(
            N_(
                "There are {count} sentences with a translation to try a lexicon on, too few. {least} are the least:"
                " translate more pages, or add a TMX."
            ),
            count=len(held_out) + len(by_machine),
            least=LEAST_TRIED,
        )
    kept = set(held_out)
    return Material(
        [pair for pair in sentences if pair not in kept][:MOST_PAIRS],
        words[:MOST_PAIRS],
        [*held_out, *by_machine],
        of_machines,
        len(by_machine),
    )


def _cleaned(pairs: Pairs) -> list[tuple[str, str]]:
    """Return pairs without placeholders and repetitions, in their order."""
    clean = (((normalise(blanked(source))), normalise(blanked(target))) for source, target in pairs)
    return list(dict.fromkeys(pair for pair in clean if all(pair)))


def _is_sentence(source: str, target: str) -> bool:
    return min(len(tokens_of(source)), len(tokens_of(target))) >= SENTENCE


def _learned(languages: tuple[str, str], material: Material, shipped: Aligner | None) -> LexicalModel:
    """Learn a lexicon; where one ships for the languages, it is added to that, with how rare its words are."""
    model = learned_words(languages, material.sentences, material.words, material.texts)
    if shipped is None:
        return model
    ours = shipped.model
    return replace(
        model,
        lexicon=joined([ours.lexicon, model.lexicon]),
        texts=ours.texts,
        source_seen=ours.source_seen,
        target_seen=ours.target_seen,
    )


def _packed(model: LexicalModel) -> bytes:
    packed = io.BytesIO()
    save(model, packed)
    return packed.getvalue()


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
