"""How accurate the machine translation is, in figures that can be defended: reads scores, writes nothing."""
