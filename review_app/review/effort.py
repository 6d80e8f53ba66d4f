"""How long it will take a person to read what is left: a rough figure, said with "about".

The rates are assumptions until a site's own reviewing has been timed: reading and comparing two texts at some 150
source words a minute, and half a minute for a passage with an open flag.
"""

SECONDS_PER_WORD = 0.4
SECONDS_PER_FLAGGED = 30


def seconds_left(source: str, *, read: bool, flagged: bool) -> float:
    """Return the seconds one segment still asks for; nothing once a person has read it and no flag is open."""
    reading = 0.0 if read else len(source.split()) * SECONDS_PER_WORD
    return reading + (SECONDS_PER_FLAGGED if flagged else 0)


def minutes(seconds: float) -> int:
    """Round seconds up to whole minutes."""
    return int(-(-seconds // 60))
