"""The JSON API for publishing systems and pages of others: reads publications, writes nothing."""
