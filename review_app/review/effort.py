"""How long it will take a person to read what is left: a rough figure, said with "about".

The rates are assumptions until a site's own reviewing has been timed: reading and comparing two texts at some 150
source words a minute, and half a minute for a passage with an open flag.
"""

SECONDS_PER_WORD = 0.4
SECONDS_PER_FLAGGED = 30


def words_in(source: str) -> int:
    """Return how many words a source has: what its spaces part, as the database counts them too."""
    return source.count(" ") + 1


def minutes(words: int, flagged: int) -> int:
    """Return the minutes that so many unread words and so many flagged passages ask for, rounded up."""
    return int(-(-(words * SECONDS_PER_WORD + flagged * SECONDS_PER_FLAGGED) // 60))
