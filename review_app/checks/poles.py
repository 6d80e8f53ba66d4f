"""Words that say one direction and words that say its opposite, in Swedish and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pole:
    """One of two opposites: the Swedish words for it, what English says for it, and what else excuses English.

    ``english`` are the words by which it is recognised; ``also`` are others that a translation may use instead.
    """

    swedish: frozenset[str]
    english: frozenset[str]
    also: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pole(swedish: str, english: str, also: str = "") -> Pole:
    return Pole(_words(swedish), _words(english), _words(also))


OPPOSITES: tuple[tuple[Pole, Pole], ...] = (
    (
        _pole("högst max maximalt maximum", "maximum max", "most up more exceed exceeding than within over limit"),
        _pole("minst minimum minimalt åtminstone", "minimum least", "less fewer smaller than under lowest no smallest"),
    ),
    (
        _pole("lägst lägsta", "lowest minimum", "least smallest low"),
        _pole("högst högsta", "highest maximum", "most top up more supreme high tallest biggest greatest"),
    ),
    (
        _pole("före innan", "before prior", "until pre ahead ago previous by earlier preceding till first advance"),
        _pole("efter", "after", "following post since once subsequent upon later for from behind past by when next"),
    ),
    (
        _pole(
            "öka ökar ökade ökat ökad ökning ökningen höja höjer höjde höjt höjs höjas höjning höjningen",
            "increase increases increased increasing increasingly rise rises rose risen rising raise raises raised",
            "more higher grow grows grew growing growth up boost enhance gain expand heighten greater surge add larger",
        ),
        _pole(
            "minska minskar minskade minskat minskad minskning minskningen sänka sänker sänkte sänkt sänks sänkas",
            "decrease decreases decreased decreasing reduce reduces reduced reducing reduction lower lowers lowered",
            "less fewer fall falls fell fallen falling drop drops dropped decline declines declined cut cuts shrink "
            "down diminish lose lessen mitigate smaller minimise minimize limit shorten sink lowering sank",
        ),
    ),
    (
        _pole("mer fler flera mera", "more", "additional further another most extra greater better over above several"),
        _pole("mindre färre", "less fewer", "smaller small minor lower little under below shorter reduced low lesser"),
    ),
    (
        _pole("ingående inkommande import importen importera", "incoming inbound import imports importing input", "in"),
        _pole("utgående export exporten exportera", "outgoing outbound export exports exporting output", "out expired"),
    ),
    (
        _pole("ingående", "opening", "incoming inbound input in initial beginning start included thorough detailed"),
        _pole("utgående", "closing", "outgoing outbound output out final ending end leaving departing expired"),
    ),
    (
        _pole("norr norra nord nordlig nordliga norrut norrifrån", "north northern northward northwards", ""),
        _pole("söder södra syd sydlig sydliga söderut söderifrån", "south southern southward southwards", ""),
    ),
    (
        _pole("öster östra öst östlig östliga österut", "east eastern eastward eastwards", ""),
        _pole("väster västra väst västlig västliga västerut", "west western westward westwards", ""),
    ),
    (_pole("vänster vänstra", "left", ""), _pole("höger högra", "right", "")),
    (
        _pole("öppet öppna öppen öppnar öppnas öppnade öppnat öppettider", "open opens opened opening", "hours public"),
        _pole(
            "stängt stänga stängd stängda stänger stängs stängdes",
            "close closes closed closing closure shut",
            "off",
        ),
    ),
    (
        _pole("tidig tidigt tidiga tidigast", "early earlier earliest", "former previous before ago soon once"),
        _pole("sen sent sena", "late lately", "recent last after since past then"),
    ),
    (
        _pole("köpa köper köpte köpt köp", "buy buys bought buying purchase purchased", "get"),
        _pole("sälja säljer sålde sålt säljs såldes försäljning", "sell sells sold selling sale sales", "vend"),
    ),
    (
        _pole(
            "billig billigt billiga billigare billigast",
            "cheap cheaper cheapest inexpensive",
            "low lower affordable",
        ),
        _pole("dyr dyrt dyra dyrare dyrast", "expensive pricey costly dear", "high higher cost costs more"),
    ),
    (
        _pole(
            "snabb snabbt snabba snabbare snabbast",
            "fast faster fastest quick quickly quicker rapid rapidly swift",
            "",
        ),
        _pole("långsam långsamt långsamma långsammare", "slow slowly slower slowest", "gradually"),
    ),
    (
        _pole("vann vinner vinna vunnit vinst seger", "win wins won winning victory", "profit gain earn beat defeated"),
        _pole(
            "förlorade förlorar förlora förlorat förlust förlusten",
            "lose loses lost losing loss losses",
            "defeat defeats",
        ),
    ),
    (
        _pole("hög högt höga högre", "high higher highest highly", "tall loud great greater up large top elevated"),
        _pole("låg lågt låga lägre", "low lower lowest", "short poor less small cheap down weak reduced lay"),
    ),
    (
        _pole("lång långt långa längre längst", "long longer longest", "far farther further tall much extended no"),
        _pole(
            "kort korta kortare kortast",
            "short shorter shortest",
            "brief briefly card cards map shortly soon small",
        ),
    ),
    (
        _pole("stor stort stora större störst största", "large larger largest big bigger biggest huge",
              "great greater greatest major main much high vast wide most extensive significant considerable tall"),
        _pole("liten litet lilla små mindre minst minsta", "small smaller smallest little tiny minor",
              "less least few fewer young low minimum short slight under light minimal"),
    ),
    (
        _pole("början börja börjar började börjat startar starta", "start starts started begin begins began beginning",
              "early open launch commence first initial initially onset from origin"),
        _pole("slutet sluta slutar slutade slutat avslutas avsluta",
              "end ends ended stop stops stopped finish finished",
              "late quit close conclude conclusion complete completed terminate over final exit close"),
    ),
    (
        _pole("varm varmt varma varmare", "warm warmer hot hotter", ""),
        _pole("kall kallt kalla kallare", "cold colder cool", "chilly"),
    ),
    (
        _pole("han hans honom", "he his him himself", ""),
        _pole("hon hennes henne", "she her hers herself", ""),
    ),
)  # fmt: skip
"""Opposites that a machine now and then confuses; the first pole and the second."""

MASCULINE_NOUNS = _words("man mannen pojke pojken herr far fadern pappa kung kungen bror brodern son sonen make maken")
FEMININE_NOUNS = _words("kvinna kvinnan flicka flickan fru mor modern mamma drottning drottningen syster dotter hustru")
"""Nouns that make a "han" or "hon" in the translation right, though the source has none."""
