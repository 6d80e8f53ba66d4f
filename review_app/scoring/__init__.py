"""Scores of machine translation: reads translations and what people made of them, writes sufficient statistics."""
