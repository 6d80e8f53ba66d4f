"""Loads what the programs of the town need: their modules, and what is read when a text is checked for the first time.

Imported by the process they are forked off, which therefore must not have threads.
"""

from review_app.checks import check_pair, lexicon
from tests.survival import programs

__all__ = ["programs"]

lexicon.load()
check_pair("Mening 1 på sida 2 handlar om kommunen.", "Sentence 1 on page 2 is about the municipality.", "sv", "en")
