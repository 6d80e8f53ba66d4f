"""Words that say no, and words that say it in another way: what a Swedish "inte" may become, and what may become "not".

A negative is plain when a translation has to keep it. Some words can stand in for one ("saknas", "without"); they come
in groups of the same meaning, and a word whose group the other side uses too is spent: "utan" that became "without"
explains no other "not".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from review_app.checks.lexicon import is_common_english, is_swedish_form
from review_app.text.remembered import MOST

PLAIN_SWEDISH = frozenset(
    "inte ej icke aldrig ingen inget inga intet ingenting ingenstans ingendera varken knappast ingalunda nej".split()
)
PLAIN_ENGLISH = frozenset("not never cannot neither none nothing nobody nowhere no no-one noone".split())

PLAIN = {
    "de": frozenset(
        """
        nicht kein keine keinen keinem keiner keines keins nie niemals nichts niemand niemanden niemandem nirgends
        nirgendwo weder kaum ohne nein
        """.split()
    ),
    "fi": frozenset(
        """
        ei en et emme ette eivät eikä enkä etkä emmekä ettekä eivätkä älä älkää älköön ilman ellei ellen ellet elleivät
        ettei etten ettet etteivät vailla tuskin paitsi
        """.split()
    ),
    "ar": frozenset(
        """
        لا لم لن ليس ليست ليسوا لست لسنا غير بدون دون عدم ما ولا فلا ولم فلم ولن فلن وليس وليست بلا كلا ألا لئلا وغير
        وعدم لعدم بعدم أبدا قط ممنوع يمنع يحظر
        """.split()
    ),
}
"""What says no in other languages; only that none of them is left is worth telling there."""

ENDINGS_WITHOUT = {"fi": ("ton", "tön", "tta", "ttä", "ttomia", "ttömiä", "ttoman", "ttömän", "mättä", "matta")}
"""Endings that say "without" in a language."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one meaning, by their beginnings; a space ends a whole word.

    ``swedish`` and ``english`` can stand in for a plain negative.
    ``spends_swedish`` excuses the Swedish words as well, but explains nothing itself; ``spends_english`` the English.
    """

    swedish: tuple[str, ...]
    english: tuple[str, ...]
    spends_swedish: tuple[str, ...] = ()
    spends_english: tuple[str, ...] = ()


GROUPS = (
    Group(("utan ",), ("without", "devoid"), ("but", "rather", "instead", "only"), ()),
    Group(("sakna", "bristen", "bristan", "bristfäll"),
          ("lack", "miss", "absen", "insufficien", "shortage", "deficien", "void"), ("short",)),
    Group((), ("nevertheless",)),
    Group(("oavsett", "vare "), ("regardless", "irrespective"), ("whether", "whatever", "either", "any")),
    Group(
        ("bara", "endast", "enbart", "enda"), ("only", "unless"), ("just", "mere", "simpl", "sole", "alone", "single"),
        ("först", "unik"),
    ),
    Group(("misslyck",), ("fail", "unsuccess"), (), ("fel", "fall")),
    Group(("vägra", "neka", "avslå", "avslog", "avvisa"), ("refus", "reject", "declin", "denied", "deny", "denies")),
    Group(
        ("strunt", "kvitt", "avråd", "bruten", "brutits", "brutit", "illa", "dålig", "sämre", "sämst", "glöm", "svik",
         "svek", "borta", "skept", "tveksam", "motvill", "inställd", "inställt", "uteblev", "utesl", "förlor", "tomma",
         "noll", "avmarkera"),
        ("reluctan", "ill ", "beyond", "outside", "vain", "break", "broke", "stuck", "stick", "against", "hate",
         "hating", "differ", "spare", "forget", "forgot", "poor", "bad ", "badly ", "worse", "worst", "wrong", "alone ",
         "off ", "gone ", "expired", "obsolete", "loath", "skip", "waive", "drop", "short", "ceas", "lost ", "lose ",
         "beg ", "wontfix"),
        ("bust", "empty", "zero", "cancel"),
        ("annorlunda", "olik", "ensam", "kort", "emot", "tapp", "bort", "utanför"),
    ),
    Group(("någonsin", "fortfarande", "ännu"), (), ("ever", "still", "yet", "even")),
    Group(("lika ", "likadan", "samma "), (), ("same", "equal", "as", "like", "similar", "identical", "both", "just")),
    Group(("förbj", "förbud"), ("forbid", "prohibit", "ban ", "bans ", "banned", "banning", "forbad", "illegal"),
          ("bar",), ("olag",)),
    Group(
        ("undvik", "undvek", "slipp", "slapp", "avstå", "avstod"), ("avoid", "refrain", "abstain", "evad", "escap"),
        ("spare", "without", "eliminat", "prevent"), ("hindra", "förhindra"),
    ),
    Group(
        ("hindra", "förhindra", "förebygg", "stopp", "upphör", "sluta", "slutade"),
        ("prevent", "hinder", "stop", "ceas", "block", "hamper", "keep", "kept"),
        ("end", "quit", "halt", "avoid", "finish", "discontinu", "barrier", "obstruct"), ("behåll", "håll"),
    ),
    Group(
        ("sällan", "sällsynt", "knapp ", "knappt ", "föga "),
        ("rare", "seldom", "hardly", "barely", "scarce", "uncommon", "little"),
        ("few", "limited", "unusual"), ("lite", "liten", "små", "nätt"),
    ),
    Group(("svår",), ("difficult", "hard", "struggl", "tough"), ("sever", "serious", "heavy", "grave", "challeng")),
    Group(("förrän", "innan"), ("until", "till"), ("before", "prior"), ("tills",)),
    Group(("annars",), ("otherwise", "unless"), ("else", "or")),
    Group(("istället", "stället"), ("instead", "rather"), ("but", "place")),
    Group(("begränsa",), (), ("limit", "restrict", "narrow")),
    Group(("utom", "förutom", "undanta"), ("except", "exclud", "other", "beyond", "apart"),
          ("beside", "addition", "exempt", "well", "outside", "also"),
          ("andra", "annan", "annat", "annor", "övrig", "bort", "bland")),
    Group(("tvek", "tvivel"), ("doubt", "hesitat"), ("uncertain",)),
    Group(("fel",), ("wrong", "incorrect", "mistak", "error", "fault"), ("fail", "bug", "issue", "problem")),
    Group(("motsats", "motsatt", "motsätt"), ("contrary", "oppos"), ("unlike",), ("emot", "mot")),
    Group((), ("yet",)),
    Group((), ("any", "either", "ever ", "least"), (),
          ("någ", "alla", "varje", "vilk", "helst", "ännu", "allra", "minst", "antingen", "båda", "än")),
    Group((), ("nor ", "less ", "lesser", "few ", "fewer", "far ", "too ", "free ", "freely",
               "empty", "remain", "still", "ignor", "neglect", "leave"), (),
          ("få", "mindre", "färre", "långt", "för", "fri", "gratis", "tom", "fort", "kvar", "ännu", "ignor", "lämna")),
)  # fmt: skip
"""Words that can stand in for a plain negative, by meaning."""


def unspent(swedish: Sequence[str], english: Sequence[str]) -> tuple[int, int]:
    """Return how many Swedish words can have become a "not", and how many English words can stand for an "inte"."""
    free_swedish = free_english = 0
    for group in GROUPS:
        one, other = _count(swedish, group.swedish), _count(english, group.english)
        if one:
            free_swedish += max(0, one - other - _count(english, group.spends_swedish))
        if other:
            free_english += max(0, other - one - _count(swedish, group.spends_english))
    one, other = sum(map(_is_swedish_opposite, swedish)), sum(map(_is_english_opposite, english))
    return free_swedish + max(0, one - other), free_english + max(0, other - one)


_IDIOMS = re.compile(
    r"""
    \b(?:
        no\ (?:doubt|wonder|further|end\b|stranger|mean\b|less\b|avail|uncertain|secret|mistake|time\ at\ all)
        | in\ no\ time | no\ sooner | none\ other | nothing\ (?:but|short\ of|less\ than) | never\ mind | why\ not
        | (?:do\ not|don['’]t)\ (?:hesitate|forget|worry|miss)\b | (?:can['’]t|cannot)\ (?:wait|help)\b
        | (?:could\ not|couldn['’]t)\ (?:be|agree|have\ been)\ \w*(?:more|er)\b | (?:wouldn|don|didn)['’]t\ mind
        | not\ to\ mention | often\ than\ not | not\ (?:so\ |that\ |very\ )?(?:long|far)\b
    )
    | (?:n['’]t|\bnot|\bno|\bnever)\b[^.!?;]*\bunless\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""English phrases with a no that say nothing against: "no doubt", "don't hesitate", "not … unless"."""


def phrases(swedish: str, english: str) -> int:
    """Return how many phrases of a text may have a "not" in English alone: "eller hur", "först … until", "no doubt"."""
    own = swedish.lower().count("eller hur") + ("först" in swedish.lower() and "until" in english)
    return own + len(_IDIOMS.findall(english))


def _count(words: Iterable[str], beginnings: tuple[str, ...]) -> int:
    return sum(f"{word} ".startswith(beginnings) for word in words) if beginnings else 0


@lru_cache(maxsize=MOST)
def _is_swedish_opposite(word: str) -> bool:
    """Say whether a word turns another into its opposite: "omöjlig", "icke-rökare", "arbetslös"."""
    if len(word) < SHORTEST or word.startswith(NO_OPPOSITE):
        return False
    if word.startswith(("icke", "miss")) or word.endswith(("lös", "löst", "lösa", "fri", "fritt", "fria")):
        return True
    return word[0] == "o" and (is_swedish_form(word[1:]) or word.endswith(("bar", "bart", "bara")))


@lru_cache(maxsize=MOST)
def _is_english_opposite(word: str) -> bool:
    """Say whether a word turns another into its opposite: "impossible", "non-smoker", "homeless"."""
    if len(word) < SHORTEST or word.startswith(NO_OPPOSITE):
        return False
    if word.startswith("non") or word.endswith(("less", "lessly")):
        return True
    for beginning, endings in OPPOSITES.items():
        rest = word.removeprefix(beginning)
        if len(rest) < len(word) and len(rest) >= 4 and rest.endswith(endings) and is_common_english(rest):
            return True
    return False


SHORTEST = 6
"""Letters of the shortest word that is looked at as an opposite: "oklart", "unable"."""

NO_OPPOSITE = ("olik", "oro", "olyck", "omedel", "discover", "display", "dispos", "dispatch", "distan", "discharg")
"""How words begin that only look like opposites."""

_QUALITIES = (
    "able", "ible", "ably", "ibly", "ility", "ant", "ent", "ence", "ive", "ate", "ately", "ect", "ectly", "al", "ally",
    "ar", "ure", "ete", "id", "ice",
)  # fmt: skip
OPPOSITES = {"un": ("",), "dis": ("",), "mis": ("",), "in": _QUALITIES, "im": _QUALITIES, "il": _QUALITIES,
             "ir": _QUALITIES}  # fmt: skip
"""How English opposites begin, and how they may end: "invent" and "impress" are none."""
