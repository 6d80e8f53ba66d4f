"""Corrections, submissions and approvals: reads translations and flags, writes submissions and decisions."""
