"""Risk: reads a translation and what the checks found, says how likely a reviewer is to change it."""
