"""What a question is matched against: one state of the store, with its words counted.

Built once a generation from sources, passages and figures; holds no index of its own but sets of words.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from chain.cues import pattern
from chain.qualifiers import subjects_of
from domain.answers import Hit
from domain.documents import Passage, PassageKind, Source
from domain.figures import Figure
from ingest.table_figures import row_label
from vietnamese.abbreviations import defined_in, expand, with_definitions
from vietnamese.folding import accented_syllables, is_syllable, syllables
from vietnamese.names import find_names
from vietnamese.places import name_before_bracket
from vietnamese.statements import ends_in_share
from vietnamese.tables import table

_LEAST_WEIGHT = 0.1  # of a word that every passage has
_COMPOUND = 0.2  # of a word's passages that must hold the pair


class Library(Protocol):
    """What the chain needs of the store."""

    @property
    def generation(self) -> int: ...
    def refresh(self) -> bool: ...
    def sources(self) -> tuple[Source, ...]: ...
    def passages(self) -> tuple[Passage, ...]: ...
    def figures(self) -> tuple[Figure, ...]: ...
    def search(self, text: str, k: int = 10) -> tuple[Hit, ...]: ...


@dataclass(frozen=True, slots=True)
class Words:
    """The folded syllables of a text, single and in pairs, abbreviations written out.

    `accented` are its syllables with their diacritics, as `vietnamese.folding.accented_syllables` gives them.
    """

    singles: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    accented: frozenset[str] = frozenset()


def words_of(text: str) -> Words:
    written = expand(text)
    tokens = syllables(written)
    return Words(
        frozenset(tokens), frozenset(itertools.pairwise(tokens)), frozenset(accented_syllables(written))
    )


def tokens_of(text: str) -> tuple[str, ...]:
    return tuple(syllables(expand(text)))


def united(parts: Iterable[Words]) -> Words:
    singles: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    accented: set[str] = set()
    for part in parts:
        singles |= part.singles
        pairs |= part.pairs
        accented |= part.accented
    return Words(frozenset(singles), frozenset(pairs), frozenset(accented))


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure's own words, and those around it: its sentence, headings, row and document."""

    indicator: Words
    sentence: Words
    around: Words


# "45 phút xuống còn 12 phút": the first of the two is what it came from.
_WENT_ON = pattern("knowledge.went_on")


# "hệ số hiệu quả năng lượng (PUE) không quá 1,6"
_SHORT_NAME = re.compile(r"\(([A-ZĐ][\w-]{1,9})\)\s*$")


def _short_name(passage: Passage, figure: Figure) -> str:
    """The short name in brackets that stands right before a figure, which its indicator leaves out."""
    match = _SHORT_NAME.search(passage.text[: figure.span[0]]) if figure.row is None else None
    return match[1] if match else ""


class Knowledge:
    """One state of the store. `today` resolves "năm nay"; it is asked at each question."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.generation = library.generation
        self._names: dict[str, bool] = {}
        self._terms: dict[str, bool] = {}
        self.sources: Mapping[str, Source] = {source.document_id: source for source in library.sources()}
        self.passages: Mapping[str, Passage] = {passage.passage_id: passage for passage in library.passages()}
        self.figures: Sequence[Figure] = tuple(
            figure for figure in library.figures() if figure.passage_id in self.passages
        )

    def is_name(self, capitalised: str) -> bool:
        """Whether "Lộc Bình" is a name: no document writes it in small letters, and no synonym is meant by it."""
        if capitalised not in self._names:
            small = capitalised.lower()
            written = any(small in passage.text for passage in self.passages.values())
            meant = any(small == phrase.lower() for group in table("synonyms")["groups"] for phrase in group)
            self._names[capitalised] = not written and not meant
        return self._names[capitalised]

    def is_term(self, word: str) -> bool:
        """Whether a folded word is a name or a short form: no Vietnamese syllable, never in small letters ("ERP")."""
        if word not in self._terms:
            foreign = word.isalpha() and len(word) > 1 and not is_syllable(word)
            self._terms[word] = foreign and self.is_name(word)
        return self._terms[word]

    @cached_property
    def figure_words(self) -> Mapping[str, FigureWords]:
        return {figure.figure_id: self._words_of_figure(figure) for figure in self.figures}

    def _words_of_figure(self, figure: Figure) -> FigureWords:
        passage, source = self.passages[figure.passage_id], self.sources[figure.document_id]
        defined = self.definitions[figure.document_id]
        return FigureWords(
            indicator=words_of(
                with_definitions(f"{figure.indicator} {figure.quantity.unit} {_short_name(passage, figure)}", defined)
            ),
            sentence=words_of(with_definitions(self.clause_of(figure), defined)),
            around=united(
                (words_of(" . ".join(passage.path)), words_of(source.title), self._about_words(source))
            ),
        )

    @staticmethod
    def _about_words(source: Source) -> Words:
        return words_of(source.about.title or "") if source.about else Words(frozenset(), frozenset())

    @cached_property
    def passage_words(self) -> Mapping[str, Words]:
        return {
            key: words_of(with_definitions(passage.embedding_text, self.definitions[passage.document_id]))
            for key, passage in self.passages.items()
        }

    @cached_property
    def definitions(self) -> Mapping[str, Mapping[str, str]]:
        """The abbreviations that each document explains itself, by document."""
        found: dict[str, dict[str, str]] = {document: {} for document in self.sources}
        for passage in self.passages.values():
            for short, meant in defined_in(passage.text).items():
                found.setdefault(passage.document_id, {}).setdefault(short, meant)
        return found

    @cached_property
    def explained(self) -> Mapping[str, str]:
        """The abbreviations of all documents that are no syllable themselves, so that a question may have them."""
        return {
            short: meant
            for own in self.definitions.values()
            for short, meant in own.items()
            if not is_syllable(short)
        }

    @cached_property
    def accented_vocabulary(self) -> frozenset[str]:
        """Every syllable of the plans with its diacritics."""
        return frozenset().union(*(words.accented for words in self.passage_words.values()))

    @cached_property
    def frequencies(self) -> Counter[str]:
        """In how many passages a syllable stands."""
        counted: Counter[str] = Counter()
        for words in self.passage_words.values():
            counted.update(words.singles)
        return counted

    @cached_property
    def pair_frequencies(self) -> Counter[tuple[str, str]]:
        """In how many passages two syllables stand side by side."""
        counted: Counter[tuple[str, str]] = Counter()
        for words in self.passage_words.values():
            counted.update(words.pairs)
        return counted

    @property
    def known_pairs(self) -> Counter[tuple[str, str]]:
        return self.pair_frequencies

    def is_compound(self, left: str, right: str, word: str) -> bool:
        """Whether `word` mostly stands in the pair `left right` in the plans: "giao" in "giao thông"."""
        together = self.pair_frequencies[left, right]
        return together >= 2 and together >= _COMPOUND * self.frequencies[word]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The persons that the plans name."""
        return tuple(dict.fromkeys(name for p in self.passages.values() for name in find_names(p.text)))

    @cached_property
    def rarity(self) -> Callable[[str], float]:
        """The weight of a syllable: higher the fewer passages hold it (BM25's inverse document frequency)."""
        total, counted = len(self.passages), self.frequencies
        return lambda token: math.log(1 + (total - counted[token] + 0.5) / (counted[token] + 0.5))

    @cached_property
    def rows_by_table(self) -> Mapping[tuple[str, int], tuple[Passage, ...]]:
        """Table rows in reading order, by document and table."""
        tables: dict[tuple[str, int], list[Passage]] = defaultdict(list)
        for passage in self.passages.values():
            if passage.kind is PassageKind.TABLE_ROW:
                tables[passage.document_id, passage.table or 0].append(passage)
        return {key: tuple(sorted(rows, key=lambda row: row.ordinal)) for key, rows in tables.items()}

    @cached_property
    def figures_by_passage(self) -> Mapping[str, tuple[Figure, ...]]:
        grouped: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            grouped[figure.passage_id].append(figure)
        return {key: tuple(value) for key, value in grouped.items()}

    def share_of(self, words: frozenset[str], held: Container[str]) -> float:
        """The share of `words` that is in `held`, by rarity, from 0 to 1; 0 of no words."""
        weights = {word: max(self.rarity(word), _LEAST_WEIGHT) for word in words}
        total = math.fsum(weights.values())
        return math.fsum(weight for word, weight in weights.items() if word in held) / total if total else 0.0

    @cached_property
    def changed_from(self) -> frozenset[str]:
        """The ids of figures that say where something came from ("giảm từ 26 phút còn 11 phút")."""
        return frozenset(
            figure.figure_id
            for figure in self.figures
            if self.passages[figure.passage_id].text[: figure.span[0]].rstrip().endswith((" từ", " tu"))
            or _WENT_ON.match(self.passages[figure.passage_id].text[figure.span[1] :])
        )

    @cached_property
    def wholes(self) -> tuple[frozenset[str], ...]:
        """The words of each thing that a figure is only a share of ("đóng góp 31% tổng giá trị sản xuất")."""
        return tuple(
            words_of(figure.indicator[figure.quantity_at :]).singles
            for figure in self.figures
            if figure.quantity_at
            and figure.quantity.unit.startswith("%")
            and ends_in_share(figure.indicator[: figure.quantity_at])
        )

    @cached_property
    def figure_subjects(self) -> Mapping[str, frozenset[int]]:
        """Of whom the sentence and the row of each figure speak, by the groups of chain.qualifiers."""
        return {
            figure.figure_id: subjects_of(f"{figure.indicator} . {figure.row or ''} . {self.clause_of(figure)}")
            for figure in self.figures
        }

    @cached_property
    def document_words(self) -> Mapping[str, frozenset[str]]:
        """The folded syllables of each document's passages."""
        found: dict[str, set[str]] = {document: set() for document in self.sources}
        for key, passage in self.passages.items():
            found[passage.document_id] |= self.passage_words[key].singles
        return {document: frozenset(words) for document, words in found.items()}

    @cached_property
    def bodies_with_rows(self) -> Mapping[str, frozenset[str]]:
        """The bodies, folded, that tables of each document have a row for ("so tu phap")."""
        bodies = table("names")["bodies_that_act"]
        found: dict[str, set[str]] = {document: set() for document in self.sources}
        for passage in self.passages.values():
            label = row_label(passage) if passage.kind is PassageKind.TABLE_ROW else None
            if label and len(label.split()) > 1 and any(label.startswith(f"{body} ") for body in bodies):
                found[passage.document_id].add(" ".join(syllables(label)))
        return {document: frozenset(names) for document, names in found.items()}

    @cached_property
    def bracketed(self) -> Mapping[str, str | None]:
        """The place behind whose name each figure stands in brackets ("Bảo Lạc (14 xóm)"); null for others."""
        return {
            figure.figure_id: name_before_bracket(self.passages[figure.passage_id].text, figure.span[0])
            for figure in self.figures
        }

    def clause_of(self, figure: Figure) -> str:
        """The part of its passage that states a figure, verbatim."""
        return self.passages[figure.passage_id].text[slice(*figure.clause)]

    def source_of(self, item: Figure | Passage) -> Source:
        return self.sources[item.document_id]
