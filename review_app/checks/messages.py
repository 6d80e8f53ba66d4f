"""What findings say, as English message ids with the values of the finding."""

from review_app.locale import N_

MESSAGES = {
    "empty": N_("The translation is empty."),
    "engine_error": N_("This is an error message of the engine: “{found}”."),
    "leaked_markup": N_("Readers will see “{found}” as it stands."),
    "placeholder_lost": N_("{expected} of the Swedish is missing: a link or other markup would be lost."),
    "placeholder_added": N_("{found} is not in the Swedish, or stands twice."),
    "placeholder_crossed": N_("The markup is not closed in the right order."),
    "link_differs": N_("The Swedish says {expected}, the translation {found}."),
    "link_missing": N_("The address {expected} is missing."),
    "link_added": N_("The address {found} is not in the Swedish."),
    "number_differs": N_("The Swedish says {expected}, the translation {found}."),
    "number_missing": N_("The number {expected} is missing."),
    "number_added": N_("The number {found} is not in the Swedish."),
    "date_differs": N_("The Swedish says {expected}, the translation {found}."),
    "date_missing": N_("{expected} is missing."),
    "repeated_word": N_("“{found}” stands twice in a row."),
    "too_short": N_("The translation has only {percent} % of the length of the Swedish. Is something missing?"),
    "too_long": N_("The translation has {percent} % of the length of the Swedish. Is something added?"),
    "end_differs": N_("The Swedish ends with {expected}, the translation with {found}."),
    "end_missing": N_("The Swedish ends with {expected}, the translation does not."),
    "end_added": N_("The translation ends with {found}, the Swedish does not."),
    "untranslated": N_("“{found}” is Swedish."),
    "other_language": N_("“{found}” is a word of another language."),
    "other_script": N_("“{found}” is written in another script."),
    "negation_lost": N_("The Swedish says “{expected}”, the translation says no such thing."),
    "negation_added": N_("The translation says “{found}”, the Swedish says no such thing."),
    "name_differs": N_("The Swedish names {expected}, the translation {found}."),
    "name_added": N_("The translation names {found}, the Swedish does not."),
    "name_missing": N_("The name {expected} is missing."),
}
