"""What a link between a word and its counterpart is worth."""

MOST_TOKENS = 2_000
"""Tokens of a text that are aligned; what follows is not judged."""

MOST_PLACES = 6
"""Places at which one word of the source is considered."""

OFF_PLACE = 0.3
"""Share of its strength that a link loses from one end of the text to the other."""

LOOSE = 0.05
"""Strength below which a word may be linked to one that only looks alike."""

NO_LINK = 0.03
"""Strength below which a word has no counterpart."""

SAME_STEM = (0.15, 0.15, 0.5)
"""Chance both ways, and strength, of a link between words that only look alike."""
