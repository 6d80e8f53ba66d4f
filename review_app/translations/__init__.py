"""Machine translations and the revisions people make of them: reads segments and engines, writes translations."""
