"""Sentences with inline placeholders and a lasting identity: reads pages, writes segments and where they occur."""
