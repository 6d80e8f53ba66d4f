"""The closed classes of Swedish and English: words that carry grammar and little meaning of their own."""

SWEDISH = frozenset(
    """
    en ett den det de dessa denna detta någon något några ingen inget inga varje alla allt båda vilken vilket vilka
    jag du han hon vi ni man mig dig honom henne oss er dem sig min mitt mina din ditt dina hans hennes dess vår vårt
    våra ert era deras sin sitt sina som vem vad när var hur om ifall då därför eftersom medan innan tills än så och
    eller men utan inte ej aldrig icke i på av för med från till in upp ut under över mellan mot genom efter före vid
    åt hos kring omkring utom bakom bort ner fram är vara varit blir blev bli blivit har hade ha haft ska skall skulle
    kan kunde kunna kunnat får fick få måste bör borde vill ville gör gjorde göra låt kommer här där nu också bara
    endast ännu redan mycket mer mest mindre minst många igen alltid ofta nog att
    """.split()
)

ENGLISH = frozenset(
    """
    a an the this that these those some any no every each all both either neither such another other same own i you he
    she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself himself
    herself itself ourselves themselves who whom whose which what when where why how whether if unless although though
    because since while until till as than so and or but nor yet not never of in on at by for with from to into onto
    upon over under about above below between among against through during before after within without along across
    behind beyond near off out up down around toward towards per via despite except like be am is are was were been
    being have has had having do does did done doing will would shall should can could may might must cannot don't
    doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't i'm it's
    i'll i've he's she's you're we're they're that's there's let's there here then now also only just even still
    already too very more most less least much many few little several enough again ever always often one two three
    first second last next let get got going go goes went make made 's
    """.split()
)

FUNCTION_WORDS = {"sv": SWEDISH, "en": ENGLISH}
"""By language; a language that is not here has its commonest words instead."""

CONTENT_FREE = {
    "sv": frozenset(
        """
        en ett den det de dessa denna detta någon något några i på av för med från till vid om är var vara varit blir
        blev har hade ha ska skall skulle kan kunde och eller men som att så än sig sin sitt sina jag du han hon vi ni
        man dem honom henne hans hennes deras min din vår inte
        """.split()
    ),
    "en": frozenset(
        """
        a an the this that these those some any of in on at by for with from to into be am is are was were been being
        have has had do does did will would shall should can could may might must and or but as than so it its there
        which who i you he she we they his her their my your our him them us me not no
        """.split()
    ),
}
"""The commonest of them, which come and go in translation without a loss."""

NEGATIONS = {
    "sv": frozenset("inte ej icke aldrig ingen inget inga ingenting ingenstans varken utan".split()),
    "en": frozenset("not no never none nothing nobody nowhere neither nor cannot without".split()),
}
"""Words that say no."""
