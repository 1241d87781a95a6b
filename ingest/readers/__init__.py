"""Readers: one module a format, each a function `read(path, limits) -> RawDocument`.

A reader says what the file itself says (heading marks, bold, list marks, table cells, pages) and leaves
judgement to the shared steps: `ingest.outline`, `ingest.tables`, `ingest.metadata`.
"""
