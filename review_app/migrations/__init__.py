"""Schema migrations: one file a change, tried with data on SQLite and PostgreSQL."""
