"""What notes on the source text say, as English message ids with the values of the note."""

from review_app.locale import N_

MESSAGES = {
    "source_misspelt": N_("“{found}” is in no dictionary; perhaps “{expected}” was meant."),
    "source_doubled": N_("“{found}” stands twice in a row."),
    "source_missing": N_("A word is missing or left over at “{found}”."),
    "source_ends_open": N_("The sentence ends with “{found}”: something is missing."),
    "source_abbreviation": N_("“{found}” can be read as {meanings}. Write it out."),
    "source_long": N_("The sentence has {words} words. Sentences over {most} are hard to read and to translate."),
}
