"""One pure file a check: reads a pair of texts, writes nothing."""
