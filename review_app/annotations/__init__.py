"""Errors that people mark for measurement: reads translations and spot checks, writes rounds, marks and scores."""
