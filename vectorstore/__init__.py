"""The store: a catalogue in SQLite that is the truth, and two search indexes that are rebuilt from it."""
