"""The translation memory: keeps approved and imported pairs of texts, and finds those that are like a new text."""
