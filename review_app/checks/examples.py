"""An example for every check: what it flags, shown on its page. Swedish and English."""

from review_app.checks.guide import Guide, TermRule
from review_app.checks.written import Writing, Written

GUIDE = Guide(
    (TermRule("kommunfullmäktige", ("municipal assembly",), ("municipal council",)),),
    written=Written(
        {"Ansök om bygglov": (Writing("Apply for a building permit", "/bygga", 2),)},
        {"You may borrow twenty books.": (("Du får låna tjugo böcker.", "/bibliotek"),)},
    ),
)
"""The glossary of the site that the examples are from, and what people have written there."""

EXAMPLES = {
    "empty": ("Välkommen!", " "),
    "engine_error": ("Hej", "Error 500 (Server Error)!!1"),
    "leaked_markup": ("”Hej”", "&quot;Hi&quot;"),
    "placeholders": ("Läs <1>mer</1> här", "Read more here"),
    "untranslated": ("Ansök om förskoleplats i dag.", "Apply for förskoleplats today."),
    "other_language": ("Barnen leker i parken.", "The children are playing umieszcza the park."),
    "number": ("Det kostar 500 kronor.", "It costs 800 kronor."),
    "date_time": ("Stängt den 8 juli.", "Closed on June 8."),
    "encoding": ("Ansök här", "Apply hÃ¤r"),
    "repetition_loop": ("Du får inte köra.", "You may not you may not you may not drive."),
    "truncated": ("Ansökan skickas till kommunen.", "The application is sent to the"),
    "currency": ("Det kostar 500 kronor.", "It costs 500 euros."),
    "file_name": ("Hämta ansökan.pdf.", "Download application.pdf."),
    "legal_reference": ("Enligt 5 kap. 3 § i lagen.", "Under Chapter 3, Section 5 of the Act."),
    "agency": ("Kontakta Skatteverket.", "Contact the Tax Office."),
    "acronym": ("Ansök om LSS i kommunen.", "Apply for LVU in the municipality."),
    "spacing": ("Läs mer här.", "Read  more here."),
    "list_structure": ("1. Fyll i blanketten.", "Fill in the form."),
    "phone": ("Ring 0926-740 00.", "Call 0926-740 10."),
    "identity_number": ("Vårt organisationsnummer är 212000-2684.", "Our organisation number is 212000-2648."),
    "postal_code": ("Adressen är 956 81 Överkalix.", "The address is 965 81 Överkalix."),
    "link": ("Skriv till anna@exempel.se", "Write to anna@exempel.com"),
    "negation": ("Du får inte parkera här.", "You may park here."),
    "direction": ("Anmäl dig före kursen.", "Register after the course."),
    "modality": ("Du måste anmäla det.", "You can report it."),
    "question": ("Vill du veta mer?", "You want to know more."),
    "name": ("I går talade Lindqvist med tidningen.", "Yesterday Bergström spoke to the paper."),
    "term": ("Kommunfullmäktige beslutade i går.", "The municipal council decided yesterday."),
    "inconsistent": ("Ansök om bygglov", "Apply for planning permission"),
    "same_translation": ("Lånetiden är fyra veckor.", "You may borrow twenty books."),
    "mistranslation": ("Fyll i blanketten.", "Fill in the blanket."),
    "register": ("Du kan inte boka i dag. Du kan inte betala här.", "You can't book today. You cannot pay here."),
    "repeated_word": ("Vi lånar ut böcker.", "We lend lend books."),
    "spelling": ("Vi hjälper dig att hitta rätt.", "We help you to fidn the right place."),
    "length": (
        "Ansökan ska lämnas senast en månad före den dag då arbetet börjar, annars avslås den.",
        "Apply.",
    ),
    "omission": (
        "Badhuset är stängt på måndagar, men biblioteket är öppet och skolan har möte på kvällen.",
        "The library is open.",
    ),
    "addition": ("Biblioteket är öppet.", "The library is open and the dog eats old books in the garden."),
    "letter_case": ("Både män och kvinnor är välkomna.", "both men and women are welcome."),
    "end_punctuation": ("Vi hälsar alla barn i kommunen välkomna.", "We welcome all the children of the town"),
    "punctuation": ("I februari, då vi har stängt.", "In February , when we are closed."),
    "brackets": ("Barn (under 6 år) går in gratis.", "Children (under 6 enter free of charge."),
}
"""A Swedish sentence and a translation that the check flags, by the check's name."""

SOURCE_EXAMPLES = {
    "source_spelling": "Läs mer om tillganglighet.",
    "doubled_word": "Du behöver inte inte anmäla dig.",
    "missing_word": "Det är unikt i för just vår kommun.",
    "abbreviation": "Kontakta förf. om du har frågor.",
    "long_sentence": (
        "Kommunen erbjuder " + "barn och unga, " * 12 + "deras föräldrar, alla andra som bor här och våra gäster "
        "en mängd möjligheter att mötas."
    ),
}
"""A Swedish text that the check has a note on, by the check's name."""
