"""Approved texts in the page, for the public: reads pages, translations and approvals, writes publications."""
