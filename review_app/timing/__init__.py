"""Editing time, where a site measures it, for each person alone: reads sites and pages, writes active seconds."""
