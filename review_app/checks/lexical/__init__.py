"""Which words translate which, and how English reads: pure models of figures, learned from pairs of texts."""
