"""Reads what happened, and writes messages to people: mail that waits to be sent, and what each has seen."""
