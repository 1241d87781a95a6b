"""What an ingest run did, as a value. The wording of its codes is looked up by the doors (prompts/)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.documents import ReadWarning


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be ingested, by error code; `values` fill the blanks of its wording."""

    source: str
    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Files by what became of them, named by their `source`, and what the store holds afterwards.

    `passages` and `figures` count the whole store, `tables` only the files read in this run.
    """

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    passages: int = 0
    figures: int = 0
    tables: int = 0
    seconds: float = 0.0
