"""A negation is lost or added: the sentence says the opposite.

Wrong when the translation turns the sentence around ("inte ovanligt", "common"), or says no with a verb.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

SV_PLAIN = re.compile(r"\b(inte|ej|icke|aldrig|ingen|inget|inga|ingenting|varken|knappast|ingenstans|inte's)\b", re.I)
"""Words that negate, and that a translation has to keep."""

SV_ANY = re.compile(
    r"\b(?:inte|ej|icke\w*|aldrig|ingen\w*|inget|inga|varken|knapp\w*|utan|utom|förutom|sakna\w*|brist\w*|miss\w*|vägra\w*"
    r"|neka\w*|förbj\w+|förbud\w*|undvik\w*|undvek|slipp\w*|slapp|fel\w*|föga|sällan|innan|endast|bara|enda|trots"
    r"|annars|olik\w*|o(?:möj|van|klar|känd|giltig|beroende|rätt|säk|tillå|till|lag|be|för|re|sann|nöd|lämp|a|på|eg)\w*"
    r"|slut\w*|upphör\w*|hindra\w*|förhindra\w*|avstå\w*|avstod|motsä\w*|låt bli|stopp\w*|svår\w*|tvek\w*"
    r"|få|föga|borta?|tom\w*|nej|ännu|\w+lös[at]?"
    r"|\w+fri[at]?)\b",
    re.I,
)
"""What may stand behind a "not" in the translation."""

EN_PLAIN = re.compile(
    r"\b(?:not(?! (?:only|just|exceed|more|less|later)\b)|never(?! more)|cannot|\w+n['’]t|neither|none|nothing"
    r"|nobody|nowhere"
    r"|no(?!\.? ?\d| (?:later|smaller|more|fewer|less|further|longer|doubt|matter|earlier|sooner|bigger)\b))\b",
    re.I,
)
"""Words that negate, and that a translation may not add."""

EN_ANY = re.compile(
    r"\b(?:not|never|cannot|can ?not|\w+n['’]?t|nor|neither|none|nothing|nobody|nowhere|no|non\w*|without|hardly|rarely"
    r"|barely|scarcely|seldom|unless|except|lack\w*|fail\w*|refus\w*|avoid\w*|prevent\w*|forbid\w*|forbidden|prohibit\w*"
    r"|den(?:y|ies|ied)|few|little|un\w{3,}|in(?:a|e|c|s|v|d|f|h|o)\w{4,}|im(?:p|m)\w{4,}|ir\w{4,}|dis\w{3,}|\w{2,}less"
    r"|free|instead|rather|only|until|absen\w+|miss\w*|stop\w*|empty|away|other\w*|too|beyond|exclud\w*|reject\w*"
    r"|rule[sd]? out|yet|far from|least|ignor\w*|neglect\w*|any\w*|devoid|null|zero|outside|else|mis\w{3,})\b",
    re.I,
)
"""Words that can carry a Swedish "inte"."""

LIMITS = re.compile(r"\b(?:no|not) (?:later|more|fewer|less|further|longer|smaller|earlier|sooner|only|just)\b", re.I)
"""What only sounds like a no: "no more than"."""


def look(pair: Pair) -> Iterator[Found]:
    """Compare how often each side says no."""
    wanted = list(SV_PLAIN.finditer(pair.source_text))
    given = list(EN_PLAIN.finditer(pair.target_text))
    if wanted and not EN_ANY.search(LIMITS.sub("", pair.target_text)):
        yield Found("negation_lost", wanted[0].span(), None, {"expected": wanted[0][0]})
    elif given and not SV_ANY.search(pair.source_text):
        yield Found("negation_added", None, given[0].span(), {"found": given[0][0]})
    elif len(given) > len(list(SV_ANY.finditer(pair.source_text))):
        yield Found("negation_added", None, given[-1].span(), {"found": given[-1][0]})


CHECK = Check(N_("Negation"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
