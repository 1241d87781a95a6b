"""What a search is for: the question in every phrasing, and the facts that it names.

Text in, values out; no index is asked. Abbreviations are written out beside what was typed, never in its
place: a short form may mean something else here, and a passage may hold it as it stands.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from domain.figures import Level
from vietnamese.abbreviations import other_readings, written_out
from vietnamese.document_numbers import find_document_numbers
from vietnamese.levels import find_loose_levels
from vietnamese.places import find_places
from vietnamese.times import find_times


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`phrasings` begin with the text as it was typed. `numbers` are of documents, `years` four digits long."""

    phrasings: tuple[str, ...]
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    numbers: tuple[str, ...] = ()


def read_query(text: str) -> SearchQuery:
    """The query that `text` stands for."""
    typed = unicodedata.normalize("NFC", text)
    whole = written_out(typed)
    times = find_times(whole)
    return SearchQuery(
        phrasings=tuple(dict.fromkeys((typed, whole, *other_readings(typed)))),
        years=tuple(dict.fromkeys(year for time in times for year in (time.first, time.last))),
        places=tuple(dict.fromkeys(place for place, _ in find_places(whole))),
        levels=tuple(dict.fromkeys(level for level, _ in find_loose_levels(whole))),
        numbers=tuple(number for number, _ in find_document_numbers(whole)),
    )
